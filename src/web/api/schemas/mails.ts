import { z } from '@hono/zod-openapi';
import { limits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { idOf, instant, text } from './values.ts';

/** Mail that left, or is kept in the outbox where no mail server is set. */

export const mailState = z.enum(['queued', 'sent', 'kept', 'bounced', 'failed']);
const fields = {
  id: idOf('mail'),
  kind: z.string().openapi({ example: 'invoice_sent' }),
  state: mailState,
  reason: z.string(),
  to: z.string(),
  toName: z.string(),
  subject: z.string(),
  customerId: idOf('customer').nullable(),
  invoiceId: idOf('invoice').nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
};
export const mailRow = z.strictObject(fields).openapi('MailRow');
export const mail = z
  .strictObject({
    ...fields,
    from: z.string(),
    replyTo: z.string(),
    text: z.string().nullable().openapi({ description: 'Only where mail is kept on screen: it may hold links that open things.' }),
  })
  .openapi('Mail');

const tag = 'Mails';
const mailsQuery = z.strictObject({
  q: text(limits.searchQuery).optional(),
  invoiceId: idOf('invoice').optional(),
  customerId: idOf('customer').optional(),
  state: mailState.optional(),
  ...pageQuery,
});
export const mailOperations = operations({
  listMails: {
    method: 'get',
    path: '/mails',
    tag,
    access: 'session',
    summary: 'Mail to customers, newest first',
    query: mailsQuery,
    status: 200,
    answer: pageOf('MailPage', mailRow),
  },
  readMail: {
    method: 'get',
    path: '/mails/{mailId}',
    tag,
    access: 'session',
    summary: 'One mail; its content only where mail is kept on screen',
    params: z.strictObject({ mailId: idOf('mail') }),
    status: 200,
    answer: mail,
  },
  readMailBody: {
    method: 'get',
    path: '/mails/{mailId}/html',
    tag,
    access: 'session',
    summary: 'The body of a mail kept on screen',
    params: z.strictObject({ mailId: idOf('mail') }),
    status: 200,
    answer: { contentType: 'text/html', description: 'The mail, to be framed by the office; its links open in a new window.' },
  },
});
