import type { Scope } from '../../../db/scope.ts';

/** Less is held back; what is due on which day is said anew. */
export async function updateHeld(scope: Scope, documentId: string, releasedMinor: bigint, installments: string): Promise<void> {
  await scope.tx
    .updateTable('invoice_standings')
    .set((eb) => ({ held_back_minor: eb('held_back_minor', '-', releasedMinor), installments, version: eb('version', '+', 1) }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}
