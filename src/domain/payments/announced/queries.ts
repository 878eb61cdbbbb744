import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Method } from '../payment.ts';

export type AnnouncedRow = Readonly<{
  id: string;
  document_id: string;
  customer_id: string;
  property_id: string | null;
  person_id: string | null;
  method: Method;
  already_paid: boolean;
  amount_minor: bigint;
  expected_on: string;
  ends_on: string;
  note: string;
  ended_at: string | null;
}>;

const columns = [
  'id',
  'document_id',
  'customer_id',
  'property_id',
  'person_id',
  'method',
  'already_paid',
  'amount_minor',
  'expected_on',
  'ends_on',
  'note',
  'ended_at',
] as const;

export type NewAnnounced = Omit<AnnouncedRow, 'ended_at'>;

/** False when an announcement of this id is already there. */
export async function insertAnnounced(scope: Scope, row: NewAnnounced): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('announced_payments')
    .values({ business_id: scope.business, ...row, created_at: scope.now.toString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function selectAnnounced(scope: Scope, id: string): Promise<AnnouncedRow | undefined> {
  const row = await scope.tx.selectFrom('announced_payments').select(columns).where('business_id', '=', scope.business).where('id', '=', id).executeTakeFirst();
  return row as AnnouncedRow | undefined;
}

/** Open ones of a document, as far as the scope sees them. */
export async function selectOpenAnnounced(scope: Scope, documentIds: readonly string[]): Promise<AnnouncedRow[]> {
  const rows = await scope.tx
    .selectFrom('announced_payments')
    .select(columns)
    .where('business_id', '=', scope.business)
    .where('document_id', '=', sql<string>`any (${[...documentIds]}::uuid[])`)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows as AnnouncedRow[];
}

/** Open ones whose last day is before `today`. */
export async function selectOverAnnounced(scope: Scope, today: string, limit: number): Promise<AnnouncedRow[]> {
  const rows = await scope.tx
    .selectFrom('announced_payments')
    .select(columns)
    .where('business_id', '=', scope.business)
    .where('ends_on', '<', today)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows as AnnouncedRow[];
}

/** Ends those still open; answers their ids. The portal may say that it is over, the office also which money answered it. */
export async function endAnnounced(scope: Scope, ids: readonly string[], paymentId: string | null): Promise<string[]> {
  const open = scope.tx
    .updateTable('announced_payments')
    .set({ ended_at: scope.now.toString(), ...(paymentId === null ? {} : { payment_id: paymentId }) })
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .where('ended_at', 'is', null)
    .returning('id');
  return (await open.execute()).map((row) => row.id);
}

/** What the announcing person may see of the document: its parts. */
export function selectSeenParts(
  scope: Scope,
  documentId: string,
): Promise<{ customer_id: string; property_id: string | null; currency: string; number: string; balance: bigint }[]> {
  return scope.tx
    .selectFrom('document_parts as p')
    .innerJoin('part_standings as s', (join) => join.onRef('s.part_id', '=', 'p.id').on('s.business_id', '=', scope.business))
    .select(['p.customer_id', 'p.property_id', 'p.currency', 'p.number'])
    .select(sql<bigint>`s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.written_off_minor`.as('balance'))
    .where('p.business_id', '=', scope.business)
    .where('p.document_id', '=', documentId)
    .orderBy('p.position')
    .execute();
}

/** True when the scope sees the whole document, not only some of its parts. */
export async function seesWhole(scope: Scope, documentId: string): Promise<boolean> {
  const row = await scope.tx
    .selectFrom('invoice_standings')
    .select('document_id')
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return row !== undefined;
}
