import type { z } from '@hono/zod-openapi';
import { daysBetween } from '../../core/calendar.ts';
import type { DepositRule, PlanStage, QuantityBounds, StageDue } from '../../core/choices.ts';
import { publicId } from '../../core/ids.ts';
import type { ChangeOrder, Contract } from '../../domain/estimates/contract/contract.ts';
import type { Chosen, EstimateBody, EstimateChange, EstimateDraft, EstimateRef, EstimateStanding, ListedEstimate } from '../../domain/estimates/estimate.ts';
import type { EstimateDesk } from '../../domain/estimates/estimates.ts';
import type { EstimateFacts } from '../../outgoing/estimate-facts.ts';
import { idOrNull, plain, plainOrNull } from './present.ts';
import { amounts, presentDiscount, presentDraftLine, presentLine, presentTotals } from './present-invoice.ts';
import type { chosenSums, estimate, estimateChange, estimateRow, estimateSums } from './schemas/estimate.ts';
import type { estimateDraft } from './schemas/estimate-drafts.ts';

type Shown = z.input<typeof estimate>;

export function presentEstimateRow(row: ListedEstimate, today: string): z.input<typeof estimateRow> {
  const { number, revision, poNumber, listedOn, currency, delivery, shown, sentAt, openedAt, standing } = row;
  return {
    id: publicId('estimate', row.id),
    version: standing.version,
    ...{ number, revision, poNumber, listedOn, currency, delivery, shown, sentAt, openedAt },
    status: standing.now,
    customer: { id: publicId('customer', row.customerId), name: row.customerName },
    propertyId: idOrNull('property', row.propertyId),
    validUntil: standing.validUntil,
    standing: presentStanding(standing, today),
    amends: presentAmends(row.amends),
  };
}

function presentStanding(of: EstimateStanding, today: string): Shown['standing'] {
  const { decidedAt, decidedBy, reason, approvalWithdrawnAt, recommendedAt, recommendedBy, waitingFor, validUntil, state } = of;
  return {
    totalMinor: plain(of.totalMinor),
    chosenMinor: plainOrNull(of.chosenMinor),
    depositMinor: plainOrNull(of.depositMinor),
    daysLeft: state === 'sent' && validUntil !== null ? daysBetween(today, validUntil) : null,
    ...{ decidedAt, decidedBy, reason, approvalWithdrawnAt, recommendedAt, recommendedBy },
    firstApproval: of.firstApproval && { ...of.firstApproval, personId: publicId('person', of.firstApproval.personId) },
    waitingFor: waitingFor && { ...waitingFor, id: publicId('person', waitingFor.id) },
  };
}

const presentAmends = (ref: Readonly<{ id: string; number: string }> | null) => ref && { id: publicId('estimate', ref.id), number: ref.number };
const presentContract = ({ estimateId, originalMinor, changesMinor, contractMinor, billedMinor, leftMinor, ...rest }: Contract) => ({
  ...rest,
  estimateId: publicId('estimate', estimateId),
  ...{ originalMinor: plain(originalMinor), changesMinor: plain(changesMinor), contractMinor: plain(contractMinor) },
  ...{ billedMinor: plain(billedMinor), leftMinor: plain(leftMinor) },
});
const presentBilling = ({ draftedMinor, openMinor, stages, invoices }: EstimateDesk['billing']) => ({
  ...{ draftedMinor: plain(draftedMinor), openMinor: plain(openMinor) },
  stages: stages.map(({ label, amountMinor, invoiceId }) => ({ label, amountMinor: plain(amountMinor), invoiceId: idOrNull('invoice', invoiceId) })),
  invoices: invoices.map(({ id, number, bill, stage, totalMinor, heldBackMinor, state, canceled }) => ({
    ...{ id: publicId('invoice', id), number, bill, stage, totalMinor: plain(totalMinor), heldBackMinor: plain(heldBackMinor) },
    status: canceled ? ('canceled' as const) : state,
  })),
});
const presentChangeOrder = ({ id, number, revision, now, totalMinor, chosenMinor }: ChangeOrder) => ({
  ...{ id: publicId('estimate', id), number, revision, status: now },
  ...{ totalMinor: plain(totalMinor), chosenMinor: plainOrNull(chosenMinor) },
});
const presentRef = (ref: EstimateRef | null) => ref && { ...ref, id: publicId('estimate', ref.id) };
const presentInvoice = (ref: EstimateDesk['invoice']) => ref && { ...ref, id: publicId('invoice', ref.id) };
const presentStages = (stages: readonly StageDue[] | null) => stages?.map(({ label, amountMinor }) => ({ label, amountMinor: plain(amountMinor) })) ?? null;
const presentDeposit = (rule: DepositRule | null) =>
  rule && (rule.kind === 'percent' ? { kind: rule.kind, ratePpm: plain(rule.ratePpm) } : { kind: rule.kind, amountMinor: plain(rule.amountMinor) });
