import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { type Account, post, type Transfer } from '../ledger/ledger.ts';
import type { LockedInvoice } from '../ledger/standings.ts';
import type { Method, Share } from './payment.ts';

/** Money of one payment, as the books need it. */
export type Money = Readonly<{ paymentId: string; customerId: string; method: Method; amountMinor: bigint; currency: string; effectiveOn: string }>;

/** How money comes in: with its payment, or back again because a refund or chargeback did not hold. */
type In = 'clear' | 'refund' | 'dispute';
/** How it goes out: taken back by the office, returned by a bank, given back, or taken by a chargeback. */
type Out = 'reverse' | 'return' | 'refund' | 'dispute';

/** Money in: Dr clearing, Cr customer credit. Then onto what it pays: Dr customer credit, Cr receivable of each part. */
export async function postIn(scope: Scope, money: Money, applied: readonly Share[], invoices: readonly LockedInvoice[], kind: In = 'clear'): Promise<void> {
  const clearing = money.amountMinor > 0n ? [transfer(money, kind, clearingOf(money.method), 'customer_credit')] : [];
  await post(scope, newId(), [...clearing, ...on(money, applied, invoices)]);
}

/** The same the other way: off what it pays, then out. */
export async function postOut(scope: Scope, money: Money, kind: Out, applied: readonly Share[], invoices: readonly LockedInvoice[]): Promise<void> {
  const out = money.amountMinor > 0n ? [transfer(money, kind, 'customer_credit', clearingOf(money.method))] : [];
  await post(scope, newId(), [...off(money, applied, invoices), ...out]);
}

/** Off some invoices and onto others; what is not put on again stays with the customer as credit. */
export async function postMoved(scope: Scope, money: Money, from: readonly Share[], to: readonly Share[], invoices: readonly LockedInvoice[]): Promise<void> {
  await post(scope, newId(), [...off(money, from, invoices), ...on(money, to, invoices)]);
}

/** Money the business loses beside what it gives back: a chargeback's fee, or what went out twice. `back`: it came again. */
export async function postLoss(scope: Scope, money: Money, kind: 'dispute' | 'dispute_fee' | 'return' | 'refund', back = false): Promise<void> {
  if (money.amountMinor <= 0n) return;
  const [debit, credit] = [kind === 'dispute_fee' ? 'fees' : 'bad_debt', clearingOf(money.method)] as const;
  await post(scope, newId(), [back ? transfer(money, kind, credit, debit) : transfer(money, kind, debit, credit)]);
}

/** A tip comes with its payment, or again after it went back: Dr clearing, Cr tips; `back`: the other way. It touches nothing a customer owes or holds. */
export async function postTip(scope: Scope, money: Money, back = false, account: 'tips' | 'bad_debt' = 'tips'): Promise<void> {
  if (money.amountMinor <= 0n) return;
  const clearing = clearingOf(money.method);
  await post(scope, newId(), [back ? transfer(money, 'tip_back', account, clearing) : transfer(money, 'tip', clearing, account)]);
}

const clearingOf = (method: Method): Account => `clearing_${method}`;

const on = (money: Money, shares: readonly Share[], invoices: readonly LockedInvoice[]): Transfer[] =>
  shares.map((share) => transfer(money, 'allocate', 'customer_credit', 'receivable', share, invoices));
const off = (money: Money, shares: readonly Share[], invoices: readonly LockedInvoice[]): Transfer[] =>
  shares.map((share) => transfer(money, 'unallocate', 'receivable', 'customer_credit', share, invoices));

function transfer(money: Money, kind: Transfer['kind'], debit: Account, credit: Account, share?: Share, invoices: readonly LockedInvoice[] = []): Transfer {
  const { paymentId, customerId, currency, effectiveOn } = money;
  const whole = { kind, debit, credit, amountMinor: money.amountMinor, currency, customerId, paymentId, effectiveOn };
  if (share === undefined) return whole;
  const invoice = invoices.find(({ documentId }) => documentId === share.documentId);
  const propertyId = invoice?.parts.find(({ partId }) => partId === share.partId)?.propertyId ?? null;
  return { ...whole, amountMinor: share.amountMinor, documentId: share.documentId, partId: share.partId, propertyId };
}
