import { z } from '@hono/zod-openapi';
import { fewestStages, mostStages } from '../../../core/choices.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { draftLine, lineBody } from './drafts.ts';
import { day, discount, filledText, idOf, language, minor, orNull, quantityMilli, ratePpm, text } from './values.ts';

/** What may still be changed of an estimate: an invoice's lines, and what the customer may choose of them. */

const chosen = z.boolean().openapi({ description: 'As the business suggests it.' });
export const lineChoice = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('optional'), chosen }),
    z.strictObject({
      kind: z.literal('package'),
      group: filledText(textLimits.title, 'Faucet'),
      package: filledText(textLimits.title, 'Better'),
      chosen,
    }),
  ])
  .openapi('LineChoice', {
    description: 'Whether the customer takes the line, or which package of a group it belongs to. Of each group exactly one is taken.',
  });
export const quantityBounds = z
  .strictObject({ minMilli: quantityMilli, maxMilli: quantityMilli, stepMilli: quantityMilli.nullable() })
  .openapi('QuantityBounds', { description: 'Within what the customer may change the quantity; without a step, by any amount.' });
export const depositRule = z
  .discriminatedUnion('kind', [z.strictObject({ kind: z.literal('percent'), ratePpm }), z.strictObject({ kind: z.literal('amount'), amountMinor: minor })])
  .openapi('DepositRule', { description: 'What is asked for on approval: a share of what is chosen, or an amount; never more than the total.' });
export const planStage = z
  .strictObject({
    label: filledText(textLimits.title, 'When the cabinets are in'),
    ratePpm: orNull(ratePpm).optional(),
    amountMinor: orNull(minor).optional(),
  })
  .openapi('PlanStage', { description: 'An amount, or a share of what the amounts leave; shares come to the whole.' });
const plan = z.array(planStage).min(fewestStages).max(mostStages);

const choosing = { choice: orNull(lineChoice), bounds: orNull(quantityBounds) };
const estimateLine = z.strictObject({ ...draftLine.shape, ...choosing }).openapi('EstimateDraftLine');
const lineOfBody = z
  .strictObject({ ...lineBody.shape, choice: choosing.choice.default(null), bounds: choosing.bounds.default(null) })
  .openapi('EstimateLineBody');
const lineBodies = z.array(lineOfBody).max(limits.linesPerDocument);

/** A draft as it is shown: every field there. */
export const estimateDraft = z
  .strictObject({
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable(),
    language,
    validDays: z.int().min(1).max(limits.dueDaysMax).openapi({ description: 'Days it is valid after it is issued.', example: 30 }),
    validUntil: day.nullable().openapi({ description: 'The last day itself, instead of validDays.' }),
    poNumber: text(textLimits.poNumber),
    scope: text(textLimits.terms).openapi({ description: 'What is done.' }),
    exclusions: text(textLimits.terms).openapi({ description: 'What is not part of it.' }),
    terms: text(textLimits.terms),
    message: text(textLimits.message),
    internalNote: text(textLimits.internalNote).openapi({ description: 'For the office only.' }),
    pricesIncludeTax: z.boolean(),
    discount: orNull(discount),
    lines: z.array(estimateLine).max(limits.linesPerDocument),
    deposit: orNull(depositRule),
    plan: plan.nullable().openapi({ description: 'What it is paid in as the work goes on; null: as one.' }),
    recipientIds: z.array(idOf('person')).max(limits.recipientsPerSend).openapi({ description: 'People it will be sent to.' }),
  })
  .openapi('EstimateDraft');

/** Only what is given changes. `lines`, when given, are all lines in their order. */
export const estimatePatch = z
  .strictObject({ ...estimateDraft.shape, lines: lineBodies })
  .partial()
  .openapi('EstimatePatch');
export const estimateBody = z
  .strictObject({
    id: idOf('estimate').optional().openapi({ description: 'Made by the caller: the same id twice is the same draft, once.' }),
    ...estimatePatch.shape,
    customerId: idOf('customer'),
  })
  .openapi('EstimateBody', { description: 'What is absent comes from the customer, then from the settings of the business.' });
export const previewEstimateBody = z
  .strictObject({
    customerId: idOf('customer'),
    pricesIncludeTax: z.boolean(),
    discount: orNull(discount),
    lines: lineBodies,
    deposit: orNull(depositRule).default(null),
    plan: plan.nullable().default(null),
    changeOrder: z.boolean().default(false).openapi({ description: 'The total may be below zero.' }),
  })
  .openapi('PreviewEstimate');

/** What a customer would choose: what is left out is as suggested. */
export const choicesBody = z
  .strictObject({
    options: z.array(idOf('line')).max(limits.linesPerDocument).optional().openapi({ description: 'Every optional line that is taken.' }),
    packages: z
      .array(z.strictObject({ group: filledText(textLimits.title, 'Faucet'), package: filledText(textLimits.title, 'Better') }))
      .max(limits.linesPerDocument)
      .optional(),
    quantities: z
      .array(z.strictObject({ lineId: idOf('line'), quantityMilli }))
      .max(limits.linesPerDocument)
      .optional(),
  })
  .openapi('EstimateChoices');
