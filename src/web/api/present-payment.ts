import type { z } from '@hono/zod-openapi';
import { publicId } from '../../core/ids.ts';
import type { ListedAnnouncement, ListedPayment, ListedRefund, spreadPayment } from '../../domain/payments/payments.ts';
import { idOrNull, plain } from './present.ts';
import type { announcement, payment, spread } from './schemas/payments.ts';
import type { refund } from './schemas/refunds.ts';

export function presentPayment(of: ListedPayment): z.input<typeof payment> {
  const { method, methodLabel, state, currency, startedOn, receivedOn, clearedOn, reference, note, receiptNumber, reason } = of;
  const { online, autopay, imported, createdAt, recordedBy, canReverse } = of;
  return {
    id: publicId('payment', of.id),
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    ...{ method, methodLabel, state, currency, startedOn, receivedOn, clearedOn, reference, note, receiptNumber, reason },
    ...{ online, autopay, imported, createdAt, recordedBy, canReverse },
    refundedMinor: plain(of.refundedMinor),
    refundWaitingMinor: plain(of.refundWaitingMinor),
    disputedMinor: plain(of.disputedMinor),
    feeMinor: of.feeMinor === null ? null : plain(of.feeMinor),
    netMinor: of.feeMinor === null ? null : plain(chargedOf(of) - of.feeMinor),
    payoutId: of.payoutId === null ? null : publicId('payout', of.payoutId),
    refundableMinor: plain(of.refundableMinor),
    tipMinor: plain(of.tipMinor),
    chargedMinor: plain(chargedOf(of)),
    refundedInAllMinor: plain(of.refundedInAllMinor),
    ...presentWay(of.wayMinor),
    refundableInAllMinor: plain(of.refundableMinor + of.refundableWayMinor),
    refundableTipMinor: plain(of.refundableTipMinor),
    canRefundOnline: of.canRefundOnline,
    refunds: of.refunds.map(presentRefund),
    disputes: of.disputes.map((each) => ({ ...each, amountMinor: plain(each.amountMinor), feeMinor: plain(each.feeMinor) })),
    amountMinor: plain(of.amountMinor),
    keptAsCreditMinor: plain(of.creditMinor),
    shares: of.shares.map((share) => ({
      invoiceId: publicId('invoice', share.documentId),
      number: share.number,
      amountMinor: plain(share.amountMinor),
      balanceMinor: plain(share.balanceMinor),
    })),
  };
}

export function presentRefund(of: ListedRefund): z.input<typeof refund> {
  const { method, state, origin, reason, failure, reference, givenOn, askedByName, askedAt, decidedByName } = of;
  return {
    ...{
      id: publicId('refund', of.id),
      amountMinor: plain(of.amountMinor),
      tipMinor: plain(of.tipMinor),
      ...presentWay(of.wayMinor),
      backMinor: plain(chargedOf(of)),
      askedBy: idOrNull('staff', of.askedBy),
    },
    ...{ method, state, origin, reason, failure, reference, givenOn, askedByName, askedAt, decidedByName },
  };
}

export function presentAnnouncement(of: ListedAnnouncement): z.input<typeof announcement> {
  const { id, personName, method, alreadyPaid, currency, expectedOn, endsOn, note, createdAt } = of;
  return {
    ...{ id, personName, method, alreadyPaid, currency, expectedOn, endsOn, note, createdAt },
    invoiceId: publicId('invoice', of.documentId),
    invoiceNumber: of.number,
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    amountMinor: plain(of.amountMinor),
  };
}

export function presentSpread(currency: string, { on, restMinor }: Awaited<ReturnType<typeof spreadPayment>>): z.input<typeof spread> {
  return {
    currency,
    shares: on.map(({ invoice, payableMinor, amountMinor }) => ({
      invoiceId: publicId('invoice', invoice.documentId),
      number: invoice.number ?? '',
      dueOn: invoice.dueOn,
      balanceMinor: plain(invoice.balanceMinor),
      payableMinor: plain(payableMinor),
      amountMinor: plain(amountMinor),
      leftMinor: plain(invoice.balanceMinor - amountMinor),
    })),
    restMinor: plain(restMinor),
  };
}

/** With its tip and card fee, less its saving. */
const chargedOf = (of: Readonly<{ amountMinor: bigint; tipMinor: bigint; wayMinor: bigint }>): bigint => of.amountMinor + of.tipMinor + of.wayMinor;

const presentWay = (wayMinor: bigint) => ({ cardFeeMinor: plain(wayMinor > 0n ? wayMinor : 0n), savingMinor: plain(wayMinor < 0n ? -wayMinor : 0n) });
