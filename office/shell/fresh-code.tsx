import { Button, Modal, PinInput } from '@mantine/core';
import IconPasskey from '@tabler/icons-react/dist/esm/icons/IconFingerprint.mjs';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem, call } from '../api/client.ts';
import { confirmByPasskey } from '../api/passkeys.ts';
import { sentenceOf } from '../api/problem.ts';
import { factorsQuery } from '../api/queries.ts';
import { AppProof } from '../pages/you/app-proof.tsx';

type Props = { onDone: () => void; onCancel: (reason: Error) => void };
type Way = 'passkey' | 'app' | 'mail';

/** A fresh proof before an act that matters: a passkey, the app's code, or a code by mail. Good for ten minutes. */
export default function FreshCode({ onDone, onCancel }: Props) {
  const factors = useQuery(factorsQuery);
  const [way, setWay] = useState<Way | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ways: readonly Way[] = factors.isPending ? [] : waysOf(factors.data);
  const now = way ?? ways[0];
  const prove = async (ask: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await ask();
      onDone();
    } catch (error) {
      setWrong(sentenceOf(error));
      setBusy(false);
    }
  };
  const cancel = (): void => onCancel(new ApiProblem({ status: 403, code: 'not_confirmed', detail: 'Nothing was changed: it was not confirmed.' }));
  return (
    <Modal opened onClose={cancel} title="Confirm it is you" size="sm">
      <div className="stack">
        {now === 'passkey' && (
          <Button loading={busy} leftSection={<IconPasskey size={18} aria-hidden />} onClick={() => void prove(confirmByPasskey)} data-autofocus>
            Use your passkey
          </Button>
        )}
        {now === 'app' && <AppProof busy={busy} onCode={(code) => void prove(() => call('confirmByApp', { body: { code } }))} />}
        {now === 'mail' && <MailedCode busy={busy} onCode={(code) => void prove(() => call('confirmFreshCode', { body: { code } }))} onProblem={setWrong} />}
        {wrong !== null && (
          <p className="bad small" role="alert">
            {wrong}
          </p>
        )}
        <div className="row">
          {ways
            .filter((other) => other !== now)
            .map((other) => (
              <Button key={other} variant="default" size="xs" onClick={() => setWay(other)}>
                {labels[other]}
              </Button>
            ))}
          <Button variant="subtle" color="gray" size="xs" onClick={cancel}>
            Not now
          </Button>
        </div>
      </div>
    </Modal>
  );
}

const labels: Readonly<Record<Way, string>> = { passkey: 'Use a passkey', app: 'Use your app', mail: 'Mail me a code' };

function waysOf(factors: { passkeys: readonly unknown[]; app: boolean } | undefined): readonly Way[] {
  return [...(factors !== undefined && factors.passkeys.length > 0 ? (['passkey'] as const) : []), ...(factors?.app ? (['app'] as const) : []), 'mail'];
}

function MailedCode({ busy, onCode, onProblem }: { busy: boolean; onCode: (code: string) => void; onProblem: (text: string) => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const sendCode = (): void => {
    call('sendFreshCode', {}).then(
      (sent) => setSentTo(sent.sentTo),
      (error: unknown) => onProblem(sentenceOf(error)),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one code when it opens
  useEffect(sendCode, []);
  return (
    <>
      <p className="dim">{sentTo === null ? 'We are mailing you a code.' : `Enter the six digits we mailed to ${sentTo}.`}</p>
      <PinInput length={6} type="number" oneTimeCode autoFocus disabled={busy} onComplete={onCode} aria-label="Code" />
      <div>
        <Button variant="default" size="xs" onClick={sendCode}>
          Send a new code
        </Button>
      </div>
    </>
  );
}
