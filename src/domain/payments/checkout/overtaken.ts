import type { Scope } from '../../../db/scope.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import { lockPayment, selectShares } from '../queries.ts';
import { closeOlder, inSystem, refusedBy, type Till } from './checkout.ts';
import { selectOpenOn } from './queries.ts';

/**
 * Closes what is open at processors for a bill that was settled, lowered or taken back meanwhile, so that nobody confirms what would only be
 * sent back. A checkout the bill still has room for stays. One that was paid at this very moment settles as what it is. Throws while the
 * processor does not answer: the task comes again.
 */
export async function closeOvertaken(till: Till, business: string, documentId: string): Promise<void> {
  let left = 0;
  for (const open of await inSystem(till, business, (scope) => selectOpenOn(scope, documentId))) {
    if (!(await inSystem(till, business, (scope) => isOvertaken(scope, open.id)))) continue;
    if (!(await closeOlder(till, business, open))) left += 1;
  }
  if (left > 0) throw new Error(`${left} checkouts are open that no bill waits for, and their processor does not answer`);
}

/** The same look as before a checkout is made, at one that is open. */
async function isOvertaken(scope: Scope, attempt: string): Promise<boolean> {
  const shares = await selectShares(scope, attempt);
  const invoices = await lockInvoices(scope, [...new Set(shares.map(({ documentId }) => documentId))]);
  const payment = await lockPayment(scope, attempt);
  return payment?.state === 'initiated' && refusedBy(shares, invoices) !== null;
}
