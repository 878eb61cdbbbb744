import { daysBetween } from '../../../core/calendar.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { cleanLines } from '../../../core/text.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { copyAttachments, markShown } from '../../invoices/invoices.ts';
import { fromStored } from '../../invoices/stored.ts';
import { lockStandingContract } from '../contract/contract.ts';
import { create } from '../drafts/drafts.ts';
import { selectDraft, selectDraftReplacing } from '../drafts/queries.ts';
import type { EstimateBody, EstimateDraft } from '../estimate.ts';
import { lockStanding, refuseUnless } from '../issue/issue.ts';
import { markWithdrawn, setValidUntil } from '../issue/queries.ts';
import { contentOf, type EstimateContent } from './changes.ts';

/** A draft of the next version under the same number; what is out stays valid until the draft is issued. Lines keep their ids. */
export async function revise(scope: Scope, documentId: string): Promise<EstimateDraft> {
  const standing = await lockStanding(scope, documentId);
  refuseUnless(standing, 'revise', standing.today);
  const draftId = await selectDraftReplacing(scope, documentId);
  if (draftId !== null) throw new Refusal('revision_waits', { draftId });
  const from = { id: documentId, number: standing.number ?? '', revision: standing.revision };
  const amends = standing.amendsId === null ? null : await lockStandingContract(scope, standing.amendsId);
  const draft = await create(scope, inputOf(await contentOf(scope, documentId)), { revising: { from, rootId: standing.rootId }, amends });
  await copyAttachments(scope, documentId, draft.id);
  return draft;
}

/** A new draft with the content of any estimate; days and number are left behind, and lines are new ones. */
export async function copyOf(scope: Scope, documentId: string): Promise<EstimateDraft> {
  const row = await selectDraft(scope, documentId);
  if (!row) throw new Refusal('not_found');
  const body = row.version === null ? inputOf(await contentOf(scope, documentId)) : fromStored<EstimateBody>(row.body);
  const { amends } = row;
  return create(scope, { ...body, validUntil: null, lines: body.lines.map((line) => ({ ...line, id: newId(), serviceOn: null })) }, { amends });
}

/** At how many properties at once a copy is begun. */
const copiesAtOnce = 50;

/**
 * Drafts with the same content, one for each of the customer's properties that are named, in their order. Every line is for that property, with the
 * tax that is usual there, but for lines without tax; PO number and days are left behind, what is chosen to begin with is not.
 */
export async function copyTo(scope: Scope, documentId: string, propertyIds: readonly string[]): Promise<EstimateDraft[]> {
  const row = await selectDraft(scope, documentId);
  if (!row) throw new Refusal('not_found');
  if (row.amends) throw new Refusal('estimate_not_copied');
  const named = [...new Set(propertyIds)];
  if (named.length === 0) throw new Refusal('required', { field: 'propertyIds' });
  if (named.length > copiesAtOnce) throw new Refusal('invalid_input', { field: 'propertyIds' });
  const body = row.version === null ? inputOf(await contentOf(scope, documentId)) : fromStored<EstimateBody>(row.body);
  const copies: EstimateDraft[] = [];
  for (const propertyId of named) {
    const lines = body.lines.map(({ taxRateId, ...line }) => ({
      ...line,
      id: newId(),
      propertyId,
      serviceOn: null,
      ...(taxRateId === null ? { taxRateId } : {}),
    }));
    copies.push(await create(scope, { ...body, propertyId, poNumber: '', validUntil: null, lines }));
  }
  return copies;
}

/** A draft of a change order of what stands approved, for the same customer; `input` as `createDraft` takes it, and no plan: stages are the estimate's. */
export async function amend(scope: Scope, estimateId: string, input: Readonly<Record<string, unknown>>, id: string | undefined): Promise<EstimateDraft> {
  const standing = await lockStanding(scope, estimateId);
  refuseUnless(standing, 'amend', standing.today);
  const contract = await lockStandingContract(scope, standing.rootId);
  const content = await contentOf(scope, estimateId);
  const { customerId, propertyId, language, pricesIncludeTax, terms, recipients } = content;
  return create(scope, { propertyId, language, pricesIncludeTax, terms, recipients, ...input, customerId, plan: null }, { id, amends: contract });
}

/** An issued estimate as `createDraft` takes it. */
function inputOf(content: EstimateContent) {
  const { customerId, propertyId, language, poNumber, scope, exclusions, terms, message, internalNote, deposit, plan, discount, pricesIncludeTax } = content;
  return {
    ...{ customerId, propertyId, language, poNumber, scope, exclusions, terms, message, internalNote, deposit, plan, discount, pricesIncludeTax },
    recipients: content.recipients,
    validDays: Math.max(1, Math.min(365, daysBetween(content.issuedOn, content.validUntil))),
    lines: content.lines.map(({ netMinor, chosen, ...line }) => ({ ...line, choice: chosen?.choice ?? null, bounds: chosen?.bounds ?? null })),
  };
}

export async function withdraw(scope: Scope, input: Readonly<{ documentId: string; reason: string }>): Promise<void> {
  const reason = cleanLines(input.reason, textLimits.reason, 'reason');
  const standing = await lockStanding(scope, input.documentId);
  refuseUnless(standing, 'withdraw', standing.today);
  await markWithdrawn(scope, standing.id, reason);
  const { customerId, propertyId, shown, number, revision, id: documentId } = standing;
  await recordEvent(scope, { kind: 'estimate.withdrawn', customerId, documentId, propertyId, shown, data: { number, revision, reason } });
}

export async function extend(scope: Scope, input: Readonly<{ documentId: string; validUntil: string }>): Promise<void> {
  const standing = await lockStanding(scope, input.documentId);
  refuseUnless(standing, 'extend', standing.today);
  const { validUntil: before, today } = standing;
  if (daysBetween(today, input.validUntil) < 0 || (before !== null && daysBetween(before, input.validUntil) <= 0)) {
    throw new Refusal('valid_not_later', { field: 'validUntil' });
  }
  await setValidUntil(scope, standing.id, input.validUntil);
  const { customerId, propertyId, shown, number, revision, id: documentId } = standing;
  await recordEvent(scope, {
    kind: 'estimate.extended',
    ...{ customerId, documentId, propertyId, shown },
    data: { number, revision, from: before, validUntil: input.validUntil },
  });
}

export async function show(scope: Scope, documentId: string): Promise<void> {
  const standing = await lockStanding(scope, documentId);
  if (standing.state === 'draft') throw new Refusal('estimate_not_sent');
  if (standing.shown) return;
  await markShown(scope, [documentId]);
  await recordEvent(scope, { kind: 'estimate.shown', customerId: standing.customerId, documentId, shown: true });
}
