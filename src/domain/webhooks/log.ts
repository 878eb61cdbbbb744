import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { headSeq, recordEvent } from '../events/events.ts';
import { insertDeliveries, lockEndpoint, selectEventAt, selectEventNames } from './deliveries/queries.ts';
import { forgetDeliveries, reopenDeliveries, selectDeliveries, selectDelivery, selectStopped, selectTries } from './log/queries.ts';
import { mayRead, mayWrite } from './policy.ts';
import { selectEndpoint } from './queries.ts';
import { wake } from './sending.ts';
import { type Delivery, type DeliveryState, deliveriesKeptDays, replayMost, type Try } from './webhook.ts';

async function mustExist(scope: Scope, endpointId: string): Promise<{ kinds: string[] | null; state: string }> {
  const endpoint = await selectEndpoint(scope, endpointId);
  if (endpoint === undefined) throw new Refusal('not_found');
  return endpoint;
}

/** What was sent to an endpoint and what came of it, the newest first. Refuses `not_found`, `cursor_invalid`. */
export async function listDeliveries(
  scope: Scope,
  asked: Readonly<{ endpointId: string; state?: DeliveryState; cursor?: string; limit?: number }>,
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  await mayRead(scope);
  await mustExist(scope, asked.endpointId);
  const list = ['deliveries', scope.business, asked.endpointId, asked.state ?? ''].join('|');
  const last = readCursor(list, asked.cursor, 2);
  if (last !== null && !(isUuid(last[1] ?? '') && /^[\dTZ:.+-]{20,40}$/.test(last[0] ?? ''))) throw new Refusal('cursor_invalid');
  const limit = asked.limit ?? limits.pageSize;
  const before = last === null ? null : { at: last[0] ?? '', id: last[1] ?? '' };
  const rows = await selectDeliveries(scope, { endpointId: asked.endpointId, state: asked.state ?? null, before, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const end = items.at(-1);
  return { items, nextCursor: rows.length > limit && end ? writeCursor(list, [end.created_at, end.id]) : null };
}

/** One delivery with each of its tries, the newest first. Refuses `not_found`. */
export async function readDelivery(scope: Scope, endpointId: string, id: string): Promise<Delivery & Readonly<{ made: Try[] }>> {
  await mayRead(scope);
  await mustExist(scope, endpointId);
  const delivery = await selectDelivery(scope, endpointId, id);
  if (delivery === undefined) throw new Refusal('not_found');
  return { ...delivery, made: await selectTries(scope, id) };
}

/** Sends one again, with all its tries before it and the same webhook-id. Refuses `not_found`, `webhook_disabled`. */
export async function replayDelivery(scope: Scope, endpointId: string, id: string): Promise<Delivery> {
  await mayWrite(scope);
  await mustBeActive(scope, endpointId);
  if ((await reopenDeliveries(scope, { endpointId, id })) === 0) throw new Refusal('not_found');
  await wake(scope, endpointId);
  await recordEvent(scope, { kind: 'webhook.replayed', data: { webhookId: endpointId, deliveryId: id } });
  return (await selectDelivery(scope, endpointId, id)) as Delivery;
}

async function mustBeActive(scope: Scope, endpointId: string): Promise<{ kinds: string[] | null }> {
  const endpoint = await mustExist(scope, endpointId);
  await lockEndpoint(scope, endpointId);
  if (endpoint.state !== 'active') throw new Refusal('webhook_disabled');
  return endpoint;
}

/**
 * Sends what an endpoint missed since a moment: events that failed there and events it was not there for. `all` sends those that arrived too.
 * Answers how many will be sent. Refuses `webhook_replay_too_many` above ten thousand, `webhook_replay_too_old` beyond the log's thirty days.
 */
export async function replaySince(scope: Scope, of: Readonly<{ endpointId: string; since: string; all: boolean }>): Promise<number> {
  await mayWrite(scope);
  const { kinds } = await mustBeActive(scope, of.endpointId);
  const since = Temporal.Instant.from(of.since);
  if (Temporal.Instant.compare(since, scope.now.subtract({ hours: 24 * deliveriesKeptDays })) < 0)
    throw new Refusal('webhook_replay_too_old', { field: 'since' });
  const upTo = await headSeq(scope);
  // An event takes the time its transaction began, so a slow one may stand a little after younger ones.
  const from = await seqBefore(scope, since.subtract({ minutes: 5 }), upTo);
  const events = await selectEventNames(scope, { after: from, upTo, kinds, since: since.toString(), limit: replayMost + 1 });
  if (events.length > replayMost) throw new Refusal('webhook_replay_too_many', { field: 'since' });
  const first = events[0];
  if (first === undefined) return 0;
  const again = await reopenDeliveries(scope, { endpointId: of.endpointId, from: first.seq, states: of.all ? ['failed', 'delivered'] : ['failed'] });
  const queued = again + (await insertDeliveries(scope, of.endpointId, events));
  await wake(scope, of.endpointId);
  await recordEvent(scope, { kind: 'webhook.replayed', data: { webhookId: of.endpointId, since: since.toString(), queued } });
  return queued;
}

/** The largest number whose event is older than `moment`: halving, because numbers and times rise together. */
async function seqBefore(scope: Scope, moment: Temporal.Instant, upTo: bigint): Promise<bigint> {
  let [low, high] = [0n, upTo];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    const at = await selectEventAt(scope, middle);
    if (at !== undefined && Temporal.Instant.compare(Temporal.Instant.from(at), moment) >= 0) high = middle - 1n;
    else low = middle;
  }
  return low;
}

/** Endpoints that stopped by themselves, the latest first. */
export const stoppedEndpoints = selectStopped;

/** Forgets deliveries that ended longer ago than the log is kept. Answers how many. */
export function sweepDeliveries(scope: Scope): Promise<number> {
  return forgetDeliveries(scope, scope.now.subtract({ hours: 24 * deliveriesKeptDays }).toString());
}
