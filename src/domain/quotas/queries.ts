import { sql, type Transaction } from 'kysely';
import type { DB } from '../../db/tables.ts';

/** Counts for each key, in one order for all, and answers what each has come to. */
export async function addUsed(
  tx: Transaction<DB>,
  windowStart: string,
  counts: readonly Readonly<{ key: string; hits: number }>[],
): Promise<Map<string, number>> {
  const sorted = counts.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const { rows } = await sql<{ key: string; hits: number }>`insert into throttles (key, window_start, hits)
    select c.key, ${windowStart}::timestamptz, c.hits from jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) c (key text, hits int)
    on conflict (key, window_start) do update set hits = least(throttles.hits + excluded.hits, 1000000000)
    returning key, hits`.execute(tx);
  return new Map(rows.map(({ key, hits }) => [key, hits]));
}
