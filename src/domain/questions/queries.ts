import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { ListedCharge, QuestionEnding, QuestionedCharge } from './question.ts';

const columns: RawBuilder<unknown> = sql`q.id, q.document_id as "documentId", q.customer_id as "customerId", q.property_id as "propertyId", q.line_id as "lineId",
  q.line_name as "lineName", q.thread_id as "threadId", q.amount_minor as "amountMinor", q.currency, q.reason, q.person_id as "personId", q.person_name as "personName",
  q.opened_at as "openedAt", q.ended_at as "endedAt", q.ending, q.answer, q.answer_document_id as "answerDocumentId", q.ended_by_name as "endedByName",
  q.reminders_from as "remindersFrom"`;

export type AskedPart = Readonly<{
  partId: string;
  propertyId: string | null;
  customerId: string;
  number: string;
  currency: string;
  inclusive: boolean;
  taxes: readonly Readonly<{ rateId: string; taxMinor: bigint }>[];
  balanceMinor: bigint;
  billedMinor: bigint;
  /** The last day money for it arrived; null: none did. */
  paidOn: string | null;
}>;

/** The parts of an issued document as the scope may see them, as they stand. */
export async function selectAskedParts(scope: Scope, documentId: string): Promise<AskedPart[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<AskedPart>`select p.id as "partId", p.property_id as "propertyId", p.customer_id as "customerId", p.number, p.currency,
      p.total_minor = p.subtotal_minor - p.discount_minor as inclusive,
      (select coalesce(jsonb_agg(jsonb_build_object('rateId', t ->> 'rateId', 'taxMinor', t ->> 'taxMinor')), '[]') from jsonb_array_elements(p.taxes) t) as taxes,
      s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.written_off_minor as "balanceMinor",
      s.total_minor - s.credited_minor - s.canceled_minor as "billedMinor",
      (select max(h.day) from payment_shares h where h.business_id = ${b} and h.document_id = p.document_id and h.part_id = p.id and h.state = 'cleared') as "paidOn"
    from document_parts p join part_standings s on s.business_id = ${b} and s.part_id = p.id
    where p.business_id = ${b} and p.document_id = ${documentId} order by p.position`.execute(scope.tx);
  return rows.map((row) => ({ ...row, taxes: row.taxes.map(({ rateId, taxMinor }) => ({ rateId, taxMinor: BigInt(taxMinor) })) }));
}

export type AskedLine = Readonly<{
  id: string;
  partId: string;
  propertyId: string | null;
  name: string;
  rateId: string | null;
  netMinor: bigint;
  documentDiscountMinor: bigint;
}>;

export async function selectAskedLines(scope: Scope, documentId: string): Promise<AskedLine[]> {
  const { rows } = await sql<AskedLine>`select l.id, l.part_id as "partId", l.property_id as "propertyId", l.name, l.tax_rate_id as "rateId",
      l.net_minor as "netMinor", l.document_discount_minor as "documentDiscountMinor"
    from document_lines l where l.business_id = ${scope.business} and l.document_id = ${documentId} order by l.position`.execute(scope.tx);
  return rows;
}

