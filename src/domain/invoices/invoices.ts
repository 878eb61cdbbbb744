import { Refusal } from '../../core/refusal.ts';
import type { Totals } from '../../core/totals.ts';
import type { Compiled } from '../../db/read.ts';
import type { Scope } from '../../db/scope.ts';
import { attach, detach } from './attachments/attachments.ts';
import { type Attachment, selectAttachments } from './attachments/queries.ts';
import * as drafts from './drafts/drafts.ts';
import type { Draft, DraftBody, InvoicePage, InvoiceView, Issued, ListedInvoice, ListFilter, ListTotals, TabCounts } from './invoice.ts';
import { cancelInvoice } from './issue/cancel.ts';
import { importIssued, importOpeningInvoices, type OpeningInvoice, type PastInvoice } from './issue/import.ts';
import { issueDrafts } from './issue/issue.ts';
import { post } from './issue/post.ts';
import { draftCopyOf, draftReplacing } from './issue/replace.ts';
import { show } from './issue/show.ts';
import { counts, page, some, sums, totals } from './list/list.ts';
import { mayReadAll, mayWrite } from './policy.ts';
import type { Scheduled } from './schedule/queries.ts';
import * as schedules from './schedule/schedule.ts';
import { type OfficeFacts, selectOfficeFacts } from './view/queries.ts';
import { compiledFacts, viewOf } from './view/view.ts';

export { type Attachment, copyAttachments, insertAttachment, markRemoved as markFileRemoved, selectAttachments } from './attachments/queries.ts';
/** Where the cents of a balance are, as SQL over standings: for sums of whole lists. Same figures as core/settlement. */
export { fallingDue, figuresSql } from './figures/queries.ts';
export { planInstallments } from './installments/installments.ts';
export type { OpeningInvoice, PastInvoice } from './issue/import.ts';
/** What other priced documents are written and read with: numbers of a series, frozen rows, links that move to what takes a place, pieces of facts as SQL. */
export { insertRows, markShown, moveLinks, takeNumbers } from './issue/queries.ts';
export type { PortalFilter, PortalHome, PortalInvoice, PortalPage, PortalState, PortalTab } from './portal/portal.ts';
export {
  chosenInvoicesOf,
  chosenInvoicesQuery,
  isNarrowed,
  portalHomeOf,
  portalHomeQuery,
  portalInvoicesOf,
  portalInvoicesQuery,
  portalStates,
} from './portal/portal.ts';
export { type Releasing, releaseRetainage } from './retainage/retainage.ts';
export type { Scheduled } from './schedule/queries.ts';
export type { OfficeFacts } from './view/queries.ts';
export { all as listJson, attachmentsJson, businessFields, linesJson, ofDocument, partFields, taxesJson, totalsFields } from './view/queries.ts';

/**
 * Begins a draft. `input` is unchecked: customerId, propertyId, lines, discount, … as `DraftBody`; what is left out comes from the customer,
 * the property and the business. Every field at fault is named ("lines[3].quantityMilli"). `id`: the caller's own; refuses `id_taken`.
 */
export function createDraft(scope: Scope, input: unknown, id?: string): Promise<Draft> {
  mayWrite(scope);
  return drafts.create(scope, input, null, id);
}

/** Begins up to 100 drafts in a fixed number of round trips. Refuses what `createDraft` refuses, all or none; answers their ids in order. */
export function createDrafts(scope: Scope, inputs: readonly unknown[]): Promise<string[]> {
  mayWrite(scope);
  return drafts.createMany(scope, inputs);
}

/** Saves a draft over `version`. Refuses `stale_version` with the newer copy in its details, `already_issued`, and bad fields by name. */
export function saveDraft(scope: Scope, input: Readonly<{ documentId: string; version: number; body: unknown }>): Promise<Draft> {
  mayWrite(scope);
  return drafts.save(scope, input);
}

/** Refuses `not_found` when there is no such draft, `already_issued` when it no longer is one. */
export function readDraft(scope: Scope, documentId: string): Promise<Draft> {
  mayReadAll(scope);
  return drafts.read(scope, documentId);
}

