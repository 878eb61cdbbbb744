import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { count, currency, day, filledText, idOf, instant, language, minor, orNull, queryInteger, text, version } from './values.ts';

/** Reminders of unpaid invoices: the rules, who gets what on which day, and what is chosen for one customer, person or invoice. */

const tone = z.enum(['friendly', 'plain', 'firm']);
const subject = text(200, 'A reminder from {business}: {amount}').openapi({ description: 'May name {name} {business} {invoices} {amount} {due} {days}.' });
const wording = z.strictObject({
  subject,
  text: text(2_000).openapi({ description: 'The same placeholders. Empty lines part paragraphs. Empty: our own words.' }),
});
const stepId = z
  .string()
  .regex(/^[a-z0-9-]{1,30}$/)
  .openapi({ example: 'after-7', description: 'Kept when a step is changed: a step is sent once for each invoice.' });
const offsetDays = z.int().min(-60).max(180).openapi({ description: 'Days after the due day; below zero before it.', example: 7 });
const step = z
  .strictObject({ id: stepId, offsetDays, tone, texts: z.strictObject({ en: wording.optional(), es: wording.optional(), fr: wording.optional() }) })
  .openapi('ReminderStep');
const ruleFields = {
  active: z.boolean(),
  sendHour: z.int().min(0).max(23).openapi({ description: 'Hour on the wall of the business, the same all year.', example: 9 }),
  weekdaysOnly: z.boolean(),
  mostPerInvoice: z.int().min(1).max(20),
  steps: z.array(step).min(1).max(10),
};
export const reminderRules = z
  .strictObject({ version, ...ruleFields, since: day.nullable().openapi({ description: 'Steps of earlier days are left alone.' }), history: z.boolean() })
  .openapi('ReminderRules');
const lateToo = z
  .boolean()
  .openapi({ description: 'When switched on: invoices that are late already are reminded too. Else what lies before today is left alone.' });
export const reminderRulesPatch = z
  .strictObject({ ...ruleFields, lateToo })
  .partial()
  .openapi('ReminderRulesPatch');

const reach = z.strictObject({ invoices: count, customers: count, lateInvoices: count, lateCustomers: count });
export const reminderReach = z
  .strictObject({
    own: reach.openapi({ description: 'Open invoices reminders are about.' }),
    history: reach.openapi({ description: 'Open ones left out, because they or their customers were imported or switched off.' }),
    customersOff: count,
  })
  .openapi('ReminderReach');

const reason = z.enum([
  ...(['off', 'customer_off', 'history', 'invoice_off', 'paused', 'checking', 'nothing_due', 'question', 'answered', 'returned'] as const),
  ...(['payment_just_now', 'question_just_now', 'reminder_just_now', 'most', 'no_recipients'] as const),
]);
const receiver = z.strictObject({ personId: idOf('person'), name: z.string(), email: z.string(), language: z.string() });
const plannedMail = z.strictObject({
  customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
  invoices: z.array(z.strictObject({ invoiceId: idOf('invoice'), number: z.string(), stepId: z.string(), amountMinor: minor, currency, dueOn: day })),
  receivers: z.array(receiver),
  leftOut: z.array(z.strictObject({ personId: idOf('person'), name: z.string(), why: z.enum(['stopped', 'bounced']) })),
  reason: reason.nullable().openapi({ description: 'Why nothing leaves; null: it does.' }),
});
export const reminderPlan = z
  .strictObject({
    sendHour: ruleFields.sendHour,
    complete: z.boolean().openapi({ description: 'false: more than a thousand invoices are open, and only the longest due are planned here.' }),
    days: z.array(z.strictObject({ day, mails: z.array(plannedMail) })),
  })
  .openapi('ReminderPlan');

const past = z.strictObject({ stepId: z.string(), outcome: z.enum(['queued', 'sent', 'dropped', 'skipped']), reason: z.string(), at: instant, by: z.string() });
export const invoiceReminders = z
  .strictObject({
    off: z.boolean(),
    pausedUntil: day.nullable(),
    next: orNull(z.strictObject({ day, stepId: z.string(), reason: reason.nullable(), receivers: z.array(receiver) })),
    past: z.array(past),
  })
  .openapi('InvoiceReminders');
export const customerReminders = z
  .strictObject({
    on: z.boolean(),
    history: z.boolean(),
    reach: reminderReach,
    stopped: z.array(z.strictObject({ personId: idOf('person'), name: z.string(), since: instant })),
  })
  .openapi('CustomerReminders');
export const reminderPreview = z
  .strictObject({ from: z.string(), replyTo: z.string(), to: z.string(), subject: z.string(), text: z.string(), language })
  .openapi('ReminderPreview');

