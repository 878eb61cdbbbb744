import type { Scope } from '../../db/scope.ts';
import { mayRecord } from './policy.ts';
import { showImported } from './queries.ts';

/** Imported payments become visible to their customers, with the invoices they paid: of one customer, or of all. */
export async function showPaymentHistory(scope: Scope, customerId: string | null = null): Promise<void> {
  await mayRecord(scope);
  await showImported(scope, customerId);
}