/** Throws a draft away for good; an issued invoice is refused. */
export function discardDraft(scope: Scope, documentId: string): Promise<void> {
  mayWrite(scope);
  return drafts.discard(scope, documentId);
}

/** Adds up what a draft would come to; nothing is stored. */
export function previewTotals(scope: Scope, input: unknown): Promise<{ body: DraftBody; totals: Totals; currency: string }> {
  mayReadAll(scope);
  return drafts.preview(scope, input);
}

/** A new draft with the content of any invoice, issued or not; days and number are left behind. */
export function duplicateInvoice(scope: Scope, documentId: string): Promise<Draft> {
  mayWrite(scope);
  return draftCopyOf(scope, documentId);
}

/** Gives a draft its number and freezes it. Refuses `already_issued`, `no_lines`, `due_before_issue`. `show` makes it visible to the customer at once. */
export async function issueInvoice(scope: Scope, documentId: string, options: Readonly<{ show?: boolean }> = {}): Promise<Issued> {
  mayWrite(scope);
  const [issued] = await issueDrafts(scope, [documentId], options.show ?? false);
  if (!issued) throw new Error('an issue answers one invoice for each draft');
  return issued;
}

/** The same for up to 100 drafts in one transaction: all of them or none, numbered in the order given. `paper` false: PDFs are drawn when first asked for. */
export function issueMany(scope: Scope, documentIds: readonly string[], options: Readonly<{ show?: boolean; paper?: boolean }> = {}): Promise<Issued[]> {
  mayWrite(scope);
  return issueDrafts(scope, documentIds, options.show ?? false, options.paper ?? true);
}

/** Takes over invoices of the past with the numbers they had, hidden from customers, in the series "imported". Up to 100 at once. */
export function importInvoices(scope: Scope, importId: string, past: readonly PastInvoice[]): Promise<Issued[]> {
  mayWrite(scope);
  return importIssued(scope, importId, past);
}

/** Opening balances as hidden invoices of one line each, payable like any other. Up to 100 at once. */
export function importOpenings(scope: Scope, importId: string, openings: readonly OpeningInvoice[]): Promise<Issued[]> {
  mayWrite(scope);
  return importOpeningInvoices(scope, importId, openings);
}

/**
 * Lets a draft leave by itself on a day and hour of the business's zone; it gets its number then (rule 1). Refuses `send_in_the_past`,
 * `no_recipients`, `po_number_required`, `customer_archived`, `no_lines`.
 */
export function scheduleInvoice(scope: Scope, input: schedules.Scheduling): Promise<Scheduled> {
  mayWrite(scope);
  return schedules.schedule(scope, input);
}

/** It stays a draft. Refuses `not_scheduled`, `not_found`. */
export function unscheduleInvoice(scope: Scope, documentId: string): Promise<void> {
  mayWrite(scope);
  return schedules.unschedule(scope, documentId);
}

/** All that wait to leave, the next one first, with those that could not. */
export function listScheduled(scope: Scope): Promise<Scheduled[]> {
  mayReadAll(scope);
  return schedules.list(scope);
}

/** Refuses `not_scheduled`, `not_found`. */
export function readSchedule(scope: Scope, documentId: string): Promise<Scheduled> {
  mayReadAll(scope);
  return schedules.readSchedule(scope, documentId);
}

export { fail as failScheduled, mustBeReady, takeDue as dueToLeave } from './schedule/schedule.ts';

/** Makes issued documents visible to the customer, with all that hangs on them. Once more does nothing. */
export function showInPortal(scope: Scope, documentIds: readonly string[]): Promise<void> {
  mayWrite(scope);
  return show(scope, documentIds);
}

/** Mailed on paper on this day; null: not after all. Refuses `not_issued`, `already_done`, `not_found`. */
export function markPosted(scope: Scope, documentId: string, postedOn: string | null): Promise<void> {
  mayWrite(scope);
  return post(scope, documentId, postedOn);
}

