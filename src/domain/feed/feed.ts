import { readCursor, writeCursor } from '../../core/cursor.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { type NamedEvent, selectFeed } from './queries.ts';

export type { NamedEvent };

export type FeedQuestion = Readonly<{
  customerId?: string;
  documentId?: string;
  order?: 'newest' | 'oldest';
  /** Only events with a larger number. */
  after?: number;
  cursor?: string;
  limit?: number;
}>;

/** One page of what happened, with the names of customers and invoices; the newest first unless asked otherwise. Refuses `cursor_invalid`. */
export async function readFeed(scope: Scope, question: FeedQuestion): Promise<{ items: NamedEvent[]; nextCursor: string | null }> {
  if (scope.role === 'portal') throw new Refusal('not_allowed');
  const { order = 'newest', customerId, documentId } = question;
  const list = ['feed', scope.business, order, customerId ?? '', documentId ?? ''].join('|');
  const [last] = readCursor(list, question.cursor, 1) ?? [];
  if (last !== undefined && !/^\d{1,18}$/.test(last)) throw new Refusal('cursor_invalid');
  const limit = question.limit ?? limits.pageSize;
  const rows = await selectFeed(scope, {
    ...(customerId === undefined ? {} : { customerId }),
    ...(documentId === undefined ? {} : { documentId }),
    ...(last !== undefined && order === 'newest' ? { beforeSeq: BigInt(last) } : {}),
    ...afterOf(question.after, order === 'oldest' ? last : undefined),
    order,
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const end = items.at(-1);
  return { items, nextCursor: rows.length > limit && end ? writeCursor(list, [end.seq.toString()]) : null };
}

function afterOf(asked: number | undefined, last: string | undefined): { afterSeq?: bigint } {
  if (last !== undefined) return { afterSeq: BigInt(last) };
  return asked === undefined ? {} : { afterSeq: BigInt(asked) };
}

/** Events after a number, in order: what a listener missed, and what is new. */
export function feedAfter(scope: Scope, afterSeq: bigint, limit: number): Promise<NamedEvent[]> {
  if (scope.role === 'portal') throw new Refusal('not_allowed');
  return selectFeed(scope, { afterSeq, order: 'oldest', limit });
}