/** False when a question on this charge is open already. */
export async function insertQuestion(scope: Scope, row: QuestionedCharge): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await scope.tx
    .insertInto('questioned_charges')
    .values({
      business_id: scope.business,
      id: row.id,
      document_id: row.documentId,
      customer_id: row.customerId,
      property_id: row.propertyId,
      line_id: row.lineId,
      line_name: row.lineName,
      thread_id: row.threadId,
      amount_minor: row.amountMinor,
      currency: row.currency,
      reason: row.reason,
      person_id: row.personId,
      person_name: row.personName,
      opened_at: row.openedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Open ones of the documents, as far as the scope sees them; oldest first. */
export async function selectOpenQuestions(scope: Scope, documentIds: readonly string[]): Promise<QuestionedCharge[]> {
  const { rows } = await sql<QuestionedCharge>`select ${columns} from questioned_charges q
    where q.business_id = ${scope.business} and q.document_id = any (${[...documentIds]}::uuid[]) and q.ended_at is null order by q.opened_at, q.id`.execute(
    scope.tx,
  );
  return rows;
}

/**
 * Open ones asked before `before` whose property's part, or whose whole document, is paid now. `before` null: whenever they were asked.
 */
export async function selectPaidQuestions(scope: Scope, documentIds: readonly string[], before: string | null): Promise<QuestionedCharge[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<QuestionedCharge>`select ${columns} from questioned_charges q
    where q.business_id = ${b} and q.document_id = any (${[...documentIds]}::uuid[]) and q.ended_at is null and q.opened_at <= coalesce(${before}::timestamptz, 'infinity')
      and not exists (select from part_standings s where s.business_id = ${b} and s.document_id = q.document_id and (q.property_id is null or s.property_id = q.property_id)
        and s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.written_off_minor > 0)
    order by q.opened_at, q.id`.execute(scope.tx);
  return rows;
}

export type QuestionFilter = Readonly<{
  id: string | null;
  open: boolean | null;
  documentId: string | null;
  customerId: string | null;
  before: Readonly<{ at: string; id: string }> | null;
  limit: number;
}>;

/** Newest first. */
export async function selectQuestions(scope: Scope, filter: QuestionFilter): Promise<ListedCharge[]> {
  const b = sql`${scope.business}::uuid`;
  const where = [sql`q.business_id = ${b}`];
  if (filter.id !== null) where.push(sql`q.id = ${filter.id}`);
  if (filter.open !== null) where.push(filter.open ? sql`q.ended_at is null` : sql`q.ended_at is not null`);
  if (filter.documentId !== null) where.push(sql`q.document_id = ${filter.documentId}`);
  if (filter.customerId !== null) where.push(sql`q.customer_id = ${filter.customerId}`);
  if (filter.before !== null) where.push(sql`(q.opened_at, q.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  const { rows } = await sql<ListedCharge>`select ${columns}, c.name as "customerName",
      (select p.number from document_parts p where p.business_id = ${b} and p.document_id = q.document_id order by p.position limit 1) as number
    from questioned_charges q join customers c on c.business_id = ${b} and c.id = q.customer_id
    where ${sql.join(where, sql` and `)} order by q.opened_at desc, q.id desc limit ${filter.limit}`.execute(scope.tx);
  return rows;
}

export type EndedQuestion = Readonly<{
  ending: QuestionEnding;
  answer?: string;
  answerDocumentId?: string | null;
  remindersFrom?: string | null;
}>;

/** Ends those still open; answers their ids. */
export async function updateEnded(scope: Scope, ids: readonly string[], end: EndedQuestion): Promise<string[]> {
  const { answer, answerDocumentId, remindersFrom } = end;
  const rows = await scope.tx
    .updateTable('questioned_charges')
    .set({
      ended_at: scope.now.toString(),
      ending: end.ending,
      ended_by_name: scope.actor.name,
      ...(answer === undefined ? {} : { answer }),
      ...(answerDocumentId == null ? {} : { answer_document_id: answerDocumentId }),
      ...(remindersFrom == null ? {} : { reminders_from: remindersFrom }),
    })
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Nobody waits for an answer to these any more. */
export async function restThreads(scope: Scope, threadIds: readonly string[]): Promise<void> {
  await scope.tx
    .updateTable('threads')
    .set({ waiting_for: 'nobody', last_at: scope.now.toString() })
    .where('business_id', '=', scope.business)
    .where('id', '=', sql<string>`any (${[...threadIds]}::uuid[])`)
    .where('waiting_for', '<>', 'nobody')
    .execute();
}

export async function selectZone(scope: Scope): Promise<string> {
  const { time_zone: zone } = await scope.tx.selectFrom('businesses').select('time_zone').where('id', '=', scope.business).executeTakeFirstOrThrow();
  return zone;
}

/** When it was due, and what took its place; none of it for who sees a part only. */
export async function selectWhole(
  scope: Scope,
  documentId: string,
): Promise<{ dueOn: string | null; replacedBy: string | null; heldBackMinor: bigint } | undefined> {
  const { rows } = await sql<{
    dueOn: string | null;
    replacedBy: string | null;
    heldBackMinor: bigint;
  }>`select s.due_on as "dueOn", d.replaced_by as "replacedBy",
      s.held_back_minor as "heldBackMinor"
    from invoice_standings s join documents d on d.business_id = ${scope.business} and d.id = s.document_id
    where s.business_id = ${scope.business} and s.document_id = ${documentId}`.execute(scope.tx);
  return rows[0];
}
