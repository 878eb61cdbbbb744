import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** Imported invoices that customers cannot see yet. */
export async function selectHiddenHistory(scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select document_id as id from invoice_standings
    where business_id = ${scope.business} and imported and not shown and state = 'issued' order by document_id`.execute(scope.tx);
  return rows.map((row) => row.id);
}

export async function markHistoryShown(scope: Scope): Promise<void> {
  await scope.tx
    .updateTable('business_profiles')
    .set((now) => ({ history_shown_at: scope.now.toString(), version: now('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .execute();
}
