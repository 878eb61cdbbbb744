import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { takeUpAgain } from '../../invoices/closing/closing.ts';
import { grantEarly, takeBackEarly } from '../../invoices/early/early.ts';
import { applyPayment, type LockedInvoice, standingsNow, unapplyPayment } from '../../ledger/standings.ts';
import { endOnPaid } from '../announced/ending.ts';
import { postMoved } from '../books.ts';
import { byInvoice, paidOff, told } from '../news.ts';
import type { Share } from '../payment.ts';
import { mayRecord } from '../policy.ts';
import { selectOldestOpen, selectPayment } from '../queries.ts';
import { oldestFirst, sharesOn } from '../record.ts';
import { creditOf, type Held, holdPayment, takenOf } from '../refunds/money.ts';
import { moveApplied } from '../refunds/queries.ts';
import { sumOf } from '../shares.ts';

/** What a payment is to pay from now on; what is not named it no longer pays, and what is left over is credit. */
export type Wanted = readonly Readonly<{ documentId: string; amountMinor: bigint }>[];

/**
 * Puts the money of a cleared payment on other invoices of its customer. `wanted` null: it stays where it is, and what of it is credit goes on
 * what is owed, oldest due first. Refuses `payment_state`, `allocation_exceeds_payment`, `credit_used`, `deposit_used`, `already_done` when
 * nothing would move, and what recording a payment refuses of an invoice.
 */
export async function movePayment(scope: Scope, input: Readonly<{ paymentId: string; wanted: Wanted | null }>): Promise<void> {
  await mayRecord(scope);
  const known = await selectPayment(scope, input.paymentId);
  if (known === undefined) throw new Refusal('not_found');
  const others = input.wanted?.map(({ documentId }) => documentId) ?? (await selectOldestOpen(scope, known.customer_id, known.currency));
  if (new Set(others).size < others.length) throw new Refusal('invalid_input', { field: 'shares' });
  const held = await holdPayment(scope, input.paymentId, others);
  if (held.payment.state !== 'cleared') throw new Refusal('payment_state', { state: held.payment.state });
  const { off, on, events } = input.wanted === null ? oldest(held) : await chosen(scope, held, input.wanted);
  if (off.length + on.length === 0) throw new Refusal('already_done');
  await carryOut(scope, held, off, on, events);
}

type Plan = { off: Share[]; on: Share[]; events: NewEvent[] };

function oldest(held: Held): Plan {
  const creditMinor = creditOf(held);
  const open = held.invoices.filter((invoice) => invoice.state === 'issued' && invoice.balanceMinor > 0n).sort(byDue);
  return { off: [], on: creditMinor > 0n ? oldestFirst(creditMinor, open) : [], events: [] };
}

const byDue = (a: LockedInvoice, b: LockedInvoice): number => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : (a.dueOn ?? '') > (b.dueOn ?? '') ? 1 : 0);

async function chosen(scope: Scope, held: Held, wanted: Wanted): Promise<Plan> {
  const { payment, back } = held;
  if (sumOf(wanted) > payment.amount_minor - back.refunded - back.waiting - back.disputed) throw new Refusal('allocation_exceeds_payment', { field: 'shares' });
  const now = new Map(byInvoice(held.applied).map(({ documentId, amountMinor }) => [documentId, amountMinor]));
  const want = new Map(wanted.map(({ documentId, amountMinor }) => [documentId, amountMinor]));
  const less = [...now].flatMap(([documentId, amountMinor]) => {
    const by = amountMinor - (want.get(documentId) ?? 0n);
    return by > 0n ? [{ documentId, amountMinor: by }] : [];
  });
  const more = wanted.flatMap(({ documentId, amountMinor }, at) => {
    const by = amountMinor - (now.get(documentId) ?? 0n);
    return by > 0n ? [{ documentId, amountMinor: by, at }] : [];
  });
  const short = sumOf(more) - sumOf(less);
  if (short > 0n && short > creditOf(held)) throw new Refusal('credit_used', { creditMinor: creditOf(held) });
  const off = less.length === 0 ? [] : await takenOf(scope, held, less, sumOf(less));
  const { invoices, events } = await takeUpAgain(scope, held.invoices, more);
  const whose = { customerId: payment.customer_id, currency: payment.currency };
  const on = more.flatMap(({ documentId, amountMinor, at }) => {
    const invoice = invoices.find((each) => each.documentId === documentId);
    return sharesOn(whose, { documentId, amountMinor }, invoice, `shares[${at}]`);
  });
  return { off, on, events };
}

async function carryOut(scope: Scope, held: Held, off: readonly Share[], on: readonly Share[], events: readonly NewEvent[]): Promise<void> {
  const { payment, invoices, today } = held;
  const { id: paymentId, customer_id: customerId, method, amount_minor: amountMinor, currency } = payment;
  await unapplyPayment(scope, off);
  const ended = await takeBackEarly(scope, idsOf(off), today);
  await applyPayment(scope, on, payment.started_on);
  await moveApplied(scope, paymentId, off, -1n);
  await moveApplied(scope, paymentId, on, 1n);
  await postMoved(scope, { paymentId, customerId, method, amountMinor, currency, effectiveOn: today }, off, on, invoices);
  const before = invoices.filter((invoice) => idsOf(on).includes(invoice.documentId));
  const early = await grantEarly(scope, before, { startedOn: payment.started_on, today });
  const now = await standingsNow(scope, idsOf(on));
  const paid = [...paidOff(on, before), ...early];
  const whom = { id: paymentId, customerId, method, amountMinor, currency };
  const settled = now.filter(({ balanceMinor }) => balanceMinor === 0n).map(({ documentId }) => documentId);
  await recordEvents(scope, [
    ...told('payment.moved', whom, off, invoices, { way: 'off' }),
    ...told('payment.moved', whom, on, invoices, { way: 'on' }).filter(({ documentId }) => documentId !== undefined),
    ...events,
    ...ended,
    ...paid,
    ...(await endOnPaid(scope, settled)),
  ]);
}

const idsOf = (shares: readonly Share[]): string[] => [...new Set(shares.map(({ documentId }) => documentId))];
