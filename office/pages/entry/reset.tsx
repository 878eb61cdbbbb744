import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useAfterSignIn } from './after-sign-in.ts';
import { CodeForm } from './code-form.tsx';
import { EntryCard } from './entry-card.tsx';

/** A forgotten password: the new one counts once the mailed code comes back. */
export default function Reset() {
  const enter = useAfterSignIn();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setSentTo((await call('startReset', { body: { email: email.trim(), password } })).sentTo);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  };
  if (sentTo !== null)
    return (
      <EntryCard title="Enter the code" lead={`If ${sentTo} works here, a code with six digits is on its way. Your new password counts once you enter it.`}>
        <CodeForm onDone={(session) => enter(session)} onSecond={() => void navigate({ to: '/sign-in' })} />
      </EntryCard>
    );
  return (
    <EntryCard
      title="Choose a new password"
      lead="We mail you a code to show it is you. Other devices are signed out."
      foot={
        <Link to="/sign-in" className="link">
          Back to sign in
        </Link>
      }
    >
      <Form className="" onSubmit={submit}>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters"
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={problem} />
        <Button type="submit" size="md" loading={busy} fullWidth>
          Send me a code
        </Button>
      </Form>
    </EntryCard>
  );
}
