import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { feedTopics } from '../../../domain/feed/feed.ts';
import { eventPage } from './events.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { address, count, currency, filledText, idOf, instant, language, minor, queryFlag, sumMinor, text, version } from './values.ts';

/** Whom the business works for, and where. */

export const customerKind = z.enum(['residential', 'commercial', 'property_manager']);
const fields = {
  kind: customerKind,
  name: filledText(textLimits.name, 'Rosa Quill'),
  company: text(textLimits.name),
  billingAddress: address,
  language,
  termsDays: z.int().min(0).max(365).nullable().openapi({ description: 'null: the terms of the business.' }),
  taxExempt: z.boolean(),
  taxExemptNote: text(textLimits.title),
  poRequired: z.boolean(),
  twoApproversFromMinor: minor
    .nullable()
    .openapi({ description: 'From this amount on, two different persons approve an estimate. null: one is enough; 0: always two.' }),
  notes: text(textLimits.internalNote).openapi({ description: 'For the office only.' }),
};

/** The six figures of rule 17 and what belongs beside them. Each cent of the balance is in exactly one of the five. */
export const figures = z
  .strictObject({
    currency,
    balanceMinor: sumMinor,
    dueNowMinor: sumMinor,
    dueLaterMinor: sumMinor,
    onItsWayMinor: sumMinor,
    inQuestionMinor: sumMinor,
    heldBackMinor: sumMinor,
    overdueMinor: sumMinor.openapi({ description: 'Of due now; never added to it.' }),
    creditMinor: sumMinor.openapi({ description: 'Money kept for the customer, not on any invoice.' }),
  })
  .openapi('CustomerFigures');

export const customerRow = z
  .strictObject({
    id: idOf('customer'),
    kind: customerKind,
    name: z.string(),
    company: z.string(),
    contact: z.strictObject({ name: z.string(), email: z.string(), phone: z.string() }).nullable(),
    city: z.string(),
    properties: count,
    openInvoices: count,
    balanceMinor: sumMinor,
    overdueMinor: sumMinor,
    currency,
    archived: z.boolean(),
  })
  .openapi('CustomerRow');

export const customer = z
  .strictObject({
    id: idOf('customer'),
    version,
    ...fields,
    figures,
    properties: count,
    people: count,
    openInvoices: count,
    imported: z.boolean(),
    archived: z.boolean(),
    erased: z.boolean().openapi({ description: 'The personal data of this customer was erased.' }),
    createdAt: instant,
  })
  .openapi('Customer');

export const customerBody = z
  .strictObject({
    id: idOf('customer').optional(),
    ...fields,
    company: fields.company.default(''),
    billingAddress: address.optional(),
    language: language.optional(),
    termsDays: fields.termsDays.default(null),
    taxExempt: z.boolean().default(false),
    taxExemptNote: fields.taxExemptNote.default(''),
    poRequired: z.boolean().default(false),
    twoApproversFromMinor: fields.twoApproversFromMinor.default(null),
    notes: fields.notes.default(''),
    contact: z
      .strictObject({ name: text(textLimits.name), email: text(textLimits.email), phone: text(textLimits.phone) })
      .optional()
      .openapi({ description: 'The first person, who receives the invoices.' }),
  })
  .openapi('CustomerBody');
export const customerPatch = z
  .strictObject({ ...fields, archived: z.boolean() })
  .partial()
  .openapi('CustomerPatch');

const customerId = z.strictObject({ customerId: idOf('customer') });
const customersQuery = z.strictObject({
  q: text(limits.searchQuery).optional().openapi({ description: 'Name, e-mail, phone, address.' }),
  kind: customerKind.optional(),
  owing: queryFlag.optional().openapi({ description: 'Only those who owe something.' }),
  archived: queryFlag.optional(),
  sort: z.enum(['name', 'newest', 'balance']).optional(),
  ...pageQuery,
});

export const customerOperations = operations({
  listCustomers: {
    method: 'get',
    path: '/customers',
    tag: 'Customers',
    access: 'customers:read',
    summary: 'Customers, with what they owe',
    query: customersQuery,
    status: 200,
    answer: pageOf('CustomerPage', customerRow),
  },
  addCustomer: {
    method: 'post',
    path: '/customers',
    tag: 'Customers',
    access: 'customers:write',
    summary: 'Add a customer',
    body: customerBody,
    status: 201,
    answer: customer,
  },
  readCustomer: {
    method: 'get',
    path: '/customers/{customerId}',
    tag: 'Customers',
    access: 'customers:read',
    summary: 'One customer and the six figures',
    params: customerId,
    status: 200,
    answer: customer,
  },
  changeCustomer: {
    method: 'patch',
    path: '/customers/{customerId}',
    tag: 'Customers',
    access: 'customers:write',
    ifMatch: true,
    summary: 'Change or archive a customer',
    params: customerId,
    body: customerPatch,
    status: 200,
    answer: customer,
  },
  downloadCustomerMonth: {
    method: 'get',
    path: '/customers/{customerId}/lines/csv',
    tag: 'Customers',
    access: 'invoices:read',
    summary: 'Every line billed to a customer in a month, as a CSV file',
    description:
      'With property, cost code and PO number; net, tax and total of the lines add up to the bills. Credit notes are below zero, what was canceled is left out.',
    params: customerId,
    query: z.strictObject({ month: text(7, '2026-11').optional().openapi({ description: 'The month, as 2026-11.' }) }),
    status: 200,
    answer: { contentType: 'text/csv', description: 'One row for each line, in the order of the bills; amounts as plain decimals.' },
  },
  customerTimeline: {
    method: 'get',
    path: '/customers/{customerId}/timeline',
    tag: 'Customers',
    access: 'customers:read',
    summary: 'What passed between business and customer, newest first',
    params: customerId,
    query: z.strictObject({ about: z.enum(feedTopics).optional().openapi({ description: 'Only what is about this.' }), ...pageQuery }),
    status: 200,
    answer: eventPage,
  },
});
