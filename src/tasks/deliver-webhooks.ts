import type { Keys, Outbound, OutboundOutcome } from '../core/gateways.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { type Batch, endBatch, type Sent, takeBatch, wakeEndpoint } from '../domain/webhooks/webhooks.ts';
import { eventPayload, testPayload } from '../outgoing/webhooks/payload.ts';
import { signedHeaders } from '../outgoing/webhooks/sign.ts';

type Deps = Readonly<{ database: Database; keys: Keys; outbound: Outbound; now: () => Temporal.Instant }>;
type Sending = Extract<Batch, { kind: 'send' }>;

/** A turn of one endpoint. Then the others have theirs. */
const turnMs = 20_000;

/** Sends what is due at one webhook, a few at a time, each written down before the next are taken. No transaction is open while somebody else's server thinks. */
export function deliverWebhooks(deps: Deps): (input: TaskInput<'deliver-webhooks'>, signal: AbortSignal) => Promise<void> {
  return async ({ businessId, endpointId }, signal) => {
    const inScope = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
      inTransaction(deps.database, { role: 'system', business: businessId, actor: systemActor }, work);
    const startedMs = performance.now();
    while (!signal.aborted && performance.now() - startedMs < turnMs) {
      const batch = await inScope((scope) => takeBatch(scope, deps.keys, endpointId));
      if (batch.kind === 'none') return;
      const sent = await Promise.all(batch.deliveries.map((delivery) => send(deps, batch, endpointId, delivery)));
      if (!(await inScope((scope) => endBatch(scope, endpointId, sent)))) return;
    }
    await inScope((scope) => wakeEndpoint(scope, endpointId));
  };
}

async function send({ outbound, now }: Deps, batch: Sending, endpointId: string, delivery: Sending['deliveries'][number]): Promise<Sent> {
  const at = now();
  const { id, body } =
    delivery.event === null ? testPayload({ eventId: delivery.event_id, endpointId, at: delivery.created_at }) : eventPayload(delivery.event);
  const signed = signedHeaders({ id, unixS: Math.trunc(at.epochMilliseconds / 1000), body }, batch.secrets);
  const headers = { ...signed, 'Content-Type': 'application/json', 'User-Agent': 'Service-Invoice-Pro-Webhooks' };
  const kept: OutboundOutcome = { kind: 'refused', reason: 'demo' };
  return { delivery, at, outcome: batch.leaves ? await outbound.post({ url: batch.url, headers, body }) : kept };
}
