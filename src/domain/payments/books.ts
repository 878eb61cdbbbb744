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

/** What of a payment stands beside its amount: its tip, and what the way of paying added (above zero) or took off (below). */
export type Beside = Readonly<{ tipMinor: bigint; wayMinor: bigint }>;

/**
 * What stands beside an amount comes with its payment, or again after it went back: Dr clearing, Cr tips or card fees; a saving: Dr savings, Cr
 * clearing. `back`: the other way. `lost`: what goes or comes is not the customer's any more. It touches nothing a customer owes or holds.
 */
export async function postBeside(scope: Scope, money: Money, { tipMinor, wayMinor }: Beside, { back = false, lost = false } = {}): Promise<void> {
  const saved = wayMinor < 0n;
  const parts = [
    { kind: 'tip', account: 'tips', amountMinor: tipMinor, out: back },
    { kind: saved ? 'saving' : 'card_fee', account: saved ? 'bank_savings' : 'card_fees', amountMinor: saved ? -wayMinor : wayMinor, out: back !== saved },
  ] as const;
  const clearing = clearingOf(money.method);
  const transfers = parts
    .filter(({ amountMinor }) => amountMinor > 0n)
    .map(({ kind, account, amountMinor, out }) => {
      const other = lost ? 'bad_debt' : account;
      return transfer({ ...money, amountMinor }, back ? `${kind}_back` : kind, out ? other : clearing, out ? clearing : other);
    });
  if (transfers.length > 0) await post(scope, newId(), transfers);
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
