import { Refusal } from '../../core/refusal.ts';
import type { Compiled } from '../../db/read.ts';
import type { Scope } from '../../db/scope.ts';
import type { Attachment } from '../invoices/invoices.ts';
import type { Made } from './choosing/choosing.ts';
import * as choosing from './choosing/choosing.ts';
import { type EstimateDesk, readDesk } from './desk/desk.ts';
import * as drafts from './drafts/drafts.ts';
import type {
  Chosen,
  EstimateChange,
  EstimateDraft,
  EstimateFilter,
  EstimatePage,
  EstimateRules,
  EstimateTab,
  EstimateTotals,
  EstimateView,
  IssuedEstimate,
  ListedEstimate,
} from './estimate.ts';
import { attach, detach } from './files/files.ts';
import { issue } from './issue/issue.ts';
import { choosableQuery } from './issue/queries.ts';
import { counts, page, some, totals } from './list/list.ts';
import { mayReadAll, mayWrite } from './policy.ts';
import { changesBetween, contentOf } from './revising/changes.ts';
import * as revising from './revising/revise.ts';
import { selectRules } from './rules/queries.ts';
import { changeRules } from './rules/rules.ts';
import { type EstimateOfficeFacts, selectOfficeFacts } from './view/queries.ts';
import { compiledFacts, viewOf } from './view/view.ts';

export type { Made } from './choosing/choosing.ts';
export { compute as computeChosen } from './choosing/choosing.ts';
/** What deciding stands on: the locked standing, and the refusal that names where it stands. */
export {
  agree,
  besideOf as changeOrdersBeside,
  besideQuery as changeOrdersQuery,
  contractAtPress,
  disagree,
  lockStandingContract,
} from './contract/contract.ts';
export { type EstimateDesk, type OfficeAct, officeActs } from './desk/desk.ts';
export { detailsOf } from './issue/details.ts';
export { lockStanding, refuseUnless } from './issue/issue.ts';
export { noteWorkStarted, type StandingRow, setInvoices } from './issue/queries.ts';
/** The estimates of whoever is signed in to the portal, as queries for `readPage` and what their texts say. */
export {
  type EstimatesAtHand,
  estimatesAtHandOf,
  estimatesAtHandQuery,
  type PortalEstimate,
  type PortalEstimates,
  portalEstimatesOf,
  portalEstimatesQuery,
} from './portal/portal.ts';
/** An issued estimate as it was written. */
export { contentOf } from './revising/changes.ts';
export type { EstimateOfficeFacts } from './view/queries.ts';

/**
 * Begins a draft. `input` is unchecked: customerId, lines with `choice` and `bounds`, discount, deposit, plan, validDays or validUntil, scope,
 * exclusions, terms, … as `EstimateBody`; what is left out comes from the customer, the property and the business. Every field at fault is named.
 */
export function createDraft(scope: Scope, input: unknown, id?: string): Promise<EstimateDraft> {
  mayWrite(scope);
  return drafts.create(scope, input, { id });
}

/** Saves a draft over `version`. Refuses `stale_version` with the newer copy in its details, `estimate_issued`, and bad fields by name. */
export function saveDraft(scope: Scope, input: Readonly<{ documentId: string; version: number; body: unknown }>): Promise<EstimateDraft> {
  mayWrite(scope);
  return drafts.save(scope, input);
}

/** Refuses `not_found` when there is no such draft, `estimate_issued` when it no longer is one. */
export function readDraft(scope: Scope, documentId: string): Promise<EstimateDraft> {
  mayReadAll(scope);
  return drafts.read(scope, documentId);
}

/** Throws a draft away for good; an issued estimate is refused. */
export function discardDraft(scope: Scope, documentId: string): Promise<void> {
  mayWrite(scope);
  return drafts.discard(scope, documentId);
}

/**
 * Begins a change order: a draft of its own that changes what was agreed with an approved estimate. `input` as for `createDraft`, without customer
 * and plan; it may take away more than it adds. Refuses `estimate_not_approved` and what drafting refuses.
 */
export function createChangeOrder(scope: Scope, estimateId: string, input: Readonly<Record<string, unknown>>, id?: string): Promise<EstimateDraft> {
  mayWrite(scope);
  return revising.amend(scope, estimateId, input, id);
}

/** Adds up what a draft would come to as suggested; nothing is stored. `mayLower`: of a change order. */
export function previewTotals(scope: Scope, input: unknown, mayLower = false): Promise<drafts.Preview> {
  mayReadAll(scope);
  return drafts.preview(scope, input, mayLower);
}

/** Puts a stored file on a draft. Refuses `estimate_issued`, `too_many_files`, a name without letters. */
export function addEstimateFile(scope: Scope, documentId: string, file: Omit<Attachment, 'id'>): Promise<Attachment> {
  mayWrite(scope);
  return attach(scope, documentId, file);
}

/** Takes a file off a draft. Refuses `not_found`, `estimate_issued`. */
export function removeEstimateFile(scope: Scope, documentId: string, fileId: string): Promise<void> {
  mayWrite(scope);
  return detach(scope, documentId, fileId);
}

/** A new draft with the content of any estimate, issued or not; days and number are left behind. */
export function duplicateEstimate(scope: Scope, documentId: string): Promise<EstimateDraft> {
  mayWrite(scope);
  return revising.copyOf(scope, documentId);
}

/**
 * Drafts with the content of any estimate for other properties of its customer, in their order: all of them or none. Refuses `not_found` for a
 * property of somebody else, `estimate_not_copied` for a change order, `required` without any, and what drafting refuses.
 */
