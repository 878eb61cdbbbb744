import type { Scope } from '../../db/scope.ts';
import type { Act, Reply } from './acts.ts';

export type ActRow = Readonly<{ body_hash: Buffer; state: string; status: number | null; answer: string | null }>;

/** False when the act is already known. Waits for whoever is inserting the same act at this moment. */
export async function insertAct(scope: Scope, act: Act, bodyHash: Buffer): Promise<boolean> {
  const added = await scope.tx
    .insertInto('acts')
    .values({
      business_id: scope.business,
      caller: act.caller,
      route: act.route,
      id: act.id,
      body_hash: bodyHash,
      state: 'running',
      started_at: scope.now.toString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export function selectAct(scope: Scope, act: Act): Promise<ActRow | undefined> {
  return scope.tx
    .selectFrom('acts')
    .select(['body_hash', 'state', 'status', 'answer'])
    .where('business_id', '=', scope.business)
    .where('caller', '=', act.caller)
    .where('route', '=', act.route)
    .where('id', '=', act.id)
    .executeTakeFirst();
}

/** False when the act is done, or began after `before` and so may still be running. */
export async function takeOverAct(scope: Scope, act: Act, before: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.tx
    .updateTable('acts')
    .set({ started_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('caller', '=', act.caller)
    .where('route', '=', act.route)
    .where('id', '=', act.id)
    .where('state', '=', 'running')
    .where('started_at', '<', before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** `startedAt` null: whoever runs it. False when it is no longer theirs. */
export async function finishRow(scope: Scope, act: Act, startedAt: string | null, reply: Reply): Promise<boolean> {
  let update = scope.tx
    .updateTable('acts')
    .set({ state: 'done', status: reply.status, answer: reply.answer })
    .where('business_id', '=', scope.business)
    .where('caller', '=', act.caller)
    .where('route', '=', act.route)
    .where('id', '=', act.id)
    .where('state', '=', 'running');
  if (startedAt !== null) update = update.where('started_at', '=', startedAt);
  const { numUpdatedRows } = await update.executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteAct(scope: Scope, act: Act, startedAt: string): Promise<void> {
  await scope.tx
    .deleteFrom('acts')
    .where('business_id', '=', scope.business)
    .where('caller', '=', act.caller)
    .where('route', '=', act.route)
    .where('id', '=', act.id)
    .where('state', '=', 'running')
    .where('started_at', '=', startedAt)
    .execute();
}

export async function deleteActsBefore(scope: Scope, before: string): Promise<number> {
  const { numDeletedRows } = await scope.tx.deleteFrom('acts').where('business_id', '=', scope.business).where('started_at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
