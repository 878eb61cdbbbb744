import { Button, CopyButton, PasswordInput } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblemCode, sentenceOf } from '../../api/problem.ts';
import { processorQuery, settingsQuery } from '../../api/queries.ts';
import type { Processor } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { Note } from '../../parts/notes.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { toast } from '../../parts/toast.ts';

/** What an act answered is what is shown next. */
export const keep = (now: Processor, _: unknown, client: QueryClient): void => {
  client.setQueryData(processorQuery.queryKey, now);
  void client.invalidateQueries({ queryKey: settingsQuery.queryKey });
};

/** The account that is connected, or the way to connect one. */
export function StripeAccount({ processor }: { processor: Processor }) {
  const [replacing, setReplacing] = useState(false);
  const { connected, waiting } = processor;
  return (
    <div className="card pad stack">
      <div className="spread">
        <strong>Stripe account</strong>
        {connected && <Mark tone={connected.live ? 'good' : 'warn'}>{connected.live ? 'Live' : 'Test mode'}</Mark>}
      </div>
      {waiting && <WaitingAccount waiting={waiting} />}
      {connected ? (
        <Connected processor={processor} connected={connected} onReplace={() => setReplacing(true)} />
      ) : (
        <p className="dim">
          Payments go to your own Stripe account. Make a restricted key there (Developers, API keys, Create restricted key) and paste it here. Start with a test
          key; nothing is charged with it.
        </p>
      )}
      {(replacing || (connected === null && waiting === null)) && <KeyForm onDone={() => setReplacing(false)} />}
    </div>
  );
}

function WaitingAccount({ waiting }: { waiting: NonNullable<Processor['waiting']> }) {
  const confirm = useAct('confirmProcessor', { done: keep });
  const cancel = useAct('cancelProcessor', { done: keep });
  return (
    <Note tone="warn">
      {waiting.askedBy} asked to let payments go to {waiting.accountName || waiting.accountId} ({waiting.accountId}).{' '}
      {waiting.liveAt === null ? (
        waiting.yours ? (
          'A second person has to confirm it.'
        ) : (
          'Confirm it only if you know that this account is yours.'
        )
      ) : (
        <>
          It takes effect <Moment at={waiting.liveAt} />.
        </>
      )}
      <span className="row wrap" style={{ marginTop: '.5rem' }}>
        {waiting.needs === 'second_person' && !waiting.yours && (
          <Button size="compact-sm" loading={confirm.isPending} onClick={() => confirm.mutate({})}>
            Confirm this account
          </Button>
        )}
        <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          Keep what is
        </Button>
      </span>
    </Note>
  );
}

function KeyForm({ onDone }: { onDone: () => void }) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<React.ReactNode>(null);
  const connect = useAct('connectProcessor', {
    done: (now, input, client) => {
      keep(now, input, client);
      setKey('');
      toast(now.waiting ? 'Asked. Nothing changes before it is confirmed.' : 'Connected');
      onDone();
    },
    failed: (error) => setProblem(<KeyProblem error={error} />),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        connect.mutate({ body: { key } });
      }}
    >
      <PasswordInput
        label="Restricted key"
        placeholder="rk_live_…"
        description="It is stored sealed and never shown again"
        autoComplete="off"
        required
        maw={460}
        value={key}
        error={problem}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={connect.isPending} disabled={key.trim() === ''}>
          Check and connect
        </Button>
      </div>
    </form>
  );
}

function KeyProblem({ error }: { error: unknown }) {
  const missing = isProblemCode(error, 'processor_key_lacks') ? Object.keys(error.fields) : [];
  return (
    <>
      {sentenceOf(error)}
      {missing.length > 0 && (
        <span style={{ display: 'block', marginTop: '.25rem' }}>
          {missing.map((right) => (
            <span key={right} style={{ display: 'block' }}>
              {right}
            </span>
          ))}
        </span>
      )}
    </>
  );
}

