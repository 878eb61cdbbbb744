import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { paymentMethod, paymentState } from './invoice.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { dispute, refund } from './refunds.ts';
import { currency, day, filledText, idOf, instant, minor, paymentMinor, queryInteger, signedMinor, sumMinor, text } from './values.ts';

/** Money that came, is coming, or went back. */

const share = z.strictObject({ invoiceId: idOf('invoice'), amountMinor: paymentMinor });
const shareShown = z.strictObject({
  invoiceId: idOf('invoice'),
  number: z.string(),
  amountMinor: minor,
  balanceMinor: minor.openapi({ description: 'What is left on the invoice now.' }),
});

export const payment = z
  .strictObject({
    id: idOf('payment'),
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    method: paymentMethod,
    methodLabel: z.string(),
    state: paymentState,
    amountMinor: minor.openapi({ description: 'What it brings for invoices and credit; a tip is beside it.' }),
    currency,
    startedOn: day.openapi({ description: 'Judges whether it was on time.' }),
    receivedOn: day.nullable(),
    clearedOn: day.nullable(),
    reference: z.string(),
    note: z.string(),
    receiptNumber: z.string().nullable(),
    keptAsCreditMinor: minor,
    reason: z.string(),
    online: z.boolean().openapi({ description: 'Made by the customer in the portal.' }),
    autopay: z.boolean().openapi({ description: 'Charged by itself, as its payer agreed.' }),
    imported: z.boolean(),
    createdAt: instant,
    recordedBy: z.string(),
    canReverse: z.boolean(),
    refundedMinor: minor.openapi({ description: 'Given back so far, arrived or not.' }),
    refundWaitingMinor: minor.openapi({ description: 'Asked for and waiting for a second person.' }),
    disputedMinor: minor.openapi({ description: 'Taken by a chargeback that is open or lost.' }),
    feeMinor: signedMinor.nullable().openapi({ description: 'What the processor kept of it; null: not told yet, or there is none.' }),
    netMinor: signedMinor.nullable().openapi({ description: 'What was charged less the fee, before refunds.' }),
    payoutId: idOf('payout').nullable().openapi({ description: 'The transfer to the bank it was part of.' }),
    refundableMinor: minor,
    tipMinor: minor.openapi({ description: 'Given beside the amount; never part of an invoice, a balance or credit.' }),
    chargedMinor: minor.openapi({ description: 'In one sum: the amount, its tip and card fee, less its saving.' }),
    refundedInAllMinor: minor.openapi({ description: 'What went back so far: of the amount, its tip and card fee, less the saving.' }),
    cardFeeMinor: minor.openapi({ description: 'Added because it was paid by card; never part of an invoice, a balance or credit.' }),
    savingMinor: minor.openapi({ description: 'Taken off because it was paid from a bank account; the invoices are paid in full.' }),
    refundableInAllMinor: minor.openapi({
      description: 'What goes back when all that is refundable does, with its card fee and less its saving; a tip is beside it.',
    }),
    refundableTipMinor: minor.openapi({ description: 'What of the tip could still go back.' }),
    canRefundOnline: z.boolean().openapi({ description: 'To the card or account it came from, through the processor.' }),
    refunds: z.array(refund),
    disputes: z.array(dispute),
    shares: z.array(shareShown),
  })
  .openapi('Payment');

export const paymentBody = z
  .strictObject({
    id: idOf('payment').optional(),
    customerId: idOf('customer'),
    method: paymentMethod.extract(['check', 'cash', 'transfer', 'other']),
    amountMinor: paymentMinor,
    receivedOn: day,
    reference: text(textLimits.title, 'Check 2041').default(''),
    note: text(textLimits.message).default(''),
    shares: z.array(share).max(200).openapi({ description: 'What it pays. What is left over stays as credit only with keepRestAsCredit.' }),
    keepRestAsCredit: z.boolean().default(false),
    announcementId: z.uuid().nullable().default(null).openapi({ description: 'The announcement this money answers; it ends.' }),
  })
  .openapi('PaymentBody');

export const spreadBody = z
  .strictObject({
    customerId: idOf('customer'),
    amountMinor: paymentMinor,
    invoiceIds: z.array(idOf('invoice')).max(200).optional().openapi({ description: 'Only on these, in this order; absent: oldest due first.' }),
  })
  .openapi('SpreadPayment');
export const spread = z
  .strictObject({
    currency,
    shares: z
      .array(
        z.strictObject({
          invoiceId: idOf('invoice'),
          number: z.string(),
          dueOn: day.nullable(),
          balanceMinor: minor,
          payableMinor: minor,
          amountMinor: minor,
          leftMinor: minor,
        }),
      )
      .openapi({ description: 'Every open invoice of the customer, also those that get nothing.' }),
    restMinor: sumMinor.openapi({ description: 'More than is owed: kept as credit if wished.' }),
  })
  .openapi('Spread');

