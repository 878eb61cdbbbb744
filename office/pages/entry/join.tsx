import { Button, PasswordInput, PinInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { passkeysWork } from '../../api/passkeys.ts';
import { isProblemCode, sentenceOf } from '../../api/problem.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { SkeletonRows } from '../../parts/notes.tsx';
import { roleNames } from '../settings/roles.ts';
import { useAfterSignIn } from './after-sign-in.ts';
import { EntryCard } from './entry-card.tsx';

/** What stands behind the # of the mailed address; it is never sent but by a press. */
const tokenHere = (): string => window.location.hash.slice(1);

/** An invitation. Opening it does nothing: a press mails a code to the invited mailbox, and the code lets in. */
export default function Join() {
  const [token] = useState(tokenHere);
  const look = useQuery({ queryKey: ['joining', token], queryFn: () => call('lookAtInvitation', { body: { token } }), retry: false });
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  if (look.isPending)
    return (
      <EntryCard title="Your invitation">
        <SkeletonRows rows={3} />
      </EntryCard>
    );
  if (look.isError)
    return (
      <EntryCard
        title="This invitation does not open"
        lead={sentenceOf(look.error)}
        foot={
          <Link to="/sign-in" className="link">
            Sign in
          </Link>
        }
      />
    );
  const { business, invitedBy, role, name } = look.data;
  if (sentTo !== null) return <Enter token={token} sentTo={sentTo} business={business} />;
  const send = (): void => {
    setBusy(true);
    call('startJoining', { body: { token } }).then(
      (sent) => setSentTo(sent.sentTo),
      (error: unknown) => {
        setProblem(error);
        setBusy(false);
      },
    );
  };
  return (
    <EntryCard title={`Join ${business}`} lead={`Hello ${name}. ${invitedBy} invites you to work here as ${roleNames[role].toLowerCase()}.`}>
      <Form className="" onSubmit={send}>
        <p className="dim small">We mail a code to {look.data.sentTo}, to be sure it is you.</p>
        <FormProblem error={problem} />
        <Button type="submit" size="md" loading={busy} fullWidth>
          Send me a code
        </Button>
      </Form>
    </EntryCard>
  );
}

function Enter({ token, sentTo, business }: { token: string; sentTo: string; business: string }) {
  const enter = useAfterSignIn();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const join = async (chosen: string | null): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      enter(await call('joinTeam', { body: { token, code, password: chosen } }), chosen === null ? '/you?add=passkey' : '/');
    } catch (error) {
      if (isProblemCode(error, 'second_factor_needed')) return void navigate({ to: '/sign-in' });
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <EntryCard title={`Join ${business}`} lead={`Enter the six digits we mailed to ${sentTo}, and choose how you will sign in.`}>
      <Form className="" onSubmit={() => join(password === '' ? null : password)}>
        <PinInput length={6} type="number" oneTimeCode autoFocus size="lg" value={code} onChange={setCode} aria-label="Code" />
        <PasswordInput
          label="Password"
          description="At least 12 characters. Leave it empty if you have one here already."
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={problem} />
        <Button type="submit" size="md" loading={busy} disabled={code.length < 6} fullWidth>
          Join
        </Button>
        {passkeysWork() && (
          <Button variant="default" size="md" disabled={busy || code.length < 6} fullWidth onClick={() => void join(null)}>
            Join and set up a passkey instead
          </Button>
        )}
      </Form>
    </EntryCard>
  );
}
