import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { currency, day, filledText, idOf, instant, minor, version } from './values.ts';

/** Bills that are paid by themselves: how the business lets that happen, and what its customers agreed to. */

const noticeDays = z.int().min(1).max(14).openapi({ description: 'Days before a payment on which its payer is told.', example: 3 });
const rules = z
  .strictObject({ version, allowed: z.boolean().openapi({ description: 'Customers may turn autopay on. Off: nothing is charged or planned.' }), noticeDays })
  .openapi('AutopayRules');

const charge = z.strictObject({
  id: idOf('charge'),
  invoiceId: idOf('invoice'),
  invoiceNumber: z.string(),
  state: z.enum(['planned', 'charging', 'charged', 'failed', 'skipped', 'paid_by_hand', 'above_cap', 'nothing_due', 'stopped']),
  plannedOn: day,
  nextOn: day.openapi({ description: 'The next try; the planned day until one failed.' }),
  amountMinor: minor,
  currency,
  tries: z.int().min(0),
  failure: z.string(),
  paymentId: idOf('payment').nullable(),
});
const mandate = z
  .strictObject({
    id: idOf('mandate'),
    version,
    propertyId: idOf('property').nullable().openapi({ description: 'null: all bills of the customer.' }),
    propertyName: z.string(),
    personId: idOf('person'),
    personName: z.string(),
    methodLabel: z.string().openapi({ example: 'Visa •••• 4242' }),
    capMinor: minor.openapi({ description: 'Never more than this for one bill.' }),
    currency,
    noticeDays,
    wording: z.string().openapi({ description: 'What was agreed to, word for word.' }),
    language: z.string(),
    givenAt: instant,
    endedAt: instant.nullable(),
    endedReason: z.enum(['by_person', 'by_office', 'replaced', 'right_ended', 'method_removed', 'not_offered', 'not_allowed', 'failed']).nullable(),
    endedBy: z.string(),
    endedNote: z.string(),
    charges: z.array(charge),
  })
  .openapi('AutopayAgreement');

const tag = 'Autopay';

export const autopayOperations = operations({
  readAutopayRules: {
    method: 'get',
    path: '/autopay-rules',
    tag,
    access: 'settings:read',
    summary: 'Whether customers may let bills be paid by themselves',
    status: 200,
    answer: rules,
  },
  changeAutopayRules: {
    method: 'patch',
    path: '/autopay-rules',
    tag,
    access: 'settings:write',
    ifMatch: true,
    summary: 'Change it; what customers agreed to stays as it is',
    body: z.strictObject({ allowed: z.boolean(), noticeDays }).partial().openapi('AutopayRulesPatch'),
    status: 200,
    answer: rules,
  },
  listAutopay: {
    method: 'get',
    path: '/customers/{customerId}/autopay',
    tag,
    access: 'payments:read',
    summary: 'What the people of a customer agreed to, what comes next and what was',
    params: z.strictObject({ customerId: idOf('customer') }),
    status: 200,
    answer: listOf('AutopayList', mandate),
  },
  stopAutopay: {
    method: 'post',
    path: '/autopay/{mandateId}/stop',
    tag,
    access: 'payments:write',
    summary: 'Stop one; only its person can turn it on again',
    params: z.strictObject({ mandateId: idOf('mandate') }),
    body: z.strictObject({ reason: filledText(textLimits.reason, 'Asked on the phone') }).openapi('StopAutopay'),
    status: 200,
    answer: z.strictObject({ id: idOf('mandate') }).openapi('AutopayStopped'),
  },
});