const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });
const customerId = z.strictObject({ customerId: idOf('customer') });
const previewQuery = z.strictObject({
  invoiceIds: filledText(2_000).openapi({ description: 'Ids of invoices of one customer, with commas between.' }),
  stepId: stepId.optional(),
  personId: idOf('person').optional(),
});
const wordingQuery = z.strictObject({ offsetDays: queryInteger(-60, 180), tone, language, subject: subject.optional(), text: text(2_000).optional() });
const html = { contentType: 'text/html', description: 'The mail, to be framed by the office; nothing in it opens anything.' } as const;
const tag = 'Reminders';
const at = '/invoices/{invoiceId}/reminders' as const;

export const reminderOperations = operations({
  readReminderRules: { method: 'get', path: '/reminders/rules', tag, access: 'settings:read', summary: 'The rules', status: 200, answer: reminderRules },
  changeReminderRules: {
    ...{ method: 'patch', path: '/reminders/rules', tag, access: 'settings:write', ifMatch: true, summary: 'Change the rules, or switch reminders on or off' },
    ...{ body: reminderRulesPatch, status: 200, answer: reminderRules },
  },
  readReminderReach: {
    ...{ method: 'get', path: '/reminders/reach', tag, access: 'customers:read', summary: 'How many invoices and customers reminders are about' },
    ...{ status: 200, answer: reminderReach },
  },
  remindHistory: {
    ...{ method: 'post', path: '/reminders/history', tag, access: 'settings:write', summary: 'Remind imported customers and of imported invoices too' },
    ...{ body: z.strictObject({ lateToo }).openapi('RemindHistory'), status: 200, answer: z.strictObject({ customers: count }).openapi('HistoryReminded') },
  },
  planReminders: {
    ...{ method: 'get', path: '/reminders/plan', tag, access: 'invoices:read', summary: 'Who gets what on which day, if nothing happens until then' },
    ...{ query: z.strictObject({ days: queryInteger(1, 60).optional(), customerId: idOf('customer').optional() }), status: 200, answer: reminderPlan },
  },
  previewReminder: {
    ...{ method: 'get', path: '/reminders/preview', tag, access: 'invoices:read', summary: 'A reminder as it would leave now' },
    ...{ query: previewQuery, status: 200, answer: reminderPreview },
  },
  previewReminderBody: {
    ...{ method: 'get', path: '/reminders/preview/html', tag, access: 'invoices:read', summary: 'The body of that mail' },
    ...{ query: previewQuery, status: 200, answer: html },
  },
  previewReminderWording: {
    ...{
      method: 'get',
      path: '/reminders/wording/html',
      tag,
      access: 'settings:read',
      summary: 'A step with words that are not saved yet, of a sample invoice',
    },
    ...{ query: wordingQuery, status: 200, answer: html },
  },
  readInvoiceReminders: {
    ...{ method: 'get', path: at, tag, access: 'invoices:read', summary: 'The next reminder of an invoice, and those before', params: invoiceId },
    ...{ status: 200, answer: invoiceReminders },
  },
  chooseInvoiceReminders: {
    ...{ method: 'put', path: at, tag, access: 'invoices:write', summary: 'Switch reminders of an invoice off, or pause them until a day', params: invoiceId },
    ...{ body: z.strictObject({ off: z.boolean(), pausedUntil: day.nullable() }).openapi('InvoiceReminderChoice'), status: 200, answer: invoiceReminders },
  },
  sendReminder: {
    ...{ method: 'post', path: at, tag, access: 'invoices:write', summary: 'Remind of it now', params: invoiceId },
    ...{ status: 200, answer: z.strictObject({ mails: count }).openapi('ReminderSent') },
  },
  skipReminder: {
    ...{ method: 'post', path: `${at}/skip`, tag, access: 'invoices:write', summary: 'Leave the next reminder of it out', params: invoiceId },
    ...{ status: 200, answer: invoiceReminders },
  },
  readCustomerReminders: {
    ...{ method: 'get', path: '/customers/{customerId}/reminders', tag, access: 'customers:read', summary: 'Reminders of one customer', params: customerId },
    ...{ status: 200, answer: customerReminders },
  },
  chooseCustomerReminders: {
    ...{ method: 'put', path: '/customers/{customerId}/reminders', tag, access: 'customers:write', summary: 'Switch reminders of a customer on or off' },
    ...{ params: customerId, body: z.strictObject({ on: z.boolean(), lateToo: lateToo.default(false) }).openapi('CustomerReminderChoice') },
    ...{ status: 200, answer: customerReminders },
  },
  setPersonStop: {
    ...{ method: 'put', path: '/people/{personId}/stops', tag, access: 'customers:write', summary: 'End or resume reminders to one person, as they asked' },
    ...{ params: z.strictObject({ personId: idOf('person') }), body: z.strictObject({ reminders: z.boolean() }).openapi('PersonStops') },
    ...{ status: 204, answer: null },
  },
});
