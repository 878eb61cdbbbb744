import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';

export type AskedRow = Readonly<{
  customer_id: string;
  /** Where the question belongs: the line's property, the document's only one, or null for the whole of several. */
  property_id: string | null;
  number: string;
  line_name: string | null;
}>;

/**
 * The document as the scope may see it, through its parts: someone with some of its properties asks under one of those. No row when
 * nothing of it may be seen, or the line is not among it.
 */
export async function selectAsked(scope: Scope, documentId: string, lineId: string | null): Promise<AskedRow | undefined> {
  const { rows } = await sql<AskedRow>`select p.customer_id, l.name as line_name, p.number,
      case when l.id is not null then l.property_id
        when (p.customer_id = any (app_customers()) or ${scope.role} <> 'portal') and (select count(*) from document_parts o where o.business_id = ${scope.business} and o.document_id = ${documentId}) > 1 then null
        else p.property_id end as property_id
    from document_parts p
    left join document_lines l on l.business_id = ${scope.business} and l.document_id = p.document_id and l.id = ${lineId}::uuid
    where p.business_id = ${scope.business} and p.document_id = ${documentId} and (${lineId}::uuid is null or l.id is not null)
    order by p.position limit 1`.execute(scope.tx);
  return rows[0];
}

/** The thread a further message on the same document and line belongs to. */
export async function selectThreadOf(scope: Scope, documentId: string, lineId: string | null, propertyId: string | null): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from threads where business_id = ${scope.business} and document_id = ${documentId}
    and line_id is not distinct from ${lineId}::uuid and property_id is not distinct from ${propertyId}::uuid and waiting_for <> 'nobody'
    order by opened_at desc limit 1`.execute(scope.tx);
  return rows[0]?.id ?? null;
}

export type NewThread = Readonly<{
  id: string;
  documentId: string | null;
  customerId: string;
  propertyId: string | null;
  lineId: string | null;
  subject: string;
  /** With whom the office begins it. */
  personId?: string;
}>;

export async function insertThread(scope: Scope, thread: NewThread): Promise<void> {
  const at = scope.now.toString();
  await scope.tx
    .insertInto('threads')
    .values({
      business_id: scope.business,
      id: thread.id,
      document_id: thread.documentId,
      customer_id: thread.customerId,
      property_id: thread.propertyId,
      line_id: thread.lineId,
      subject: thread.subject,
      opened_at: at,
      last_at: at,
      waiting_for: thread.personId === undefined ? 'office' : 'customer',
      ...(thread.personId === undefined ? {} : { person_id: thread.personId }),
    })
    .execute();
}

export type NewMessage = Readonly<{
  id: string;
  threadId: string;
  documentId: string | null;
  customerId: string;
  propertyId: string | null;
  fromOffice: boolean;
  body: string;
}>;

export async function insertMessage(scope: Scope, message: NewMessage): Promise<void> {
  await scope.tx
    .insertInto('messages')
    .values({
      business_id: scope.business,
      id: message.id,
      thread_id: message.threadId,
      document_id: message.documentId,
      customer_id: message.customerId,
      property_id: message.propertyId,
      from_office: message.fromOffice,
      author_id: scope.actor.id,
      author_name: scope.actor.name,
      body: message.body,
      at: scope.now.toString(),
    })
    .execute();
}

export async function turnThread(scope: Scope, threadId: string, waitingFor: 'office' | 'customer' | 'nobody'): Promise<void> {
  await scope.tx
    .updateTable('threads')
    .set({ last_at: scope.now.toString(), waiting_for: waitingFor })
    .where('business_id', '=', scope.business)
    .where('id', '=', threadId)
    .execute();
}

export async function setAssignee(scope: Scope, threadId: string, staffId: string | null): Promise<void> {
  await scope.tx.updateTable('threads').set({ assignee_id: staffId }).where('business_id', '=', scope.business).where('id', '=', threadId).execute();
}

/** The name of somebody who works here now. */
export async function selectColleague(scope: Scope, staffId: string): Promise<string | undefined> {
  const found = await scope.tx
    .selectFrom('staff')
    .select('name')
    .where('business_id', '=', scope.business)
    .where('id', '=', staffId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return found?.name;
}

export async function upsertRead(scope: Scope, threadId: string, staffId: string): Promise<void> {
  const at = scope.now.toString();
  await scope.tx
    .insertInto('thread_reads')
    .values({ business_id: scope.business, thread_id: threadId, staff_id: staffId, read_at: at })
    .onConflict((conflict) => conflict.columns(['business_id', 'thread_id', 'staff_id']).doUpdateSet({ read_at: at }))
    .execute();
}

export type ThreadRow = Readonly<{
  id: string;
  document_id: string | null;
  customer_id: string;
  customer_name: string;
  property_id: string | null;
  property_title: string | null;
  line_id: string | null;
  subject: string;
  /** Of the document it is about; a revision of an estimate has that of the estimate. */
  number: string | null;
  document_kind: string | null;
  opened_at: string;
  last_at: string;
  waiting_for: 'office' | 'customer' | 'nobody';
  last_body: string | null;
  last_author: string | null;
  last_from_office: boolean | null;
  assignee_id: string | null;
  assignee_name: string | null;
  /** A customer wrote since this reader looked last. */
  unread: boolean;
  /** The charge it questions: null when it questions none. */
  charge_id: string | null;
  charge_minor: bigint | null;
  charge_currency: string | null;
  charge_ending: string | null;
}>;

export type WaitingFor = ThreadRow['waiting_for'];
/** `before`: when and which was the last of the page before. */
export type ThreadFilter = Readonly<{
  waitingFor: WaitingFor | null;
  assigned: 'me' | 'nobody' | null;
  documentId: string | null;
  customerId: string | null;
  threadId: string | null;
  search: string | null;
  before: Readonly<{ at: string; id: string | null }> | null;
  limit: number;
}>;

/** Threads, the longest waiting first when they wait for the office, else the newest first. */
export async function selectThreads(scope: Scope, filter: ThreadFilter): Promise<ThreadRow[]> {
  const b = sql`${scope.business}::uuid`;
  const where = [sql`t.business_id = ${b}`];
  if (filter.waitingFor !== null) where.push(sql`t.waiting_for = ${filter.waitingFor}`);
  const me = scope.actor.kind === 'staff' ? scope.actor.id : null;
  if (filter.assigned === 'me') where.push(sql`t.assignee_id = ${me}::uuid`);
  if (filter.assigned === 'nobody') where.push(sql`t.assignee_id is null`);
  if (filter.documentId !== null) where.push(sql`t.document_id = ${filter.documentId}`);
  if (filter.customerId !== null) where.push(sql`t.customer_id = ${filter.customerId}`);
  if (filter.threadId !== null) where.push(sql`t.id = ${filter.threadId}`);
  if (filter.before !== null && filter.before.id !== null) where.push(sql`(t.last_at, t.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  if (filter.before !== null && filter.before.id === null) where.push(sql`t.last_at < ${filter.before.at}::timestamptz`);
  if (filter.search !== null) {
    const like = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    where.push(sql`(c.name ilike ${like} or t.subject ilike ${like} or s.number ilike ${like} or e.number ilike ${like}
      or exists (select from messages w where w.business_id = ${b} and w.thread_id = t.id and w.body ilike ${like}))`);
  }
  const { rows } = await sql<ThreadRow>`select t.id, t.document_id, t.customer_id, c.name as customer_name, t.property_id,
      (select concat_ws(' · ', nullif(o.name, ''), nullif(o.code, ''), nullif(o.unit, '')) from properties o where o.business_id = ${b} and o.id = t.property_id) as property_title,
      t.line_id, t.subject, coalesce(s.number, e.number) as number, d.kind as document_kind, t.opened_at, t.last_at, t.waiting_for, m.body as last_body, m.author_name as last_author, m.from_office as last_from_office,
      t.assignee_id, a.name as assignee_name, coalesce(not m.from_office and (r.read_at is null or r.read_at < m.at), false) as unread,
      q.id as charge_id, q.amount_minor as charge_minor, q.currency as charge_currency, q.ending as charge_ending
    from threads t
    join customers c on c.business_id = ${b} and c.id = t.customer_id
    left join documents d on d.business_id = ${b} and d.id = t.document_id
    left join invoice_standings s on s.business_id = ${b} and s.document_id = t.document_id
    left join estimate_standings e on e.business_id = ${b} and e.document_id = t.document_id
    left join lateral (select body, author_name, from_office, at from messages where business_id = ${b} and thread_id = t.id order by at desc, id desc limit 1) m on true
    left join staff a on a.business_id = ${b} and a.id = t.assignee_id
    left join questioned_charges q on q.business_id = ${b} and q.thread_id = t.id
    left join thread_reads r on r.business_id = ${b} and r.thread_id = t.id and r.staff_id = ${me}::uuid
    where ${sql.join(where, sql` and `)} order by t.last_at desc, t.id desc limit ${filter.limit}`.execute(scope.tx);
  return rows;
}