const presentPlan = (plan: readonly PlanStage[] | null) =>
  plan?.map(({ label, ratePpm, amountMinor }) => ({ label, ratePpm: plainOrNull(ratePpm ?? null), amountMinor: plainOrNull(amountMinor ?? null) })) ?? null;
const presentBounds = (of: QuantityBounds | null) =>
  of && { minMilli: plain(of.minMilli), maxMilli: plain(of.maxMilli), stepMilli: plainOrNull(of.stepMilli ?? null) };

export type EstimateSays = Readonly<{
  draft: EstimateDraft | null;
  facts: EstimateFacts | null;
  changes: readonly EstimateChange[] | null;
  titles: ReadonlyMap<string, string>;
}>;

/** An estimate or a draft, whole. */
export function presentEstimate(desk: EstimateDesk, { draft, facts, changes, titles }: EstimateSays): Shown {
  const { number, revision, language, currency, issuedOn, createdAt, shown, delivery, sentAt, lastMailedAt, openedAt, standing } = desk;
  return {
    id: publicId('estimate', desk.id),
    version: draft?.version ?? standing.version,
    status: standing.now,
    ...{ number, revision, language, currency, issuedOn, createdAt, shown, delivery, sentAt, lastMailedAt, openedAt },
    customer: { ...desk.customer, id: publicId('customer', desk.customer.id), twoApproversFromMinor: plainOrNull(desk.customer.twoApproversFromMinor) },
    propertyId: idOrNull('property', desk.propertyId),
    validUntil: standing.validUntil,
    updatedAt: desk.updated.at,
    updatedBy: desk.updated.by,
    standing: presentStanding(standing, desk.today),
    acts: [...desk.acts],
    replaces: presentRef(desk.replaces),
    replacedBy: presentRef(standing.replacedBy),
    nextDraftId: idOrNull('estimate', desk.nextDraftId),
    versions: desk.revisions.map(({ id, state, totalMinor, ...each }) => ({
      ...each,
      id: publicId('estimate', id),
      status: state,
      totalMinor: plain(totalMinor),
    })),
    changes: changes?.map(presentChange) ?? null,
    amends: presentAmends(desk.amends),
    contract: desk.contract && presentContract(desk.contract),
    changeOrders: desk.changeOrders.map(presentChangeOrder),
    billing: presentBilling(desk.billing),
    invoice: presentInvoice(desk.invoice),
    depositInvoice: presentInvoice(desk.depositInvoice),
    job: desk.job === null ? null : { id: publicId('job', desk.job.id), number: desk.job.number },
    draft: draft && presentBody(draft.body),
    totals: draft && presentSums(draft, titles),
    paper: facts && presentPaper(facts, desk),
    attachments: desk.attachments.map((file) => ({ ...file, id: publicId('file', file.id) })),
  };
}

