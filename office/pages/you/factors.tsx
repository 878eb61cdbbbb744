import { Button, Modal, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { makePasskey, passkeysWork } from '../../api/passkeys.ts';
import { factorsQuery, sessionQuery } from '../../api/queries.ts';
import type { Factors as FactorsFacts, Passkey } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { AppRow, SetUpApp } from './app-factor.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** What proves somebody besides the password: passkeys, an authenticator app, recovery codes. */
export function Factors() {
  const client = useQueryClient();
  const query = useQuery(factorsQuery);
  const [open, setOpen] = useState<'passkey' | 'app' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const keep = (factors: FactorsFacts): void => {
    client.setQueryData(factorsQuery.queryKey, factors);
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const done = (answer: { factors: FactorsFacts; recoveryCodes: readonly string[] | null }): void => {
    keep(answer.factors);
    setOpen(null);
    if (answer.recoveryCodes === null) toast('Added');
    else setCodes(answer.recoveryCodes);
  };
  if (query.isPending) return <SkeletonRows rows={3} />;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  const factors = query.data;
  return (
    <>
      <Section
        title="Passkeys"
        id="passkeys"
        actions={
          passkeysWork() && (
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('passkey')}>
              Add a passkey
            </Button>
          )
        }
      >
        <Passkeys passkeys={factors.passkeys} onChange={keep} />
      </Section>
      <Section title="Authenticator app" id="app">
        <AppRow factors={factors} onSetUp={() => setOpen('app')} onChange={keep} />
      </Section>
      {(factors.app || factors.passkeys.length > 0) && (
        <Section title="Recovery codes" id="recovery">
          <RecoveryRow left={factors.recoveryLeft} onCodes={setCodes} />
        </Section>
      )}
      {open === 'passkey' && <AddPasskey onDone={done} onClose={() => setOpen(null)} />}
      {open === 'app' && <SetUpApp onDone={done} onClose={() => setOpen(null)} />}
      {codes !== null && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </>
  );
}

function Passkeys({ passkeys, onChange }: { passkeys: readonly Passkey[]; onChange: (factors: FactorsFacts) => void }) {
  const [ending, setEnding] = useState<Passkey | null>(null);
  const [naming, setNaming] = useState<Passkey | null>(null);
  const end = (answer: FactorsFacts): void => {
    onChange(answer);
    setEnding(null);
    setNaming(null);
  };
  const remove = useAct('removePasskey', { done: end });
  const rename = useAct('renamePasskey', { done: end });
  if (passkeys.length === 0) return <p className="dim">None yet. With a passkey you sign in by finger, face or PIN, and nobody can phish it.</p>;
  return (
    <>
      <table className="list">
        <tbody>
          {passkeys.map((key) => (
            <tr key={key.id}>
              <td>
                <span className="strong">{key.name}</span>
                <span className="second dim">
                  {key.lastUsedAt === null ? (
                    <>
                      added <Moment at={key.createdAt} />
                    </>
                  ) : (
                    <>
                      used <Moment at={key.lastUsedAt} />
                    </>
                  )}
                </span>
              </td>
              <td className="end">
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setNaming(key)}>
                  Rename
                </Button>
                <Button size="compact-sm" variant="subtle" color="red" onClick={() => setEnding(key)}>
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ending && (
        <Confirm
          title={`Remove the passkey ${ending.name}?`}
          act="Remove this passkey"
          keep="Keep it"
          danger
          busy={remove.isPending}
          onAct={() => remove.mutate({ params: { passkeyId: ending.id } })}
          onClose={() => setEnding(null)}
        >
          It no longer signs in. Delete it on the device too, in its list of passwords.
        </Confirm>
      )}
      {naming && (
        <NameBox
          title="Rename passkey"
          name={naming.name}
          busy={rename.isPending}
          onName={(name) => rename.mutate({ params: { passkeyId: naming.id }, body: { name } })}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}

function NameBox({
  title,
  name: before,
  busy,
  onName,
  onClose,
}: {
  title: string;
  name: string;
  busy: boolean;
  onName: (name: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(before);
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <Form onSubmit={() => onName(name)}>
        <TextInput
          label="Name"
          data-autofocus
          maxLength={60}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" loading={busy}>
            Save name
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

type Done = (answer: { factors: FactorsFacts; recoveryCodes: readonly string[] | null }) => void;

function AddPasskey({ onDone, onClose }: { onDone: Done; onClose: () => void }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const add = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const response = await makePasskey(await call('startPasskey', {}));
      onDone(await call('addPasskey', { body: { name, response } }));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title="Add a passkey" size="sm">
      <Form onSubmit={add}>
        <p className="dim">Your device asks for your finger, face or PIN. It keeps the key; we only get to know it again.</p>
        <TextInput
          label="Name of this device"
          placeholder="My laptop"
          data-autofocus
          maxLength={60}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FormProblem error={problem} />
        <div className="row">
          <Button type="submit" loading={busy}>
            Make the passkey
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

function RecoveryRow({ left, onCodes }: { left: number; onCodes: (codes: readonly string[]) => void }) {
  const renew = useAct('renewRecoveryCodes', { renew: ['factors'], done: ({ recoveryCodes }) => onCodes(recoveryCodes) });
  return (
    <div className="row">
      <span className="grow">{left === 1 ? 'One code is left' : `${left} codes are left`} for the day your phone is gone.</span>
      <Button size="compact-sm" variant="subtle" loading={renew.isPending} onClick={() => renew.mutate({})}>
        Make new codes
      </Button>
    </div>
  );
}
