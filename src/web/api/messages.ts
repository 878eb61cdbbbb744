import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid, publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import {
  answerQuestion,
  assignThread,
  closeThread,
  inbox,
  type MessageRow,
  markThreadRead,
  readThread,
  reopenThread,
  type ThreadRow,
} from '../../domain/messages/messages.ts';
import { listSnippets, removeSnippet, type Snippet, saveSnippet } from '../../domain/messages/snippets.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { plain, readRef } from './present.ts';
import type { messageOperations } from './schemas/messages.ts';

type Operations = typeof messageOperations;
const excerptLength = 160;

export const messageHandlers: HandlersOf<Operations> = {
  listThreads: async (call) => {
    const { waitingFor, assigned, customerId, invoiceId, q, cursor, limit = limits.pageSize } = call.query;
    const filter = {
      waitingFor,
      assigned,
      search: q,
      customerId: readRef('customer', customerId, 'customerId'),
      documentId: readRef('invoice', invoiceId, 'invoiceId'),
    };
    const rows = await call.read((scope) => inbox(scope, { ...given({ ...filter, ...afterOf(cursor) }), limit: limit + 1 }));
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor('threads', [last.last_at, last.id]) : null;
    return call.answer({ items: items.map(presentRow), nextCursor });
  },

  readThread: async (call) => call.answer(await call.read((scope) => shown(scope, uuidOf('thread', call.params.threadId)))),

  answerThread: (call) =>
    call.act(async (scope) => {
      const threadId = uuidOf('thread', call.params.threadId);
      await answerQuestion(scope, call.deps.keys, { threadId, text: call.body.body });
      return shown(scope, threadId);
    }),

  closeThread: (call) =>
    call.act(async (scope) => {
      const threadId = uuidOf('thread', call.params.threadId);
      await closeThread(scope, threadId);
      return shown(scope, threadId);
    }),

  reopenThread: (call) =>
    call.act(async (scope) => {
      const threadId = uuidOf('thread', call.params.threadId);
      await reopenThread(scope, threadId);
      return shown(scope, threadId);
    }),

  assignThread: (call) =>
    call.act(async (scope) => {
      const threadId = uuidOf('thread', call.params.threadId);
      await assignThread(scope, threadId, readRef('staff', call.body.staffId, 'staffId'));
      return shown(scope, threadId);
    }),

  markThreadRead: (call) =>
    call.act(async (scope) => {
      await markThreadRead(scope, uuidOf('thread', call.params.threadId));
      return null;
    }),

  listSnippets: async (call) => call.answer({ items: (await call.read(listSnippets)).map(presentSnippet) }),

  addSnippet: (call) => call.act(async (scope) => presentSnippet(await saveSnippet(scope, call.body))),

  changeSnippet: (call) => call.act(async (scope) => presentSnippet(await saveSnippet(scope, { id: uuidOf('snippet', call.params.snippetId), ...call.body }))),

  removeSnippet: (call) =>
    call.act(async (scope) => {
      await removeSnippet(scope, uuidOf('snippet', call.params.snippetId));
      return null;
    }),
};

function afterOf(cursor: string | undefined): { before?: string; beforeId?: string } {
  const [before, beforeId] = readCursor('threads', cursor, 2) ?? [];
  if (before === undefined || beforeId === undefined) return {};
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(before) || !isUuid(beforeId)) throw new Refusal('cursor_invalid');
  return { before, beforeId };
}

async function shown(scope: Scope, threadId: string): Promise<AnswerOf<Operations['readThread']>> {
  const { thread, messages } = await readThread(scope, threadId);
  return { ...head(thread), messages: messages.map(presentMessage) };
}

function head(row: ThreadRow) {
  return {
    id: publicId('thread', row.id),
    customer: { id: publicId('customer', row.customer_id), name: row.customer_name },
    invoice: row.document_id === null ? null : { id: publicId('invoice', row.document_id), number: row.number ?? '' },
    subject: row.subject,
    waitingFor: row.waiting_for,
    assignee: row.assignee_id === null ? null : { id: publicId('staff', row.assignee_id), name: row.assignee_name ?? '' },
    charge: chargeOf(row),
    openedAt: row.opened_at,
    lastAt: row.last_at,
  };
}

function chargeOf(row: ThreadRow) {
  if (row.charge_id === null) return null;
  const { charge_id: id, charge_minor: amountMinor, charge_currency: currency, charge_ending: ending } = row;
  return { id: publicId('question', id), amountMinor: plain(amountMinor ?? 0n), currency: currency ?? '', open: ending === null };
}

function presentRow(row: ThreadRow): AnswerOf<Operations['listThreads']>['items'][number] {
  const excerpt = [...(row.last_body ?? '')].slice(0, excerptLength).join('');
  return { ...head(row), lastAuthor: row.last_author ?? '', lastFromOffice: row.last_from_office ?? false, unread: row.unread, excerpt };
}

const presentSnippet = (row: Snippet) => ({ ...row, id: publicId('snippet', row.id) });

function presentMessage(row: MessageRow): AnswerOf<Operations['readThread']>['messages'][number] {
  return { id: publicId('message', row.id), fromOffice: row.from_office, author: row.author_name, body: row.body, at: row.at };
}
