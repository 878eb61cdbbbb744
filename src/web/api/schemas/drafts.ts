import { z } from '@hono/zod-openapi';
import { fewestInstallments, mostInstallments } from '../../../core/installments.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { earlyDiscount, lateFee } from './charge-rules.ts';
import { day, discount, idOf, language, minor, orNull, quantityMilli, text, unitPriceMilli } from './values.ts';

/** What may still be changed of an invoice, and what it is priced from. */

const lineFields = {
  id: idOf('line').openapi({ description: 'Made by the caller; keeps its place while others move.' }),
  itemId: idOf('item').nullable(),
  propertyId: idOf('property').nullable().openapi({ description: 'The section this line stands in; null: the whole invoice.', example: null }),
  name: text(textLimits.title, 'Drain cleaning'),
  description: text(textLimits.lineDescription),
  serviceOn: day.nullable(),
  quantityMilli,
  unit: text(textLimits.unit),
  unitPriceMilli,
  discount: orNull(discount),
  taxRateId: idOf('taxRate').nullable(),
  taxFrom: z.enum(['line', 'property', 'item', 'business']).openapi({
    description:
      'Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.',
  }),
};
export const draftLine = z.strictObject(lineFields).openapi('DraftLine');
export const lineBody = z
  .strictObject({
    ...lineFields,
    itemId: lineFields.itemId.default(null),
    propertyId: lineFields.propertyId.default(null),
    description: lineFields.description.default(''),
    serviceOn: lineFields.serviceOn.default(null),
    unit: lineFields.unit.default(''),
    discount: lineFields.discount.default(null),
    taxRateId: lineFields.taxRateId.optional().openapi({ description: 'Absent: what is usual for the property, the item, the business. null: not taxed.' }),
    taxFrom: lineFields.taxFrom.optional(),
  })
  .openapi('DraftLineBody');
const sections = 'In the order of their sections: all lines of one property follow each other.';
const lineBodies = z.array(lineBody).max(limits.linesPerDocument).openapi({ description: sections });

export const plannedInstallment = z
  .strictObject({ dueOn: day, amountMinor: minor.nullable().openapi({ description: 'null: an even share of what those with an amount leave.' }) })
  .openapi('PlannedInstallment');

/** A draft as it is shown: every field there. */
export const draft = z
  .strictObject({
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable().openapi({ description: 'The property of the whole invoice; lines without one of their own belong to it.' }),
    language,
    issuedOn: day.nullable().openapi({ description: 'Day of the invoice; null: the day it is issued.' }),
    dueOn: day.nullable().openapi({ description: 'null: day of the invoice + termsDays.' }),
    termsDays: z.int().min(0).max(limits.dueDaysMax),
    poNumber: text(textLimits.poNumber),
    workOrderNumber: text(textLimits.poNumber),
    terms: text(textLimits.terms),
    message: text(textLimits.message),
    internalNote: text(textLimits.internalNote).openapi({ description: 'For the office only.' }),
    pricesIncludeTax: z.boolean(),
    discount: orNull(discount),
    lines: z.array(draftLine).max(limits.linesPerDocument).openapi({ description: sections }),
    lateFee: orNull(lateFee),
    earlyDiscount: orNull(earlyDiscount),
    depositIds: z
      .array(idOf('invoice'))
      .max(20)
      .nullable()
      .openapi({ description: 'Deposits to take off when it is issued; null: the one that is meant, where only one can be.' }),
    installments: z
      .array(plannedInstallment)
      .min(fewestInstallments)
      .max(mostInstallments)
      .nullable()
      .openapi({ description: 'What it is to be paid in, oldest first, instead of a due day; null: as one. They come to the total when it is issued.' }),
    recipientIds: z.array(idOf('person')).max(limits.recipientsPerSend).openapi({ description: 'People it will be sent to.' }),
  })
  .openapi('Draft');
export type Draft = z.infer<typeof draft>;

/** Only what is given changes. `lines`, when given, are all lines in their order. */
export const draftPatch = z
  .strictObject({ ...draft.shape, lines: lineBodies })
  .partial()
  .openapi('DraftPatch');
export const draftBody = z
  .strictObject({
    id: idOf('invoice').optional().openapi({ description: 'Made by the caller: the same id twice is the same draft, once.' }),
    ...draftPatch.shape,
    customerId: idOf('customer'),
  })
  .openapi('DraftBody', { description: 'What is absent comes from the customer, then from the settings of the business.' });

export const previewTotalsBody = z
  .strictObject({
    customerId: idOf('customer'),
    pricesIncludeTax: z.boolean(),
    discount: orNull(discount),
    lines: lineBodies,
  })
  .openapi('PreviewTotals');
