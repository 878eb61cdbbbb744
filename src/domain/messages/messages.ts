import type { Keys } from '../../core/gateways.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines, cut } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { mustNotBeClosing } from '../businesses/closing.ts';
import { recordEvent } from '../events/events.ts';
import { freshLink } from '../links/links.ts';
import { officeAddress, queueMail } from '../mails/mails.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { attachFiles } from './files/files.ts';
import { type MessageFile, selectThreadFiles } from './files/queries.ts';
import {
  insertMessage,
  insertThread,
  type MessageRow,
  selectAsked,
  selectColleague,
  selectMailedMessage,
  selectMessages,
  selectThreadOf,
  selectThreads,
  setAssignee,
  type ThreadRow,
  turnThread,
  upsertRead,
  type WaitingFor,
} from './queries.ts';

export type { MessageFile, MessageRow, ThreadRow };

export type Question = Readonly<{ documentId: string; lineId: string | null; text: string }>;

/**
 * A customer asks about an invoice or one of its lines. It is on both timelines, waits for the office, and goes to the office by
 * mail. Another question on the same line joins the first. Refuses `message_empty`, `text_too_long` and `not_found`.
 */
export async function askQuestion(scope: Scope, question: Question): Promise<{ threadId: string; messageId: string }> {
  const written = await writeQuestion(scope, question);
  const { threadId, messageId, number, line, text, ...where } = written;
  await enqueue(scope, 'mail-question', { messageId }, { key: messageId });
  await recordEvent(scope, { kind: 'question.asked', ...where, shown: true, data: { threadId, messageId, number, line, text } });
  return { threadId, messageId };
}

/** What was written, and where it belongs; its text cut to what an event tells. */
export type WrittenQuestion = Readonly<{
  documentId: string;
  customerId: string;
  propertyId: string | null;
  threadId: string;
  messageId: string;
  number: string;
  line: string;
  text: string;
}>;

/** The thread and message of a question, without its mail and event. `fresh`: in a thread of its own. */
export async function writeQuestion(scope: Scope, question: Question, fresh = false): Promise<WrittenQuestion> {
  await mustNotBeClosing(scope);
  const body = cleanLines(question.text, textLimits.question, 'text');
  if (body === '') throw new Refusal('message_empty', { field: 'text' });
  const asked = await selectAsked(scope, question.documentId, question.lineId);
  if (asked === undefined) throw new Refusal('not_found');
  const subject = clean(asked.line_name ?? '', textLimits.subject);
  const thread = { documentId: question.documentId, customerId: asked.customer_id, propertyId: asked.property_id };
  const found = fresh ? null : await selectThreadOf(scope, question.documentId, question.lineId, asked.property_id);
  const threadId = found ?? newId();
  if (found === null) await insertThread(scope, { id: threadId, ...thread, lineId: question.lineId, subject });
  else await turnThread(scope, threadId, 'office');
  const messageId = newId();
  await insertMessage(scope, { id: messageId, threadId, ...thread, fromOffice: false, body });
  return { ...thread, threadId, messageId, number: asked.number, line: subject, text: cut(body, 200) };
}

/**
 * The office answers; the one who asked gets it by mail: about a document with a fresh link, else with the way to the conversation.
 * `fileIds`: uploaded for it before. Refuses `message_empty`, `too_many_files` and `not_found`.
 */
export async function answerQuestion(
  scope: Scope,
  keys: Keys,
  answer: Readonly<{ threadId: string; text: string; fileIds?: readonly string[] }>,
): Promise<{ messageId: string }> {
  await mustBeAllowed(scope, 'messages:write');
  const body = cleanLines(answer.text, textLimits.question, 'text');
  if (body === '') throw new Refusal('message_empty', { field: 'text' });
  const thread = await readThreadRow(scope, answer.threadId);
  const messageId = await writeAnswer(scope, keys, thread, body, {});
  await attachFiles(scope, thread.customer_id, messageId, answer.fileIds ?? []);
  await recordEvent(scope, {
    kind: thread.document_id === null ? 'message.sent' : 'question.answered',
    ...whereOf(thread),
    shown: true,
    data: { threadId: thread.id, messageId, number: thread.number, line: thread.subject, text: cut(body, 200) },
  });
  return { messageId };
}

/** The office's message and its mail, without an event. `facts`: what the mail says beside it. */
export async function writeAnswer(scope: Scope, keys: Keys, thread: ThreadRow, body: string, facts: Readonly<Record<string, unknown>>): Promise<string> {
  const messageId = newId();
  await insertMessage(scope, { id: messageId, threadId: thread.id, ...whereOf(thread), fromOffice: true, body });
  await turnThread(scope, thread.id, 'customer');
  await mailAnswer(scope, keys, messageId, { ...facts, threadId: thread.id });
  return messageId;
}

export async function mailAnswer(scope: Scope, keys: Keys, messageId: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const message = await selectMailedMessage(scope, messageId);
  if (!message?.asker_id) return;
  const told = { text: message.body, author: message.author_name, line: message.subject, ...facts };
  if (message.document_id === null) {
    await queueMail(scope, {
      kind: 'message_for_customer',
      once: `answer:${messageId}`,
      customerId: message.customer_id,
      personId: message.asker_id,
      facts: told,
    });
    return;
  }
  const linkId = await freshLink(scope, keys, {
    documentId: message.document_id,
    customerId: message.customer_id,
    personId: message.asker_id,
    sentTo: message.asker_email ?? '',
  });
  await queueMail(scope, {
    kind: 'question_answered',
    once: `answer:${messageId}`,
    documentId: message.document_id,
    customerId: message.customer_id,
    personId: message.asker_id,
    linkId,
    facts: told,
  });
}

