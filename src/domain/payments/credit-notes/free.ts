import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { type LockedInvoice, type Share, unapplyPayment } from '../../ledger/standings.ts';
import { postMoved } from '../books.ts';
import { lockPayment } from '../queries.ts';
import { moveApplied } from '../refunds/queries.ts';
import { type PayingShare, selectPaying } from './queries.ts';
import { shortOf } from './write.ts';

/**
 * What is credited beyond what a part owes had been paid: so much comes off it, from the latest payment first, and becomes the customer's
 * credit. The invoice is locked. Refuses `credit_note_on_credit` where it was paid with credit, which is to be taken off first.
 */
export async function freePaid(scope: Scope, invoice: LockedInvoice, taken: readonly Share[], today: string): Promise<Share[]> {
  const paying = await selectPaying(scope, invoice.documentId);
  const freed = taken.flatMap((share) => latestFirst(shortOf(invoice, share), paying, share.partId));
  for (const [paymentId, shares] of Map.groupBy(freed, (share) => share.paymentId)) {
    const [{ method }] = shares as [PayingShare];
    await lockPayment(scope, paymentId);
    await unapplyPayment(scope, shares);
    await moveApplied(scope, paymentId, shares, -1n);
    const money = { paymentId, customerId: invoice.customerId, method, amountMinor: 0n, currency: invoice.currency, effectiveOn: today };
    await postMoved(scope, money, shares, [], [invoice]);
  }
  return freed;
}

function latestFirst(shortMinor: bigint, paying: readonly PayingShare[], partId: string): PayingShare[] {
  let left = shortMinor;
  const freed = paying.flatMap((share): PayingShare[] => {
    const takes = share.partId !== partId ? 0n : share.amountMinor < left ? share.amountMinor : left;
    left -= takes;
    return takes > 0n ? [{ ...share, amountMinor: takes }] : [];
  });
  if (left > 0n) throw new Refusal('credit_note_on_credit', { creditMinor: left });
  return freed;
}
