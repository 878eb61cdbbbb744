import { toDay, todayIn } from '../../../core/calendar.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { isLocale } from '../../../core/locale.ts';
import { divideHalfUp } from '../../../core/money.ts';
import { formatMoney, formatRate } from '../../../core/money-format.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import { words } from '../../../core/words/words.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { readCustomer } from '../../customers/customers.ts';
import { recordEvent, recordEvents } from '../../events/events.ts';
import { applyDeposits, type Deposit, depositOf, depositsOf } from '../../invoices/deposits/deposits.ts';
import { keepUses, type UseRow, usesOf } from '../../invoices/deposits/uses.ts';
import type { Draft } from '../../invoices/invoice.ts';
import { createDraft } from '../../invoices/invoices.ts';
import { post, type Transfer } from '../../ledger/ledger.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { selectZone } from '../queries.ts';

/** An amount, or a share of what the work is thought to come to. Amounts in minor units of the business's currency. */
export type Asked = Readonly<{ kind: 'amount'; amountMinor: bigint }> | Readonly<{ kind: 'percent'; ratePpm: bigint; ofMinor: bigint }>;

export type DepositRequest = Readonly<{
  id?: string | undefined;
  customerId: string;
  propertyId: string | null;
  /** What it is for, as the customer reads it; empty: just "Deposit". */
  title: string;
  description: string;
  asked: Asked;
  dueOn: string | null;
}>;

export type DepositView = Deposit & Readonly<{ uses: readonly UseRow[] }>;

/**
 * A draft that asks a customer for money ahead: no tax, no revenue, its own numbers (rule 40). It is reviewed, sent and paid like an
 * invoice; what is paid is held. Refuses amounts outside 1…99,999,999 and what `createDraft` refuses.
 */
export async function requestDeposit(scope: Scope, request: DepositRequest): Promise<Draft> {
  await mustBeAllowed(scope, 'invoices:write');
  const { customerId, propertyId, asked } = request;
  const customer = await readCustomer(scope, customerId);
  const language = isLocale(customer.language) ? customer.language : 'en';
  const { currency } = await selectZone(scope);
  const amountMinor = asked.kind === 'amount' ? asked.amountMinor : divideHalfUp(asked.ofMinor * asked.ratePpm, limits.ratePpmMax);
  if (amountMinor < limits.paymentMinMinor) throw new Refusal('amount_too_small', { field: 'asked' });
  if (amountMinor > limits.paymentMaxMinor) throw new Refusal('amount_too_large', { field: 'asked' });
  const text = words(language).charges;
  const share = asked.kind === 'percent' ? text.shareOf(formatRate(asked.ratePpm, language), formatMoney(asked.ofMinor, currency, language)) : '';
  const line = {
    name: clean(request.title, textLimits.title, 'title') || text.deposit,
    description: [request.description, share].filter(Boolean).join('\n'),
    quantityMilli: 1000n,
    unitPriceMilli: amountMinor * 1000n,
    taxRateId: null,
  };
  const days = request.dueOn === null ? {} : { dueOn: request.dueOn };
  return createDraft(scope, { customerId, propertyId, purpose: 'deposit', lines: [line], message: '', ...days }, request.id ?? newId());
}

/** What a customer was asked for ahead, and what is held of it. */
export async function listDeposits(scope: Scope, customerId: string): Promise<readonly Deposit[]> {
  await mustBeAllowed(scope, 'invoices:read');
  await readCustomer(scope, customerId);
  return depositsOf(scope, customerId);
}

/** Refuses `not_found` for what is no deposit, or not issued yet. */
export async function readDeposit(scope: Scope, id: string): Promise<DepositView> {
  await mustBeAllowed(scope, 'invoices:read');
  return view(scope, id);
}

async function view(scope: Scope, id: string): Promise<DepositView> {
  const deposit = await depositOf(scope, id);
  if (!deposit) throw new Refusal('not_found');
  return { ...deposit, uses: await usesOf(scope, id) };
}

type Locked = Readonly<{ deposit: Deposit; today: string }>;

/** Locks the deposit, and the bill with it, and reads what is held after the wait. Refuses `deposit_nothing_held`. */
async function lockDeposit(
  scope: Scope,
  id: string,
  billId: string | null,
): Promise<Locked & { bill: Awaited<ReturnType<typeof lockInvoices>>[number] | undefined }> {
  const locked = await lockInvoices(scope, billId === null ? [id] : [id, billId]);
  const deposit = await depositOf(scope, id);
  if (!deposit) throw new Refusal('not_found');
  if (deposit.heldMinor <= 0n) throw new Refusal('deposit_nothing_held');
  const { zone } = await selectZone(scope);
  return { deposit, today: todayIn(zone, scope.now), bill: locked.find((each) => each.documentId === billId) };
}

