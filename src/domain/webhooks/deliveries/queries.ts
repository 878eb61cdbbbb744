import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Delivery, DeliveryState, Try } from '../webhook.ts';

export type Listener = Readonly<{ id: string; kinds: string[] | null; cursor_seq: bigint }>;

/** Who listens, held until the transaction ends: events are handed on by one at a time. */
export async function lockListeners(scope: Scope): Promise<Listener[]> {
  const { rows } = await sql<Listener>`select w.id, w.kinds, w.cursor_seq from webhook_endpoints w
    where w.business_id = ${scope.business} and w.state = 'active' order by w.id for update`.execute(scope.tx);
  return rows;
}

export type EventName = Readonly<{ seq: bigint; id: string; kind: string }>;

/** Events after one number up to another, of the given kinds or all, in order. */
export async function selectEventNames(
  scope: Scope,
  of: Readonly<{ after: bigint; upTo: bigint; kinds: readonly string[] | null; since?: string; limit: number }>,
): Promise<EventName[]> {
  const kinds = of.kinds === null ? sql`true` : sql`e.kind = any (${[...of.kinds]}::text[])`;
  const since = of.since === undefined ? sql`true` : sql`e.at >= ${of.since}::timestamptz`;
  const { rows } = await sql<EventName>`select e.seq, e.id, e.kind from events e
    where e.business_id = ${scope.business} and e.seq > ${of.after} and e.seq <= ${of.upTo} and ${kinds} and ${since}
    order by e.seq limit ${of.limit}`.execute(scope.tx);
  return rows;
}

/** When an event happened; undefined when there is none of that number. */
export async function selectEventAt(scope: Scope, seq: bigint): Promise<string | undefined> {
  const row = await scope.tx.selectFrom('events').select('at').where('business_id', '=', scope.business).where('seq', '=', seq).executeTakeFirst();
  return row?.at;
}

export async function moveCursor(scope: Scope, endpointId: string, seq: bigint): Promise<void> {
  await sql`update webhook_endpoints set cursor_seq = greatest(cursor_seq, ${seq}) where business_id = ${scope.business} and id = ${endpointId}`.execute(
    scope.tx,
  );
}

/** One delivery per event and endpoint, whoever asks and however often. Answers how many are new. */
export async function insertDeliveries(scope: Scope, endpointId: string, events: readonly EventName[]): Promise<number> {
  if (events.length === 0) return 0;
  const at = scope.now.toString();
  const rows = JSON.stringify(events.map(({ seq, id, kind }) => ({ id: newId(), event_id: id, event_seq: seq === 0n ? null : Number(seq), kind })));
  const { numAffectedRows } = await sql`insert into webhook_deliveries (business_id, id, endpoint_id, event_id, event_seq, kind, state, next_at, created_at)
    select ${scope.business}, r.id, ${endpointId}, r.event_id, r.event_seq, r.kind, 'waiting', ${at}, ${at}
    from jsonb_to_recordset(${rows}::jsonb) r (id uuid, event_id uuid, event_seq bigint, kind text)
    on conflict (business_id, endpoint_id, event_id) do nothing`.execute(scope.tx);
  return Number(numAffectedRows ?? 0n);
}

export type Turn = Readonly<{
  url: string;
  state: string;
  secret: string;
  old_secret: string | null;
  old_secret_until: string | null;
  failures: number;
  failing_since: string | null;
  busy_until: string | null;
}>;

/** The endpoint, held: whoever hands on to it, sends to it or writes down what came of it waits for the others. */
export async function lockEndpoint(scope: Scope, id: string): Promise<Turn | undefined> {
  const { rows } = await sql<Turn>`select w.url, w.state, w.secret, w.old_secret, w.old_secret_until, w.failures, w.failing_since, w.busy_until
    from webhook_endpoints w where w.business_id = ${scope.business} and w.id = ${id} for update`.execute(scope.tx);
  return rows[0];
}

export async function setBusy(scope: Scope, id: string, until: string | null): Promise<void> {
  await sql`update webhook_endpoints set busy_until = ${until} where business_id = ${scope.business} and id = ${id}`.execute(scope.tx);
}

/** What is due, in the order of the events. Each counts as tried from now on; one whose worker dies is due again at `until`. */
export async function takeDue(scope: Scope, endpointId: string, until: string, limit: number): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`with due as (
      select d.id from webhook_deliveries d where d.business_id = ${scope.business} and d.endpoint_id = ${endpointId} and d.state = 'waiting'
        and d.next_at <= ${scope.now.toString()} order by d.next_at, d.event_seq limit ${limit})
    update webhook_deliveries d set round = d.round + 1, tries = d.tries + 1, next_at = ${until} from due
    where d.business_id = ${scope.business} and d.id = due.id
    returning d.id, d.endpoint_id, d.event_id, d.event_seq, d.kind, d.state, d.round, d.tries, d.next_at, d.created_at, d.ended_at, d.last_status, d.last_error`.execute(
    scope.tx,
  );
  return rows.toSorted((a, b) => Number((a.event_seq ?? 0n) - (b.event_seq ?? 0n)));
}

/** When the next one is due; null when nothing waits. */
export async function selectNextDue(scope: Scope, endpointId: string): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`select min(d.next_at) as at from webhook_deliveries d
    where d.business_id = ${scope.business} and d.endpoint_id = ${endpointId} and d.state = 'waiting'`.execute(scope.tx);
  return rows[0]?.at ?? null;
}

export type Ended = Readonly<{ id: string; state: DeliveryState; nextAt: string | null; status: number | null; error: string }>;

export async function endTry(scope: Scope, of: Ended, made: Omit<Try, 'number' | 'status' | 'error'>): Promise<void> {
  const endedAt = of.state === 'waiting' ? null : scope.now.toString();
  await sql`with ended as (
      update webhook_deliveries set state = ${of.state}, next_at = ${of.nextAt}, ended_at = ${endedAt}, last_status = ${of.status}, last_error = ${of.error}
      where business_id = ${scope.business} and id = ${of.id} returning tries)
    insert into webhook_tries (business_id, delivery_id, number, at, duration_ms, status, error, answer)
    select ${scope.business}, ${of.id}, ended.tries, ${made.at}, ${made.duration_ms}, ${of.status}, ${of.error}, ${made.answer} from ended
    on conflict do nothing`.execute(scope.tx);
}

/** How it stands with an endpoint after some tries. */
export async function noteOutcome(
  scope: Scope,
  id: string,
  of: Readonly<{ delivered: boolean; failures: number; failingSince: string | null }>,
): Promise<void> {
  const delivered: RawBuilder<unknown> = of.delivered ? sql`${scope.now.toString()}` : sql`last_delivered_at`;
  await sql`update webhook_endpoints set busy_until = null, failures = ${of.failures}, failing_since = ${of.failingSince}, last_delivered_at = ${delivered}
    where business_id = ${scope.business} and id = ${id}`.execute(scope.tx);
}

/** What waits for an endpoint that hears no more. */
export async function failWaiting(scope: Scope, endpointId: string, error: string): Promise<void> {
  await sql`update webhook_deliveries set state = 'failed', next_at = null, ended_at = ${scope.now.toString()}, last_error = ${error}
    where business_id = ${scope.business} and endpoint_id = ${endpointId} and state = 'waiting'`.execute(scope.tx);
}