function Connected({ processor, connected, onReplace }: { processor: Processor; connected: NonNullable<Processor['connected']>; onReplace: () => void }) {
  const [leaving, setLeaving] = useState(false);
  const disconnect = useAct('disconnectProcessor', {
    done: (now, input, client) => {
      keep(now, input, client);
      setLeaving(false);
    },
    failed: () => {
      setLeaving(false);
      return false;
    },
  });
  return (
    <>
      <p>
        {connected.accountName || connected.accountId} <span className="dim small">{connected.accountId}</span>
        <br />
        <span className="dim small">
          Key ending in {connected.keyHint} · connected by {connected.connectedBy}, <Moment at={connected.connectedAt} />
        </span>
      </p>
      {!connected.live && <Note tone="warn">Test mode: payments move no money, but they count as paid here. Connect a live key before customers pay.</Note>}
      <Endpoint processor={processor} connected={connected} />
      <div className="row wrap">
        <Button variant="default" onClick={onReplace}>
          Use another key
        </Button>
        <Button variant="subtle" color="red" onClick={() => setLeaving(true)}>
          Disconnect
        </Button>
        {processor.movingPayments > 0 && (
          <span className="small dim">
            {processor.movingPayments} {processor.movingPayments === 1 ? 'payment is' : 'payments are'} under way
          </span>
        )}
      </div>
      {leaving && (
        <Confirm
          title="Disconnect Stripe?"
          act="Disconnect Stripe"
          danger
          busy={disconnect.isPending}
          onAct={() => disconnect.mutate({})}
          onClose={() => setLeaving(false)}
        >
          Customers can no longer pay by card or bank. Pages where they were about to pay are closed. Later refunds and returned bank payments of this account
          have to be entered by hand.
        </Confirm>
      )}
    </>
  );
}

function Endpoint({ processor, connected }: { processor: Processor; connected: NonNullable<Processor['connected']> }) {
  const [open, setOpen] = useState(connected.secretHint === null);
  const drop = useAct('dropOldSecret', { done: keep });
  return (
    <>
      {connected.secretHint !== null && (
        <p className="small">
          Signing secret ending in {connected.secretHint}
          {connected.oldSecretUntil && (
            <>
              {' '}
              · the one before holds until <Moment at={connected.oldSecretUntil} />{' '}
              <Button size="compact-xs" variant="default" loading={drop.isPending} onClick={() => drop.mutate({})}>
                End it now
              </Button>
            </>
          )}
        </p>
      )}
      {open ? (
        <SecretForm processor={processor} onDone={() => setOpen(false)} />
      ) : (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            Change the signing secret
          </Button>
        </div>
      )}
    </>
  );
}

function SecretForm({ processor, onDone }: { processor: Processor; onDone: () => void }) {
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const set = useAct('setSigningSecret', {
    done: (now, input, client) => {
      keep(now, input, client);
      setSecret('');
      toast('Saved');
      onDone();
    },
    failed: (error) => setProblem(sentenceOf(error)),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        set.mutate({ body: { secret } });
      }}
    >
      <p className="small dim">In Stripe, add a webhook endpoint (Developers, Webhooks) with this address and these events, then paste its signing secret.</p>
      <div className="row">
        <code className="grow dns-text">{processor.endpointUrl}</code>
        <CopyButton value={processor.endpointUrl}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" aria-label="Copy the address" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      <details>
        <summary className="small">{processor.events.length} events to choose</summary>
        <p className="small" style={{ columns: '14rem 2' }}>
          {processor.events.map((event) => (
            <code key={event} style={{ display: 'block' }}>
              {event}
            </code>
          ))}
        </p>
      </details>
      <PasswordInput
        label="Signing secret"
        placeholder="whsec_…"
        autoComplete="off"
        required
        maw={460}
        value={secret}
        error={problem}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={set.isPending} disabled={secret.trim() === ''}>
          Save the secret
        </Button>
      </div>
    </form>
  );
}
