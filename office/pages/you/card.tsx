import { Button, Modal, PinInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { isProblemCode } from '../../api/problem.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';

/** Name and address of whoever is signed in. */
export function OwnCard() {
  const { staff } = useOffice();
  const client = useQueryClient();
  const [name, setName] = useState(staff.name);
  const [moving, setMoving] = useState(false);
  const save = useAct('changeOwnCard', {
    done: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      toast('Saved');
    },
  });
  return (
    <Form onSubmit={() => save.mutate({ body: { name } })}>
      <TextInput label="Your name" maxLength={120} maw={420} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <div className="row">
        <Button type="submit" size="xs" loading={save.isPending} disabled={name.trim() === '' || name === staff.name}>
          Save name
        </Button>
      </div>
      <p>
        You sign in with <span className="strong">{staff.email}</span>.{' '}
        <button type="button" className="text-button" onClick={() => setMoving(true)}>
          Change address
        </button>
      </p>
      {moving && <NewAddress onClose={() => setMoving(false)} />}
    </Form>
  );
}

/** A code goes to the new address; the old one is told. */
export function NewAddress({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => {
      // The address has moved to one with a passkey or an app of its own: it signs in by that.
      if (isProblemCode(error, 'second_factor_needed')) return window.location.assign('/office/sign-in');
      setProblem(error);
    });
    setBusy(false);
  };
  const confirm = async (code: string): Promise<void> => {
    const session = await call('confirmNewAddress', { body: { code } });
    client.setQueryData(sessionQuery.queryKey, session);
    void client.invalidateQueries({ queryKey: ['devices'] });
    toast(`You now sign in with ${session.staff.email}`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Change your address" size="sm">
      {sentTo === null ? (
        <Form onSubmit={() => run(async () => setSentTo((await call('startNewAddress', { body: { email: email.trim() } })).sentTo))}>
          <p className="dim">
            We mail a code to the new address and tell the old one. Nothing changes before you enter the code. Other devices are signed out.
          </p>
          <TextInput
            label="New e-mail"
            type="email"
            data-autofocus
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <FormProblem error={problem} />
          <Button type="submit" loading={busy}>
            Send me a code
          </Button>
        </Form>
      ) : (
        <div className="stack">
          <p>Enter the six digits we mailed to {sentTo}.</p>
          <PinInput length={6} type="number" oneTimeCode autoFocus disabled={busy} onComplete={(code) => void run(() => confirm(code))} aria-label="Code" />
          <FormProblem error={problem} />
        </div>
      )}
    </Modal>
  );
}
