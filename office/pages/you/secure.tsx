import './you.css';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import { confirmByPasskey } from '../../api/passkeys.ts';
import { factorsQuery, sessionQuery } from '../../api/queries.ts';
import { FormProblem } from '../../parts/form.tsx';
import { OfficeContext } from '../../parts/office-context.ts';
import { Gatekeeper } from '../../shell/gatekeeper.tsx';
import { useSignOut } from '../../shell/user-menu.tsx';
import { EntryCard } from '../entry/entry-card.tsx';
import { AppProof } from './app-proof.tsx';
import { Factors } from './factors.tsx';

/** The business asks everyone for a second proof: nothing else opens before it is shown or set up. */
export default function Secure() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const factors = useQuery(factorsQuery);
  const navigate = useNavigate();
  const signOut = useSignOut();
  useEffect(() => {
    if (!session.mustSecure) void navigate({ to: '/' });
  }, [session.mustSecure, navigate]);
  const has = factors.data !== undefined && (factors.data.app || factors.data.passkeys.length > 0);
  return (
    <OfficeContext value={session}>
      <EntryCard
        title={has ? 'Show your second proof' : 'Set up a second proof'}
        lead={
          has
            ? `${session.business.name} asks everyone for a passkey or an authenticator app.`
            : `${session.business.name} asks everyone for a passkey or an authenticator app. Set one up; it takes a minute.`
        }
        foot={
          <Button variant="subtle" color="gray" size="xs" onClick={signOut}>
            Sign out
          </Button>
        }
      >
        {has ? <Prove passkey={(factors.data?.passkeys.length ?? 0) > 0} app={factors.data?.app === true} /> : <Factors />}
      </EntryCard>
      <Gatekeeper />
    </OfficeContext>
  );
}

function Prove({ passkey, app }: { passkey: boolean; app: boolean }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const prove = (ask: () => ReturnType<typeof confirmByPasskey>): void => {
    ask().then((session) => client.setQueryData(sessionQuery.queryKey, session), setProblem);
  };
  return (
    <div className="stack">
      {passkey && (
        <Button fullWidth onClick={() => prove(confirmByPasskey)}>
          Use your passkey
        </Button>
      )}
      {app && <AppProof onCode={(code) => prove(() => call('confirmByApp', { body: { code } }))} />}
      <FormProblem error={problem} />
    </div>
  );
}
