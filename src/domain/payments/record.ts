import { toDay, todayIn } from '../../core/calendar.ts';
import { textLimits } from '../../core/limits.ts';
import { exponentOf } from '../../core/money.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';
import { crashPoint } from '../../db/crash-point.ts';
import type { Scope } from '../../db/scope.ts';
import { type NewEvent, recordEvents } from '../events/events.ts';
import { takeUpAgain, type Wanted } from '../invoices/closing/closing.ts';
import { grantEarly } from '../invoices/early/early.ts';
import { applyPayment, type LockedInvoice, lockInvoices } from '../ledger/standings.ts';
import { endPaidQuestions } from '../questions/questions.ts';
import { end, endOnPaid } from './announced/ending.ts';
import { selectAnnounced } from './announced/queries.ts';
import { cancelPlanned } from './autopay/follow.ts';
import { postIn } from './books.ts';
import { indexPayment } from './index-payment.ts';
import { paidOff, told } from './news.ts';
import { type OfflinePayment, offlineMethods, type RecordedPayment, type Share, type Target } from './payment.ts';
import { mayRecord } from './policy.ts';
import {
  customerExists,
  insertPayment,
  insertShares,
  nextReceipt,
  type PaymentRow,
  selectHouse,
  selectOldestOpen,
  selectPayment,
  selectShares,
} from './queries.ts';
import { checkAmount, type OpenPart, sharesOf, sumOf } from './shares.ts';

/**
 * Records money the office received: one payment over any number of the customer's invoices, in the books at once. The same id
 * again answers what was recorded. Refuses amounts out of bounds, `currency_mismatch`, `allocation_other_customer`,
 * `above_balance` for more than is owed unless the rest is kept as credit, `payment_day_in_future`, `id_taken`.
 */
export async function recordPayment(scope: Scope, input: OfflinePayment): Promise<RecordedPayment> {
  await mayRecord(scope);
  const { time_zone: zone } = await selectHouse(scope);
  const receivedOn = check(input, todayIn(zone, scope.now));
  if (!(await customerExists(scope, input.customerId))) throw new Refusal('not_found', { field: 'customerId' });
  const ids = input.targets === null ? await selectOldestOpen(scope, input.customerId, input.currency) : idsOf(input.targets);
  const locked = await lockInvoices(scope, ids);
  // After the wait for the locks: a second press of the same form finds what the first one recorded.
  const known = await selectPayment(scope, input.id);
  if (known !== undefined) return recordedBefore(scope, input, known);
  const up = await takeUpAgain(scope, locked, (input.targets ?? []).flatMap(onParts));
  const invoices = ids.flatMap((id) => up.invoices.find(({ documentId }) => documentId === id) ?? []);
  const shares = input.targets === null ? oldestFirst(input.amountMinor, invoices) : chosen(input, input.targets, invoices);
  const creditMinor = input.amountMinor - sumOf(shares);
  if (creditMinor > 0n && input.keepCredit !== true) throw new Refusal('above_balance', { field: 'amountMinor', restMinor: creditMinor });
  const receiptNumber = input.importId ? null : await nextReceipt(scope);
  crashPoint('payment.before-recording');
  const { id, customerId, method, amountMinor, currency } = input;
  const [only, ...more] = new Set(shares.map((share) => share.documentId));
  const added = await insertPayment(scope, {
    id,
    customerId,
    personId: null,
    method,
    state: 'cleared',
    amountMinor,
    currency,
    startedOn: receivedOn,
    receivedOn,
    reference: clean(input.reference ?? '', textLimits.title, 'reference'),
    note: cleanLines(input.note ?? '', textLimits.message, 'note'),
    keepCreditMinor: creditMinor,
    receiptNumber,
    documentId: more.length === 0 ? (only ?? null) : null,
    importId: input.importId ?? null,
    shown: !input.importId,
    cleared: true,
  });
  if (!added) return recordedBefore(scope, input, await selectPayment(scope, id));
  await indexPayment(scope, { id, customerId, reference: input.reference ?? '', receiptNumber, amountMinor, currency });
  await insertShares(scope, id, shares, { state: 'cleared', method, day: receivedOn, receiptNumber, applied: true });
  await applyPayment(scope, shares, receivedOn);
  await postIn(scope, { paymentId: id, customerId, method, amountMinor, currency, effectiveOn: receivedOn }, shares, invoices);
  const early = input.importId ? [] : await grantEarly(scope, invoices, { startedOn: receivedOn, today: todayIn(zone, scope.now) });
  const paid = [...new Set(shares.map(({ documentId }) => documentId))];
  const canceled = await cancelPlanned(scope, paid, (documentId) => invoices.find((each) => each.documentId === documentId)?.number ?? null);
  await recordEvents(scope, [
    ...(await newsOf(scope, input, { shares, invoices, early: [...up.events, ...early] }, { receiptNumber, creditMinor })),
    ...canceled,
  ]);
  crashPoint('payment.recorded');
  return { id, receiptNumber, shares, creditMinor };
}

