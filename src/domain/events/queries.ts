import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { EventKind } from './kinds.ts';

export type EventRow = Readonly<{
  seq: bigint;
  id: string;
  at: string;
  actor_kind: 'staff' | 'person' | 'key' | 'system';
  actor_id: string | null;
  actor_name: string;
  kind: EventKind;
  customer_id: string | null;
  document_id: string | null;
  property_id: string | null;
  shown: boolean;
  data: Record<string, unknown>;
}>;

export async function appendEvents(scope: Scope, eventsJson: string): Promise<bigint> {
  const { rows } = await sql<{
    seq: bigint;
  }>`select append_events(${scope.business}, ${scope.now.toString()}::timestamptz, ${eventsJson}::jsonb) as seq`.execute(scope.tx);
  return rows[0]?.seq ?? 0n;
}

export async function selectEvents(scope: Scope, filter: EventFilter): Promise<EventRow[]> {
  let query = scope.tx
    .selectFrom('events')
    .select(['seq', 'id', 'at', 'actor_kind', 'actor_id', 'actor_name', 'kind', 'customer_id', 'document_id', 'property_id', 'shown', 'data'])
    .where('business_id', '=', scope.business)
    .limit(filter.limit);
  if (filter.documentId !== undefined) query = query.where('document_id', '=', filter.documentId);
  if (filter.customerId !== undefined) query = query.where('customer_id', '=', filter.customerId);
  if (filter.kinds !== undefined) query = query.where('kind', 'in', [...filter.kinds]);
  if (filter.afterSeq !== undefined) query = query.where('seq', '>', filter.afterSeq).orderBy('seq', 'asc');
  else query = query.orderBy('seq', 'desc');
  if (filter.beforeSeq !== undefined) query = query.where('seq', '<', filter.beforeSeq);
  return (await query.execute()) as unknown as EventRow[];
}

/** `afterSeq` reads forward (live resume); otherwise the newest come first, `beforeSeq` pages back. */
export type EventFilter = Readonly<{
  documentId?: string;
  customerId?: string;
  kinds?: readonly EventKind[];
  afterSeq?: bigint;
  beforeSeq?: bigint;
  limit: number;
}>;

export async function selectHeadSeq(scope: Scope): Promise<bigint> {
  const row = await scope.tx.selectFrom('business_heads').select('event_seq').where('business_id', '=', scope.business).executeTakeFirst();
  return row?.event_seq ?? 0n;
}

export async function selectBrokenEvent(scope: Scope): Promise<{ broken: bigint | null; newest: bigint | null; head: bigint | null; fits: boolean }> {
  const { rows } = await sql<{ broken: bigint | null; newest: bigint | null; head: bigint | null; fits: boolean }>`
    select broken_event(${scope.business}) as broken, e.seq as newest, h.event_seq as head,
           coalesce(e.hash, '\\x'::bytea) = h.event_hash as fits
    from business_heads h
    left join lateral (select seq, hash from events where business_id = ${scope.business} order by seq desc limit 1) e on true
    where h.business_id = ${scope.business}`.execute(scope.tx);
  return rows[0] ?? { broken: null, newest: null, head: null, fits: false };
}
