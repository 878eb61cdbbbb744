import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Thing } from '../judged.ts';

/** A part of a transaction that can be taken back alone. The same name again hides the one before, which is what nesting needs. */
export async function savepoint(scope: Scope): Promise<void> {
  await sql`savepoint import_part`.execute(scope.tx);
}

/** Takes back what came after the last savepoint, and the savepoint with it. */
export async function rollbackTo(scope: Scope): Promise<void> {
  await sql`rollback to savepoint import_part`.execute(scope.tx);
  await sql`release savepoint import_part`.execute(scope.tx);
}

export async function insertThings(scope: Scope, importId: string, things: readonly Thing[]): Promise<void> {
  if (things.length === 0) return;
  await sql`insert into imported_things (business_id, kind, key, thing_id, customer_id, import_id)
    select ${scope.business}::uuid, r.kind, r.key, r.id, r."customerId", ${importId}::uuid
    from json_to_recordset(${JSON.stringify(things)}::json) r (kind text, key text, id uuid, "customerId" uuid)`.execute(scope.tx);
}

/** Which of these keys are taken. */
export async function selectKeys(scope: Scope, kind: Thing['kind'], keys: readonly string[]): Promise<Set<string>> {
  const rows = await scope.tx
    .selectFrom('imported_things')
    .select('key')
    .where('business_id', '=', scope.business)
    .where('kind', '=', kind)
    .where('key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
  return new Set(rows.map((row) => row.key));
}

/** The next things of an import to take back. */
export async function selectThings(scope: Scope, importId: string, kind: Thing['kind'], limit: number): Promise<(Thing & { customerId: string })[]> {
  const rows = await scope.tx
    .selectFrom('imported_things')
    .select(['key', 'thing_id', 'customer_id'])
    .where('business_id', '=', scope.business)
    .where('import_id', '=', importId)
    .where('kind', '=', kind)
    .orderBy('thing_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ kind, key: row.key, id: row.thing_id, customerId: row.customer_id ?? '' }));
}

/** Their keys are free again. */
export async function deleteThings(scope: Scope, kind: Thing['kind'], keys: readonly string[]): Promise<void> {
  await scope.tx
    .deleteFrom('imported_things')
    .where('business_id', '=', scope.business)
    .where('kind', '=', kind)
    .where('key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
}

export async function countThings(scope: Scope, importId: string): Promise<Partial<Record<Thing['kind'], number>>> {
  const rows = await scope.tx
    .selectFrom('imported_things')
    .select(['kind', sql<number>`count(*)::int`.as('count')])
    .where('business_id', '=', scope.business)
    .where('import_id', '=', importId)
    .groupBy('kind')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
}

/** What an import has added so far, by what its file calls it. */
export async function selectAddedKeys(scope: Scope, importId: string, kind: Thing['kind']): Promise<Set<string>> {
  const rows = await scope.tx
    .selectFrom('imported_things')
    .select('key')
    .where('business_id', '=', scope.business)
    .where('import_id', '=', importId)
    .where('kind', '=', kind)
    .execute();
  return new Set(rows.map((row) => row.key));
}
