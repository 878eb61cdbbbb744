import { z } from '@hono/zod-openapi';
import { mostInstallments } from '../../../core/installments.ts';
import { textLimits } from '../../../core/limits.ts';
import { earlyDiscount, lateFee } from './charge-rules.ts';
import { plannedInstallment } from './drafts.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { currency, day, idOf, minor, orNull, ratePpm, text, version } from './values.ts';

/** Late fees, discounts for paying early, and deposits. */

const rules = { lateFee: orNull(lateFee), earlyDiscount: orNull(earlyDiscount) };
export const chargeRules = z
  .strictObject({ version, ...rules, sendFees: z.boolean().openapi({ description: 'Late fees are sent by themselves; else they wait as drafts.' }) })
  .openapi('ChargeRules', { description: 'What the business usually agrees. Drafts take it over when they are written; null: nothing.' });

const off = z.literal('off');
const agreed = {
  lateFee: z.union([lateFee, off, z.null()]).openapi({ description: 'A rule of their own, `off`, or null: as usual.' }),
  earlyDiscount: z.union([earlyDiscount, off, z.null()]).openapi({ description: 'A rule of their own, `off`, or null: as usual.' }),
};
export const customerCharges = z.strictObject({ version, ...agreed }).openapi('CustomerCharges');

const asked = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('amount'), amountMinor: minor }),
    z.strictObject({ kind: z.literal('percent'), ratePpm, ofMinor: minor.openapi({ description: 'What the work is thought to come to.' }) }),
  ])
  .openapi('AskedDeposit');
const depositBody = z
  .strictObject({
    id: idOf('invoice').optional(),
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable().default(null),
    title: text(textLimits.title, 'New kitchen').default(''),
    description: text(textLimits.lineDescription).default(''),
    asked,
    dueOn: day.nullable().default(null),
  })
  .openapi('DepositBody');

const deposit = z
  .strictObject({
    id: idOf('invoice'),
    number: z.string(),
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable(),
    title: z.string(),
    currency,
    totalMinor: minor,
    paidMinor: minor,
    heldMinor: minor.openapi({ description: 'Paid and not used: what the next bill it fits takes off.' }),
    canceled: z.boolean(),
  })
  .openapi('Deposit');
export const refundMethod = z.enum(['check', 'cash', 'transfer', 'other']);
const use = z.strictObject({
  kind: z.enum(['applied', 'taken_off', 'credited', 'refunded']),
  invoice: orNull(z.strictObject({ id: idOf('invoice'), number: z.string() })),
  amountMinor: minor,
  usedOn: day,
  method: z.string(),
  by: z.string(),
});
const depositView = z.strictObject({ ...deposit.shape, uses: z.array(use) }).openapi('DepositView');

const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });
const customerId = z.strictObject({ customerId: idOf('customer') });
const tag = 'Charges';

export const chargeOperations = operations({
  readChargeRules: {
    method: 'get',
    path: '/charge-rules',
    tag,
    access: 'settings:read',
    summary: 'What is usual for paying late and early',
    status: 200,
    answer: chargeRules,
  },
  changeChargeRules: {
    method: 'patch',
    path: '/charge-rules',
    tag,
    access: 'settings:write',
    ifMatch: true,
    summary: 'Change it; issued invoices keep theirs',
    body: z
      .strictObject({ ...rules, sendFees: z.boolean() })
      .partial()
      .openapi('ChargeRulesPatch'),
    status: 200,
    answer: chargeRules,
  },
  readCustomerCharges: {
    method: 'get',
    path: '/customers/{customerId}/charges',
    tag,
    access: 'customers:read',
    summary: 'What one customer has agreed',
    params: customerId,
    status: 200,
    answer: customerCharges,
  },
  changeCustomerCharges: {
    method: 'patch',
    path: '/customers/{customerId}/charges',
    tag,
    access: 'customers:write',
    ifMatch: true,
    summary: 'Change what one customer has agreed',
    params: customerId,
    body: z.strictObject(agreed).partial().openapi('CustomerChargesPatch'),
    status: 200,
    answer: customerCharges,
  },
  stopLateFees: {
    method: 'post',
    path: '/invoices/{invoiceId}/late-fees/stop',
    tag,
    access: 'invoices:write',
    summary: 'Charge no more late fees on one invoice; fees that were charged stay',
    params: invoiceId,
    status: 200,
    answer: z.strictObject({ id: idOf('invoice') }).openapi('LateFeesStopped'),
  },
  planInstallments: {
    method: 'put',
    path: '/invoices/{invoiceId}/installments',
    tag,
    access: 'invoices:write',
    summary: 'Plan anew in what installments the rest of an issued invoice is paid',
    params: invoiceId,
    body: z
      .strictObject({
        installments: z
          .array(plannedInstallment)
          .min(1)
          .max(mostInstallments)
          .openapi({ description: 'Of what is left to pay, oldest first; they come to it. What was settled stays closed. One alone when others are closed.' }),
      })
      .openapi('PlanInstallments'),
    status: 200,
    answer: z.strictObject({ id: idOf('invoice'), installments: z.array(z.strictObject({ dueOn: day, amountMinor: minor })) }).openapi('InstallmentsPlanned'),
  },
  releaseRetainage: {
    method: 'post',
    path: '/invoices/{invoiceId}/release-retainage',
    tag,
    access: 'invoices:write',
    summary: 'Make what was held back of an invoice due on a day of its own, all of it or a part',
    params: invoiceId,
    body: z.strictObject({ amountMinor: minor.optional().openapi({ description: 'Absent: all that is held back.' }), dueOn: day }).openapi('ReleaseRetainage'),
    status: 200,
    answer: z.strictObject({ id: idOf('invoice') }).openapi('RetainageReleased'),
  },
  requestDeposit: {
    method: 'post',
    path: '/deposits',
    tag,
    access: 'invoices:write',
    summary: 'Write a request for a deposit: a draft to review and send',
    body: depositBody,
    status: 201,
    answer: z.strictObject({ id: idOf('invoice'), version, totalMinor: minor }).openapi('DepositDraft'),
  },
  listDeposits: {
    method: 'get',
    path: '/customers/{customerId}/deposits',
    tag,
    access: 'invoices:read',
    summary: 'Deposits asked of a customer',
    params: customerId,
    status: 200,
    answer: listOf('DepositList', deposit),
  },
  readDeposit: {
    method: 'get',
    path: '/deposits/{invoiceId}',
    tag,
    access: 'invoices:read',
    summary: 'One deposit, and what was done with it',
    params: invoiceId,
    status: 200,
    answer: depositView,
  },
  applyDeposit: {
    method: 'post',
    path: '/deposits/{invoiceId}/apply',
    tag,
    access: 'invoices:write',
    summary: 'Take what is held off an invoice; a rest becomes credit',
    params: invoiceId,
    body: z.strictObject({ toInvoiceId: idOf('invoice') }).openapi('ApplyDeposit'),
    status: 200,
    answer: depositView,
  },
  creditDeposit: {
    method: 'post',
    path: '/deposits/{invoiceId}/credit',
    tag,
    access: 'invoices:write',
    summary: 'Keep what is held as the customer’s credit',
    params: invoiceId,
    status: 200,
    answer: depositView,
  },
  refundDeposit: {
    method: 'post',
    path: '/deposits/{invoiceId}/refund',
    tag,
    access: 'fresh',
    summary: 'Record that money held was given back',
    params: invoiceId,
    body: z.strictObject({ amountMinor: minor, method: refundMethod, reference: text(textLimits.title).default(''), refundedOn: day }).openapi('RefundDeposit'),
    status: 200,
    answer: depositView,
  },
});
