import { daysBetween, todayIn } from '../../../core/calendar.ts';
import type { Installment } from '../../../core/installments.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { post } from '../../ledger/ledger.ts';
import { lockInvoices, releaseHeld } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { contextOf } from '../drafts/drafts.ts';
import { selectPlan } from '../installments/queries.ts';
import { refuseEnded } from '../issue/cancel.ts';

export type Releasing = Readonly<{
  documentId: string;
  /** null: all that is held back. */
  amountMinor: bigint | null;
  /** The day it is due from now on. */
  dueOn: string;
}>;

/**
 * Makes what was held back of a bill due on a day of its own, all of it or a part; the rest of the bill keeps its day. Dr receivable, Cr retainage.
 * Refuses `not_found`, what has ended or was given up, `nothing_held_back`, `more_than_held_back` naming what is held, and a day that is past.
 */
export async function releaseRetainage(scope: Scope, { documentId, amountMinor: asked, dueOn }: Releasing): Promise<void> {
  await mustBeAllowed(scope, 'invoices:write');
  const [bill] = await lockInvoices(scope, [documentId]);
  const plan = bill && (await selectPlan(scope, documentId));
  if (!bill || !plan) throw new Refusal('not_found');
  refuseEnded(bill);
  if (bill.writtenOffMinor > 0n) throw new Refusal('already_closed');
  const { currency, customerId, propertyId, shown, number } = bill;
  // Paid, or on its way, is held back no more.
  const openMinor = bill.balanceMinor - bill.processingMinor - bill.unknownMinor;
  const heldBackMinor = bill.heldBackMinor < openMinor ? bill.heldBackMinor : openMinor;
  if (heldBackMinor <= 0n) throw new Refusal('nothing_held_back');
  const amountMinor = asked ?? heldBackMinor;
  if (amountMinor <= 0n) throw new Refusal('amount_invalid', { field: 'amountMinor' });
  if (amountMinor > heldBackMinor) throw new Refusal('more_than_held_back', { field: 'amountMinor', heldBackMinor, currency });
  const { business } = await contextOf(scope, []);
  const today = todayIn(business.timeZone, scope.now);
  if (daysBetween(today, dueOn) < 0) throw new Refusal('due_before_issue', { field: 'dueOn' });
  const first: Installment = { dueOn: bill.dueOn ?? today, amountMinor: bill.totalMinor - bill.heldBackMinor };
  const rows = [...(plan.installments ?? [first]), { dueOn, amountMinor }].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  await releaseHeld(scope, documentId, amountMinor, joined(rows));
  const part = bill.parts[0];
  const on = { documentId, partId: part?.partId ?? null, propertyId: part?.propertyId ?? null, currency, customerId, effectiveOn: today };
  await post(scope, newId(), [{ ...on, kind: 'release', debit: 'receivable', credit: 'retainage', amountMinor }]);
  await recordEvent(scope, {
    kind: 'invoice.retainage_released',
    ...{ customerId, documentId, propertyId, shown },
    data: { number, amountMinor, currency, dueOn, heldBackMinor: heldBackMinor - amountMinor },
  });
}

const mostRows = 24;

/** What falls due on one day is one installment, and a bill has no more of them than its standing holds: the oldest become one. */
function joined(rows: readonly Installment[]): Installment[] {
  const byDay = [...Map.groupBy(rows, ({ dueOn }) => dueOn)].map(([dueOn, same]) => ({ dueOn, amountMinor: sumOf(same) }));
  if (byDay.length === 1) return [...rows];
  const early = byDay.slice(0, Math.max(0, byDay.length - mostRows + 1));
  return early.length < 2 ? byDay : [{ dueOn: early.at(-1)?.dueOn ?? '', amountMinor: sumOf(early) }, ...byDay.slice(early.length)];
}

const sumOf = (rows: readonly Installment[]): bigint => rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