/** Puts what is held on a bill that was issued before; a rest becomes credit. Refuses `deposit_not_for_this`, `nothing_to_pay`, `payment_processing`. */
export async function applyDeposit(scope: Scope, input: Readonly<{ depositId: string; documentId: string }>): Promise<DepositView> {
  await mustBeAllowed(scope, 'invoices:write');
  const { deposit, today, bill } = await lockDeposit(scope, input.depositId, input.documentId);
  if (!bill) throw new Refusal('not_found');
  if (bill.customerId !== deposit.customerId || bill.currency !== deposit.currency || bill.purpose === 'deposit') throw new Refusal('deposit_not_for_this');
  if (bill.state !== 'issued') throw new Refusal('not_issued');
  const openMinor = bill.balanceMinor - bill.processingMinor - bill.unknownMinor;
  if (bill.balanceMinor <= 0n) throw new Refusal('nothing_to_pay');
  if (openMinor <= 0n) throw new Refusal('payment_processing');
  const amountMinor = deposit.heldMinor < openMinor ? deposit.heldMinor : openMinor;
  const plan = [{ id: deposit.id, number: deposit.number, amountMinor, restMinor: deposit.heldMinor - amountMinor }];
  await recordEvents(scope, await applyDeposits(scope, bill.documentId, plan, today));
  return view(scope, deposit.id);
}

/** Keeps what is held as the customer's credit. */
export async function creditDeposit(scope: Scope, input: Readonly<{ depositId: string }>): Promise<DepositView> {
  await mustBeAllowed(scope, 'invoices:write');
  const { deposit, today } = await lockDeposit(scope, input.depositId, null);
  const { id, number, heldMinor: amountMinor, currency } = deposit;
  await post(scope, newId(), [moved(deposit, today, 'credit_deposit', 'customer_credit', amountMinor)]);
  await keepUses(scope, [{ depositId: id, kind: 'credited', documentId: null, amountMinor, usedOn: today }]);
  await recordEvent(scope, { ...whose(deposit), kind: 'deposit.credited', shown: true, data: { number, amountMinor, currency } });
  return view(scope, id);
}

export const refundMethods = ['check', 'cash', 'transfer', 'other'] as const;
export type DepositRefund = Readonly<{ depositId: string; amountMinor: bigint; method: (typeof refundMethods)[number]; reference: string; refundedOn: string }>;

/** Records money given back outside. Refuses more than is held (`above_balance`) and `payment_day_in_future`. */
export async function refundDeposit(scope: Scope, input: DepositRefund): Promise<DepositView> {
  await mustBeAllowed(scope, 'payments:write');
  const { deposit, today } = await lockDeposit(scope, input.depositId, null);
  const { amountMinor, method } = input;
  const usedOn = toDay(input.refundedOn);
  if (usedOn > today) throw new Refusal('payment_day_in_future', { field: 'refundedOn' });
  if (amountMinor < 1n) throw new Refusal('amount_too_small', { field: 'amountMinor' });
  if (amountMinor > deposit.heldMinor) throw new Refusal('above_balance', { field: 'amountMinor', heldMinor: deposit.heldMinor });
  const reference = clean(input.reference, textLimits.title, 'reference');
  await post(scope, newId(), [moved(deposit, usedOn, 'refund_deposit', `clearing_${method}`, amountMinor)]);
  await keepUses(scope, [{ depositId: deposit.id, kind: 'refunded', documentId: null, amountMinor, usedOn, method, reference }]);
  const data = { number: deposit.number, amountMinor, currency: deposit.currency, method, reference };
  await recordEvent(scope, { ...whose(deposit), kind: 'deposit.refunded', shown: true, data });
  return view(scope, deposit.id);
}

const whose = ({ id, customerId, propertyId }: Deposit) => ({ documentId: id, customerId, propertyId });

function moved(deposit: Deposit, effectiveOn: string, kind: Transfer['kind'], credit: Transfer['credit'], amountMinor: bigint): Transfer {
  const { id, customerId, currency, propertyId } = deposit;
  return { kind, debit: 'deposits', credit, amountMinor, currency, customerId, documentId: id, propertyId, effectiveOn };
}
