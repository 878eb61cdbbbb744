import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { EventRow } from '../events/events.ts';

/** An event with the names of what it is about, as they are now. */
export type NamedEvent = EventRow &
  Readonly<{ customer_name: string | null; invoice_number: string | null; estimate_number: string | null; document_kind: string | null }>;

export type FeedFilter = Readonly<{
  customerId?: string;
  documentId?: string;
  jobId?: string;
  /** Only these kinds. */
  kinds?: readonly string[];
  /** Only larger numbers, and only smaller ones. */
  afterSeq?: bigint;
  seqs?: readonly bigint[];
  beforeSeq?: bigint;
  order: 'newest' | 'oldest';
  limit: number;
}>;

export async function selectFeed(scope: Scope, filter: FeedFilter): Promise<NamedEvent[]> {
  const b = sql`${scope.business}::uuid`;
  const where = [sql`e.business_id = ${b}`];
  if (filter.customerId !== undefined) where.push(sql`e.customer_id = ${filter.customerId}`);
  if (filter.documentId !== undefined) where.push(sql`e.document_id = ${filter.documentId}`);
  if (filter.jobId !== undefined) where.push(sql`e.data ->> 'jobId' = ${filter.jobId}`);
  if (filter.kinds !== undefined) where.push(sql`e.kind = any (${[...filter.kinds]}::text[])`);
  if (filter.afterSeq !== undefined) where.push(sql`e.seq > ${filter.afterSeq}`);
  if (filter.seqs !== undefined) where.push(sql`e.seq = any (${filter.seqs.map(String)}::bigint[])`);
  if (filter.beforeSeq !== undefined) where.push(sql`e.seq < ${filter.beforeSeq}`);
  const order = filter.order === 'newest' ? sql`desc` : sql`asc`;
  const { rows } = await sql<NamedEvent>`select e.seq, e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.kind, e.customer_id, e.document_id, e.property_id,
      e.shown, e.data, c.name as customer_name, i.number as invoice_number, t.number as estimate_number, d.kind as document_kind
    from (select * from events e where ${sql.join(where, sql` and `)} order by e.seq ${order} limit ${filter.limit}) e
    left join customers c on c.business_id = ${b} and c.id = e.customer_id
    left join invoice_standings i on i.business_id = ${b} and i.document_id = e.document_id
    left join documents d on d.business_id = ${b} and d.id = e.document_id
    left join estimate_standings t on t.business_id = ${b} and t.document_id = e.document_id
    order by e.seq ${order}`.execute(scope.tx);
  return rows;
}
