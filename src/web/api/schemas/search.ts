import { z } from '@hono/zod-openapi';
import { limits } from '../../../core/limits.ts';
import { invoiceStatus } from './invoice.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { currency, filledText, idOf, queryInteger, sumMinor } from './values.ts';

/** One search over everything, as you type. */

export const finding = z
  .strictObject({
    kind: z.enum(['customer', 'property', 'person', 'invoice', 'estimate', 'job', 'payment', 'item']),
    id: z.string(),
    title: z.string(),
    detail: z.string(),
    customerId: idOf('customer').nullable(),
    amountMinor: sumMinor.nullable(),
    currency: currency.nullable(),
    status: invoiceStatus.nullable(),
  })
  .openapi('Finding');

export const searchOperations = operations({
  search: {
    method: 'get',
    path: '/search',
    tag: 'Search',
    access: 'customers:read',
    summary: 'Find by name, e-mail, phone, address, invoice number or amount',
    query: z.strictObject({ q: filledText(limits.searchQuery, 'quill'), limit: queryInteger(1, 50).optional() }),
    status: 200,
    answer: listOf('FindingList', finding),
  },
});
