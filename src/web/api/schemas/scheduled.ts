import { z } from '@hono/zod-openapi';
import { limits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { currency, day, idOf, instant, minor, text } from './values.ts';

/** Drafts that leave by themselves. Each gets its number when it does. */

const hour = z.int().min(0).max(23).openapi({ description: 'Full hour on the wall of the business.', example: 8 });
const note = text(1000).openapi({ description: 'A few words above the invoice, in this mail only.' });
export const scheduled = z
  .strictObject({
    invoiceId: idOf('invoice'),
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    totalMinor: minor,
    currency,
    sendOn: day,
    sendHour: hour,
    sendAt: instant,
    personIds: z.array(idOf('person')),
    note: z.string(),
    scheduledBy: z.string(),
    failure: z
      .strictObject({ at: instant, code: z.string(), detail: z.string() })
      .nullable()
      .openapi({ description: 'Why it could not leave. No number was used.' }),
  })
  .openapi('ScheduledInvoice');
const body = z
  .strictObject({ sendOn: day, sendHour: hour, personIds: z.array(idOf('person')).min(1).max(limits.recipientsPerSend), note: note.default('') })
  .openapi('ScheduleInvoice');

const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });
const tag = 'Invoices';
const at = '/invoices/{invoiceId}/schedule' as const;
export const scheduledOperations = operations({
  listScheduled: {
    ...{ method: 'get', path: '/scheduled-invoices', tag, access: 'invoices:read', summary: 'Invoices that wait to leave, the next one first' },
    ...{ status: 200, answer: listOf('ScheduledInvoiceList', scheduled) },
  },
  readSchedule: {
    method: 'get',
    path: at,
    tag,
    access: 'invoices:read',
    summary: 'When a draft leaves by itself',
    params: invoiceId,
    status: 200,
    answer: scheduled,
  },
  scheduleInvoice: {
    ...{ method: 'put', path: at, tag, access: 'invoices:write', summary: 'Send a draft on a day and hour; it gets its number then' },
    ...{ params: invoiceId, body, status: 200, answer: scheduled },
  },
  unscheduleInvoice: {
    ...{ method: 'delete', path: at, tag, access: 'invoices:write', summary: 'Do not send it by itself; it stays a draft', params: invoiceId },
    ...{ status: 204, answer: null },
  },
});