export function copyEstimate(scope: Scope, documentId: string, propertyIds: readonly string[]): Promise<EstimateDraft[]> {
  mayWrite(scope);
  return revising.copyTo(scope, documentId, propertyIds);
}

/**
 * Gives a draft its number (a later version keeps it) and freezes it; the version before it is replaced, and its links lead here. Refuses
 * `estimate_issued`, `no_lines`, `valid_before_issue`, and what revising refuses. `show` makes it visible to the customer at once; a `version` other than the draft's is refused as `stale_version`.
 */
export function issueEstimate(scope: Scope, documentId: string, options: Readonly<{ show?: boolean; version?: number }> = {}): Promise<IssuedEstimate> {
  mayWrite(scope);
  return issue(scope, documentId, options);
}

/** Makes an issued estimate visible to the customer. Once more does nothing. */
export function showEstimate(scope: Scope, documentId: string): Promise<void> {
  mayWrite(scope);
  return revising.show(scope, documentId);
}

/** A draft of the next version. Refuses `already_decided` once it was approved, `estimate_replaced`, `revision_waits` naming the draft there is. */
export function reviseEstimate(scope: Scope, documentId: string): Promise<EstimateDraft> {
  mayWrite(scope);
  return revising.revise(scope, documentId);
}

/** Takes an estimate back that nobody approved. Refuses `already_decided`, `estimate_withdrawn`, `estimate_replaced`, `estimate_not_sent`. */
export function withdrawEstimate(scope: Scope, input: Readonly<{ documentId: string; reason: string }>): Promise<void> {
  mayWrite(scope);
  return revising.withdraw(scope, input);
}

/** A later last day, also of one that has expired. Refuses `valid_not_later` and what its standing refuses. */
export function extendEstimate(scope: Scope, input: Readonly<{ documentId: string; validUntil: string }>): Promise<void> {
  mayWrite(scope);
  return revising.extend(scope, input);
}

/** What is different in the later of two versions. Refuses `not_found`, `estimate_not_sent`. */
export async function changesOf(scope: Scope, fromId: string, toId: string): Promise<EstimateChange[]> {
  mayReadAll(scope);
  return changesBetween(await contentOf(scope, fromId), await contentOf(scope, toId));
}

/** The page of one issued estimate as the scope may see it. Refuses `not_found`, for drafts too. */
export async function readEstimate(scope: Scope, documentId: string): Promise<EstimateView> {
  return viewOf(await compiledFacts.read(scope, documentId));
}

/** The same as a query for `readPage`, whose first column is one JSON text. */
export function estimateFactsQuery(business: string, documentId: string): Compiled {
  return compiledFacts.query(business, documentId);
}

/** What the text of `estimateFactsQuery` says. Refuses `not_found` for null. */
export function estimateViewOf(json: string | null): EstimateView {
  return viewOf(json);
}

/** What certain choices come to, with tax and deposit; nothing is stored. Refuses `choice_unknown`, `choice_package`, `choice_quantity`, `not_found`. */
export function computeChoice(scope: Scope, documentId: string, choices: unknown): Promise<Chosen> {
  return choosing.compute(scope, documentId, choices);
}

/** What may be chosen of an estimate, as a query for `readPage`. */
export function choosableQueryOf(business: string, documentId: string): Compiled {
  return choosableQuery({ business, document: documentId });
}

/** `computeChoice` of the text of `choosableQueryOf`: the same figures and refusals, without a question to the database. */
export function chosenOf(json: string | null, choices: unknown): Made {
  return choosing.madeOf(json, choices);
}

/** One page of the office's list. Refuses `cursor_invalid` for a cursor of another list. */
export function listEstimates(scope: Scope, filter: EstimateFilter): Promise<EstimatePage> {
  mayReadAll(scope);
  return page(scope, filter);
}

/** Rows of the list by their ids: for whoever found estimates another way. */
export function listSome(scope: Scope, ids: readonly string[]): Promise<ListedEstimate[]> {
  mayReadAll(scope);
  return some(scope, ids);
}

/** What waits, expires within seven days and was approved this month; win rate and days to decide over the last 90 days. */
export function estimateTotals(scope: Scope): Promise<EstimateTotals> {
  mayReadAll(scope);
  return totals(scope);
}

/** How many estimates each tab of the list holds under these filters; beyond 10,000 nobody counts. */
export function countTabs(scope: Scope, filter: Omit<EstimateFilter, 'tab' | 'sort' | 'cursor' | 'limit'>): Promise<Record<EstimateTab, number>> {
  mayReadAll(scope);
  return counts(scope, filter);
}

/** What only the office knows of an issued estimate: its note, how its mails went, its versions. Refuses `not_found`. */
export async function readOfficeFacts(scope: Scope, documentId: string): Promise<EstimateOfficeFacts> {
  mayReadAll(scope);
  const facts = await selectOfficeFacts(scope, documentId);
  if (!facts) throw new Refusal('not_found');
  return facts;
}

/** An estimate or draft with all that the office works with: whom it is for, how its mails went, its versions, and what may be done. Refuses `not_found`. */
export function readEstimateDesk(scope: Scope, documentId: string): Promise<EstimateDesk> {
  mayReadAll(scope);
  return readDesk(scope, documentId);
}

/** What a business has set for its estimates. */
export function readRules(scope: Scope): Promise<EstimateRules> {
  return selectRules(scope);
}

/** Changes some of them; bad fields are named. Only for whoever may change settings. */
export function saveRules(scope: Scope, input: unknown): Promise<EstimateRules> {
  mayWrite(scope);
  return changeRules(scope, input);
}
