import type { Keys } from '../../core/gateways.ts';
import { textLimits } from '../../core/limits.ts';
import type { Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { cleanLines } from '../../core/text.ts';
import { words } from '../../core/words/words.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent, recordEvents } from '../events/events.ts';
import { lockInvoices } from '../ledger/standings.ts';
import { mustBeAllowed } from '../people/rights.ts';
import {
  type AnswerKind,
  type Askable,
  askableOf,
  changedTo,
  endQuestions,
  openQuestion,
  type QuestionReason,
  readQuestion,
  recountQuestions,
} from '../questions/questions.ts';
import { readThreadRow, type WrittenQuestion, writeAnswer, writeQuestion } from './messages.ts';
import { turnThread } from './queries.ts';

/** What a customer questions. `id`: made with the form. `lineId` null: the whole of what they see. */
export type ChargeQuestion = Readonly<{
  id: string;
  documentId: string;
  lineId: string | null;
  amountMinor: bigint;
  reason: QuestionReason;
  text: string;
  /** In which the reason is put into words. */
  language: Locale;
}>;

/**
 * A customer questions a charge (rules 23, 24): its amount moves from Due now to In question, nothing reminds of it or charges for it, and
 * it waits for the office in a thread of its own. Refuses `not_found`, `message_empty` (another reason without words),
 * `already_in_question`, `nothing_to_question`, `question_too_late`, `amount_too_small`, `above_questionable` with the most.
 */
export async function questionCharge(scope: Scope, input: ChargeQuestion): Promise<{ threadId: string }> {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
  const said = cleanLines(input.text, textLimits.question, 'text');
  if (said === '' && input.reason === 'other') throw new Refusal('message_empty', { field: 'text' });
  const locked = await lockInvoices(scope, [input.documentId]);
  const askable = await askableOf(scope, input.documentId);
  checkAmount(askable, input);
  const text = [words(input.language).questioned.reason[input.reason], said].filter(Boolean).join('\n');
  const written = await writeQuestion(scope, { documentId: input.documentId, lineId: input.lineId, text }, true);
  const { threadId, messageId, customerId, propertyId, documentId, line } = written;
  const money = { amountMinor: input.amountMinor, currency: askable.currency };
  await openQuestion(scope, {
    ...{ id: input.id, documentId, customerId, propertyId, threadId, lineId: input.lineId, lineName: line, ...money, reason: input.reason },
    ...{ personId: scope.actor.id, personName: scope.actor.name, openedAt: scope.now.toString(), endedAt: null, ending: null },
    ...{ answer: '', answerDocumentId: null, endedByName: '', remindersFrom: null },
  });
  await enqueue(scope, 'mail-question', { messageId }, { key: messageId });
  // Whoever sees a part only cannot reach the standing of the whole: the system repeats it there.
  if (locked.length === 0) await enqueue(scope, 'count-questions', { documentId }, { key: documentId });
  await recordEvent(scope, {
    kind: 'charge.questioned',
    ...{ documentId, customerId, propertyId, shown: true },
    data: { questionId: input.id, ...money, reason: input.reason, ...told(written) },
  });
  return { threadId };
}

const told = ({ threadId, messageId, number, line, text }: WrittenQuestion) => ({ threadId, messageId, number, line, text });

function checkAmount(askable: Askable, { lineId, amountMinor }: ChargeQuestion): void {
  const of = lineId === null ? askable.whole : askable.lines.find(({ id }) => id === lineId);
  if (of === undefined) throw new Refusal('not_found');
  if (of.open) throw new Refusal('already_in_question');
  const others = askable.whole.open || askable.lines.some(({ open }) => open);
  if (of.mostMinor <= 0n) throw new Refusal(others ? 'already_in_question' : 'nothing_to_question');
  if (amountMinor < 1n) throw new Refusal('amount_too_small', { field: 'amount' });
  if (amountMinor > of.mostMinor) throw new Refusal('above_questionable', { field: 'amount', mostMinor: of.mostMinor });
}

/** The customer takes it back: the amount is due as before. Once more does nothing. Refuses `not_found` and `question_answered`. */
export async function withdrawQuestion(scope: Scope, id: string): Promise<void> {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
  const { documentId } = await readQuestion(scope, id);
  const locked = await lockInvoices(scope, [documentId]);
  const question = await readQuestion(scope, id);
  if (question.ending === 'withdrawn') return;
  if (question.ending !== null) throw new Refusal('question_answered');
  const events = await endQuestions(scope, [question], { ending: 'withdrawn' });
  if (events.length === 0) return;
  await turnThread(scope, question.threadId, 'nobody');
  if (locked.length === 0) await enqueue(scope, 'count-questions', { documentId }, { key: documentId });
  await recordEvents(scope, events);
}

/** `documentId`: the credit note or invoice the answer is, when it is one. */
export type ChargeAnswer = Readonly<{ id: string; kind: AnswerKind; text: string; documentId?: string | null }>;

/**
 * The office answers: the amount is due again unless a change or credit took it away, and reminders rest for five days or until the
 * due day. The one who asked gets the answer by mail. Refuses `message_empty`, `not_found` and `question_answered`.
 */
export async function answerCharge(scope: Scope, keys: Keys, answer: ChargeAnswer): Promise<void> {
  await mustBeAllowed(scope, 'messages:write');
  const text = cleanLines(answer.text, textLimits.question, 'text');
  if (text === '') throw new Refusal('message_empty', { field: 'text' });
  const { documentId } = await readQuestion(scope, answer.id);
  await lockInvoices(scope, [documentId]);
  const question = await readQuestion(scope, answer.id);
  if (question.ending !== null) throw new Refusal('question_answered');
  const answerDocumentId = answer.documentId ?? (await changedTo(scope, documentId, answer.kind));
  const events = await endQuestions(scope, [question], { ending: answer.kind, answer: text, answerDocumentId });
  const ended = await readQuestion(scope, answer.id);
  const { amountMinor, currency, threadId, number } = question;
  await writeAnswer(scope, keys, await readThreadRow(scope, threadId), text, { amountMinor, currency, kind: answer.kind, remindersFrom: ended.remindersFrom });
  await recordEvents(
    scope,
    events.map((event) => ({ ...event, data: { ...event.data, number } })),
  );
}

/** Repeats on the standing what is in question. System only. */
export async function countQuestions(scope: Scope, documentId: string): Promise<void> {
  if (scope.role !== 'system') throw new Refusal('not_allowed');
  await lockInvoices(scope, [documentId]);
  await recountQuestions(scope, [documentId]);
}
