import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Delivery, DeliveryState, Try } from '../webhook.ts';

const shown = sql.raw(
  'd.id, d.endpoint_id, d.event_id, d.event_seq, d.kind, d.state, d.round, d.tries, d.next_at, d.created_at, d.ended_at, d.last_status, d.last_error',
);

/** The newest first; `before` is where the last page ended. */
export async function selectDeliveries(
  scope: Scope,
  of: Readonly<{ endpointId: string; state: DeliveryState | null; before: { at: string; id: string } | null; limit: number }>,
): Promise<Delivery[]> {
  const state = of.state === null ? sql`true` : sql`d.state = ${of.state}`;
  const before = of.before === null ? sql`true` : sql`(d.created_at, d.id) < (${of.before.at}::timestamptz, ${of.before.id}::uuid)`;
  const { rows } = await sql<Delivery>`select ${shown} from webhook_deliveries d
    where d.business_id = ${scope.business} and d.endpoint_id = ${of.endpointId} and ${state} and ${before}
    order by d.created_at desc, d.id desc limit ${of.limit}`.execute(scope.tx);
  return rows;
}

export async function selectDelivery(scope: Scope, endpointId: string, id: string): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery>`select ${shown} from webhook_deliveries d
    where d.business_id = ${scope.business} and d.endpoint_id = ${endpointId} and d.id = ${id}`.execute(scope.tx);
  return rows[0];
}

export function selectTries(scope: Scope, deliveryId: string): Promise<Try[]> {
  return scope.tx
    .selectFrom('webhook_tries')
    .select(['number', 'at', 'duration_ms', 'status', 'error', 'answer'])
    .where('business_id', '=', scope.business)
    .where('delivery_id', '=', deliveryId)
    .orderBy('number', 'desc')
    .execute();
}

/** Makes deliveries due anew, with all their tries before them: one, or those that failed (or all that ended) since a moment. Answers how many. */
export async function reopenDeliveries(
  scope: Scope,
  of: Readonly<{ endpointId: string; id: string } | { endpointId: string; from: bigint; states: readonly DeliveryState[] }>,
): Promise<number> {
  const which = 'id' in of ? sql`d.id = ${of.id}` : sql`d.event_seq >= ${of.from} and d.state = any (${[...of.states]}::text[])`;
  const { numAffectedRows } = await sql`update webhook_deliveries d set state = 'waiting', round = 0, next_at = ${scope.now.toString()}, ended_at = null
    where d.business_id = ${scope.business} and d.endpoint_id = ${of.endpointId} and ${which}`.execute(scope.tx);
  return Number(numAffectedRows ?? 0n);
}

/** Forgets what ended before a moment. Answers how many deliveries. */
export async function forgetDeliveries(scope: Scope, before: string): Promise<number> {
  const old = sql`select d.id from webhook_deliveries d where d.business_id = ${scope.business} and d.state <> 'waiting' and d.ended_at < ${before}`;
  await sql`delete from webhook_tries t where t.business_id = ${scope.business} and t.delivery_id in (${old})`.execute(scope.tx);
  const { numAffectedRows } =
    await sql`delete from webhook_deliveries d where d.business_id = ${scope.business} and d.state <> 'waiting' and d.ended_at < ${before}`.execute(scope.tx);
  return Number(numAffectedRows ?? 0n);
}

/** Endpoints that stopped by themselves, for whoever can do something about it. */
export async function selectStopped(scope: Scope): Promise<{ id: string; url: string; description: string; reason: string; at: string }[]> {
  const { rows } = await sql<{ id: string; url: string; description: string; reason: string; at: string }>`
    select w.id, w.url, w.description, w.disabled_reason as reason, w.disabled_at as at from webhook_endpoints w
    where w.business_id = ${scope.business} and w.removed_at is null and w.state = 'disabled' and w.disabled_reason <> 'by_hand'
    order by w.disabled_at desc`.execute(scope.tx);
  return rows;
}
