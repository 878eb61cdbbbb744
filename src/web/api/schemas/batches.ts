import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { batchKinds, batchMost } from '../../../domain/batches/batches.ts';
import { customerKind } from './customers.ts';
import { paymentMethod } from './invoice.ts';
import { invoiceSort, invoiceTab } from './invoices.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { count, day, idOf, instant, queryInteger, text } from './values.ts';

/** Acts on up to 1,000 things at once, in the background. Each one succeeds or is refused for itself. */

const q = text(limits.searchQuery).optional();
const chosen = z
  .union([
    z.strictObject({
      ids: z
        .array(z.union([idOf('invoice'), idOf('customer')]))
        .min(1)
        .max(batchMost),
    }),
    z.strictObject({
      invoices: z.strictObject({
        tab: invoiceTab.optional(),
        q,
        customerId: idOf('customer').optional(),
        from: day.optional(),
        to: day.optional(),
        sort: invoiceSort.optional(),
        post: z.boolean().optional(),
      }),
    }),
    z.strictObject({ customers: z.strictObject({ q, kind: customerKind.optional(), owing: z.boolean().optional(), archived: z.boolean().optional() }) }),
  ])
  .openapi('BatchChosen', { description: 'The things by their ids, or all that a list shows under these filters.' });
export const batchBody = z
  .strictObject({
    id: idOf('batch').optional(),
    kind: z.enum(batchKinds).openapi({ description: '`send` waits half a minute before anything happens; `papers` draws the PDFs for a download.' }),
    chosen,
    method: paymentMethod.extract(['check', 'cash', 'transfer', 'other']).optional(),
    receivedOn: day.optional().openapi({ description: 'For `pay`.' }),
    reference: text(textLimits.title).optional(),
    postedOn: day.optional().openapi({ description: 'For `post`: the day it was put in the mail.' }),
  })
  .openapi('BatchBody');

export const batch = z
  .strictObject({
    id: idOf('batch'),
    kind: z.enum(batchKinds),
    state: z.enum(['held', 'running', 'done', 'stopped', 'undoing', 'undone']),
    by: z.string(),
    total: count,
    done: count,
    refused: count,
    undone: count,
    startsAt: instant.openapi({ description: 'Nothing has happened before.' }),
    createdAt: instant,
    finishedAt: instant.nullable(),
    acts: z.array(z.enum(['stop', 'hurry', 'undo'])).openapi({ description: 'What can be done about it now.' }),
  })
  .openapi('Batch');
export const batchReport = z
  .strictObject({
    batch,
    refused: z
      .array(z.strictObject({ id: z.string(), name: z.string(), code: z.string(), message: z.string() }))
      .openapi({ description: 'The first hundred, with the reason.' }),
  })
  .openapi('BatchReport');

const batchId = z.strictObject({ batchId: idOf('batch') });
const tag = 'Batches';
const steer = (act: 'stop' | 'hurry' | 'undo', summary: string) =>
  ({ method: 'post', path: `/batches/{batchId}/${act}`, tag, access: 'customers:write', summary, params: batchId, status: 200, answer: batch }) as const;
export const batchOperations = operations({
  startBatch: {
    method: 'post',
    path: '/batches',
    tag,
    access: 'customers:write',
    summary: 'Begin an act on many invoices or customers',
    body: batchBody,
    status: 202,
    answer: batch,
  },
  listBatches: {
    method: 'get',
    path: '/batches',
    tag,
    access: 'customers:write',
    summary: 'What you began within a day, the latest first',
    query: z.strictObject({ limit: queryInteger(1, limits.pageSizeMax).optional() }),
    status: 200,
    answer: listOf('BatchList', batch),
  },
  readBatch: {
    method: 'get',
    path: '/batches/{batchId}',
    tag,
    access: 'customers:write',
    summary: 'How far it is, and what was refused',
    params: batchId,
    status: 200,
    answer: batchReport,
  },
  stopBatch: steer('stop', 'Stop; what is done stays done, what is held never happens'),
  hurryBatch: steer('hurry', 'Do not wait any longer'),
  undoBatch: steer('undo', 'Take back what was done'),
  downloadBatch: {
    method: 'get',
    path: '/batches/{batchId}/papers',
    tag,
    access: 'customers:write',
    summary: 'The PDFs of a batch',
    params: batchId,
    status: 200,
    answer: { contentType: 'application/zip', description: 'One PDF per issued invoice.' },
  },
});
