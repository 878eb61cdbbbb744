import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

export type NoticeKey = Readonly<{ gateway: string; eventId: string }>;

/** False when this notice was stored before. */
export async function insertNotice(scope: Scope, notice: NoticeKey & Readonly<{ kind: string; body: string }>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('inbound_events')
    .values({
      business_id: scope.business,
      gateway: notice.gateway,
      event_id: notice.eventId,
      kind: notice.kind,
      body: notice.body,
      received_at: scope.now.toString(),
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'gateway', 'event_id']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
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
