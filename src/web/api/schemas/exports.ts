import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { day, filledText, idOf, instant, version } from './values.ts';

/** What leaves in bulk: files made by a task, kept for seven days, each download allowed and written down anew. */

export const exportKind = z
  .enum([
    ...(['customers', 'people', 'properties', 'invoices', 'invoice_lines', 'payments', 'payment_shares', 'credits', 'events', 'price_book'] as const),
    ...(['journal_quickbooks', 'journal_xero', 'archive', 'subject'] as const),
  ])
  .openapi({
    description:
      'CSV but for `archive` (everything of the business, which an empty install takes in) and `subject` (everything about one customer), which are ZIP. ' +
      'Amounts are plain decimals with `currency` beside. `credits` are the moves of account credit; the journals are double entries of the books.',
  });
const exported = z
  .strictObject({
    id: idOf('export'),
    kind: exportKind,
    from: day.nullable(),
    to: day.nullable(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'ended']).openapi({ description: '`ended`: it was kept for seven days.' }),
    rowsDone: z.int().min(0),
    rowsTotal: z.int().min(0).nullable(),
    fileName: z.string(),
    bytes: z.int().min(0).nullable(),
    askedBy: z.string(),
    askedAt: instant,
    finishedAt: instant.nullable(),
    endsAt: instant.nullable(),
  })
  .openapi('Export');
const exportOrder = z
  .strictObject({
    kind: exportKind,
    from: day.optional().openapi({ description: 'First day, for what happened on days: invoices, payments, credits, events, journals.' }),
    to: day.optional(),
    customerId: idOf('customer').optional().openapi({ description: 'For `subject`.' }),
  })
  .openapi('ExportOrder');

const journalAccount = z.strictObject({
  account: z.string().max(40).openapi({ description: 'An account of the ledger.', example: 'revenue' }),
  label: z.string(),
  quickbooks: filledText(textLimits.name, 'Services').openapi({ description: 'The account’s name in QuickBooks Online.' }),
  xero: filledText(textLimits.name, '200').openapi({ description: 'The account’s code in Xero.' }),
});
const journalSettings = z
  .strictObject({ version, accounts: z.array(journalAccount), xeroTaxRate: z.string().openapi({ description: 'The full name of the tax rate in Xero.' }) })
  .openapi('JournalSettings');
const journalChanges = z
  .strictObject({ accounts: z.array(journalAccount.omit({ label: true })).max(40), xeroTaxRate: filledText(textLimits.name, 'Tax Exempt') })
  .openapi('JournalChanges');

const exportId = z.strictObject({ exportId: idOf('export') });
const tag = 'Exports';
export const exportOperations = operations({
  listExports: {
    method: 'get',
    path: '/exports',
    tag,
    access: 'session',
    summary: 'Files asked for, newest first',
    query: z.strictObject(pageQuery),
    status: 200,
    answer: pageOf('ExportPage', exported),
  },
  startExport: {
    method: 'post',
    path: '/exports',
    tag,
    access: 'fresh',
    whileClosing: true,
    summary: 'Ask for a file',
    description: 'It is made in the background: read it again until its state is `done`.',
    body: exportOrder,
    status: 202,
    answer: exported,
  },
  readExport: {
    method: 'get',
    path: '/exports/{exportId}',
    tag,
    access: 'session',
    summary: 'How far a file is',
    params: exportId,
    status: 200,
    answer: exported,
  },
  downloadExport: {
    method: 'get',
    path: '/exports/{exportId}/file',
    tag,
    access: 'fresh',
    summary: 'Download a file that was made',
    description: 'Each download is allowed anew and stands in the events.',
    params: exportId,
    status: 200,
    answer: { contentType: '*/*', description: 'The file: CSV or ZIP.' },
  },
  readJournalSettings: {
    method: 'get',
    path: '/settings/journal',
    tag,
    access: 'settings:read',
    summary: 'What the accounts are called in QuickBooks and Xero',
    status: 200,
    answer: journalSettings,
  },
  saveJournalSettings: {
    method: 'put',
    path: '/settings/journal',
    tag,
    access: 'settings:write',
    ifMatch: true,
    summary: 'Name the accounts as in your books',
    body: journalChanges,
    status: 200,
    answer: journalSettings,
  },
});
