import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import IconPasskey from '@tabler/icons-react/dist/esm/icons/IconFingerprint.mjs';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { passkeysWork, signInByPasskey } from '../api/passkeys.ts';
import { isProblemCode, sentenceOf } from '../api/problem.ts';
import { SecondForm } from '../pages/entry/second-step.tsx';
import { useOffice } from '../parts/office-context.ts';

/** Over the page, never instead of it: nothing typed is lost. */
export default function SignInAgain({ onDone }: { onDone: () => void }) {
  const { staff } = useOffice();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [second, setSecond] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const remember = staff.role === 'field';
  const sign = async (ask: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await ask();
      onDone();
    } catch (error) {
      if (isProblemCode(error, 'second_factor_needed')) setSecond(true);
      else setWrong(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="Sign in again" size="sm">
      {second ? (
        <SecondForm remember={remember} onDone={onDone} />
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void sign(() => call('signIn', { body: { email: staff.email, password, remember } }));
          }}
        >
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
          {passkeysWork() && (
            <Button
              variant="default"
              fullWidth
              disabled={busy}
              leftSection={<IconPasskey size={18} aria-hidden />}
              onClick={() => void sign(() => signInByPasskey(remember))}
            >
              Use a passkey
            </Button>
          )}
        </form>
      )}
    </Modal>
  );
}
