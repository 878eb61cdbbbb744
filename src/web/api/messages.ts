import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid, publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import { keepThreadFile, readThreadFile, startConversation } from '../../domain/messages/conversations.ts';
import {
  answerQuestion,
  assignThread,
  closeThread,
  inbox,
  type MessageFile,
  type MessageRow,
  markThreadRead,
  readThread,
  reopenThread,
  type ThreadRow,
} from '../../domain/messages/messages.ts';
import { listSnippets, removeSnippet, type Snippet, saveSnippet } from '../../domain/messages/snippets.ts';
import { keepUpload } from './attachments.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { plain, readRef } from './present.ts';
import type { messageOperations } from './schemas/messages.ts';
import { readUpload, sendFile } from './upload.ts';

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
      const fileIds = call.body.fileIds?.map((id) => uuidOf('file', id)) ?? [];
      await answerQuestion(scope, call.deps.keys, { threadId, text: call.body.body, fileIds });
      return shown(scope, threadId);
    }),

  startThread: (call) =>
    call.act(async (scope) => {
      const { customerId, personId, propertyId, subject, body } = call.body;
      const place = { customerId: uuidOf('customer', customerId), propertyId: readRef('property', propertyId ?? null, 'propertyId') };
      const started = await startConversation(scope, call.deps.keys, { ...place, personId: uuidOf('person', personId), subject, text: body });
      return shown(scope, started.threadId);
    }),

  addThreadFile: async (call) => {
    const threadId = uuidOf('thread', call.params.threadId);
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read((scope) => mustHaveRoom(scope, call.deps.config.storage, bytes.length));
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name: call.query.name });
    return call.act(async (scope) => {
      const { id, name, mediaType, bytes: size } = await keepThreadFile(scope, threadId, { ...kept, name: call.query.name });
      return { id: publicId('file', id), name, mediaType, bytes: size };
    });
  },

  readThreadFile: async (call) => {
    const [threadId, fileId] = [uuidOf('thread', call.params.threadId), uuidOf('file', call.params.fileId)];
    const file = await call.read((scope) => readThreadFile(scope, threadId, fileId));
    const bytes = await call.deps.files.get(call.grant.business ?? '', file.sha256);
    if (bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: file.mediaType, name: file.name });
  },

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
  const { thread, messages, files } = await readThread(scope, threadId);
  return { ...head(thread), messages: messages.map((row) => presentMessage(row, files)) };
}

function head(row: ThreadRow) {
  return {
    id: publicId('thread', row.id),
    customer: { id: publicId('customer', row.customer_id), name: row.customer_name },
    invoice: paperOf(row, 'invoice'),
    estimate: paperOf(row, 'estimate'),
    property: row.property_id === null ? null : { id: publicId('property', row.property_id), title: row.property_title ?? '' },
    subject: row.subject,
    waitingFor: row.waiting_for,
    assignee: row.assignee_id === null ? null : { id: publicId('staff', row.assignee_id), name: row.assignee_name ?? '' },
    charge: chargeOf(row),
    openedAt: row.opened_at,
    lastAt: row.last_at,
  };
}

function paperOf(row: ThreadRow, kind: 'invoice' | 'estimate') {
  if (row.document_id === null || (row.document_kind === 'estimate') !== (kind === 'estimate')) return null;
  return { id: publicId(kind, row.document_id), number: row.number ?? '' };
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

function presentMessage(row: MessageRow, all: readonly MessageFile[]): AnswerOf<Operations['readThread']>['messages'][number] {
  const files = all.filter(({ messageId }) => messageId === row.id);
  return {
    ...{ id: publicId('message', row.id), fromOffice: row.from_office, author: row.author_name, body: row.body, at: row.at },
    files: files.map(({ id, name, mediaType, bytes }) => ({ id: publicId('file', id), name, mediaType, bytes })),
  };
}
