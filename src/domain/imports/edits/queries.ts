import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Mapping } from '../columns.ts';
import type { ImportKind } from '../meanings.ts';
import type { Reading } from '../reading.ts';
import type { Edit } from './edits.ts';

export async function selectEdits(scope: Scope, importId: string): Promise<Edit[]> {
  return scope.tx
    .selectFrom('import_edits')
    .select(['row', 'position', 'was', 'value'])
    .where('business_id', '=', scope.business)
    .where('import_id', '=', importId)
    .execute();
}

export async function upsertEdits(scope: Scope, importId: string, edits: readonly Edit[]): Promise<void> {
  if (edits.length === 0) return;
  await sql`insert into import_edits (business_id, import_id, row, position, was, value)
    select distinct on (r.row, r.position, r.was) ${scope.business}::uuid, ${importId}::uuid, r.row, r.position, r.was, r.value
    from json_to_recordset(${JSON.stringify(edits)}::json) r (row integer, position integer, was text, value text)
    on conflict (business_id, import_id, row, position, was) do update set value = excluded.value`.execute(scope.tx);
}

export async function deleteEdits(scope: Scope, importId: string, rows: readonly number[], position: number): Promise<void> {
  await scope.tx
    .deleteFrom('import_edits')
    .where('business_id', '=', scope.business)
    .where('import_id', '=', importId)
    .where('row', '=', sql<number>`any(${[...rows]}::int[])`)
    .where('position', '=', position)
    .execute();
}

export async function countEdits(scope: Scope, importId: string): Promise<number> {
  const row = await scope.tx
    .selectFrom('import_edits')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('business_id', '=', scope.business)
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export type Remembered = Readonly<{ kind: ImportKind; mapping: Mapping; reading: Reading }>;

export async function selectMapping(scope: Scope, headerHash: Buffer): Promise<Remembered | undefined> {
  const row = await scope.tx
    .selectFrom('import_mappings')
    .select(['kind', 'mapping', 'reading'])
    .where('business_id', '=', scope.business)
    .where('header_hash', '=', headerHash)
    .executeTakeFirst();
  return row && ({ kind: row.kind, mapping: row.mapping, reading: row.reading } as unknown as Remembered);
}

export async function upsertMapping(scope: Scope, headerHash: Buffer, { kind, mapping, reading }: Remembered): Promise<void> {
  const values = { kind, mapping: JSON.stringify(mapping), reading: JSON.stringify(reading), used_at: scope.now.toString() };
  await scope.tx
    .insertInto('import_mappings')
    .values({ business_id: scope.business, header_hash: headerHash, ...values })
    .onConflict((conflict) => conflict.columns(['business_id', 'header_hash']).doUpdateSet(values))
    .execute();
}

export async function deleteAllEdits(scope: Scope, importId: string): Promise<void> {
  await scope.tx.deleteFrom('import_edits').where('business_id', '=', scope.business).where('import_id', '=', importId).execute();
}
