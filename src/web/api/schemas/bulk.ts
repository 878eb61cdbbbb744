import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { paymentMethod } from './invoice.ts';
import { operations } from './operation.ts';
import { count, day, idOf, text } from './values.ts';

/** Acts on up to 100 invoices at once. Each one succeeds or is refused for itself; the answer says which and why. */

const ids = z.array(idOf('invoice')).min(1).max(100);
const idsQuery = z.strictObject({
  ids: z
    .string()
    .regex(/^inv_[0-9a-z]{26}(,inv_[0-9a-z]{26}){0,99}$/)
    .openapi({ description: 'Ids with commas between.', example: 'inv_06e3c6ms2c9h4r7x1q8v5z0tkw' }),
});
const idsBody = z.strictObject({ ids }).openapi('InvoiceIds');
export const markPaidBody = z
  .strictObject({ ids, method: paymentMethod.extract(['check', 'cash', 'transfer', 'other']), receivedOn: day, reference: text(textLimits.title).default('') })
  .openapi('MarkPaid', { description: 'Records one payment of the whole balance for each invoice.' });
export const bulkResult = z
  .strictObject({
    done: count,
    refused: count,
    results: z.array(
      z.strictObject({
        id: idOf('invoice'),
        ok: z.boolean(),
        number: z.string().nullable(),
        code: z.string().nullable().openapi({ description: 'Why not.', example: 'no_lines' }),
        message: z.string().nullable(),
      }),
    ),
  })
  .openapi('BulkResult');

const tag = 'Invoices';
export const bulkOperations = operations({
  issueMany: {
    method: 'post',
    path: '/invoices/issue',
    tag,
    access: 'invoices:write',
    summary: 'Issue several drafts',
    body: idsBody,
    status: 200,
    answer: bulkResult,
  },
  sendMany: {
    method: 'post',
    path: '/invoices/send',
    tag,
    access: 'invoices:write',
    summary: 'Send several to whoever receives the invoices of each customer; drafts are issued first',
    body: idsBody,
    status: 200,
    answer: bulkResult,
  },
  markPaid: {
    method: 'post',
    path: '/invoices/mark-paid',
    tag,
    access: 'payments:write',
    summary: 'Record that several were paid in full',
    body: markPaidBody,
    status: 200,
    answer: bulkResult,
  },
  downloadMany: {
    method: 'get',
    path: '/invoices/download',
    tag,
    access: 'invoices:read',
    summary: 'The PDFs of several issued invoices',
    query: idsQuery,
    status: 200,
    answer: { contentType: 'application/zip', description: 'One PDF per issued invoice.' },
  },
  printEnvelopes: {
    method: 'get',
    path: '/invoices/envelopes',
    tag,
    access: 'invoices:read',
    summary: 'Several invoices as one PDF for window envelopes, with a checklist',
    query: idsQuery,
    status: 200,
    answer: { contentType: 'application/pdf', description: 'Addresses stand where a US #10 or DL window envelope shows them.' },
  },
  printMany: {
    method: 'get',
    path: '/invoices/print',
    tag,
    access: 'invoices:read',
    summary: 'Several invoices as one page for printing',
    query: idsQuery,
    status: 200,
    answer: { contentType: 'text/html', description: 'Each invoice begins on a new sheet.' },
  },
});
