import { addDays, daysBetween, todayIn } from '../../../core/calendar.ts';
import { depositDue } from '../../../core/choices.ts';
import { changeOrderNumber, changeOrderOf } from '../../../core/contract.ts';
import { type EstimateAct, estimateNow, whyNot } from '../../../core/estimate-state.ts';
import { Refusal } from '../../../core/refusal.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { asksForPo, type Context } from '../../invoices/drafts/complete.ts';
import { contextOf } from '../../invoices/drafts/drafts.ts';
import { moveLinks, takeNumbers } from '../../invoices/invoices.ts';
import { indexThings } from '../../search/search.ts';
import { lockStandingContract } from '../contract/contract.ts';
import { joinContract, takeChange } from '../contract/queries.ts';
import { asInvoiceBody, draftOf, suggestedTotals } from '../drafts/drafts.ts';
import { selectDraft } from '../drafts/queries.ts';
import type { EstimateDraft, EstimateWarning, IssuedEstimate } from '../estimate.ts';
import { changesBetween, contentOf } from '../revising/changes.ts';
import { detailsOf } from './details.ts';
import { type FrozenEstimate, freeze } from './freeze.ts';
import { insertFrozen, lockEstimates, markReplaced, type StandingRow, selectStanding } from './queries.ts';

/** The series of numbers of estimates. */
export const estimateSeries = 'estimate';
/** Change orders are counted by the contract they change. */
const changeOrderSeries = 'change_order';
const estimatePrefix = 'E-';
const firstNumber = 1001;

/** Refuses what may not happen to an estimate as it stands, naming where it stands now. */
export function refuseUnless(standing: StandingRow, act: EstimateAct, today: string): void {
  const now = estimateNow(standing.state, standing.validUntil, today);
  const code = whyNot(now, act);
  if (code !== null) throw new Refusal(code, detailsOf(standing, now));
}

/** Locks an issued or draft estimate and answers how it stands. Refuses `not_found`. */
export async function lockStanding(scope: Scope, documentId: string): Promise<StandingRow & { today: string }> {
  await lockEstimates(scope, [documentId]);
  const standing = await selectStanding(scope, documentId);
  if (!standing) throw new Refusal('not_found');
  return { ...standing, today: todayIn(standing.timeZone, scope.now) };
}

/** Gives a draft its number and freezes it. Locks: the documents in the order of their ids, then the counter, then the head of the business. */
export async function issue(
  scope: Scope,
  documentId: string,
  { show = false, version }: Readonly<{ show?: boolean; version?: number }>,
): Promise<IssuedEstimate> {
  const before = await selectDraft(scope, documentId);
  const old = before?.replaces ?? null;
  await lockEstimates(scope, old ? [documentId, old.id] : [documentId]);
  const row = await selectDraft(scope, documentId);
  const draft = draftOf(row);
  if (version !== undefined && version !== draft.version) throw new Refusal('stale_version', { current: draft });
  const replaced = old ? await selectStanding(scope, old.id) : undefined;
  const context = await contextOf(scope, [asInvoiceBody(draft.body, draft.body.lines)]);
  const today = todayIn(context.business.timeZone, scope.now);
  if (replaced) refuseUnless(replaced, 'revise', today);
  const validUntil = draft.body.validUntil ?? addDays(today, draft.body.validDays);
  if (daysBetween(today, validUntil) < 0) throw new Refusal('valid_before_issue', { field: 'validUntil' });
  if (draft.body.lines.length === 0) throw new Refusal('no_lines', { field: 'lines' });
  suggestedTotals(draft.body, context, draft.amends !== null);
  if (draft.amends) await lockStandingContract(scope, draft.amends.id);
  // Everything that can be refused was: from here on the counter is held.
  const named = await numberOf(scope, draft, replaced);
  const amendsId = draft.amends?.id ?? null;
  const naming = {
    ...{ ...named, business: scope.business, documentId, rootId: row?.rootId ?? documentId, amendsId },
    ...{ revision: draft.revision, issuedOn: today, validUntil },
  };
  const frozen = freeze(draft.body, context, { ...naming, shown: show || (replaced?.shown ?? false) });
  await insertFrozen(scope, frozen);
  await joinContract(scope, amendsId ?? naming.rootId, documentId);
  const news = replaced ? await takePlace(scope, replaced, frozen) : [];
  await indexEstimate(scope, frozen);
  await enqueue(scope, 'render-pdf', { documentId });
  await recordEvents(scope, [issuedEvent(frozen, draft), ...news]);
  return issuedOf(frozen, context);
}

