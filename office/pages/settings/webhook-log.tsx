import { Button, Menu, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deliveriesQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { Empty, Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';
import { DeliveryRow } from './webhook-delivery.tsx';
import { MadeSecret, WebhookForm } from './webhook-form.tsx';
import { StateMark } from './webhooks.tsx';

type Doing = 'change' | 'remove' | 'rotate' | null;
const states = { all: null, waiting: 'waiting', delivered: 'delivered', failed: 'failed' } as const;
type StateKey = keyof typeof states;

/** One webhook: how it stands, what can be done with it, and all that was sent there. */
export function WebhookLog({ hook, onGone }: { hook: Webhook; onGone: () => void }) {
  const [doing, setDoing] = useState<Doing>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [params, renew] = [{ webhookId: hook.id }, ['webhooks']];
  const test = useAct('testWebhook', { renew, done: () => toast('A test is on its way') });
  const change = useAct('changeWebhook', { renew });
  const rotate = useAct('rotateWebhookSecret', {
    renew,
    done: (made) => {
      setDoing(null);
      setSecret(made.secret);
    },
  });
  const remove = useAct('removeWebhook', {
    renew,
    done: () => {
      toast('The webhook is gone');
      onGone();
    },
  });
  if (doing === 'change') return <WebhookForm hook={hook} onDone={() => setDoing(null)} />;
  const active = hook.state === 'active';
  return (
    <div className="stack">
      <p className="second clip">{hook.url}</p>
      <div className="row">
        <StateMark hook={hook} />
        <Button size="compact-sm" variant="default" disabled={!active} loading={test.isPending} onClick={() => test.mutate({ params })}>
          Send a test
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => change.mutate({ params, version: hook.version, body: { active: !active } })}
          loading={change.isPending}
        >
          {active ? 'Switch off' : 'Switch on'}
        </Button>
        <More onDo={setDoing} />
      </div>
      <Told hook={hook} />
      <Deliveries hook={hook} />
      {secret !== null && <MadeSecret value={secret} onDone={() => setSecret(null)} />}
      {doing === 'rotate' && (
        <Confirm
          title="Make a new secret?"
          act="Make a new secret"
          busy={rotate.isPending}
          onAct={() => rotate.mutate({ params })}
          onClose={() => setDoing(null)}
        >
          For 24 hours both secrets sign, so your program can change over without missing anything.
        </Confirm>
      )}
      {doing === 'remove' && (
        <Confirm
          title="Remove this webhook?"
          act="Remove the webhook"
          keep="Keep it"
          danger
          busy={remove.isPending}
          onAct={() => remove.mutate({ params })}
          onClose={() => setDoing(null)}
        >
          Nothing is sent there any more. Its log goes with it.
        </Confirm>
      )}
    </div>
  );
}

function More({ onDo }: { onDo: (doing: Doing) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle">
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onDo('change')}>Change</Menu.Item>
        <Menu.Item onClick={() => onDo('rotate')}>New secret</Menu.Item>
        <Menu.Item color="red" onClick={() => onDo('remove')}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What somebody should know before they look at the log. */
function Told({ hook }: { hook: Webhook }) {
  if (hook.state === 'disabled' && hook.disabledReason !== 'by_hand')
    return <Note tone="bad">It stopped by itself. Switch it on once it works, then send what it missed.</Note>;
  if (hook.failingSince !== null)
    return (
      <Note tone="warn">
        Nothing arrived since <Moment at={hook.failingSince} />. It is tried again by itself; after five days it stops.
      </Note>
    );
  if (hook.oldSecretUntil !== null)
    return (
      <Note>
        The secret before signs too until <Moment at={hook.oldSecretUntil} />.
      </Note>
    );
  return null;
}

function Deliveries({ hook }: { hook: Webhook }) {
  const [state, setState] = useState<StateKey>('all');
  const query = useInfiniteQuery(deliveriesQuery(hook.id, states[state]));
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className="row">
        <SegmentedControl
          size="xs"
          aria-label="Deliveries"
          value={state}
          onChange={(value) => setState(value as StateKey)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'waiting', label: 'Waiting' },
            { value: 'delivered', label: 'Delivered' },
            { value: 'failed', label: 'Failed' },
          ]}
        />
        <ReplayMenu hook={hook} />
      </div>
      {query.isPending ? (
        <SkeletonRows rows={4} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title="Nothing here">{state === 'all' ? 'What happens from now on is sent and listed here.' : 'No delivery is in this state.'}</Empty>
      ) : (
        <ul className="deliveries">
          {rows.map((delivery) => (
            <DeliveryRow key={delivery.id} hook={hook} delivery={delivery} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

const spans = [
  ['the last hour', 1],
  ['the last day', 24],
  ['the last week', 7 * 24],
  ['the last thirty days', 30 * 24 - 1],
] as const;

function ReplayMenu({ hook }: { hook: Webhook }) {
  const replay = useAct('replayWebhook', {
    renew: ['webhooks'],
    done: ({ queued }) => toast(queued === 0 ? 'Nothing was missed' : `${queued} ${queued === 1 ? 'event is' : 'events are'} on the way`),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" disabled={hook.state !== 'active'} loading={replay.isPending}>
          Send what it missed
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {spans.map(([label, hours]) => (
          <Menu.Item
            key={label}
            onClick={() =>
              replay.mutate({ params: { webhookId: hook.id }, body: { since: Temporal.Now.instant().subtract({ hours }).toString(), all: false } })
            }
          >
            in {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
