import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { count, currency, day, filledText, idOf, instant, sumMinor } from './values.ts';

/** What goes for good: the personal data of a customer, and a whole business. */

const typedName = z
  .strictObject({ name: filledText(textLimits.name, 'Rosa Quill').openapi({ description: 'The name, typed as it is written, to confirm.' }) })
  .openapi('TypedName');

const erasure = z
  .strictObject({
    customerId: idOf('customer'),
    name: z.string(),
    state: z.enum(['none', 'finishing', 'done']).openapi({
      description:
        '`none`: nothing was asked for. `finishing`: gone from the office and portal, the history is being gone through. `done`: nothing is left to do.',
    }),
    blocked: z.array(z.enum(['owed', 'credit', 'moving', 'scheduled'])).openapi({
      description: 'What must be settled before: money owed, credit or a deposit kept, a payment under way, invoices that leave by themselves.',
    }),
    owedMinor: sumMinor,
    creditMinor: sumMinor.openapi({ description: 'Account credit and unused deposits.' }),
    goes: z.strictObject({ people: count, properties: count, drafts: count, messages: count, mails: count, files: count }),
    stays: z.strictObject({ invoices: count, people: count.openapi({ description: 'Contacts who belong to another customer too.' }) }),
    askedBy: z.string().nullable(),
    askedAt: instant.nullable(),
    doneAt: instant.nullable(),
  })
  .openapi('Erasure');

const closing = z
  .strictObject({
    closing: z
      .strictObject({
        askedBy: z.string(),
        askedAt: instant,
        endsAt: instant,
        endsOn: day.openapi({ description: 'That day, in the time zone of the business.' }),
      })
      .nullable(),
    name: z.string(),
    customers: count,
    invoices: count,
    owedMinor: sumMinor,
    currency,
    paymentsUnderWay: count,
  })
  .openapi('Closing');

const customerId = z.strictObject({ customerId: idOf('customer') });
export const erasingOperations = operations({
  readErasure: {
    method: 'get',
    path: '/customers/{customerId}/erasure',
    tag: 'Customers',
    access: 'session',
    summary: 'What erasing a customer’s personal data would do',
    params: customerId,
    status: 200,
    answer: erasure,
  },
  eraseCustomer: {
    method: 'post',
    path: '/customers/{customerId}/erasure',
    tag: 'Customers',
    access: 'fresh',
    summary: 'Erase a customer’s personal data for good',
    description: 'Issued invoices, payments and the books stay as they were, as the law asks. Owners and admins only; it cannot be undone.',
    params: customerId,
    body: typedName,
    status: 202,
    answer: erasure,
  },
  readClosing: {
    method: 'get',
    path: '/closing',
    tag: 'Settings',
    access: 'session',
    summary: 'Whether this business is closing',
    status: 200,
    answer: closing,
  },
  startClosing: {
    method: 'post',
    path: '/closing',
    tag: 'Settings',
    access: 'fresh',
    summary: 'Begin to close this business',
    description: 'It can be looked at and exported for thirty days, then everything of it is removed. Owners only.',
    body: typedName,
    status: 200,
    answer: closing,
  },
  stopClosing: {
    method: 'delete',
    path: '/closing',
    tag: 'Settings',
    access: 'fresh',
    whileClosing: true,
    summary: 'Keep this business: everything works again at once',
    status: 200,
    answer: closing,
  },
});
