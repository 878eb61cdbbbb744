import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { visitActs, visitStates } from '../../../core/visit-state.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { address, currency, day, filledText, idOf, instant, minor, orNull, quantityMilli, text, unitPriceMilli } from './values.ts';

/** The crew's own operations: their customers and their work, prices and totals only where the owner allows. */

const may = z.strictObject({ prices: z.boolean(), send: z.boolean() }).openapi('CrewMay');
const place = z.strictObject({ id: idOf('property').nullable(), code: z.string(), name: z.string(), address, accessNotes: z.string() }).openapi('CrewPlace');
const stop = z
  .strictObject({
    customerId: idOf('customer'),
    name: z.string(),
    phone: z.string(),
    contact: z.string(),
    onDay: day.nullable(),
    note: z.string(),
    places: z.array(place),
  })
  .openapi('CrewStop');
const crewVisit = z
  .strictObject({
    ...{ id: idOf('visit'), day, from: z.string().nullable(), until: z.string().nullable(), title: z.string(), state: z.enum(visitStates) },
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    ...{ propertyId: idOf('property').nullable(), place: z.string(), address, accessNotes: z.string(), crewNotes: z.string() },
    contact: z.strictObject({ name: z.string(), phone: z.string() }),
    doneNote: z.string(),
    files: z.array(z.strictObject({ id: idOf('file'), name: z.string() })),
    acts: z.array(z.enum(visitActs)),
  })
  .openapi('CrewVisit');
const crewItem = z
  .strictObject({
    id: idOf('item'),
    name: z.string(),
    unit: z.string(),
    unitPriceMilli: unitPriceMilli.nullable().openapi({ description: 'null unless the owner allows prices.' }),
  })
  .openapi('CrewItem');
const crewLine = z
  .strictObject({ itemId: idOf('item').nullable(), name: z.string(), unit: z.string(), quantityMilli, netMinor: minor.nullable() })
  .openapi('CrewLine');
const crewState = z.enum(['draft', 'ready', 'sent', 'paying', 'paid', 'canceled']);
const listed = z
  .strictObject({
    id: idOf('invoice'),
    number: z.string().nullable(),
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    state: crewState,
    totalMinor: minor.nullable(),
    currency,
    createdAt: instant,
  })
  .openapi('CrewListed');
const crewInvoice = z
  .strictObject({
    ...listed.shape,
    place: orNull(z.string()),
    lines: z.array(crewLine),
    photos: z.array(z.strictObject({ id: idOf('file'), name: z.string() })),
    note: z.string(),
    balanceMinor: minor.nullable(),
    canSend: z.boolean(),
  })
  .openapi('CrewInvoice');
const lineBody = z.strictObject({ itemId: idOf('item'), quantityMilli: z.int().min(1).max(Number(limits.quantityMaxMilli)) }).openapi('CrewLineBody');
const invoiceBody = z
  .strictObject({
    id: idOf('invoice').optional(),
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable().default(null),
    lines: z.array(lineBody).min(1).max(100),
    note: text(1000).default('').openapi({ description: 'For the office; the customer does not read it.' }),
  })
  .openapi('CrewInvoiceBody');

const tag = 'Field';
const access = 'field' as const;
const visitAt = z.strictObject({ visitId: idOf('visit') });
const at = z.strictObject({ invoiceId: idOf('invoice') });
export const fieldOperations = operations({
  fieldToday: {
    ...{ method: 'get', path: '/field/today', tag, access, summary: 'Whom you work for today' },
    status: 200,
    answer: z.strictObject({ today: day, may, visits: z.array(crewVisit), stops: z.array(stop) }).openapi('CrewToday'),
  },
  fieldStartVisit: {
    method: 'post',
    path: '/field/visits/{visitId}/start',
    tag,
    access,
    summary: 'Say that your visit began',
    params: visitAt,
    status: 200,
    answer: crewVisit,
  },
  fieldFinishVisit: {
    ...{ method: 'post', path: '/field/visits/{visitId}/finish', tag, access, summary: 'Say that your visit is done, and what was done' },
    params: visitAt,
    body: z.strictObject({ note: text(textLimits.message).default('') }).openapi('CrewFinishVisit'),
    status: 200,
    answer: crewVisit,
  },
  fieldVisitPhoto: {
    ...{ method: 'post', path: '/field/visits/{visitId}/photos', tag, access, summary: 'Add a photo of your visit' },
    params: visitAt,
    query: z.strictObject({ name: filledText(textLimits.fileName, 'sink.jpg') }),
    upload: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: limits.attachmentBytes },
    status: 200,
    answer: crewVisit,
  },
  fieldItems: {
    ...{ method: 'get', path: '/field/items', tag, access, summary: 'The price book' },
    query: z.strictObject({ q: text(100).optional() }),
    status: 200,
    answer: listOf('CrewItemList', crewItem),
  },
  fieldWork: {
    method: 'get',
    path: '/field/invoices',
    tag,
    access,
    summary: 'The invoices you wrote, newest first',
    status: 200,
    answer: listOf('CrewWork', listed),
  },
  fieldInvoice: { method: 'get', path: '/field/invoices/{invoiceId}', tag, access, summary: 'One of them', params: at, status: 200, answer: crewInvoice },
  fieldWrite: {
    method: 'post',
    path: '/field/invoices',
    tag,
    access,
    summary: 'Write an invoice from the price book',
    body: invoiceBody,
    status: 201,
    answer: crewInvoice,
  },
  fieldPhoto: {
    ...{ method: 'post', path: '/field/invoices/{invoiceId}/photos', tag, access, summary: 'Add a photo' },
    params: at,
    query: z.strictObject({ name: filledText(textLimits.fileName, 'sink.jpg') }),
    upload: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: limits.attachmentBytes },
    status: 200,
    answer: crewInvoice,
  },
  fieldReady: {
    method: 'post',
    path: '/field/invoices/{invoiceId}/ready',
    tag,
    access,
    summary: 'Hand it to the office',
    params: at,
    status: 200,
    answer: crewInvoice,
  },
  fieldSend: {
    method: 'post',
    path: '/field/invoices/{invoiceId}/send',
    tag,
    access,
    summary: 'Send it, where the owner allows',
    params: at,
    status: 200,
    answer: crewInvoice,
  },
  fieldLink: {
    ...{ method: 'post', path: '/field/invoices/{invoiceId}/link', tag, access, keyless: true, summary: 'The address the customer pays by, for a QR code' },
    params: at,
    status: 200,
    answer: z.strictObject({ url: z.string() }).openapi('CrewLink'),
  },
});
