import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

/** What a business keeps: content-addressed, so the same bytes count once. */
export async function selectUsed(scope: Scope): Promise<{ bytes: bigint; files: number }> {
  const { rows } = await sql<{ bytes: bigint; files: number }>`select coalesce(sum(f.bytes), 0)::bigint as bytes, count(*)::int as files
    from files f where f.business_id = ${scope.business}`.execute(scope.tx);
  return rows[0] ?? { bytes: 0n, files: 0 };
}
