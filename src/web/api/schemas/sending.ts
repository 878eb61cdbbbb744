import { z } from '@hono/zod-openapi';
import { limits } from '../../../core/limits.ts';
import { invoice } from './invoice.ts';
import { mailState } from './mails.ts';
import { operations } from './operation.ts';
import { idOf, instant, language, text } from './values.ts';

/** Mailing an invoice: to whom, how it will look, and off. */

const note = text(1000).openapi({ description: 'A few words above the invoice, in this mail only.' });
export const sendBody = z
  .strictObject({
    personIds: z.array(idOf('person')).min(1).max(limits.recipientsPerSend),
    note: note.default(''),
  })
  .openapi('SendInvoice', { description: 'A draft is issued first. Everyone gets a mail of their own with a link of their own.' });
export const sendResult = z
  .strictObject({
    invoice,
    mails: z.array(z.strictObject({ mailId: idOf('mail'), personId: idOf('person'), name: z.string(), to: z.string(), state: mailState })),
  })
  .openapi('SendResult');
export const mailPreviewQuery = z.strictObject({ personId: idOf('person').optional(), note: note.optional() });
export const mailPreview = z
  .strictObject({ from: z.string(), replyTo: z.string(), to: z.string(), subject: z.string(), text: z.string(), language })
  .openapi('MailPreview');
export const recipients = z
  .strictObject({
    items: z.array(
      z.strictObject({
        personId: idOf('person'),
        name: z.string(),
        email: z.string(),
        phone: z.string(),
        language,
        bills: z.boolean(),
        bounced: z.boolean(),
        seesAll: z.boolean().openapi({ description: 'false: sees some properties, so only those parts of a spanning invoice.' }),
        canPay: z.boolean(),
        lastSentAt: instant.nullable(),
      }),
    ),
  })
  .openapi('Recipients');

const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });

const tag = 'Invoices';
const at = '/invoices/{invoiceId}' as const;
export const sendingOperations = operations({
  listRecipients: {
    method: 'get',
    path: `${at}/recipients`,
    tag,
    access: 'invoices:read',
    summary: 'Who it may be sent to',
    params: invoiceId,
    status: 200,
    answer: recipients,
  },
  previewMail: {
    method: 'get',
    path: `${at}/mail-preview`,
    tag,
    access: 'invoices:read',
    summary: 'The mail as it would leave: who from, to, and its subject',
    params: invoiceId,
    query: mailPreviewQuery,
    status: 200,
    answer: mailPreview,
  },
  previewMailBody: {
    method: 'get',
    path: `${at}/mail-preview/html`,
    tag,
    access: 'invoices:read',
    summary: 'The body of that mail',
    params: invoiceId,
    query: mailPreviewQuery,
    status: 200,
    answer: { contentType: 'text/html', description: 'The mail, to be framed by the office; its button opens nothing.' },
  },
  sendInvoice: {
    method: 'post',
    path: `${at}/send`,
    tag,
    access: 'invoices:write',
    summary: 'Send it, or send it again; a draft is issued first',
    params: invoiceId,
    body: sendBody,
    status: 200,
    answer: sendResult,
  },
  sendTest: {
    method: 'post',
    path: `${at}/send-test`,
    tag,
    access: 'session',
    summary: 'Mail a marked test of it to yourself',
    params: invoiceId,
    body: z.strictObject({ note: note.default('') }).openapi('SendTest'),
    status: 200,
    answer: z.strictObject({ to: z.string() }).openapi('TestSent'),
  },
});