/** What is chosen of a bill, by part where parts are chosen. */
function onParts({ documentId, amountMinor, parts }: Target): Wanted[] {
  return parts?.map((part) => ({ documentId, ...part })) ?? [{ documentId, amountMinor }];
}

function check(input: OfflinePayment, today: string): string {
  checkAmount(input.amountMinor);
  exponentOf(input.currency);
  // Money of the past may have come by card; new card money comes through a processor only.
  if (!input.importId && !(offlineMethods as readonly string[]).includes(input.method)) throw new Refusal('method_unavailable', { field: 'method' });
  const receivedOn = toDay(input.receivedOn);
  if (receivedOn > today) throw new Refusal('payment_day_in_future', { field: 'receivedOn' });
  return receivedOn;
}

async function recordedBefore(scope: Scope, input: OfflinePayment, known: PaymentRow | undefined): Promise<RecordedPayment> {
  const same =
    known?.customer_id === input.customerId && known.amount_minor === input.amountMinor && known.currency === input.currency && known.method === input.method;
  if (known === undefined || !same) throw new Refusal('id_taken', { field: 'id' });
  return { id: known.id, receiptNumber: known.receipt_number, shares: await selectShares(scope, known.id), creditMinor: known.keep_credit_minor };
}

/** What is on its way already is not paid a second time unless the office says so. */
export function oldestFirst(amountMinor: bigint, invoices: readonly LockedInvoice[]): Share[] {
  let left = amountMinor;
  return invoices.flatMap((invoice) => {
    const parts = open(invoice, false);
    const takes = lesser(left, room(invoice, parts));
    if (takes <= 0n) return [];
    left -= takes;
    return sharesOf({ documentId: invoice.documentId, amountMinor: takes }, parts);
  });
}

function idsOf(targets: readonly Target[]): string[] {
  const ids = targets.map((target) => target.documentId);
  if (ids.length > 200 || new Set(ids).size < ids.length) throw new Refusal('invalid_input', { field: 'targets' });
  return ids;
}

function chosen(input: OfflinePayment, targets: readonly Target[], invoices: readonly LockedInvoice[]): Share[] {
  if (sumOf(targets) > input.amountMinor) throw new Refusal('allocation_exceeds_payment', { field: 'targets' });
  return targets.flatMap((target, at) => {
    const invoice = invoices.find(({ documentId }) => documentId === target.documentId);
    return sharesOn(input, target, invoice, `targets[${at}]`);
  });
}

