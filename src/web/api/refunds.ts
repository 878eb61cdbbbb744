import { newId } from '../../db/fresh.ts';
import { approveRefund, changeRefundRules, declineRefund, type RefundRow, readRefundRules, requestRefund } from '../../domain/payments/payments.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { plainOrNull, readRef } from './present.ts';
import { presentRefund } from './present-payment.ts';
import type { refundOperations } from './schemas/refunds.ts';

export const refundHandlers: HandlersOf<typeof refundOperations> = {
  refundPayment: (call) =>
    call.act(async (scope) => {
      const { id, invoices, amountMinor, tipMinor, ...rest } = call.body;
      const sources =
        invoices?.map((source, at) => ({
          documentId: readRef('invoice', source.invoiceId, `invoices[${at}].invoiceId`),
          amountMinor: BigInt(source.amountMinor),
        })) ?? null;
      const ids = { id: readRef('refund', id, 'id') ?? newId(), paymentId: uuidOf('payment', call.params.paymentId) };
      return shown(await requestRefund(scope, call.deps.keys, { ...rest, ...ids, amountMinor: BigInt(amountMinor), tipMinor: BigInt(tipMinor), sources }));
    }),
  approveRefund: (call) => call.act(async (scope) => shown(await approveRefund(scope, call.deps.keys, uuidOf('refund', call.params.refundId)))),
  declineRefund: (call) => call.act(async (scope) => shown(await declineRefund(scope, uuidOf('refund', call.params.refundId)))),
  readRefundRules: async (call) => call.answer(presentRules(await call.read(readRefundRules))),
  changeRefundRules: (call) =>
    call.act(async (scope) => {
      const { limitMinor } = call.body;
      return presentRules(await changeRefundRules(scope, { limitMinor: limitMinor === null ? null : BigInt(limitMinor) }));
    }),
};

const presentRules = ({ limitMinor }: { limitMinor: bigint | null }) => ({ limitMinor: plainOrNull(limitMinor) });

function shown(row: RefundRow) {
  return presentRefund({
    ...{
      id: row.id,
      amountMinor: row.amount_minor,
      tipMinor: row.tip_minor,
      wayMinor: row.way_minor,
      method: row.method,
      state: row.state,
      origin: row.origin,
      reason: row.reason,
      failure: row.failure,
    },
    ...{
      reference: row.reference,
      givenOn: row.given_on,
      askedBy: row.asked_by,
      askedByName: row.asked_by_name,
      askedAt: row.asked_at,
      decidedByName: row.decided_by_name,
    },
  });
}
