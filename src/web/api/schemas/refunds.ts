import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { day, filledText, idOf, instant, minor, orNull, paymentMinor, text } from './values.ts';

/** Money that goes back to whoever paid. */

export const refundMethod = z.enum(['original', 'check', 'cash', 'transfer', 'other']);
export const refund = z
  .strictObject({
    id: idOf('refund'),
    amountMinor: minor,
    tipMinor: minor.openapi({ description: 'Given back of the tip, beside the amount.' }),
    cardFeeMinor: minor.openapi({ description: 'Given back of the card fee, in proportion to the amount.' }),
    savingMinor: minor.openapi({ description: 'Kept of what paying from a bank account saved, in proportion to the amount.' }),
    backMinor: minor.openapi({ description: 'What whoever paid gets: the amount, tip and card fee, less the saving.' }),
    method: refundMethod.openapi({ description: '`original`: through the processor, to the card or account it came from.' }),
    state: z.enum(['waiting_second', 'requested', 'unknown', 'pending', 'succeeded', 'failed', 'declined']),
    origin: z.enum(['office', 'processor', 'automatic']).openapi({ description: '`processor`: made in the processor’s own dashboard.' }),
    reason: z.string(),
    failure: z.string(),
    reference: z.string(),
    givenOn: day.nullable(),
    askedBy: idOf('staff').nullable(),
    askedByName: z.string(),
    askedAt: instant,
    decidedByName: z.string(),
  })
  .openapi('Refund');

export const dispute = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(['open', 'won', 'lost']),
    amountMinor: minor,
    feeMinor: minor.openapi({ description: 'What the processor keeps for it.' }),
    reason: z.string(),
    answerBy: instant.nullable().openapi({ description: 'Until when the processor takes evidence.' }),
    openedAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('Dispute', { description: 'A chargeback: the payer’s bank asked for the money back.' });

const source = z.strictObject({ invoiceId: idOf('invoice'), amountMinor: paymentMinor });
export const refundBody = z
  .strictObject({
    id: idOf('refund').optional(),
    amountMinor: minor.max(Number(limits.paymentMaxMinor)).openapi({ description: 'Off invoices and credit; 0 gives back of the tip alone.' }),
    tipMinor: minor.max(Number(limits.paymentMaxMinor)).default(0).openapi({ description: 'Of the tip, beside the amount: a tip stays unless it is named.' }),
    method: refundMethod,
    invoices: z.array(source).max(200).nullable().default(null).openapi({
      description: 'What it is taken off; those are owed again. The rest comes from credit. null: credit first, then what the payment was put on last.',
    }),
    reason: filledText(textLimits.reason, 'The second visit was not needed'),
    givenOn: orNull(day).default(null).openapi({ description: 'By hand only: the day; null is today.' }),
    reference: text(textLimits.title, 'Check 2041').default(''),
  })
  .openapi('RefundBody');

export const refundRules = z
  .strictObject({ limitMinor: minor.nullable().openapi({ description: 'From this amount on a second person must approve, where there is one; null: never.' }) })
  .openapi('RefundRules');

const paymentId = z.strictObject({ paymentId: idOf('payment') });
const refundId = z.strictObject({ refundId: idOf('refund') });
const tag = 'Payments';
export const refundOperations = operations({
  refundPayment: {
    method: 'post',
    path: '/payments/{paymentId}/refunds',
    tag,
    access: 'fresh',
    summary: 'Give money of a payment back, whole or in part',
    description: 'In the books at once. Through the processor it is handed over after the answer; its state tells what became of it.',
    params: paymentId,
    body: refundBody,
    status: 201,
    answer: refund,
  },
  approveRefund: {
    method: 'post',
    path: '/refunds/{refundId}/approve',
    tag,
    access: 'fresh',
    summary: 'Say yes to a refund somebody else asked for',
    params: refundId,
    status: 200,
    answer: refund,
  },
  declineRefund: {
    method: 'post',
    path: '/refunds/{refundId}/decline',
    tag,
    access: 'session',
    summary: 'Say no to a refund that waits, or take one back',
    params: refundId,
    status: 200,
    answer: refund,
  },
  readRefundRules: {
    method: 'get',
    path: '/refund-rules',
    tag,
    access: 'settings:read',
    summary: 'When a refund needs a second person',
    status: 200,
    answer: refundRules,
  },
  changeRefundRules: {
    method: 'put',
    path: '/refund-rules',
    tag,
    access: 'fresh',
    summary: 'Change when a refund needs a second person',
    body: z.strictObject({ limitMinor: minor.nullable() }).openapi('RefundRulesBody'),
    status: 200,
    answer: refundRules,
  },
});