/** One chosen amount on one invoice that is locked, over its open parts. */
export function sharesOn(
  input: Readonly<{ customerId: string; currency: string }>,
  target: Target,
  invoice: LockedInvoice | undefined,
  field: string,
): Share[] {
  if (invoice === undefined) throw new Refusal('not_found', { field });
  if (invoice.customerId !== input.customerId) throw new Refusal('allocation_other_customer', { field });
  if (invoice.state !== 'issued') throw new Refusal('not_issued', { field });
  if (invoice.currency !== input.currency) throw new Refusal('currency_mismatch', { field });
  checkAmount(target.amountMinor, field);
  if (invoice.balanceMinor <= 0n) throw new Refusal('nothing_to_pay', { field });
  if (target.amountMinor > invoice.balanceMinor) throw new Refusal('above_balance', { field, balanceMinor: invoice.balanceMinor });
  const free = open(invoice, false);
  // The money is here, whatever else may still be coming: if that comes too, it becomes credit.
  const parts = target.parts === undefined && target.amountMinor <= room(invoice, free) ? free : open(invoice, true);
  return sharesOf(target, parts);
}

function open(invoice: LockedInvoice, withMoving: boolean): OpenPart[] {
  return invoice.parts.map((part) => ({ partId: part.partId, openMinor: part.openMinor + (withMoving ? part.processingMinor : 0n) }));
}

/** What an invoice still takes: its open parts, less what its credit lines already cover. */
function room(invoice: LockedInvoice, parts: readonly OpenPart[]): bigint {
  const openMinor = parts.reduce((total, part) => total + (part.openMinor > 0n ? part.openMinor : 0n), 0n);
  return lesser(openMinor, invoice.balanceMinor - invoice.processingMinor - invoice.unknownMinor);
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

async function newsOf(
  scope: Scope,
  input: OfflinePayment,
  { shares, invoices, early }: { shares: readonly Share[]; invoices: readonly LockedInvoice[]; early: readonly NewEvent[] },
  facts: Readonly<Record<string, unknown>>,
): Promise<NewEvent[]> {
  const settled = [...paidOff(shares, invoices), ...early];
  const announced = input.announcementId ? await selectAnnounced(scope, input.announcementId) : undefined;
  if (input.announcementId && announced?.customer_id !== input.customerId) throw new Refusal('not_found', { field: 'announcementId' });
  const matched = await end(scope, announced ? [announced] : [], 'matched', input.id);
  const paid = settled.filter(({ kind }) => kind === 'invoice.paid').map((event) => event.documentId ?? '');
  const recorded = told('payment.recorded', input, shares, invoices, { ...facts, receivedOn: input.receivedOn }, !input.importId);
  const answered = await endPaidQuestions(
    scope,
    shares.map(({ documentId }) => documentId),
    null,
  );
  return [...recorded, ...settled, ...matched, ...(await endOnPaid(scope, paid)), ...answered];
}

/** How an amount would go over what the customer owes, oldest due first or in the order of `documentIds`. Nothing is stored. */
export async function spreadPayment(
  scope: Scope,
  input: Readonly<{ customerId: string; currency: string; amountMinor: bigint; documentIds?: readonly string[] }>,
): Promise<{ on: { invoice: LockedInvoice; payableMinor: bigint; amountMinor: bigint }[]; restMinor: bigint }> {
  await mayRecord(scope);
  checkAmount(input.amountMinor);
  const ids = await selectOldestOpen(scope, input.customerId, input.currency);
  const locked = new Map((await lockInvoices(scope, ids)).map((invoice) => [invoice.documentId, invoice]));
  const wanted = input.documentIds ?? ids;
  const order = [...wanted.filter((id) => locked.has(id)), ...ids.filter((id) => !wanted.includes(id))];
  let left = input.amountMinor;
  const on = order.flatMap((id) => {
    const invoice = locked.get(id);
    if (!invoice) return [];
    const payable = room(invoice, open(invoice, false));
    const payableMinor = payable > 0n ? payable : 0n;
    const amountMinor = wanted.includes(id) ? lesser(left, payableMinor) : 0n;
    left -= amountMinor;
    return [{ invoice, payableMinor, amountMinor }];
  });
  return { on, restMinor: left };
}
