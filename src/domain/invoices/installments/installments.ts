import { daysBetween } from '../../../core/calendar.ts';
import { feeDay } from '../../../core/charges.ts';
import { fewestInstallments, type Installment, mostInstallments, settledInstallments, shareInstallments } from '../../../core/installments.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { Reading } from '../drafts/reading.ts';
import type { DraftBody } from '../invoice.ts';
import { refuseEnded } from '../issue/cancel.ts';
import { selectPlan, updatePlan } from './queries.ts';
import { readInstallments } from './read.ts';

/** The installments of a draft at its total; null: none. Refuses `installments_wrong` when they do not come to it. */
export function installmentsAtIssue({ installments }: Pick<DraftBody, 'installments'>, totalMinor: bigint): Installment[] | null {
  if (installments === null) return null;
  const rows = shareInstallments(totalMinor, installments);
  if (rows === null) throw new Refusal('installments_wrong', { field: 'installments', totalMinor });
  return rows;
}

/**
 * Plans what is left of an issued bill anew: on which days, and how much on each; amounts left out share the rest evenly. What was settled
 * stays closed, the customer sees the new plan at once. Refuses `not_found`, `not_issued`, what has ended or was given up, deposits,
 * `nothing_to_pay`, days before the invoice's own, and `installments_wrong` when they do not come to what is left.
 */
export async function planInstallments(scope: Scope, input: Readonly<{ documentId: string; installments: unknown }>): Promise<Installment[]> {
  await mustBeAllowed(scope, 'invoices:write');
  const { documentId } = input;
  const [bill] = await lockInvoices(scope, [documentId]);
  const plan = bill && (await selectPlan(scope, documentId));
  if (!bill || !plan) throw new Refusal('not_found');
  refuseEnded(bill);
  if (bill.purpose !== 'bill') throw new Refusal('installments_bills_only');
  if (bill.writtenOffMinor > 0n) throw new Refusal('already_closed');
  // What is held back has no day until it is released.
  const leftMinor = bill.balanceMinor - bill.heldBackMinor;
  if (leftMinor <= 0n) throw new Refusal('nothing_to_pay');
  const closed = plan.installments === null ? [] : settledInstallments(plan.installments, leftMinor);
  const reading = new Reading();
  const planned = readInstallments(reading, input.installments, 'installments', closed.length > 0 ? 1 : fewestInstallments) ?? [];
  reading.end();
  const [first] = planned;
  if (!first) throw new Refusal('required', { field: 'installments' });
  if (daysBetween(plan.issuedOn, first.dueOn) < 0) throw new Refusal('due_before_issue', { field: 'installments[0].dueOn' });
  const rows = shareInstallments(leftMinor, planned);
  if (rows === null) throw new Refusal('installments_wrong', { field: 'installments', totalMinor: leftMinor });
  const installments = [...kept(closed, first.dueOn), ...rows];
  const lastOn = planned.at(-1)?.dueOn ?? first.dueOn;
  // A late fee waits until the whole bill is due; one that was charged keeps its pace.
  const feeNextOn = plan.lateFee && plan.feeNextOn && plan.feesCharged === 0 ? feeDay(plan.lateFee, lastOn, 0) : plan.feeNextOn;
  await updatePlan(scope, documentId, { installments, feeNextOn });
  const { customerId, propertyId, shown, number, currency } = bill;
  await recordEvent(scope, {
    kind: 'invoice.rescheduled',
    customerId,
    documentId,
    propertyId,
    shown,
    data: { number, currency, leftMinor, installments: rows },
  });
  return installments;
}

/** What was closed, no later than what comes next, and no longer than a plan may be. */
function kept(closed: readonly Installment[], firstOn: string): Installment[] {
  const rows = closed.map((row) => ({ ...row, dueOn: row.dueOn < firstOn ? row.dueOn : firstOn }));
  const early = rows.slice(0, Math.max(0, rows.length - mostInstallments + 1));
  if (early.length < 2) return rows;
  const amountMinor = early.reduce((sum, row) => sum + row.amountMinor, 0n);
  return [{ dueOn: early.at(-1)?.dueOn ?? firstOn, amountMinor }, ...rows.slice(early.length)];
}