export type MessageRow = Readonly<{
  id: string;
  thread_id: string;
  from_office: boolean;
  author_id: string | null;
  author_name: string;
  body: string;
  at: string;
}>;

export async function selectMessages(scope: Scope, threadId: string): Promise<MessageRow[]> {
  return scope.tx
    .selectFrom('messages')
    .select(['id', 'thread_id', 'from_office', 'author_id', 'author_name', 'body', 'at'])
    .where('business_id', '=', scope.business)
    .where('thread_id', '=', threadId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** A message with what a mail about it needs, and the last customer person who wrote in its thread. */
export type MailedMessage = Readonly<{
  id: string;
  thread_id: string;
  body: string;
  author_id: string | null;
  author_name: string;
  from_office: boolean;
  document_id: string | null;
  customer_id: string;
  customer_name: string;
  number: string | null;
  subject: string;
  asker_id: string | null;
  asker_email: string | null;
  /** Of a charge that is in question. */
  asked_minor: bigint | null;
  asked_currency: string | null;
}>;

export async function selectMailedMessage(scope: Scope, messageId: string): Promise<MailedMessage | undefined> {
  const { rows } =
    await sql<MailedMessage>`select m.id, m.thread_id, m.body, m.author_id, m.author_name, m.from_office, m.document_id, m.customer_id, c.name as customer_name, coalesce(s.number, e.number) as number, t.subject,
      p.id as asker_id, p.email as asker_email, q.amount_minor as asked_minor, q.currency as asked_currency
    from messages m
    join threads t on t.business_id = ${scope.business} and t.id = m.thread_id
    join customers c on c.business_id = ${scope.business} and c.id = m.customer_id
    left join invoice_standings s on s.business_id = ${scope.business} and s.document_id = m.document_id
    left join estimate_standings e on e.business_id = ${scope.business} and e.document_id = m.document_id
    left join lateral (select author_id from messages where business_id = ${scope.business} and thread_id = m.thread_id and not from_office and author_id is not null
      order by at desc, id desc limit 1) a on true
    left join people p on p.business_id = ${scope.business} and p.id = coalesce(a.author_id, t.person_id)
    left join questioned_charges q on q.business_id = ${scope.business} and q.thread_id = m.thread_id
    where m.business_id = ${scope.business} and m.id = ${messageId}`.execute(scope.tx);
  return rows[0];
}
