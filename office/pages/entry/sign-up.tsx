import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { currencyCodes } from '../../../src/core/currencies.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Session, SignUp as SignUpBody } from '../../api/types.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { trades } from '../settings/trades.ts';
import { useAfterSignIn } from './after-sign-in.ts';
import { CodeForm } from './code-form.tsx';
import { EntryCard } from './entry-card.tsx';
import { guessPlace } from './guess.ts';

const guess = guessPlace(navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone);
const zones = Intl.supportedValuesOf('timeZone');
const countries = ['US', 'CA', 'GB', 'AU', 'NZ', 'IE', 'FR', 'ES', 'DE', 'MX', 'CH', 'BE', 'NL', 'PT', 'IT', 'AT'];
const countryName = new Intl.DisplayNames('en', { type: 'region' });

export default function SignUp() {
  const enter = useAfterSignIn();
  const [form, setForm] = useState<SignUpBody>({ business: '', trade: 'plumbing', name: '', email: '', password: '', ...guess });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const set = (change: Partial<SignUpBody>): void => setForm((before) => ({ ...before, ...change }));
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setSentTo((await call('signUp', { body: form })).sentTo);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  };
  if (sentTo !== null) return <Sent to={sentTo} onDone={(session) => enter(session, '/welcome')} />;
  const fields = problem instanceof ApiProblem ? problem.fields : {};
  const text = (name: 'business' | 'name' | 'email') => ({
    value: form[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
    error: fields[name],
    required: true,
    withAsterisk: false,
  });
  return (
    <EntryCard
      title="Start your business"
      lead="Two minutes, no card, no time limit."
      foot={
        <>
          Already here?{' '}
          <Link to="/sign-in" className="link">
            Sign in
          </Link>
        </>
      }
    >
      <Form className="" onSubmit={submit}>
        <TextInput label="Business" placeholder="As customers know it" autoFocus {...text('business')} />
        <Select
          label="Trade"
          data={trades}
          value={form.trade}
          allowDeselect={false}
          onChange={(value) => set({ trade: (value ?? 'other') as SignUpBody['trade'] })}
          description="Brings a price book, terms and wording; all can be changed"
        />
        <PlaceFields form={form} set={set} problems={fields} />
        <TextInput label="Your name" autoComplete="name" {...text('name')} />
        <TextInput label="E-mail" type="email" autoComplete="username" {...text('email')} />
        <PasswordInput
          label="Password"
          description="At least 12 characters"
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={form.password}
          error={fields['password']}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
        {Object.keys(fields).length === 0 && <FormProblem error={problem} />}
        <Button type="submit" size="md" loading={busy} fullWidth>
          Start
        </Button>
      </Form>
    </EntryCard>
  );
}

type PlaceProps = { form: SignUpBody; set: (change: Partial<SignUpBody>) => void; problems: Readonly<Record<string, string>> };

/** Guessed, so most people only read them. */
function PlaceFields({ form, set, problems: fields }: PlaceProps) {
  return (
    <div className="fields">
      <Select
        label="Country"
        data={countries.map((code) => ({ value: code, label: countryName.of(code) ?? code }))}
        value={form.country}
        searchable
        allowDeselect={false}
        onChange={(value) => set({ country: value ?? 'US' })}
        error={fields['country']}
      />
      <Select
        label="Currency"
        data={[...currencyCodes]}
        value={form.currency}
        searchable
        allowDeselect={false}
        onChange={(value) => set({ currency: value ?? 'USD' })}
        error={fields['currency']}
      />
      <Select
        className="full"
        label="Time zone"
        data={zones}
        value={form.timeZone}
        searchable
        allowDeselect={false}
        onChange={(value) => set({ timeZone: value ?? guess.timeZone })}
        error={fields['timeZone']}
      />
    </div>
  );
}

function Sent({ to, onDone }: { to: string; onDone: (session: Session) => void }) {
  return (
    <EntryCard title="Confirm your e-mail address" lead={`We mailed a code with six digits to ${to}.`}>
      <CodeForm onDone={onDone} />
    </EntryCard>
  );
}
