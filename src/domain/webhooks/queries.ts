import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { Endpoint } from './webhook.ts';

const shown = [
  'id',
  'version',
  'url',
  'description',
  'kinds',
  'state',
  'disabled_reason',
  'disabled_at',
  'old_secret_until',
  'failing_since',
  'last_delivered_at',
  'created_by_name',
  'created_at',
] as const;

/** Those that were not removed, the oldest first. */
export async function selectEndpoints(scope: Scope): Promise<Endpoint[]> {
  const rows = await scope.tx
    .selectFrom('webhook_endpoints')
    .select(shown)
    .where('business_id', '=', scope.business)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows as unknown as Endpoint[];
}

export async function selectEndpoint(scope: Scope, id: string): Promise<Endpoint | undefined> {
  const row = await scope.tx
    .selectFrom('webhook_endpoints')
    .select(shown)
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row as unknown as Endpoint | undefined;
}

type NewEndpoint = Readonly<{ id: string; url: string; description: string; kinds: readonly string[] | null; secret: string }>;

/** It hears what happens from now on. */
export async function insertEndpoint(scope: Scope, of: NewEndpoint): Promise<void> {
  await sql`insert into webhook_endpoints (business_id, id, url, description, kinds, state, secret, cursor_seq, created_by_name, created_at)
    select h.business_id, ${of.id}, ${of.url}, ${of.description}, ${of.kinds}, 'active', ${of.secret}, h.event_seq, ${scope.actor.name}, ${scope.now.toString()}
    from business_heads h where h.business_id = ${scope.business}`.execute(scope.tx);
}

export type EndpointChange = Readonly<{ url: string; description: string; kinds: readonly string[] | null; state: 'active' | 'disabled' }>;

/** False when somebody else was quicker. One that is switched on again hears what happens from then on. */
export async function updateEndpoint(scope: Scope, id: string, version: number, { url, description, kinds, state }: EndpointChange): Promise<boolean> {
  const at = scope.now.toString();
  const { numAffectedRows } = await sql`update webhook_endpoints w set version = w.version + 1, url = ${url}, description = ${description}, kinds = ${kinds},
      state = ${state}, disabled_reason = case when ${state} = 'active' then null else coalesce(w.disabled_reason, 'by_hand') end,
      disabled_at = case when ${state} = 'active' then null else coalesce(w.disabled_at, ${at}) end,
      failures = case when w.state = ${state} then w.failures else 0 end, failing_since = case when w.state = ${state} then w.failing_since end,
      cursor_seq = case when w.state = 'disabled' and ${state} = 'active'
        then (select h.event_seq from business_heads h where h.business_id = ${scope.business}) else w.cursor_seq end
    where w.business_id = ${scope.business} and w.id = ${id} and w.version = ${version} and w.removed_at is null`.execute(scope.tx);
  return numAffectedRows === 1n;
}

export async function disableEndpoint(scope: Scope, id: string, reason: string): Promise<void> {
  await sql`update webhook_endpoints set version = version + 1, state = 'disabled', disabled_reason = ${reason}, disabled_at = ${scope.now.toString()}, busy_until = null
    where business_id = ${scope.business} and id = ${id} and state = 'active'`.execute(scope.tx);
}

/** False when there is none. What waits for it will not be sent. */
export async function endEndpoint(scope: Scope, id: string): Promise<boolean> {
  const at = scope.now.toString();
  const { numAffectedRows } =
    await sql`update webhook_endpoints set removed_at = ${at}, state = 'disabled', disabled_reason = coalesce(disabled_reason, 'by_hand'),
      disabled_at = coalesce(disabled_at, ${at}), secret = '', old_secret = null, old_secret_until = null, busy_until = null
    where business_id = ${scope.business} and id = ${id} and removed_at is null`.execute(scope.tx);
  return numAffectedRows === 1n;
}

/** The secret of now goes on signing beside the new one until the given moment. False when there is no such endpoint. */
export async function replaceSecret(scope: Scope, id: string, secret: string, until: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update webhook_endpoints
    set old_secret = secret, old_secret_until = ${until}, secret = ${secret}, version = version + 1
    where business_id = ${scope.business} and id = ${id} and removed_at is null`.execute(scope.tx);
  return numAffectedRows === 1n;
}

/** Whether anybody listens: what tells `append_events` to queue the task that hands events on. */
export async function noteListening(scope: Scope): Promise<void> {
  await sql`update business_heads set listening = exists (select from webhook_endpoints w
      where w.business_id = ${scope.business} and w.state = 'active') where business_id = ${scope.business}`.execute(scope.tx);
}

/** Takes the turn of this business's endpoints, so that two who add one do not both find room. */
export async function lockEndpoints(scope: Scope): Promise<void> {
  await sql`select business_id from business_heads where business_id = ${scope.business} for update`.execute(scope.tx);
}

/** False for a business of the demo, from which nothing leaves. */
export async function sendsOut(scope: Scope): Promise<boolean> {
  const row = await scope.tx.selectFrom('businesses').select('demo').where('id', '=', scope.business).executeTakeFirst();
  return row?.demo === false;
}
