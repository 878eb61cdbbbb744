import { Button, PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { isProblemCode, sentenceOf } from '../../api/problem.ts';
import type { Session } from '../../api/types.ts';
import { useAfterSignIn } from './after-sign-in.ts';
import { CodeForm } from './code-form.tsx';
import { EntryCard } from './entry-card.tsx';

const route = getRouteApi('/sign-in');

export default function SignIn() {
  const { to } = route.useSearch();
  const enter = useAfterSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [unconfirmed, setUnconfirmed] = useState(false);
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      enter(await call('signIn', { body: { email: email.trim(), password } }), to);
    } catch (error) {
      if (isProblemCode(error, 'email_unconfirmed')) setUnconfirmed(true);
      else setWrong(sentenceOf(error));
      setBusy(false);
    }
  };
  if (unconfirmed) return <Unconfirmed email={email} onDone={(session) => enter(session, to)} />;
  return (
    <EntryCard
      title="Sign in"
      foot={
        <>
          New here?{' '}
          <Link to="/sign-up" className="link">
            Start your business
          </Link>
        </>
      }
    >
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {wrong !== null && (
          <p className="bad small" role="alert">
            {wrong}
          </p>
        )}
        <Button type="submit" size="md" loading={busy} fullWidth>
          Sign in
        </Button>
      </form>
    </EntryCard>
  );
}

function Unconfirmed({ email, onDone }: { email: string; onDone: (session: Session) => void }) {
  return (
    <EntryCard title="Confirm your e-mail address" lead={`We mailed a code with six digits to ${email}.`}>
      <CodeForm onDone={onDone} />
    </EntryCard>
  );
}