export function presentSums(
  { totals, currency, depositMinor, stages }: Pick<EstimateDraft, 'totals' | 'currency' | 'depositMinor' | 'stages'>,
  titles: ReadonlyMap<string, string>,
): z.input<typeof estimateSums> {
  return { ...presentTotals(totals, currency, titles), depositMinor: plain(depositMinor), stages: presentStages(stages) };
}

export function presentChosen({ currency, totals, depositMinor, plan, lines }: Chosen): z.input<typeof chosenSums> {
  return {
    currency,
    ...amounts(totals),
    depositMinor: plain(depositMinor),
    stages: presentStages(plan),
    lines: lines.map(({ id, name, quantityMilli, netMinor }) => ({
      id: publicId('line', id),
      name,
      quantityMilli: plain(quantityMilli),
      netMinor: plain(netMinor),
    })),
  };
}

export function presentChange(of: EstimateChange): z.input<typeof estimateChange> {
  switch (of.what) {
    case 'line_added':
    case 'line_removed':
      return { what: of.what, name: of.name, amountMinor: plain(of.amountMinor) };
    case 'line_changed':
      return { what: of.what, name: of.name, fromMinor: plain(of.fromMinor), toMinor: plain(of.toMinor), fields: [...of.fields] };
    case 'discount':
    case 'tax':
    case 'total':
      return { what: of.what, fromMinor: plain(of.fromMinor), toMinor: plain(of.toMinor) };
    default:
      return { what: of.what, from: of.from, to: of.to };
  }
}

function presentBody(body: EstimateBody): z.input<typeof estimateDraft> {
  const { validDays, validUntil, poNumber, scope, exclusions, terms, message, internalNote, pricesIncludeTax, language } = body;
  return {
    customerId: publicId('customer', body.customerId),
    propertyId: idOrNull('property', body.propertyId),
    ...{ language, validDays, validUntil, poNumber, scope, exclusions, terms, message, internalNote, pricesIncludeTax },
    discount: presentDiscount(body.discount),
    lines: body.lines.map(({ choice, bounds, ...line }) => ({ ...presentDraftLine(line), choice, bounds: presentBounds(bounds) })),
    deposit: presentDeposit(body.deposit),
    plan: presentPlan(body.plan),
    recipientIds: body.recipients.map((id) => publicId('person', id)),
  };
}

function presentPaper(facts: EstimateFacts, desk: EstimateDesk): NonNullable<Shown['paper']> {
  const { document, billTo, pricesIncludeTax, taxExempt } = facts;
  return {
    billTo: { ...billTo, addressLines: [...billTo.addressLines] },
    ...amounts(facts),
    discount: presentDiscount(facts.discount),
    ...{ pricesIncludeTax, taxExempt },
    parts: facts.parts.map(({ id, propertyId, title, address, ...sums }) => ({
      id: publicId('part', id),
      propertyId: idOrNull('property', propertyId),
      ...{ title, address },
      ...amounts({ ...sums, netMinor: BigInt(desk.partNets[id] ?? 0) }),
    })),
    lines: facts.lines.map(({ choice, bounds, ...line }) => ({
      ...presentLine(line, desk.lineItems[line.id] ?? null),
      choice,
      bounds: presentBounds(bounds),
    })),
    taxes: facts.taxes.map(({ name, ratePpm, taxableMinor, taxMinor, components }) => ({
      ...{ name, ratePpm: plain(ratePpm), taxableMinor: plain(taxableMinor), taxMinor: plain(taxMinor) },
      components: components.map((each) => ({ name: each.name, ratePpm: plain(each.ratePpm), taxMinor: plain(each.taxMinor) })),
    })),
    ...{ poNumber: document.poNumber ?? '', scope: document.scope ?? '', exclusions: document.exclusions ?? '', terms: document.terms ?? '' },
    ...{ termsSha256: document.termsSha256, message: document.message ?? '', internalNote: desk.internalNote },
    deposit: presentDeposit(facts.deposit),
    depositMinor: plain(facts.depositMinor),
    plan: presentPlan(facts.plan),
    stages: presentStages(facts.stages),
  };
}