async function numberOf(scope: Scope, draft: EstimateDraft, replaced: StandingRow | undefined) {
  if (replaced?.number) {
    const change = changeOrderOf(replaced.number);
    if (change !== null) return { series: changeOrderSeries, number: replaced.number, numberSeq: BigInt(change) };
    return { series: estimateSeries, number: replaced.number, numberSeq: BigInt(replaced.number.slice(estimatePrefix.length)) };
  }
  if (draft.replaces) throw new Error('a later version has the number of the first');
  if (draft.amends) {
    const change = await takeChange(scope, draft.amends.id);
    return { series: changeOrderSeries, number: changeOrderNumber(draft.amends.number, change), numberSeq: BigInt(change) };
  }
  const numberSeq = await takeNumbers(scope, estimateSeries, 1, firstNumber);
  return { series: estimateSeries, number: `${estimatePrefix}${numberSeq}`, numberSeq };
}

/** The earlier version is replaced, and its links lead to the new one. Answers the events of both, with what changed. */
async function takePlace(scope: Scope, old: StandingRow, { naming, body }: FrozenEstimate): Promise<NewEvent[]> {
  const changes = changesBetween(await contentOf(scope, old.id), await contentOf(scope, naming.documentId));
  await markReplaced(scope, old.id, naming.documentId);
  await moveLinks(scope, old.id, naming.documentId);
  const [from, to] = [
    { id: old.id, number: naming.number, revision: old.revision },
    { id: naming.documentId, number: naming.number, revision: naming.revision },
  ];
  const common = { kind: 'estimate.replaced' as const, customerId: body.customerId };
  return [
    { ...common, documentId: old.id, shown: old.shown, data: { ...from, replacedBy: to } },
    { ...common, documentId: naming.documentId, shown: naming.shown, data: { ...to, replaces: from, changes } },
  ];
}

function indexEstimate(scope: Scope, { naming, body, totals, customerName }: FrozenEstimate): Promise<void> {
  const texts = { words: [customerName, body.poNumber], numbers: [naming.number], amounts: [{ amountMinor: totals.totalMinor, currency: totals.currency }] };
  return indexThings(scope, [{ kind: 'estimate', id: naming.documentId, customerId: body.customerId, texts }]);
}

function issuedEvent({ naming, totals, body }: FrozenEstimate, draft: EstimateDraft): NewEvent {
  const { number, revision, validUntil } = naming;
  return {
    kind: 'estimate.issued',
    customerId: body.customerId,
    documentId: naming.documentId,
    shown: naming.shown,
    data: {
      ...{ number, revision, validUntil, totalMinor: totals.totalMinor, currency: totals.currency, recipients: draft.body.recipients },
      ...(draft.amends ? { changes: draft.amends.number } : {}),
    },
  };
}

function issuedOf({ naming, totals, body }: FrozenEstimate, context: Context): IssuedEstimate {
  const warnings: EstimateWarning[] = [];
  if (body.poNumber === '' && asksForPo(body, context)) warnings.push('po_number_missing');
  if (body.recipients.length === 0) warnings.push('no_recipients');
  const { documentId: id, number, revision, issuedOn, validUntil } = naming;
  const { totalMinor, currency } = totals;
  return { id, number, revision, issuedOn, validUntil, totalMinor, currency, depositMinor: depositDue(body.deposit, totalMinor), warnings };
}
