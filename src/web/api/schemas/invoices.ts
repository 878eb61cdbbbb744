import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { draftBody, draftPatch, previewTotalsBody } from './drafts.ts';
import { eventPage } from './events.ts';
import { attachment, invoice, invoiceRow, totals } from './invoice.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { count, currency, day, filledText, idOf, queryFlag, sumMinor, text } from './values.ts';

/** Invoices: lists, drafts, and every act on one of them. Acts on many are in bulk.ts. */

export const invoiceTab = z.enum(['needs_you', 'draft', 'scheduled', 'unpaid', 'overdue', 'in_question', 'paid', 'all']);
export const invoiceSort = z.enum(['newest', 'oldest', 'due']);
const filters = {
  tab: invoiceTab.optional(),
  q: text(limits.searchQuery).optional().openapi({ description: 'Number, customer, PO number, amount.' }),
  customerId: idOf('customer').optional(),
  propertyId: idOf('property').optional(),
  from: day.optional(),
  to: day.optional(),
  post: queryFlag.optional().openapi({ description: 'Only of customers who have no address for mail: to be printed and posted.' }),
};
export const listQuery = z.strictObject({ ...filters, sort: invoiceSort.optional(), ...pageQuery });
export const listTotals = z
  .strictObject({
    currency,
    count,
    totalMinor: sumMinor,
    balanceMinor: sumMinor,
    overdueMinor: sumMinor,
    onItsWayMinor: sumMinor,
    tabs: z
      .strictObject({ needs_you: count, draft: count, scheduled: count, unpaid: count, overdue: count, in_question: count, paid: count, all: count })
      .openapi({ description: 'Invoices in each tab, filters applied.' }),
  })
  .openapi('InvoiceListTotals');

const reason = filledText(textLimits.reason, 'Wrong hours');
const reasonBody = z.strictObject({ reason }).openapi('Reason');
const issueBody = z.strictObject({ show: z.boolean().default(false).openapi({ description: 'Also show it in the portal at once.' }) }).openapi('IssueInvoice');
const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });
const fileAt = z.strictObject({ invoiceId: idOf('invoice'), fileId: idOf('file') });
export const attachmentTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];

const tag = 'Invoices';
const at = '/invoices/{invoiceId}' as const;
export const invoiceOperations = operations({
  listInvoices: {
    method: 'get',
    path: '/invoices',
    tag,
    access: 'invoices:read',
    summary: 'Invoices and drafts',
    query: listQuery,
    status: 200,
    answer: pageOf('InvoicePage', invoiceRow),
  },
  totalInvoices: {
    method: 'get',
    path: '/invoices/totals',
    tag,
    access: 'invoices:read',
    summary: 'Totals over the whole list, and how many are in each tab',
    query: z.strictObject(filters),
    status: 200,
    answer: listTotals,
  },
  createDraft: { method: 'post', path: '/invoices', tag, access: 'invoices:write', summary: 'Begin a draft', body: draftBody, status: 201, answer: invoice },
  previewTotals: {
    method: 'post',
    path: '/invoices/preview-totals',
    tag,
    access: 'invoices:read',
    keyless: true,
    summary: 'Add up lines without saving them',
    body: previewTotalsBody,
    status: 200,
    answer: totals,
  },
  readInvoice: { method: 'get', path: at, tag, access: 'invoices:read', summary: 'One invoice', params: invoiceId, status: 200, answer: invoice },
  saveDraft: {
    method: 'patch',
    path: at,
    tag,
    access: 'invoices:write',
    ifMatch: true,
    summary: 'Change a draft',
    params: invoiceId,
    body: draftPatch,
    status: 200,
    answer: invoice,
  },
  discardDraft: { method: 'delete', path: at, tag, access: 'invoices:write', summary: 'Throw a draft away', params: invoiceId, status: 204, answer: null },
  previewInvoice: {
    method: 'get',
    path: `${at}/preview`,
    tag,
    access: 'invoices:read',
    summary: 'What the customer sees, marked Preview; presses nothing, leaves no trace',
    params: invoiceId,

    status: 200,
    answer: { contentType: 'text/html', description: 'The page, to be framed by the office.' },
  },
  issueInvoice: {
    method: 'post',
    path: `${at}/issue`,
    tag,
    access: 'invoices:write',
    summary: 'Give it its number and freeze it',
    params: invoiceId,
    body: issueBody,
    ifMatch: true,
    status: 200,
    answer: invoice,
  },
  showInvoice: {
    method: 'post',
    path: `${at}/show`,
    tag,
    access: 'invoices:write',
    summary: 'Show it in the portal without mailing it',
    params: invoiceId,
    status: 200,
    answer: invoice,
  },
  closeInvoice: {
    method: 'post',
    path: `${at}/close`,
    tag,
    access: 'payments:write',
    summary: 'Write off what is left; the customer reads "Closed" and can still pay it',
    params: invoiceId,
    body: reasonBody,
    status: 200,
    answer: invoice,
  },
  reopenInvoice: {
    method: 'post',
    path: `${at}/reopen`,
    tag,
    access: 'payments:write',
    summary: 'Take a written-off invoice up again',
    params: invoiceId,
    status: 200,
    answer: invoice,
  },
  voidInvoice: {
    method: 'post',
    path: `${at}/void`,
    tag,
    access: 'invoices:write',
    summary: 'Cancel it with a reason, while nothing was paid or is on its way',
    params: invoiceId,
    body: reasonBody,
    status: 200,
    answer: invoice,
  },
  replaceInvoice: {
    method: 'post',
    path: `${at}/replace`,
    tag,
    access: 'invoices:write',
    summary: 'Begin the draft that corrects and replaces it',
    params: invoiceId,
    body: reasonBody,
    status: 201,
    answer: invoice,
  },
  duplicateInvoice: {
    method: 'post',
    path: `${at}/duplicate`,
    tag,
    access: 'invoices:write',
    summary: 'Begin a draft with the same lines',
    params: invoiceId,
    status: 201,
    answer: invoice,
  },
  readPdf: {
    method: 'get',
    path: `${at}/pdf`,
    tag,
    access: 'invoices:read',
    summary: 'The PDF as it was stored at issue',
    params: invoiceId,
    status: 200,
    answer: { contentType: 'application/pdf', description: 'The same bytes, always.' },
  },
  invoiceTimeline: {
    method: 'get',
    path: `${at}/timeline`,
    tag,
    access: 'invoices:read',
    summary: 'What happened to it, newest first',
    params: invoiceId,
    query: z.strictObject(pageQuery),
    status: 200,
    answer: eventPage,
  },
  addAttachment: {
    method: 'post',
    path: `${at}/attachments`,
    tag,
    access: 'invoices:write',
    summary: 'Attach a photo or PDF to a draft',
    params: invoiceId,
    query: z.strictObject({ name: filledText(textLimits.fileName, 'drain.jpg') }),
    upload: { types: attachmentTypes, maxBytes: limits.attachmentBytes },
    status: 201,
    answer: attachment,
  },
  readAttachment: {
    method: 'get',
    path: `${at}/attachments/{fileId}`,
    tag,
    access: 'invoices:read',
    summary: 'Download an attachment',
    params: fileAt,
    status: 200,
    answer: { contentType: '*/*', description: 'The file, as a download.' },
  },
  removeAttachment: {
    method: 'delete',
    path: `${at}/attachments/{fileId}`,
    tag,
    access: 'invoices:write',
    summary: 'Take an attachment off a draft',
    params: fileAt,
    status: 204,
    answer: null,
  },
});
