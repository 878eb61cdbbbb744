import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { type Account, post, type Transfer } from '../ledger/ledger.ts';
import type { LockedInvoice } from '../ledger/standings.ts';
import type { Method, Share } from './payment.ts';

/** Money of one payment, as the books need it. */
export type Money = Readonly<{ paymentId: string; customerId: string; method: Method; amountMinor: bigint; currency: string; effectiveOn: string }>;

/** Money in: Dr clearing, Cr customer credit. Then onto what it pays: Dr customer credit, Cr receivable of each part. */
export async function postIn(scope: Scope, money: Money, applied: readonly Share[], invoices: readonly LockedInvoice[]): Promise<void> {
  const clearing = transfer(money, 'clear', clearingOf(money.method), 'customer_credit');
  const allocations = applied.map((share) => transfer(money, 'allocate', 'customer_credit', 'receivable', share, invoices));
  await post(scope, newId(), [clearing, ...allocations]);
}

/** The same the other way: off what it pays, then out. `kind`: taken back by the office, or returned by a bank. */
export async function postOut(
  scope: Scope,
  money: Money,
  kind: 'reverse' | 'return',
  applied: readonly Share[],
  invoices: readonly LockedInvoice[],
): Promise<void> {
  const undone = applied.map((share) => transfer(money, 'unallocate', 'receivable', 'customer_credit', share, invoices));
  await post(scope, newId(), [...undone, transfer(money, kind, 'customer_credit', clearingOf(money.method))]);
}

const clearingOf = (method: Method): Account => `clearing_${method}`;

function transfer(money: Money, kind: Transfer['kind'], debit: Account, credit: Account, share?: Share, invoices: readonly LockedInvoice[] = []): Transfer {
  const { paymentId, customerId, currency, effectiveOn } = money;
  const whole = { kind, debit, credit, amountMinor: money.amountMinor, currency, customerId, paymentId, effectiveOn };
  if (share === undefined) return whole;
  const invoice = invoices.find(({ documentId }) => documentId === share.documentId);
  const propertyId = invoice?.parts.find(({ partId }) => partId === share.partId)?.propertyId ?? null;
  return { ...whole, amountMinor: share.amountMinor, documentId: share.documentId, partId: share.partId, propertyId };
}
