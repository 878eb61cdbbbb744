import { publicId } from '../../core/ids.ts';
import {
  type Agreed,
  applyDeposit,
  type ChargeRules,
  changeAgreed,
  changeChargeRules,
  creditDeposit,
  type DepositView,
  listDeposits,
  readAgreed,
  readChargeRules,
  readDeposit,
  refundDeposit,
  requestDeposit,
  stopLateFees,
} from '../../domain/charges/charges.ts';
import { planInstallments, releaseRetainage } from '../../domain/invoices/invoices.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { idOrNull, plain, readRef } from './present.ts';
import { presentEarly, presentLateFee } from './present-invoice.ts';
import type { chargeOperations } from './schemas/charges.ts';

type Operations = typeof chargeOperations;

export const chargeHandlers: HandlersOf<Operations> = {
  readChargeRules: async (call) => call.answer(presentRules(await call.read(readChargeRules))),

  changeChargeRules: (call) => call.act(async (scope) => presentRules(await changeChargeRules(scope, { version: call.version, ...given(call.body) }))),

  readCustomerCharges: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    return call.answer(presentAgreed(await call.read((scope) => readAgreed(scope, customerId))));
  },

  changeCustomerCharges: (call) =>
    call.act(async (scope) => {
      const customerId = uuidOf('customer', call.params.customerId);
      return presentAgreed(await changeAgreed(scope, { customerId, version: call.version, ...given(call.body) }));
    }),

  stopLateFees: (call) =>
    call.act(async (scope) => {
      await stopLateFees(scope, uuidOf('invoice', call.params.invoiceId));
      return { id: call.params.invoiceId };
    }),

  planInstallments: (call) =>
    call.act(async (scope) => {
      const documentId = uuidOf('invoice', call.params.invoiceId);
      const rows = await planInstallments(scope, { documentId, installments: call.body.installments });
      return { id: call.params.invoiceId, installments: rows.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor: plain(amountMinor) })) };
    }),

  releaseRetainage: (call) =>
    call.act(async (scope) => {
      const { amountMinor, dueOn } = call.body;
      const documentId = uuidOf('invoice', call.params.invoiceId);
      await releaseRetainage(scope, { documentId, amountMinor: amountMinor === undefined ? null : BigInt(amountMinor), dueOn });
      return { id: call.params.invoiceId };
    }),

  requestDeposit: (call) =>
    call.act(async (scope) => {
      const { id, customerId, propertyId, asked, ...rest } = call.body;
      const refs = {
        id: readRef('invoice', id, 'id'),
        customerId: readRef('customer', customerId, 'customerId'),
        propertyId: readRef('property', propertyId, 'propertyId'),
      };
      const draft = await requestDeposit(scope, { ...rest, ...refs, asked: askedOf(asked) });
      return { id: publicId('invoice', draft.id), version: draft.version, totalMinor: plain(draft.totals.totalMinor) };
    }),

  listDeposits: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    const deposits = await call.read((scope) => listDeposits(scope, customerId));
    return call.answer({ items: deposits.map(presentDeposit) });
  },

  readDeposit: async (call) => {
    const id = uuidOf('invoice', call.params.invoiceId);
    return call.answer(presentView(await call.read((scope) => readDeposit(scope, id))));
  },

  applyDeposit: (call) =>
    call.act(async (scope) => {
      const documentId = readRef('invoice', call.body.toInvoiceId, 'toInvoiceId');
      return presentView(await applyDeposit(scope, { depositId: uuidOf('invoice', call.params.invoiceId), documentId }));
    }),

  creditDeposit: (call) => call.act(async (scope) => presentView(await creditDeposit(scope, { depositId: uuidOf('invoice', call.params.invoiceId) }))),

  refundDeposit: (call) =>
    call.act(async (scope) => {
      const { amountMinor, ...rest } = call.body;
      return presentView(await refundDeposit(scope, { ...rest, amountMinor: BigInt(amountMinor), depositId: uuidOf('invoice', call.params.invoiceId) }));
    }),
};

type AskedBody = { kind: 'amount'; amountMinor: number } | { kind: 'percent'; ratePpm: number; ofMinor: number };

function askedOf(asked: AskedBody): Parameters<typeof requestDeposit>[1]['asked'] {
  if (asked.kind === 'amount') return { kind: asked.kind, amountMinor: BigInt(asked.amountMinor) };
  return { kind: asked.kind, ratePpm: BigInt(asked.ratePpm), ofMinor: BigInt(asked.ofMinor) };
}

function presentRules(of: ChargeRules): AnswerOf<Operations['readChargeRules']> {
  return { version: of.version, lateFee: presentLateFee(of.lateFee), earlyDiscount: presentEarly(of.earlyDiscount), sendFees: of.sendFees };
}

function presentAgreed(of: Agreed): AnswerOf<Operations['readCustomerCharges']> {
  return {
    version: of.version,
    lateFee: of.lateFee === 'off' ? 'off' : presentLateFee(of.lateFee),
    earlyDiscount: of.earlyDiscount === 'off' ? 'off' : presentEarly(of.earlyDiscount),
  };
}

function presentDeposit(of: Omit<DepositView, 'uses'>): AnswerOf<Operations['listDeposits']>['items'][number] {
  const { number, title, currency, canceled } = of;
  return {
    id: publicId('invoice', of.id),
    customerId: publicId('customer', of.customerId),
    propertyId: idOrNull('property', of.propertyId),
    ...{ number, title, currency, canceled },
    totalMinor: plain(of.totalMinor),
    paidMinor: plain(of.paidMinor),
    heldMinor: plain(of.heldMinor),
  };
}

function presentView(of: DepositView): AnswerOf<Operations['readDeposit']> {
  return {
    ...presentDeposit(of),
    uses: of.uses.map(({ kind, documentId, number, amountMinor, usedOn, method, by }) => ({
      ...{ kind, usedOn, method, by },
      amountMinor: plain(amountMinor),
      invoice: documentId === null ? null : { id: publicId('invoice', documentId), number: number ?? '' },
    })),
  };
}
