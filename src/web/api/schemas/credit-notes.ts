import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { currency, day, filledText, idOf, minor, quantityMilli } from './values.ts';

/** What is taken back of an issued invoice, which itself never changes. */

export const creditNote = z
  .strictObject({
    id: idOf('creditNote'),
    invoiceId: idOf('invoice'),
    invoiceNumber: z.string(),
    number: z.string().openapi({ example: 'CN-0001' }),
    issuedOn: day,
    currency,
    netMinor: minor,
    taxMinor: minor,
    totalMinor: minor,
    loweredMinor: minor.openapi({ description: 'Of it: what was owed is less by this.' }),
    freedMinor: minor.openapi({ description: 'Of it: had been paid, and is the customer’s credit now.' }),
    reason: z.string(),
    createdBy: z.string(),
  })
  .openapi('CreditNote');

const choice = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rest') }),
    z.strictObject({ kind: z.literal('amount'), amountMinor: minor }),
    z.strictObject({
      kind: z.literal('lines'),
      lines: z
        .array(z.strictObject({ lineId: idOf('line'), quantityMilli }))
        .min(1)
        .max(500),
    }),
  ])
  .openapi('CreditChoice', { description: 'All that is not credited yet; an amount with its tax in it; or lines and how much of each.' });

export type CreditChoiceBody = z.output<typeof choice>;

export const creditPreview = z
  .strictObject({
    currency,
    netMinor: minor,
    taxMinor: minor,
    totalMinor: minor,
    loweredMinor: minor,
    freedMinor: minor,
    leftMinor: minor.openapi({ description: 'Not credited yet.' }),
  })
  .openapi('CreditPreview');

const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });
const creditNoteId = z.strictObject({ creditNoteId: idOf('creditNote') });
const tag = 'Invoices';
export const creditNoteOperations = operations({
  listCreditNotes: {
    method: 'get',
    path: '/invoices/{invoiceId}/credit-notes',
    tag,
    access: 'invoices:read',
    summary: 'Its credit notes, oldest first',
    params: invoiceId,
    status: 200,
    answer: z.strictObject({ items: z.array(creditNote) }).openapi('CreditNotes'),
  },
  previewCreditNote: {
    method: 'post',
    path: '/invoices/{invoiceId}/credit-notes/preview',
    tag,
    access: 'invoices:write',
    keyless: true,
    summary: 'What a credit note would come to',
    params: invoiceId,
    body: z.strictObject({ choice }).openapi('CreditPreviewBody'),
    status: 200,
    answer: creditPreview,
  },
  writeCreditNote: {
    method: 'post',
    path: '/invoices/{invoiceId}/credit-notes',
    tag,
    access: 'invoices:write',
    summary: 'Take back a part of an issued invoice, or all of it, at its own rates',
    description: 'First lowers what is owed on it; what had been paid becomes the customer’s credit, to be refunded or used.',
    params: invoiceId,
    body: z
      .strictObject({ id: idOf('creditNote').optional(), choice, reason: filledText(textLimits.reason, 'The second visit was not needed') })
      .openapi('CreditNoteBody'),
    status: 201,
    answer: creditNote,
  },
  readCreditNotePdf: {
    method: 'get',
    path: '/credit-notes/{creditNoteId}/pdf',
    tag,
    access: 'invoices:read',
    summary: 'Its PDF',
    params: creditNoteId,
    status: 200,
    answer: { contentType: 'application/pdf', description: 'The credit note on paper.' },
  },
});
