import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deliveryQuery } from '../../api/queries.ts';
import type { Webhook, WebhookDelivery } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Mark } from '../../parts/status-mark.tsx';

const errors: Readonly<Record<string, string>> = {
  refused_there: 'refused there',
  redirect: 'it answered with a redirect, which is not followed',
  timeout: 'no answer within 15 seconds',
  connect_timeout: 'no connection within 5 seconds',
  connection_refused: 'nothing listens there',
  connection_reset: 'the connection broke',
  connection_failed: 'no connection',
  unreachable: 'not reachable',
  certificate: 'its certificate is not valid',
  name_unknown: 'its name is not known',
  answer_malformed: 'its answer was not HTTP',
  address_inside: 'its name leads to a private network',
  demo: 'not sent: nothing leaves the demo',
  switched_off: 'not sent: switched off',
  removed: 'not sent: removed',
};
const whyOf = (error: string): string => errors[error] ?? (error === '' ? '' : error.replaceAll('_', ' '));

/** One line of the log; opened, each of its tries. */
export function DeliveryRow({ hook, delivery }: { hook: Webhook; delivery: WebhookDelivery }) {
  const [open, setOpen] = useState(false);
  const tone = delivery.state === 'delivered' ? 'good' : delivery.state === 'failed' ? 'bad' : 'neutral';
  return (
    <li className="delivery">
      <button type="button" className="delivery-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="strong clip">{delivery.kind}</span>
        <Mark tone={tone}>
          {delivery.state === 'delivered' ? 'Delivered' : delivery.state === 'failed' ? 'Failed' : delivery.tries === 0 ? 'Waiting' : 'Tried'}
        </Mark>
        <span className="dim small num end">{delivery.lastStatus ?? (delivery.lastError === '' ? '' : '–')}</span>
        <span className="dim small end">
          <Moment at={delivery.createdAt} />
        </span>
      </button>
      {open && <Tries hook={hook} delivery={delivery} />}
    </li>
  );
}

function Tries({ hook, delivery }: { hook: Webhook; delivery: WebhookDelivery }) {
  const query = useQuery(deliveryQuery(hook.id, delivery.id));
  const replay = useAct('replayWebhookDelivery', { renew: ['webhooks'] });
  const params = { webhookId: hook.id, deliveryId: delivery.id };
  return (
    <div className="delivery-body stack">
      <p className="dim small num">
        {delivery.messageId}
        {delivery.nextAt !== null && (
          <>
            {' '}
            · {delivery.tries === 0 ? 'goes out' : 'tried again'} <Moment at={delivery.nextAt} />
          </>
        )}
        {delivery.lastError !== '' && query.data?.made.length === 0 && ` · ${whyOf(delivery.lastError)}`}
      </p>
      {query.isPending ? (
        <SkeletonRows rows={1} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        query.data.made.map((one) => (
          <div key={one.number}>
            <p className="small">
              Try {one.number} · <Moment at={one.at} /> · {one.status ?? 'no answer'} · {one.durationMs.toLocaleString('en-US')} ms
              {one.error !== '' && ` · ${whyOf(one.error)}`}
            </p>
            {one.answer !== '' && <pre className="answer">{one.answer}</pre>}
          </div>
        ))
      )}
      <div>
        <Button size="compact-sm" variant="default" disabled={hook.state !== 'active'} loading={replay.isPending} onClick={() => replay.mutate({ params })}>
          Send it again
        </Button>
      </div>
    </div>
  );
}
