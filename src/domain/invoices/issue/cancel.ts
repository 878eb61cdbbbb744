import { todayIn } from '../../../core/calendar.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { cleanLines } from '../../../core/text.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { postAll } from '../../ledger/ledger.ts';
import { cancelStanding, type LockedInvoice, lockInvoices } from '../../ledger/standings.ts';
import { endChangedQuestions } from '../../questions/questions.ts';
import { depositOf, depositsOn, takeDepositsOff } from '../deposits/deposits.ts';
import { contextOf } from '../drafts/drafts.ts';
import { owed } from './freeze.ts';
import { cancelDocument, selectParts } from './queries.ts';

/** Why money stands in the way, or null: with anything paid or moving, only a credit note may correct an invoice (rule 5). */
export function moneyOn(invoice: LockedInvoice): Readonly<Record<string, bigint>> | null {
  const { paidMinor, processingMinor, unknownMinor } = invoice;
  return paidMinor === 0n && processingMinor === 0n && unknownMinor === 0n ? null : { paidMinor, processingMinor, unknownMinor };
}

/** What credit notes took back of it, in minor units: its credits less the discount for paying early and the deposits. */
export function notedOf({ creditedMinor, discountedMinor, depositMinor }: Pick<LockedInvoice, 'creditedMinor' | 'discountedMinor' | 'depositMinor'>): bigint {
  return creditedMinor - discountedMinor - depositMinor;
}

/** A credit note took some of it back already: the rest goes the same way. */
export function refuseCredited(invoice: LockedInvoice): void {
  const notedMinor = notedOf(invoice);
  if (notedMinor > 0n) throw new Refusal('already_credited', { creditedMinor: notedMinor });
}

/** Refuses what cannot be taken back: a draft, and what was taken back before. */
export function refuseEnded(invoice: LockedInvoice): void {
  if (invoice.state !== 'issued') throw new Refusal('not_issued');
  if (invoice.replacedByNumber !== null) throw new Refusal('already_replaced', { replacedBy: invoice.replacedByNumber });
  if (invoice.canceledAt !== null) throw new Refusal('already_canceled');
}

export async function cancelInvoice(scope: Scope, input: Readonly<{ documentId: string; reason: string }>): Promise<void> {
  const reason = cleanLines(input.reason, textLimits.reason, 'reason');
  if (reason === '') throw new Refusal('reason_required', { field: 'reason' });
  const locked = await lockInvoices(scope, [input.documentId, ...(await depositsOn(scope, input.documentId))]);
  const invoice = locked.find((each) => each.documentId === input.documentId);
  if (!invoice) throw new Refusal('not_found');
  refuseEnded(invoice);
  if (invoice.writtenOffMinor > 0n) throw new Refusal('already_closed');
  const money = moneyOn(invoice);
  if (money) throw new Refusal('void_refused_paid', money);
  refuseCredited(invoice);
  if (invoice.purpose === 'deposit' && ((await depositOf(scope, invoice.documentId))?.usedMinor ?? 0n) > 0n) throw new Refusal('deposit_used');
  const ended = await takeBack(scope, invoice, { reason, replacedBy: null });
  const canceled: NewEvent = {
    kind: 'invoice.canceled',
    customerId: invoice.customerId,
    documentId: invoice.documentId,
    propertyId: invoice.propertyId,
    shown: invoice.shown,
    data: { number: invoice.number, totalMinor: invoice.totalMinor, currency: invoice.currency, reason },
  };
  await recordEvents(scope, [canceled, ...ended]);
}

/**
 * The same amounts the other way in the books, the standing at nothing owed, the document marked. Its number stays taken for ever.
 * What was in question on it is answered; answers the events that say so.
 */
export async function takeBack(
  scope: Scope,
  invoice: LockedInvoice,
  { reason, replacedBy }: { reason: string; replacedBy: { id: string; number: string } | null },
): Promise<NewEvent[]> {
  const { business } = await contextOf(scope, []);
  const effectiveOn = todayIn(business.timeZone, scope.now);
  await takeDepositsOff(scope, invoice, effectiveOn);
  const parts = await selectParts(scope, [invoice.documentId]);
  const actId = newId();
  const transfers = parts.flatMap((part) => {
    const { partId, propertyId, currency, customerId } = part;
    const common = { currency, customerId, documentId: invoice.documentId, partId, propertyId, effectiveOn };
    if (invoice.purpose === 'deposit') return owed('cancel_deposit', 'deposits', -(part.netMinor + part.taxMinor), common);
    return [...owed('cancel', 'revenue', -part.netMinor, common), ...owed('cancel_tax', 'tax_payable', -part.taxMinor, common)];
  });
  const [only] = parts;
  if (invoice.heldBackMinor > 0n && only) {
    const { partId, propertyId, currency, customerId } = only;
    const on = { documentId: invoice.documentId, partId, propertyId, currency, customerId, effectiveOn };
    transfers.push({ ...on, kind: 'release', debit: 'receivable', credit: 'retainage', amountMinor: invoice.heldBackMinor });
  }
  await postAll(
    scope,
    transfers.map((transfer) => ({ actId, transfer })),
  );
  await cancelStanding(scope, [{ documentId: invoice.documentId, replacedByNumber: replacedBy?.number ?? null }]);
  await cancelDocument(scope, invoice.documentId, reason, replacedBy?.id ?? null);
  return endChangedQuestions(scope, invoice.documentId, replacedBy?.id ?? null);
}