/** Cancels an issued invoice for a reason. Refuses `void_refused_paid` naming what was paid or is on its way, `already_canceled`, `not_issued`. */
export function voidInvoice(scope: Scope, input: Readonly<{ documentId: string; reason: string }>): Promise<void> {
  mayWrite(scope);
  return cancelInvoice(scope, input);
}

export { closeInvoice, reopenInvoice } from './closing/closing.ts';

/** A draft that takes the place of an issued invoice once it is issued itself; `reason` stays in its internal note. Refuses `replace_refused_paid`, `already_replaced`, `already_canceled`. */
export function replaceInvoice(scope: Scope, documentId: string, reason = ''): Promise<Draft> {
  mayWrite(scope);
  return draftReplacing(scope, documentId, reason);
}

/** The page of one issued invoice as the scope may see it. Refuses `not_found`, for drafts too. */
export async function readInvoice(scope: Scope, documentId: string): Promise<InvoiceView> {
  return viewOf(await compiledFacts.read(scope, documentId));
}

/** The same as a query for `readPage`, whose first column is one JSON text. */
export function invoiceFactsQuery(business: string, documentId: string): Compiled {
  return compiledFacts.query(business, documentId);
}

/** What the text of `invoiceFactsQuery` says. Refuses `not_found` for null. */
export function invoiceViewOf(json: string | null): InvoiceView {
  return viewOf(json);
}

/** One page of the office's list. Refuses `cursor_invalid` for a cursor of another list. */
export function listInvoices(scope: Scope, filter: ListFilter): Promise<InvoicePage> {
  mayReadAll(scope);
  return page(scope, filter);
}

/** Rows of the list by their ids: for whoever found invoices another way. */
export function listSome(scope: Scope, ids: readonly string[]): Promise<ListedInvoice[]> {
  mayReadAll(scope);
  return some(scope, ids);
}

/** What is owed, overdue, coming within 30 days, and was paid this month, over the whole business. */
export function listTotals(scope: Scope): Promise<ListTotals> {
  mayReadAll(scope);
  return totals(scope);
}

/** Sums over a whole list under its filters: what the line above it says. Canceled ones are counted and not summed. */
export function sumList(
  scope: Scope,
  filter: Omit<ListFilter, 'sort' | 'cursor' | 'limit'>,
): Promise<{ currency: string; count: number; totalMinor: bigint; balanceMinor: bigint; overdueMinor: bigint; onItsWayMinor: bigint }> {
  mayReadAll(scope);
  return sums(scope, filter);
}

/** How many invoices each tab of the list holds under these filters; beyond 10,000 nobody counts. */
export function countTabs(scope: Scope, filter: Omit<ListFilter, 'tab' | 'sort' | 'cursor' | 'limit'>): Promise<TabCounts> {
  mayReadAll(scope);
  return counts(scope, filter);
}

/** What only the office knows of an issued invoice: its note, how its mails went, its version. Refuses `not_found`. */
export async function readOfficeFacts(scope: Scope, documentId: string): Promise<OfficeFacts> {
  mayReadAll(scope);
  const facts = await selectOfficeFacts(scope, documentId);
  if (!facts) throw new Refusal('not_found');
  return facts;
}

/** Files of a draft or an issued invoice, in the order they were added. */
export function listAttachments(scope: Scope, documentId: string): Promise<Attachment[]> {
  return selectAttachments(scope, documentId);
}

/** Hangs a file, already in the file store, on a draft. Refuses `already_issued`, `too_many_files`. */
export function addAttachment(scope: Scope, documentId: string, file: Omit<Attachment, 'id'>): Promise<Attachment> {
  mayWrite(scope);
  return attach(scope, documentId, file);
}

/** Takes a file off a draft. Refuses `not_found`, `already_issued`. */
export function removeAttachment(scope: Scope, documentId: string, fileId: string): Promise<void> {
  mayWrite(scope);
  return detach(scope, documentId, fileId);
}
