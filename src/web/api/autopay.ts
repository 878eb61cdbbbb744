import { publicId } from '../../core/ids.ts';
import { changeAutopayRules, listMandates, type MandateView, readAutopayRules, stopMandate } from '../../domain/payments/payments.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { idOrNull, plain } from './present.ts';
import type { autopayOperations } from './schemas/autopay.ts';

type Operations = typeof autopayOperations;

export const autopayHandlers: HandlersOf<Operations> = {
  readAutopayRules: async (call) => call.answer(await call.read(readAutopayRules)),
  changeAutopayRules: (call) => call.act((scope) => changeAutopayRules(scope, { version: call.version, changes: call.body })),

  listAutopay: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    return call.answer({ items: (await call.read((scope) => listMandates(scope, customerId))).map(presentMandate) });
  },

  stopAutopay: (call) =>
    call.act(async (scope) => {
      await stopMandate(scope, { id: uuidOf('mandate', call.params.mandateId), reason: call.body.reason });
      return { id: call.params.mandateId };
    }),
};

function presentMandate(mandate: MandateView): AnswerOf<Operations['listAutopay']>['items'][number] {
  const { version, propertyName, personName, methodLabel, currency, noticeDays, wording, language, givenAt, endedAt, endedReason, endedBy, endedNote } =
    mandate;
  return {
    ...{ id: publicId('mandate', mandate.id), version, propertyId: idOrNull('property', mandate.propertyId), propertyName },
    ...{ personId: publicId('person', mandate.personId), personName, methodLabel, capMinor: plain(mandate.capMinor), currency, noticeDays },
    ...{ wording, language, givenAt, endedAt, endedReason, endedBy, endedNote },
    charges: mandate.charges.map(({ id, documentId, number, state, plannedOn, nextOn, amountMinor, tries, failure, paymentId, ...of }) => ({
      ...{ id: publicId('charge', id), invoiceId: publicId('invoice', documentId), invoiceNumber: number, state, plannedOn, nextOn },
      ...{ amountMinor: plain(amountMinor), currency: of.currency, tries, failure, paymentId: idOrNull('payment', paymentId) },
    })),
  };
}
