import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { attachmentTypes } from './invoices.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { day, filledText, idOf, instant, orNull } from './values.ts';

/** Papers that stand beside the bills. */

const kind = z.enum(['insurance', 'tax_form', 'contract', 'lien_waiver', 'license', 'other']);
export const shelfPaper = z
  .strictObject({
    id: idOf('paper'),
    customerId: orNull(idOf('customer')).openapi({ description: 'null: for all customers.' }),
    property: orNull(z.strictObject({ id: idOf('property'), title: z.string() })).openapi({ description: 'null: for whoever sees the whole account.' }),
    kind,
    title: z.string(),
    fileName: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    expiresOn: orNull(day).openapi({ description: 'The last day it is good; customers see it until then.' }),
    addedAt: instant,
    addedBy: z.string(),
  })
  .openapi('ShelfPaper');

const paperId = z.strictObject({ paperId: idOf('paper') });
const tag = 'Customers';
export const shelfOperations = operations({
  listShelf: {
    method: 'get',
    path: '/shelf',
    tag,
    access: 'customers:read',
    summary: 'Papers of a customer and those for all',
    query: z.strictObject({ customerId: idOf('customer').optional() }),
    status: 200,
    answer: listOf('ShelfPaperList', shelfPaper),
  },
  addToShelf: {
    method: 'post',
    path: '/shelf',
    tag,
    access: 'customers:write',
    summary: 'Put a photo or PDF on the shelf; those it is for see it at once',
    query: z.strictObject({
      name: filledText(textLimits.fileName, 'insurance.pdf'),
      title: filledText(textLimits.title, 'Insurance 2027'),
      kind,
      customerId: idOf('customer').optional(),
      propertyId: idOf('property').optional(),
      expiresOn: day.optional(),
    }),
    upload: { types: attachmentTypes, maxBytes: limits.attachmentBytes },
    status: 201,
    answer: shelfPaper,
  },
  readShelfFile: {
    method: 'get',
    path: '/shelf/{paperId}/file',
    tag,
    access: 'customers:read',
    summary: 'Download a paper of the shelf',
    params: paperId,
    status: 200,
    answer: { contentType: '*/*', description: 'The file, as a download.' },
  },
  takeOffShelf: {
    method: 'delete',
    path: '/shelf/{paperId}',
    tag,
    access: 'customers:write',
    summary: 'Take a paper off the shelf',
    params: paperId,
    status: 204,
    answer: null,
  },
});