/** The task behind a question: the office gets it by mail. Answers the mail's id, null when the business has no address. */
export async function mailQuestion(scope: Scope, messageId: string): Promise<string | null> {
  const message = await selectMailedMessage(scope, messageId);
  const office = await officeAddress(scope);
  if (message === undefined || office === null) return null;
  return queueMail(scope, {
    kind: message.document_id === null ? 'message_for_office' : 'question_for_office',
    once: `question:${messageId}`,
    documentId: message.document_id,
    customerId: message.customer_id,
    to: office,
    facts: {
      ...{ text: message.body, author: message.author_name, customer: message.customer_name, number: message.number ?? '', line: message.subject },
      threadId: message.thread_id,
      ...(message.asked_minor === null ? {} : { amountMinor: message.asked_minor, currency: message.asked_currency }),
    },
  });
}

/** Marks a thread as needing nothing more. Refuses `not_found`, and `charge_in_question` while one waits. Once more does nothing. */
export async function closeThread(scope: Scope, threadId: string): Promise<void> {
  await mustBeAllowed(scope, 'messages:write');
  const thread = await readThreadRow(scope, threadId);
  if (thread.waiting_for === 'nobody') return;
  if (thread.charge_id !== null && thread.charge_ending === null) throw new Refusal('charge_in_question');
  await turnThread(scope, thread.id, 'nobody');
  await recordEvent(scope, { kind: 'question.closed', ...whereOf(thread), data: { threadId } });
}

/** Takes a closed thread up again: it waits for the office. Refuses `not_found`. */
export async function reopenThread(scope: Scope, threadId: string): Promise<void> {
  await mustBeAllowed(scope, 'messages:write');
  const thread = await readThreadRow(scope, threadId);
  if (thread.waiting_for === 'office') return;
  await turnThread(scope, thread.id, 'office');
  await recordEvent(scope, { kind: 'question.reopened', ...whereOf(thread), data: { threadId } });
}

/** Gives a thread to a colleague, or to nobody. Refuses `not_found` for either. */
export async function assignThread(scope: Scope, threadId: string, staffId: string | null): Promise<void> {
  await mustBeAllowed(scope, 'messages:write');
  const thread = await readThreadRow(scope, threadId);
  if (thread.assignee_id === staffId) return;
  const name = staffId === null ? null : await selectColleague(scope, staffId);
  if (name === undefined) throw new Refusal('not_found', { field: 'staffId' });
  await setAssignee(scope, threadId, staffId);
  await recordEvent(scope, { kind: 'question.assigned', ...whereOf(thread), data: { threadId, name } });
}

/** Whoever is at the desk has seen all of it so far. */
export async function markThreadRead(scope: Scope, threadId: string): Promise<void> {
  await mustBeAllowed(scope, 'messages:read');
  await readThreadRow(scope, threadId);
  if (scope.actor.kind === 'staff' && scope.actor.id !== null) await upsertRead(scope, threadId, scope.actor.id);
}

export const whereOf = (thread: ThreadRow) => ({ documentId: thread.document_id, customerId: thread.customer_id, propertyId: thread.property_id });

/**
 * What customers asked, newest first; `waiting` leaves those that wait for the office, `waitingFor` those that wait for whom it says.
 * `before` is `last_at` of the page's last, with `beforeId` its id.
 */
export async function inbox(
  scope: Scope,
  filter: {
    waiting?: boolean;
    waitingFor?: WaitingFor;
    assigned?: 'me' | 'nobody';
    documentId?: string;
    customerId?: string;
    search?: string;
    before?: string;
    beforeId?: string;
    limit: number;
  },
): Promise<ThreadRow[]> {
  await mustBeAllowed(scope, 'messages:read');
  const search = filter.search?.trim() ?? '';
  return selectThreads(scope, {
    waitingFor: filter.waitingFor ?? (filter.waiting === true ? 'office' : null),
    documentId: filter.documentId ?? null,
    customerId: filter.customerId ?? null,
    assigned: filter.assigned ?? null,
    threadId: null,
    search: search === '' ? null : search,
    before: filter.before === undefined ? null : { at: filter.before, id: filter.beforeId ?? null },
    limit: filter.limit,
  });
}

/** One thread and all of its messages with their files, oldest first. Refuses `not_found`. */
export async function readThread(scope: Scope, threadId: string): Promise<{ thread: ThreadRow; messages: MessageRow[]; files: MessageFile[] }> {
  return { thread: await readThreadRow(scope, threadId), messages: await selectMessages(scope, threadId), files: await selectThreadFiles(scope, threadId) };
}

export async function readThreadRow(scope: Scope, threadId: string): Promise<ThreadRow> {
  const [thread] = await selectThreads(scope, {
    waitingFor: null,
    assigned: null,
    documentId: null,
    customerId: null,
    threadId,
    search: null,
    before: null,
    limit: 1,
  });
  if (thread === undefined) throw new Refusal('not_found');
  return thread;
}
