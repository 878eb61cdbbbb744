import { z } from '@hono/zod-openapi';
import { estimateStandingsNow } from '../../../core/estimate-state.ts';
import { contractBills } from '../../../core/progress.ts';
import { officeActs } from '../../../domain/estimates/estimates.ts';
import { customerKind } from './customers.ts';
import { depositRule, estimateDraft, lineChoice, planStage, quantityBounds } from './estimate-drafts.ts';
import { attachment, delivery, paperAmounts, paperLine, paperPart, paperTax, totals } from './invoice.ts';
import { count, currency, day, discount, idOf, instant, language, minor, orNull, ratePpm, signedMinor, version } from './values.ts';

/** One estimate as the office sees it, and the row it is in a list. */

export const estimateStatus = z.enum(estimateStandingsNow).openapi({ description: '`sent`: waits for the customer.' });
const estimateRef = z.strictObject({ id: idOf('estimate'), number: z.string(), revision: count });
const invoiceRef = z.strictObject({ id: idOf('invoice'), number: z.string().nullable() });
const stageDue = z.strictObject({ label: z.string(), amountMinor: minor });

const amends = orNull(z.strictObject({ id: idOf('estimate'), number: z.string() })).openapi({ description: 'Of a change order: the estimate it changes.' });
const contract = z
  .strictObject({
    estimateId: idOf('estimate').openapi({ description: 'The version that was approved.' }),
    number: z.string(),
    currency,
    stands: z.boolean().openapi({ description: 'false: its approval was taken back, and no change of it can be approved.' }),
    originalMinor: minor,
    changesMinor: signedMinor.openapi({ description: 'Of the change orders that stand approved.' }),
    changeCount: count,
    contractMinor: signedMinor.openapi({ description: 'Contract to date: what was agreed first and the changes.' }),
    billedMinor: signedMinor.openapi({ description: 'Billed to date: issued invoices, less what credit notes took back; not what was canceled.' }),
    leftMinor: signedMinor,
    retainagePpm: ratePpm.openapi({ description: 'Share of the next invoices that is held back until it is released.' }),
  })
  .openapi('Contract');
const billing = z
  .strictObject({
    draftedMinor: signedMinor.openapi({ description: 'Of drafts begun for the contract: they count as billed before another is made.' }),
    openMinor: signedMinor.openapi({ description: 'What another invoice may bill.' }),
    stages: z.array(z.strictObject({ label: z.string(), amountMinor: minor, invoiceId: idOf('invoice').nullable() })),
    invoices: z.array(
      z.strictObject({
        id: idOf('invoice'),
        number: z.string().nullable(),
        bill: z.enum(contractBills),
        stage: count.nullable(),
        totalMinor: signedMinor,
        heldBackMinor: signedMinor,
        status: z.enum(['draft', 'scheduled', 'issued', 'canceled']),
      }),
    ),
  })
  .openapi('ContractBilling');
const changeOrder = z
  .strictObject({
    id: idOf('estimate'),
    number: z.string().nullable(),
    revision: count,
    status: estimateStatus,
    totalMinor: signedMinor,
    chosenMinor: signedMinor.nullable(),
  })
  .openapi('ChangeOrder');

export const estimateStanding = z
  .strictObject({
    totalMinor: signedMinor.openapi({ description: 'Of what is suggested. Below zero only of a change order that takes away more than it adds.' }),
    chosenMinor: signedMinor.nullable().openapi({ description: 'Of what was approved.' }),
    depositMinor: minor.nullable(),
    daysLeft: z.int().nullable().openapi({ description: 'Days until it expires; below zero once it has. null: it does not wait.' }),
    decidedAt: instant.nullable(),
    decidedBy: z.string(),
    reason: z.string().openapi({ description: 'Why it was declined, withdrawn, or what is to be changed.' }),
    approvalWithdrawnAt: instant.nullable().openapi({ description: 'Set once an approval was taken back; it waits again since.' }),
    recommendedAt: instant.nullable(),
    recommendedBy: z.string(),
    waitingFor: z
      .strictObject({ id: idOf('person'), name: z.string(), insteadOf: z.string(), remindedAt: instant.nullable() })
      .nullable()
      .openapi({ description: 'Whom it was handed on to; `insteadOf`: who is away, in whose place, or empty.' }),
    firstApproval: orNull(z.strictObject({ at: instant, by: z.string(), personId: idOf('person') })).openapi({
      description: 'The first yes of two, while it waits for the second person.',
    }),
  })
  .openapi('EstimateStanding');

export const estimateRow = z
  .strictObject({
    id: idOf('estimate'),
    version,
    number: z.string().nullable(),
    revision: count,
    status: estimateStatus,
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    propertyId: idOf('property').nullable(),
    poNumber: z.string(),
    listedOn: day.openapi({ description: 'Day of the estimate, or the day a draft was begun.' }),
    validUntil: day.nullable(),
    currency,
    standing: estimateStanding,
    delivery,
    shown: z.boolean(),
    sentAt: instant.nullable(),
    openedAt: instant.nullable().openapi({ description: 'When a person, not a scanner, first opened it.' }),
    amends,
  })
  .openapi('EstimateRow');

