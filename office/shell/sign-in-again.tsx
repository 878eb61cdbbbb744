import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { sentenceOf } from '../api/problem.ts';
import { useOffice } from '../parts/office-context.ts';

/** Over the page, never instead of it: nothing typed is lost. */
export default function SignInAgain({ onDone }: { onDone: () => void }) {
  const { staff } = useOffice();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await call('signIn', { body: { email: staff.email, password } });
      onDone();
    } catch (error) {
      setWrong(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="Sign in again" size="sm">
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="dim">You were signed out to keep the account safe. Everything on this page is still here.</p>
        <TextInput label="E-mail" value={staff.email} readOnly autoComplete="username" />
        <PasswordInput
          label="Password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong}
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={busy} fullWidth>
          Sign in and go on
        </Button>
      </form>
    </Modal>
  );
}
