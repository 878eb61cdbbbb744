import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

export type NoticeKey = Readonly<{ gateway: string; eventId: string }>;

/** Answers the ids of those that were not stored before; a notice twice in the list is one. */
export async function insertNotices(
  scope: Scope,
  gateway: string,
  notices: readonly Readonly<{ eventId: string; kind: string; body: string }>[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into inbound_events (business_id, gateway, event_id, kind, body, received_at)
    select ${scope.business}::uuid, ${gateway}, n.id, n.kind, n.body, ${scope.now.toString()}::timestamptz
    from unnest(${notices.map((each) => each.eventId)}::text[], ${notices.map((each) => each.kind)}::text[], ${notices.map((each) => each.body)}::text[]) n (id, kind, body)
    order by n.id
    on conflict (business_id, gateway, event_id) do nothing returning event_id as id`.execute(scope.tx);
  return rows.map(({ id }) => id);
}

export function selectNotice(scope: Scope, key: NoticeKey): Promise<{ body: string; handled_at: string | null } | undefined> {
  return scope.tx
    .selectFrom('inbound_events')
    .select(['body', 'handled_at'])
    .where('business_id', '=', scope.business)
    .where('gateway', '=', key.gateway)
    .where('event_id', '=', key.eventId)
    .executeTakeFirst();
}

/** Marks it done once; a second run finds it done. */
export async function markHandled(scope: Scope, key: NoticeKey, outcome: string): Promise<void> {
  await scope.tx
    .updateTable('inbound_events')
    .set({ handled_at: scope.now.toString(), outcome })
    .where('business_id', '=', scope.business)
    .where('gateway', '=', key.gateway)
    .where('event_id', '=', key.eventId)
    .where('handled_at', 'is', null)
    .execute();
}

/** Which of these notices were stored before. */
export async function selectKnown(scope: Scope, gateway: string, eventIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select event_id as id from inbound_events
    where business_id = ${scope.business} and gateway = ${gateway} and event_id = any (${[...eventIds]}::text[])`.execute(scope.tx);
  return new Set(rows.map(({ id }) => id));
}

/** Payments whose truth has been unknown since before one instant, and notices not worked through since before another. */
export async function selectStuck(scope: Scope, unknownBefore: string, noticesBefore: string): Promise<{ unknown: number; notices: number }> {
  const { rows } = await sql<{ unknown: number; notices: number }>`select
    (select count(*)::int from payments where business_id = ${scope.business} and state = 'unknown' and created_at < ${unknownBefore}) as unknown,
    (select count(*)::int from inbound_events where business_id = ${scope.business} and handled_at is null and received_at < ${noticesBefore}) as notices`.execute(
    scope.tx,
  );
  return rows[0] ?? { unknown: 0, notices: 0 };
}
