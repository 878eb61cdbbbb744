import { publicId } from '../../core/ids.ts';
import { type ClosingView, readClosing, startClosing, stopClosing } from '../../domain/businesses/closing.ts';
import { type ErasureView, eraseCustomer, readErasure } from '../../domain/erasing/erasing.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { plain } from './present.ts';
import type { erasingOperations } from './schemas/erasing.ts';

type Operations = typeof erasingOperations;

export const erasingHandlers: HandlersOf<Operations> = {
  readErasure: async (call) => {
    const customerId = uuidOf('customer', call.params.customerId);
    return call.answer(shown(customerId, await call.read((scope) => readErasure(scope, customerId))));
  },

  eraseCustomer: (call) =>
    call.act(async (scope) => {
      const customerId = uuidOf('customer', call.params.customerId);
      return shown(customerId, await eraseCustomer(scope, { customerId, name: call.body.name }));
    }),

  readClosing: async (call) => call.answer(shownClosing(await call.read(readClosing))),
  startClosing: (call) => call.act(async (scope) => shownClosing(await startClosing(scope, call.body))),
  stopClosing: (call) => call.act(async (scope) => shownClosing(await stopClosing(scope))),
};

function shown(customerId: string, { state, blocked, standing }: ErasureView): AnswerOf<Operations['readErasure']> {
  const { name, askedBy, askedAt, doneAt, people, properties, drafts, messages, mails, files } = standing;
  return {
    customerId: publicId('customer', customerId),
    ...{ name, state, blocked: [...blocked], askedBy, askedAt, doneAt },
    owedMinor: plain(standing.owedMinor),
    creditMinor: plain(standing.creditMinor + standing.depositMinor),
    goes: { people, properties, drafts, messages, mails, files },
    stays: { invoices: standing.issued, people: standing.sharedPeople },
  };
}

function shownClosing({ closing, extent }: ClosingView): AnswerOf<Operations['readClosing']> {
  const { name, customers, invoices, owedMinor, currency, moving } = extent;
  return { closing, name, customers, invoices, owedMinor: plain(owedMinor), currency, paymentsUnderWay: moving };
}
