import { Button, Modal, PinInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { AppSecret, Factors as FactorsFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { FormProblem } from '../../parts/form.tsx';
import { QrCode } from '../send/qr-code.tsx';

type Done = (answer: { factors: FactorsFacts; recoveryCodes: readonly string[] | null }) => void;

export function AppRow({ factors, onSetUp, onChange }: { factors: FactorsFacts; onSetUp: () => void; onChange: (factors: FactorsFacts) => void }) {
  const [ending, setEnding] = useState(false);
  const remove = useAct('removeApp', {
    done: (answer) => {
      onChange(answer);
      setEnding(false);
    },
  });
  if (!factors.app)
    return (
      <div className="stack">
        <p className="dim">After the password, the six digits of an app on your phone. Works with any authenticator app.</p>
        <div>
          <Button variant="default" size="xs" onClick={onSetUp}>
            Set up an app
          </Button>
        </div>
      </div>
    );
  return (
    <div className="row">
      <span className="grow">Set up. After your password we ask for its six digits.</span>
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => setEnding(true)}>
        Remove
      </Button>
      {ending && (
        <Confirm
          title="Remove the authenticator app?"
          act="Remove the app"
          keep="Keep it"
          danger
          busy={remove.isPending}
          onAct={() => remove.mutate({})}
          onClose={() => setEnding(false)}
        >
          From then on its codes are not asked for.
        </Confirm>
      )}
    </div>
  );
}

export function SetUpApp({ onDone, onClose }: { onDone: Done; onClose: () => void }) {
  const [secret, setSecret] = useState<AppSecret | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await work().catch(setProblem);
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title="Set up an authenticator app" size="sm" closeOnClickOutside={false}>
      {secret === null ? (
        <div className="stack">
          <p className="dim">Have the app open on your phone. We show a picture for it to read; it is shown once.</p>
          <FormProblem error={problem} />
          <Button loading={busy} onClick={() => void run(async () => setSecret(await call('startApp', {})))} data-autofocus>
            Show the picture
          </Button>
        </div>
      ) : (
        <div className="stack">
          <QrCode url={secret.uri} />
          <TextInput label="Or type this into the app" readOnly value={secret.secret} onFocus={(event) => event.currentTarget.select()} />
          <p>Now enter the six digits it shows.</p>
          <PinInput
            length={6}
            type="number"
            oneTimeCode
            autoFocus
            disabled={busy}
            onComplete={(code) => void run(async () => onDone(await call('confirmApp', { body: { code } })))}
            aria-label="Code"
          />
          <FormProblem error={problem} />
        </div>
      )}
    </Modal>
  );
}
