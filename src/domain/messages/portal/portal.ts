import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import { messageFileQuery, portalMessagesQuery, upsertDocumentReads, writablePlacesQuery } from './queries.ts';

/** A conversation as its customer sees it. `paper`: the document it hangs on. */
export type PortalThread = Readonly<{
  id: string;
  subject: string;
  documentId: string | null;
  paper: Readonly<{ kind: string; number: string }> | null;
  property: string | null;
  account: string;
  lastAt: string;
  waitingFor: 'office' | 'customer' | 'nobody';
  unread: boolean;
}>;
export type ListedThread = PortalThread & Readonly<{ lastBody: string | null; lastFromOffice: boolean | null }>;
export type PortalFile = Readonly<{ id: string; name: string; mime: string; bytes: number }>;
export type PortalMessage = Readonly<{ id: string; fromOffice: boolean; author: string; body: string; at: string; files: readonly PortalFile[] }>;
export type OpenThread = Readonly<{ head: PortalThread & { mayWrite: boolean }; messages: readonly PortalMessage[] }>;
/** `propertyId` null: the account as a whole. */
export type WritablePlace = Readonly<{ customerId: string; propertyId: string | null; account: string; title: string }>;
export type PortalMessages = Readonly<{
  zone: string;
  seq: number;
  threads: readonly ListedThread[];
  places: readonly WritablePlace[];
  open: OpenThread | null;
  next: string | null;
}>;

export type MessagesAsked = Readonly<{ thread: string | null; q: string; cursor: string | null; limit: number }>;

/** Refuses `cursor_invalid`. */
export function portalMessagesQueryOf(business: string, asked: MessagesAsked): Compiled {
  const [unread = null, at = null, id = null] = readCursor('messages', asked.cursor, 3) ?? [];
  if (at !== null && !(/^[01]$/.test(unread ?? '') && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(at) && isUuid(id ?? ''))) throw new Refusal('cursor_invalid');
  const q = asked.q.trim() === '' ? null : `%${asked.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return portalMessagesQuery({ business, thread: asked.thread, q, unreadAfter: unread === null ? null : unread === '1', at, id, limit: asked.limit + 1 });
}

export function portalMessagesOf(json: string | null, { limit }: MessagesAsked): PortalMessages {
  if (json === null) throw new Refusal('not_found');
  const found = JSON.parse(json) as Omit<PortalMessages, 'next'>;
  const threads = found.threads.slice(0, limit);
  const last = threads.at(-1);
  const next = found.threads.length > limit && last ? writeCursor('messages', [last.unread ? '1' : '0', last.lastAt, last.id]) : null;
  return { ...found, threads, next };
}

export const writablePlaces = (business: string): Compiled => writablePlacesQuery({ business });
export const writablePlacesOf = (json: string | null): readonly WritablePlace[] => (json === null ? [] : (JSON.parse(json) as WritablePlace[]));

export function messageFile(business: string, thread: string, file: string): Compiled {
  return messageFileQuery({ business, thread, file });
}

/** A document's own page shows what was written about it. System only, in the reader's name. */
export async function readByOpening(scope: Scope, documentId: string): Promise<void> {
  if (scope.role !== 'system') throw new Refusal('not_allowed');
  if (scope.actor.kind === 'person' && scope.actor.id !== null) await upsertDocumentReads(scope, documentId);
}