export const announcement = z
  .strictObject({
    id: z.uuid(),
    invoiceId: idOf('invoice'),
    invoiceNumber: z.string(),
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }),
    personName: z.string(),
    method: paymentMethod,
    alreadyPaid: z.boolean(),
    amountMinor: minor,
    currency,
    expectedOn: day,
    endsOn: day,
    note: z.string(),
    createdAt: instant,
  })
  .openapi('Announcement');

export const paymentTab = z
  .enum(['all', 'processing', 'returned', 'cleared', 'credit'])
  .openapi({ description: '`credit`: kept as credit in whole or in part, of customers who have credit left.' });
const paymentsChoice = {
  tab: paymentTab.optional(),
  state: paymentState.optional().openapi({ description: 'Just this state, also one of attempts that came to nothing.' }),
  q: text(limits.searchQuery).optional().openapi({ description: 'Customer, receipt, reference, invoice number, amount.' }),
  customerId: idOf('customer').optional(),
  invoiceId: idOf('invoice').optional(),
  method: paymentMethod.optional(),
  minMinor: queryInteger(0, Number(limits.paymentMaxMinor)).optional().openapi({ description: 'Amounts from here on, in minor units.' }),
  maxMinor: queryInteger(0, Number(limits.paymentMaxMinor)).optional(),
  from: day.optional().openapi({ description: 'The first day on which the money came, or was begun.' }),
  to: day.optional(),
};
const paymentId = z.strictObject({ paymentId: idOf('payment') });
const announcementId = z.strictObject({ announcementId: z.uuid() });

const tag = 'Payments';
export const paymentOperations = operations({
  listPayments: {
    method: 'get',
    path: '/payments',
    tag,
    access: 'payments:read',
    summary: 'Payments, newest first',
    query: z.strictObject({ ...paymentsChoice, ...pageQuery }),
    status: 200,
    answer: pageOf('PaymentPage', payment),
  },
  downloadPayments: {
    method: 'get',
    path: '/payments/csv',
    tag,
    access: 'fresh',
    summary: 'The same payments as a CSV file',
    description: 'Amounts are plain decimals with `currency` beside. Each download stands in the events.',
    query: z.strictObject(paymentsChoice),
    status: 200,
    answer: { contentType: 'text/csv', description: 'One row for each payment, newest first.' },
  },
  recordPayment: {
    method: 'post',
    path: '/payments',
    tag,
    access: 'payments:write',
    summary: 'Record a check, cash or transfer over one or more invoices',
    body: paymentBody,
    status: 201,
    answer: payment,
  },
  spreadPayment: {
    method: 'post',
    path: '/payments/spread',
    tag,
    access: 'payments:read',
    keyless: true,
    summary: 'How an amount would be spread over open invoices',
    body: spreadBody,
    status: 200,
    answer: spread,
  },
  readPayment: {
    method: 'get',
    path: '/payments/{paymentId}',
    tag,
    access: 'payments:read',
    summary: 'One payment',
    params: paymentId,
    status: 200,
    answer: payment,
  },
  movePayment: {
    method: 'post',
    path: '/payments/{paymentId}/move',
    tag,
    access: 'payments:write',
    summary: 'Put its money on other invoices, or its credit on what is owed',
    params: paymentId,
    body: z
      .strictObject({
        shares: z.array(share).max(200).nullable().openapi({
          description: 'All it is to pay from now on; the rest is credit. null: it stays, and its credit goes on what is owed, oldest due first.',
        }),
      })
      .openapi('MovePayment'),
    status: 200,
    answer: payment,
  },
  reversePayment: {
    method: 'post',
    path: '/payments/{paymentId}/reverse',
    tag,
    access: 'payments:write',
    summary: 'Take back a recorded payment; the invoices are owed again',
    params: paymentId,
    body: z.strictObject({ reason: filledText(textLimits.reason, 'Check came back') }).openapi('ReversePayment'),
    status: 200,
    answer: payment,
  },
  listAnnouncements: {
    method: 'get',
    path: '/announcements',
    tag,
    access: 'payments:read',
    summary: 'Payments customers told us are coming, to be matched',
    query: z.strictObject({ customerId: idOf('customer').optional(), ...pageQuery }),
    status: 200,
    answer: pageOf('AnnouncementPage', announcement),
  },
  endAnnouncement: {
    method: 'post',
    path: '/announcements/{announcementId}/end',
    tag,
    access: 'payments:write',
    summary: 'Stop expecting it',
    params: announcementId,
    status: 204,
    answer: null,
  },
});
