import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import IconPasskey from '@tabler/icons-react/dist/esm/icons/IconFingerprint.mjs';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { passkeysWork, signInByPasskey } from '../../api/passkeys.ts';
import { isProblemCode, sentenceOf } from '../../api/problem.ts';
import type { Session } from '../../api/types.ts';
import { useAfterSignIn } from './after-sign-in.ts';
import { CodeForm } from './code-form.tsx';
import { EntryCard } from './entry-card.tsx';
import { SecondStep } from './second-step.tsx';

const route = getRouteApi('/sign-in');

export default function SignIn() {
  const { to } = route.useSearch();
  const enter = useAfterSignIn();
  const [typed, setTyped] = useState<Typed>({ email: '', password: '', remember: false });
  const { email, password, remember } = typed;
  const [busy, setBusy] = useState<'password' | 'passkey' | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [then, setThen] = useState<'code' | 'second' | null>(null);
  const sign = async (by: 'password' | 'passkey'): Promise<void> => {
    setBusy(by);
    setWrong(null);
    try {
      enter(by === 'passkey' ? await signInByPasskey(remember) : await call('signIn', { body: { email: email.trim(), password, remember } }), to);
    } catch (error) {
      if (isProblemCode(error, 'email_unconfirmed')) setThen('code');
      else if (isProblemCode(error, 'second_factor_needed')) setThen('second');
      else setWrong(sentenceOf(error));
      setBusy(null);
    }
  };
  if (then === 'code') return <Unconfirmed email={email} onDone={(session) => enter(session, to)} />;
  if (then === 'second') return <SecondStep remember={remember} onDone={(session) => enter(session, to)} onBack={() => setThen(null)} />;
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
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void sign('password');
        }}
      >
        <Fields value={typed} onValue={(next) => setTyped((before) => ({ ...before, ...next }))} />
        {wrong !== null && (
          <p className="bad small" role="alert">
            {wrong}
          </p>
        )}
        <Button type="submit" size="md" loading={busy === 'password'} fullWidth>
          Sign in
        </Button>
        {passkeysWork() && (
          <Button
            size="md"
            variant="default"
            fullWidth
            loading={busy === 'passkey'}
            leftSection={<IconPasskey size={18} aria-hidden />}
            onClick={() => void sign('passkey')}
          >
            Sign in with a passkey
          </Button>
        )}
        <p className="small">
          <Link to="/reset" className="link">
            Forgot your password?
          </Link>
        </p>
      </form>
    </EntryCard>
  );
}

type Typed = Readonly<{ email: string; password: string; remember: boolean }>;

function Fields({ value, onValue }: { value: Typed; onValue: (next: Partial<Typed>) => void }) {
  return (
    <>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username webauthn"
        required
        withAsterisk={false}
        autoFocus
        size="md"
        value={value.email}
        onChange={(event) => onValue({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        value={value.password}
        onChange={(event) => onValue({ password: event.currentTarget.value })}
      />
      <Checkbox
        label="My own phone, for work on site"
        description="Field crew stay signed in for 30 days"
        checked={value.remember}
        onChange={(event) => onValue({ remember: event.currentTarget.checked })}
      />
    </>
  );
}

function Unconfirmed({ email, onDone }: { email: string; onDone: (session: Session) => void }) {
  return (
    <EntryCard title="Confirm your e-mail address" lead={`We mailed a code with six digits to ${email}.`}>
      <CodeForm onDone={onDone} />
    </EntryCard>
  );
}
