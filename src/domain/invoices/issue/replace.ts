import { daysBetween } from '../../../core/calendar.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { type LockedInvoice, lockInvoices } from '../../ledger/standings.ts';
import { copyAttachments } from '../attachments/queries.ts';
import { create } from '../drafts/drafts.ts';
import { selectDrafts } from '../drafts/queries.ts';
import { type Content, type Draft, type DraftBody, type DraftLine, whatChanged } from '../invoice.ts';
import { fromStored } from '../stored.ts';
import { moneyOn, refuseCredited, refuseEnded, takeBack } from './cancel.ts';
import type { Frozen } from './freeze.ts';
import { type FrozenContent, moveLinks, selectContent } from './queries.ts';

/** An issued invoice may be replaced while it stands and no money is on it. */
export function refuseReplacing(invoice: LockedInvoice): void {
  refuseEnded(invoice);
  if (invoice.writtenOffMinor > 0n) throw new Refusal('already_closed');
  const money = moneyOn(invoice);
  if (money) throw new Refusal('replace_refused_paid', money);
  refuseCredited(invoice);
}

export async function draftReplacing(scope: Scope, documentId: string, why: string): Promise<Draft> {
  const reason = clean(why, textLimits.reason, 'reason');
  const [invoice] = await lockInvoices(scope, [documentId]);
  if (!invoice) throw new Refusal('not_found');
  refuseReplacing(invoice);
  const content = await contentOf(scope, documentId);
  const note = [content.internalNote, reason && `Replaces ${invoice.number}: ${reason}`].filter((text) => text !== '').join('\n');
  const draft = await create(scope, { ...inputOf(content), message: content.message, internalNote: note }, { id: documentId, number: invoice.number ?? '' });
  await copyAttachments(scope, documentId, draft.id);
  return draft;
}

/** Days and number are left behind, and lines are new ones: the copy is another piece of work. */
export async function draftCopyOf(scope: Scope, documentId: string): Promise<Draft> {
  const [row] = await selectDrafts(scope, [documentId]);
  if (!row) throw new Refusal('not_found');
  const body = row.state === 'issued' ? inputOf(await contentOf(scope, documentId)) : fromStored<DraftBody>(row.body);
  const lines = body.lines.map((line) => ({ ...line, id: newId(), serviceOn: null }));
  // A copy of a fee is charged for nothing in particular: it is a bill like others.
  const fee = body.purpose === 'late_fee' ? { purpose: 'bill', about: null } : {};
  return create(scope, { ...body, ...fee, depositIds: null, installments: null, lines, issuedOn: null, dueOn: null });
}

/**
 * The new invoice, frozen a moment ago, takes the old one's place: the old is taken back naming the new number, and its links open the new
 * one. Answers the events of both, with what changed.
 */
export async function takePlace(scope: Scope, old: LockedInvoice, frozen: Frozen): Promise<NewEvent[]> {
  const { documentId: id, number, shown } = frozen.naming;
  const before = await contentOf(scope, old.documentId);
  const changes = whatChanged(before, contentIn(frozen));
  const ended = await takeBack(scope, old, { reason: '', replacedBy: { id, number } });
  await moveLinks(scope, old.documentId, id);
  const common = { customerId: old.customerId, shown: old.shown };
  return [
    { ...common, kind: 'invoice.replaced', documentId: old.documentId, data: { number: old.number, replacedBy: { id, number } } },
    { ...common, kind: 'invoice.replaced', documentId: id, shown, data: { number, replaces: { id: old.documentId, number: old.number }, changes } },
    ...ended,
  ];
}

async function contentOf(scope: Scope, documentId: string): Promise<FrozenContent> {
  const content = await selectContent(scope, documentId);
  if (!content) throw new Refusal('not_issued');
  return content;
}

/** An issued invoice as `createDraft` takes it. */
function inputOf(content: FrozenContent): Omit<DraftBody, 'message' | 'lines'> & { lines: readonly Omit<DraftLine, 'taxFrom'>[] } {
  const {
    customerId,
    propertyId,
    discount,
    pricesIncludeTax,
    poNumber,
    workOrderNumber,
    terms,
    internalNote,
    language,
    recipients,
    purpose,
    about,
    lateFee,
    earlyDiscount,
    installments,
  } = content;
  return {
    customerId,
    propertyId,
    discount,
    pricesIncludeTax,
    poNumber,
    workOrderNumber,
    terms,
    internalNote,
    language,
    recipients,
    purpose,
    about,
    lateFee,
    earlyDiscount,
    depositIds: null,
    // The last one takes what changes of the total.
    installments: installments?.map((row, at) => (at === installments.length - 1 ? { ...row, amountMinor: null } : row)) ?? null,
    lines: content.lines.map(({ netMinor, ...line }) => line),
    issuedOn: null,
    termsDays: Math.max(0, Math.min(365, daysBetween(content.issuedOn, content.dueOn))),
    dueOn: null,
  };
}

function contentIn({ totals, body, naming }: Frozen): Content {
  const { poNumber, workOrderNumber, terms, message } = body;
  const { discountMinor, taxMinor, totalMinor } = totals;
  const lines = body.lines.map((line, at) => ({ ...line, taxRateId: totals.lines[at]?.taxRateId ?? null, netMinor: totals.lines[at]?.netMinor ?? 0n }));
  return { lines, discountMinor, taxMinor, totalMinor, dueOn: naming.dueOn, poNumber, workOrderNumber, terms, message };
}
