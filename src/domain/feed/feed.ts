import { readCursor, writeCursor } from '../../core/cursor.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { eventKinds } from '../events/events.ts';
import { type NamedEvent, selectFeed } from './queries.ts';

export type { NamedEvent };

/** What a timeline can be narrowed to. */
export const feedTopics = ['money', 'documents', 'work', 'mails', 'questions', 'account'] as const;
export type FeedTopic = (typeof feedTopics)[number];

const quietOfEstimates: ReadonlySet<string> = new Set(['draft_saved', 'visited', 'pdf_stored', 'rules_changed'].map((what) => `estimate.${what}`));

const topicOf = (kind: string): FeedTopic | null => {
  const [noun] = kind.split('.');
  if (noun === 'payment' || kind === 'invoice.paid') return 'money';
  if (noun === 'mail' || noun === 'link' || kind === 'invoice.posted' || kind === 'invoice.posting_undone') return 'mails';
  if (noun === 'question' || noun === 'message') return 'questions';
  if (noun === 'job' || noun === 'visit') return kind === 'visit.rules_changed' ? null : 'work';
  if (noun === 'estimate') return quietOfEstimates.has(kind) ? null : 'documents';
  if (noun === 'invoice') return kind === 'invoice.draft_saved' || kind === 'invoice.visited' || kind === 'invoice.pdf_stored' ? null : 'documents';
  return noun === 'customer' || noun === 'property' || noun === 'person' || noun === 'crew' ? 'account' : null;
};
const kindsOf = (topic: FeedTopic): readonly string[] => eventKinds.filter((kind) => topicOf(kind) === topic);

export type FeedQuestion = Readonly<{
  customerId?: string;
  documentId?: string;
  /** Of one job and its visits; with its customer. */
  jobId?: string;
  about?: FeedTopic;
  order?: 'newest' | 'oldest';
  /** Only events with a larger number. */
  after?: number;
  cursor?: string;
  limit?: number;
}>;

/** One page of what happened, with the names of customers and invoices; the newest first unless asked otherwise. Refuses `cursor_invalid`. */
export async function readFeed(scope: Scope, question: FeedQuestion): Promise<{ items: NamedEvent[]; nextCursor: string | null }> {
  if (scope.role === 'portal') throw new Refusal('not_allowed');
  const { order = 'newest', customerId, documentId, jobId, about } = question;
  const list = ['feed', scope.business, order, customerId ?? '', documentId ?? '', jobId ?? '', about ?? ''].join('|');
  const [last] = readCursor(list, question.cursor, 1) ?? [];
  if (last !== undefined && !/^\d{1,18}$/.test(last)) throw new Refusal('cursor_invalid');
  const limit = question.limit ?? limits.pageSize;
  const rows = await selectFeed(scope, {
    ...(customerId === undefined ? {} : { customerId }),
    ...(documentId === undefined ? {} : { documentId }),
    ...(jobId === undefined ? {} : { jobId }),
    ...(about === undefined ? {} : { kinds: kindsOf(about) }),
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

/** The events of these numbers, in order. */
export async function eventsBySeq(scope: Scope, seqs: readonly bigint[]): Promise<NamedEvent[]> {
  if (scope.role === 'portal') throw new Refusal('not_allowed');
  return seqs.length === 0 ? [] : selectFeed(scope, { seqs, order: 'oldest', limit: seqs.length });
}