export const estimateSums = z
  .strictObject({ ...totals.shape, depositMinor: minor, stages: z.array(stageDue).nullable() })
  .openapi('EstimateSums', { description: 'Of what is suggested. Every line is there, those not suggested with what they would come to.' });

export const chosenSums = z
  .strictObject({
    currency,
    ...paperAmounts,
    depositMinor: minor,
    stages: z.array(stageDue).nullable(),
    lines: z
      .array(z.strictObject({ id: idOf('line'), name: z.string(), quantityMilli: z.int(), netMinor: signedMinor }))
      .openapi({ description: 'What would be billed.' }),
  })
  .openapi('ChosenSums');

const moved = z.strictObject({
  what: z.enum(['discount', 'tax', 'total']),
  fromMinor: signedMinor,
  toMinor: signedMinor,
});
const texts = ['valid_until', 'po_number', 'terms', 'message', 'scope', 'exclusions'] as const;
export const estimateChange = z
  .discriminatedUnion('what', [
    z.strictObject({ what: z.enum(['line_added', 'line_removed']), name: z.string(), amountMinor: signedMinor }),
    z.strictObject({ what: z.literal('line_changed'), name: z.string(), fromMinor: signedMinor, toMinor: signedMinor, fields: z.array(z.string()) }),
    moved,
    z.strictObject({ what: z.enum(texts), from: z.string(), to: z.string() }),
  ])
  .openapi('EstimateChange');

/** The frozen paper: everything as it was when it was issued. */
const paper = z
  .strictObject({
    billTo: z.strictObject({ name: z.string(), company: z.string().nullable(), addressLines: z.array(z.string()) }),
    ...paperAmounts,
    discount: orNull(discount),
    pricesIncludeTax: z.boolean(),
    taxExempt: z.boolean(),
    parts: z.array(paperPart),
    lines: z.array(z.strictObject({ ...paperLine.shape, choice: orNull(lineChoice), bounds: orNull(quantityBounds) })),
    taxes: z.array(paperTax),
    poNumber: z.string(),
    scope: z.string(),
    exclusions: z.string(),
    terms: z.string(),
    termsSha256: z.string().openapi({ description: 'What an approval names of the terms.' }),
    message: z.string(),
    internalNote: z.string(),
    deposit: orNull(depositRule),
    depositMinor: minor,
    plan: z.array(planStage).nullable(),
    stages: z.array(stageDue).nullable(),
  })
  .openapi('EstimatePaper');

export const estimate = z
  .strictObject({
    id: idOf('estimate'),
    version,
    status: estimateStatus,
    number: z.string().nullable(),
    revision: count.openapi({ description: '1, then one more with each version under the number.' }),
    customer: z.strictObject({
      id: idOf('customer'),
      name: z.string(),
      company: z.string(),
      kind: customerKind,
      poRequired: z.boolean(),
      twoApproversFromMinor: minor.nullable(),
      taxExempt: z.boolean(),
    }),
    propertyId: idOf('property').nullable(),
    language,
    currency,
    issuedOn: day.nullable(),
    validUntil: day.nullable(),
    createdAt: instant,
    updatedAt: instant,
    updatedBy: z.string(),
    shown: z.boolean().openapi({ description: 'The customer can see it.' }),
    delivery,
    sentAt: instant.nullable(),
    lastMailedAt: instant.nullable(),
    openedAt: instant.nullable(),
    standing: estimateStanding,
    acts: z.array(z.enum(officeActs)).openapi({ description: 'What the caller may do with it now.' }),
    replaces: orNull(estimateRef),
    replacedBy: orNull(estimateRef),
    nextDraftId: idOf('estimate').nullable().openapi({ description: 'The draft of the next version, if one was begun.' }),
    versions: z
      .array(z.strictObject({ id: idOf('estimate'), revision: count, issuedOn: day, totalMinor: signedMinor, status: z.string() }))
      .openapi({ description: 'Every issued version under the number, the first one first.' }),
    changes: z.array(estimateChange).nullable().openapi({ description: 'What is different from the version before.' }),
    amends,
    contract: orNull(contract).openapi({ description: 'Of the estimate, or of the one it changes; null before anything was approved.' }),
    changeOrders: z.array(changeOrder).openapi({ description: 'All of the contract, in the order of their numbers; drafts last.' }),
    billing: billing.openapi({ description: 'How the contract is billed: stages of the estimate, and every invoice of the contract.' }),
    invoice: orNull(invoiceRef).openapi({ description: 'What was made of it.' }),
    depositInvoice: orNull(invoiceRef),
    job: orNull(z.strictObject({ id: idOf('job'), number: z.int() })).openapi({ description: 'The job that carries it out.' }),
    draft: orNull(estimateDraft).openapi({ description: 'While it is one.' }),
    totals: orNull(estimateSums).openapi({ description: 'Of the draft as last saved.' }),
    paper: orNull(paper).openapi({ description: 'Once issued; never changes.' }),
    attachments: z.array(attachment),
  })
  .openapi('Estimate');
