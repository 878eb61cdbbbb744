import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid, publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { answerCharge } from '../../domain/messages/charges.ts';
import { type ListedCharge, listQuestions, officeQuestion } from '../../domain/questions/questions.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { idOrNull, plain, readRef } from './present.ts';
import type { questionedOperations } from './schemas/questioned.ts';

type Operations = typeof questionedOperations;

export const questionedHandlers: HandlersOf<Operations> = {
  listQuestionedCharges: async (call) => {
    const { state, customerId, invoiceId, cursor, limit = limits.pageSize } = call.query;
    const filter = {
      open: state === undefined ? undefined : state === 'open',
      customerId: readRef('customer', customerId, 'customerId'),
      documentId: readRef('invoice', invoiceId, 'invoiceId'),
      before: afterOf(cursor),
    };
    const rows = await call.read((scope) => listQuestions(scope, { ...given(filter), limit: limit + 1 }));
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor('questioned', [last.openedAt, last.id]) : null;
    return call.answer({ items: items.map(present), nextCursor });
  },

  readQuestionedCharge: async (call) => call.answer(present(await call.read((scope) => officeQuestion(scope, uuidOf('question', call.params.questionId))))),

  answerQuestionedCharge: (call) =>
    call.act(async (scope) => {
      const id = uuidOf('question', call.params.questionId);
      await answerCharge(scope, call.deps.keys, { id, ...call.body });
      return present(await officeQuestion(scope, id));
    }),
};

function afterOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = readCursor('questioned', cursor, 2) ?? [];
  if (at === undefined || id === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) || !isUuid(id)) throw new Refusal('cursor_invalid');
  return { at, id };
}

function present(of: ListedCharge): AnswerOf<Operations['readQuestionedCharge']> {
  const { currency, reason, openedAt, endedAt, ending, answer, remindersFrom } = of;
  return {
    ...{ currency, reason, openedAt, endedAt, ending, answer, remindersFrom },
    id: publicId('question', of.id),
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    invoice: { id: publicId('invoice', of.documentId), number: of.number },
    lineId: idOrNull('line', of.lineId),
    line: of.lineName,
    threadId: publicId('thread', of.threadId),
    amountMinor: plain(of.amountMinor),
    askedBy: of.personName,
    endedBy: of.endedByName,
    answerInvoice: of.answerDocumentId === null ? null : { id: publicId('invoice', of.answerDocumentId) },
  };
}
