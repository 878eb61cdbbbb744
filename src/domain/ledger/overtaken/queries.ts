import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** Those of the bills that somebody may be paying at a processor at this moment, but for the one whose money this is. */
export async function selectWithOpenCheckouts(scope: Scope, documentIds: readonly string[], but: string | null): Promise<string[]> {
  if (documentIds.length === 0) return [];
  const { rows } = await sql<{ documentId: string }>`select distinct document_id as "documentId" from payment_shares
    where business_id = ${scope.business} and document_id = any (${[...documentIds]}::uuid[]) and state = 'initiated'
      and payment_id is distinct from ${but}::uuid
    order by 1`.execute(scope.tx);
  return rows.map(({ documentId }) => documentId);
}
