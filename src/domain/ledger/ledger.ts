import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { type CustomerBalance, insertTransfers, selectApplied, selectBalances } from './queries.ts';
import type { Share } from './standings.ts';
import { type Difference, verify } from './verify/verify.ts';

export type { CustomerBalance, Difference };

export type Account =
  | 'receivable'
  | 'customer_credit'
  | `clearing_${'card' | 'bank' | 'check' | 'cash' | 'transfer' | 'other'}`
  | 'revenue'
  | 'tax_payable'
  | 'tips'
  | 'card_fees'
  | 'bank_savings'
  | 'fees'
  | 'bad_debt'
  | 'retainage'
  | 'deposits'
  | 'opening';

export type TransferKind =
  | 'issue'
  | 'hold_back'
  | 'release'
  | 'tax'
  | 'cancel'
  | 'cancel_tax'
  | 'clear'
  | 'allocate'
  | 'unallocate'
  | 'reverse'
  | 'return'
  | 'refund'
  | 'credit'
  | 'write_off'
  | 'opening'
  | 'discount'
  | 'discount_tax'
  | 'deposit'
  | 'cancel_deposit'
  | 'apply_deposit'
  | 'credit_deposit'
  | 'refund_deposit'
  | 'dispute'
  | 'dispute_fee'
  | 'fee'
  | 'tip'
  | 'tip_back'
  | 'card_fee'
  | 'card_fee_back'
  | 'saving'
  | 'saving_back'
  | 'credit_note'
  | 'credit_note_tax';

/** One amount moved from `credit` to `debit`: balanced by construction. `amountMinor` is above zero; days are 'YYYY-MM-DD'. */
export type Transfer = Readonly<{
  kind: TransferKind;
  debit: Account;
  credit: Account;
  amountMinor: bigint;
  currency: string;
  customerId: string;
  documentId?: string | null;
  partId?: string | null;
  propertyId?: string | null;
  paymentId?: string | null;
  /** Of a tax given back: at which rate. */
  taxRateId?: string | null;
  effectiveOn: string;
}>;

/**
 * Writes the transfers of one act and moves the customers' stored balances with them, in one statement. `actId` ties together what
 * happened at once. Throws when a customer's credit would fall below zero: the caller checks first, this is the last guard.
 */
export async function post(scope: Scope, actId: string, transfers: readonly Transfer[]): Promise<void> {
  await postAll(
    scope,
    transfers.map((transfer) => ({ actId, transfer })),
  );
}

/** The same for many acts at once. Refuses `currency_mismatch` when one act mixes currencies. */
export async function postAll(scope: Scope, posts: readonly { actId: string; transfer: Transfer }[]): Promise<void> {
  const currencies = new Map<string, string>();
  for (const { actId, transfer } of posts) {
    const first = currencies.get(actId) ?? transfer.currency;
    if (first !== transfer.currency) throw new Refusal('currency_mismatch', { currencies: [first, transfer.currency] });
    currencies.set(actId, first);
  }
  if (posts.length > 0) await insertTransfers(scope, posts);
}

/** What a customer owes and holds as credit, per currency, as stored. */
export function balances(scope: Scope, customerId: string): Promise<CustomerBalance[]> {
  return selectBalances(scope, customerId);
}

/** What a payment pays now, by part of invoice: what was put on it less what was taken off again. */
export function appliedOf(scope: Scope, paymentId: string): Promise<Share[]> {
  return selectApplied(scope, paymentId);
}

/**
 * Re-adds every invoice from its lines, every stored balance from the transfers, the numbers and the chain of events of one business.
 * Answers what differs, the first 1,000 of it; an empty list is the promise kept.
 */
export function verifyBooks(scope: Scope): Promise<Difference[]> {
  return verify(scope);
}
