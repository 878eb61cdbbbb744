import { Button, TextInput } from '@mantine/core';
import IconPasskey from '@tabler/icons-react/dist/esm/icons/IconFingerprint.mjs';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { passkeysWork, signInByPasskey } from '../../api/passkeys.ts';
import { sentenceOf } from '../../api/problem.ts';
import type { Session } from '../../api/types.ts';
import { Form } from '../../parts/form.tsx';
import { EntryCard } from './entry-card.tsx';

type Props = { remember: boolean; onDone: (session: Session) => void; onBack: () => void };

/** The password was right; now the second proof. */
export function SecondStep({ remember, onDone, onBack }: Props) {
  return (
    <EntryCard title="One more step" lead="Enter the six digits your authenticator app shows, or one of your recovery codes.">
      <SecondForm remember={remember} onDone={onDone} />
      <Button variant="subtle" color="gray" size="xs" mt="sm" onClick={onBack}>
        Back
      </Button>
    </EntryCard>
  );
}

/** The same over a page. */
export function SecondForm({ remember, onDone }: Omit<Props, 'onBack'>) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const prove = async (ask: () => Promise<Session>): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      onDone(await ask());
    } catch (error) {
      setWrong(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Form className="stack" onSubmit={() => prove(() => call('secondSignIn', { body: { code: code.trim() } }))}>
      <TextInput
        label="Code"
        autoComplete="one-time-code"
        inputMode="text"
        autoFocus
        size="md"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {wrong !== null && (
        <p className="bad small" role="alert">
          {wrong}
        </p>
      )}
      <Button type="submit" size="md" fullWidth loading={busy} disabled={code.trim().length < 6}>
        Go on
      </Button>
      {passkeysWork() && (
        <Button
          size="md"
          variant="default"
          fullWidth
          disabled={busy}
          leftSection={<IconPasskey size={18} aria-hidden />}
          onClick={() => void prove(() => signInByPasskey(remember))}
        >
          Use a passkey
        </Button>
      )}
    </Form>
  );
}
