import { sql } from 'kysely';
import type { Actor, Scope } from '../../db/scope.ts';
import type { Batch, BatchKind, BatchOptions, BatchState } from './batch.ts';

export type StoredBatch = Batch & Readonly<{ actor: Actor }>;
export type BatchItem = Readonly<{ position: number; thingId: string; name: string; code: string; state: ItemState; resultId: string | null }>;
export type ItemState = 'waiting' | 'done' | 'refused' | 'undone' | 'kept';

type NewBatch = Readonly<{
  id: string;
  kind: BatchKind;
  options: BatchOptions;
  state: BatchState;
  startsAt: string;
  things: readonly string[];
}>;

export async function insertBatch(scope: Scope, batch: NewBatch): Promise<void> {
  const { actor, business } = scope;
  await scope.tx
    .insertInto('batches')
    .values({
      business_id: business,
      id: batch.id,
      kind: batch.kind,
      options: JSON.stringify(batch.options),
      actor: JSON.stringify(actor),
      staff_id: actor.kind === 'staff' ? actor.id : null,
      state: batch.state,
      total: batch.things.length,
      starts_at: batch.startsAt,
      created_at: scope.now.toString(),
    })
    .execute();
  await sql`insert into batch_items (business_id, batch_id, position, thing_id)
    select ${business}::uuid, ${batch.id}::uuid, t.at::int, t.id from unnest(${[...batch.things]}::uuid[]) with ordinality as t (id, at)`.execute(scope.tx);
}

const columns = (scope: Scope) => sql`b.id, b.kind, b.options, b.actor, b.actor ->> 'name' as by, b.state, b.total, b.starts_at as "startsAt",
  b.created_at as "createdAt", b.finished_at as "finishedAt", n.done, n.refused, n.undone
  from batches b cross join lateral (select count(*) filter (where i.state = 'done')::int as done, count(*) filter (where i.state in ('refused', 'kept'))::int as refused,
    count(*) filter (where i.state = 'undone')::int as undone from batch_items i where i.business_id = ${scope.business} and i.batch_id = b.id) n`;

export async function selectBatch(scope: Scope, id: string): Promise<StoredBatch | undefined> {
  const { rows } = await sql<StoredBatch>`select ${columns(scope)} where b.business_id = ${scope.business} and b.id = ${id}`.execute(scope.tx);
  return rows[0];
}

/** Held by one worker, or one press, at a time. */
export async function lockBatch(scope: Scope, id: string): Promise<{ state: BatchState; startsAt: string } | undefined> {
  const { rows } = await sql<{ state: BatchState; startsAt: string }>`select state, starts_at as "startsAt" from batches
    where business_id = ${scope.business} and id = ${id} for update`.execute(scope.tx);
  return rows[0];
}

/** The latest of one colleague, or of everybody. */
export async function selectBatches(scope: Scope, filter: { staffId: string | null; since: string; limit: number }): Promise<StoredBatch[]> {
  const { rows } = await sql<StoredBatch>`select ${columns(scope)} where b.business_id = ${scope.business} and b.created_at > ${filter.since}::timestamptz
    ${filter.staffId === null ? sql`` : sql`and b.staff_id = ${filter.staffId}::uuid`}
    order by b.created_at desc, b.id desc limit ${filter.limit}`.execute(scope.tx);
  return rows;
}

export async function updateBatch(scope: Scope, id: string, change: { state: BatchState; startsAt?: string; finished?: boolean }): Promise<void> {
  await scope.tx
    .updateTable('batches')
    .set({
      state: change.state,
      ...(change.startsAt === undefined ? {} : { starts_at: change.startsAt }),
      ...(change.finished === undefined ? {} : { finished_at: change.finished ? scope.now.toString() : null }),
    })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .execute();
}

export async function selectItems(scope: Scope, batchId: string, states: readonly ItemState[], limit: number): Promise<BatchItem[]> {
  return scope.tx
    .selectFrom('batch_items')
    .select(['position', 'thing_id as thingId', 'name', 'code', 'state', 'result_id as resultId'])
    .where('business_id', '=', scope.business)
    .where('batch_id', '=', batchId)
    .where('state', 'in', [...states])
    .orderBy('position')
    .limit(limit)
    .execute() as Promise<BatchItem[]>;
}

export async function updateItem(
  scope: Scope,
  batchId: string,
  position: number,
  change: { state: ItemState; name?: string; code?: string; resultId?: string | null },
): Promise<void> {
  await scope.tx
    .updateTable('batch_items')
    .set({
      state: change.state,
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.code === undefined ? {} : { code: change.code }),
      ...(change.resultId === undefined ? {} : { result_id: change.resultId }),
    })
    .where('business_id', '=', scope.business)
    .where('batch_id', '=', batchId)
    .where('position', '=', position)
    .execute();
}
