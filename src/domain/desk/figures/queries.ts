import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import { fallingDue, figuresSql } from '../../invoices/invoices.ts';

export type Figure = Readonly<{ amountMinor: bigint; invoices: number }>;
export type OpenFigures = Readonly<{
  owedMinor: bigint;
  owed: number;
  overdueMinor: bigint;
  overdue: number;
  onItsWayMinor: bigint;
  onItsWay: number;
  comingMinor: bigint;
  coming: number;
}>;

const open = sql`s.balance_minor > 0 and s.state = 'issued' and s.closed_at is null`;
const sum = (amount: RawBuilder<unknown>): RawBuilder<unknown> => sql`coalesce(sum(${amount}), 0)::bigint`;
const count = (when: RawBuilder<unknown>): RawBuilder<unknown> => sql`(count(*) filter (where ${when}))::int`;

/** Sums over what is open: one narrow index. */
export async function selectOpen(scope: Scope, today: string, until: string): Promise<OpenFigures> {
  const day = sql`${today}::date`;
  const { overdue, dueNext, onItsWay } = figuresSql('s', day);
  const late = sql`s.due_on < ${day} and ${overdue} > 0`;
  const soon = sql`s.due_on between ${day} and ${until}::date and ${dueNext} > 0`;
  const { rows } = await sql<OpenFigures>`select ${sum(sql`s.balance_minor`)} as "owedMinor", count(*)::int as owed,
      ${sum(sql`case when ${late} then ${overdue} end`)} as "overdueMinor", ${count(late)} as overdue,
      ${sum(onItsWay)} as "onItsWayMinor", ${count(sql`${onItsWay} > 0`)} as "onItsWay",
      ${sum(sql`case when ${soon} then ${dueNext} end`)} as "comingMinor", ${count(soon)} as coming
    from invoice_standings s where s.business_id = ${scope.business} and ${open}`.execute(scope.tx);
  const [row] = rows;
  if (row === undefined) throw new Error('sums answer one row');
  return row;
}

/** The balance by how many days after the due day it is: -1 not due, 0 one to 30, … 3 over 90. */
export async function selectAgeing(scope: Scope, today: string): Promise<(Figure & { bucket: number })[]> {
  const { rows } = await sql<Figure & { bucket: number }>`select a.bucket, sum(a.balance)::bigint as "amountMinor", count(*)::int as invoices
    from (select s.balance_minor as balance, case when s.due_on >= ${today}::date then -1 else least((${today}::date - s.due_on - 1) / 30, 3) end as bucket
      from invoice_standings s where s.business_id = ${scope.business} and ${open} and s.installments is null
      union all select o.open_minor, case when o.due_on >= ${today}::date then -1 else least((${today}::date - o.due_on - 1) / 30, 3) end
      from invoice_standings s cross join lateral open_installments(s.installments, s.balance_minor) o
      where s.business_id = ${scope.business} and ${open} and s.installments is not null) a
    group by a.bucket`.execute(scope.tx);
  return rows;
}

/** What falls due in each week from today on: week 0 begins today. */
export async function selectComing(scope: Scope, today: string, until: string): Promise<{ week: number; amountMinor: bigint }[]> {
  const { rows } = await sql<{ week: number; amountMinor: bigint }>`select (d.on - ${today}::date) / 7 as week, sum(d.minor)::bigint as "amountMinor"
    from (${fallingDue(scope, today, open)}) d where d.on between ${today}::date and ${until}::date group by 1`.execute(scope.tx);
  return rows;
}

/** Cleared money by month ('2026-11') since a day. By day first: a year has few days and many payments. */
export async function selectPaid(scope: Scope, since: string): Promise<{ month: string; amountMinor: bigint; payments: number }[]> {
  const { rows } = await sql<{ month: string; amountMinor: bigint; payments: number }>`select to_char(d.cleared_on, 'YYYY-MM') as month,
      sum(d.amount)::bigint as "amountMinor", sum(d.payments)::int as payments
    from (select p.cleared_on, sum(p.amount_minor + least(p.way_minor, 0)) as amount, count(*) as payments from payments p
      where p.business_id = ${scope.business} and p.cleared_on >= ${since}::date and p.state = 'cleared' group by p.cleared_on) d group by 1`.execute(scope.tx);
  return rows;
}

export type DocumentNeed = Readonly<{
  kind: 'question' | 'mail_bounced' | 'schedule_failed' | 'crew_ready' | 'not_sent' | 'overdue';
  at: string;
  customerId: string;
  customerName: string;
  documentId: string | null;
  number: string | null;
  threadId: string | null;
  amountMinor: bigint | null;
  detail: string;
}>;

/** What waits for the office beside payments: questions, mail that came back, invoices that lie unsent, and the longest overdue. */
export async function selectDocumentNeeds(scope: Scope, today: string, limit: number): Promise<DocumentNeed[]> {
  const b = sql`${scope.business}::uuid`;
  const { overdue } = figuresSql('s', sql`${today}::date`);
  const { rows } = await sql<DocumentNeed>`
    (select 'question' as kind, t.last_at as at, t.customer_id as "customerId", c.name as "customerName", t.document_id as "documentId", s.number, t.id as "threadId",
        q.amount_minor as "amountMinor", left(coalesce(m.body, ''), 200) as detail
      from threads t join customers c on c.business_id = ${b} and c.id = t.customer_id
      left join invoice_standings s on s.business_id = ${b} and s.document_id = t.document_id
      left join questioned_charges q on q.business_id = ${b} and q.thread_id = t.id and q.ended_at is null
      left join lateral (select body from messages where business_id = ${b} and thread_id = t.id and not from_office order by at desc, id desc limit 1) m on true
      where t.business_id = ${b} and t.waiting_for = 'office' order by t.last_at limit ${limit})
    union all (select 'mail_bounced', coalesce(m.at, s.last_mailed_at, ${scope.now.toString()}::timestamptz), s.customer_id, s.customer_name, s.document_id, s.number, null,
        s.balance_minor, coalesce(m.address, '')
      from invoice_standings s
      left join lateral (select created_at as at, to_address as address from mails where business_id = ${b} and document_id = s.document_id and state = 'bounced'
        order by id desc limit 1) m on true
      where s.business_id = ${b} and s.state = 'issued' and s.delivery = 'bounced' order by s.listed_on desc, s.document_id desc limit ${limit})
    union all (select 'schedule_failed', h.failed_at, s.customer_id, s.customer_name, s.document_id, null, null, s.total_minor, h.failure
      from invoice_schedules h join invoice_standings s on s.business_id = ${b} and s.document_id = h.document_id
      where h.business_id = ${b} and h.failed_at is not null order by h.failed_at limit ${limit})
    union all (select 'crew_ready', f.ready_at, s.customer_id, s.customer_name, s.document_id, null, null, s.total_minor, w.name
      from field_drafts f join invoice_standings s on s.business_id = ${b} and s.document_id = f.document_id and s.state = 'draft'
      join staff w on w.business_id = ${b} and w.id = f.staff_id
      where f.business_id = ${b} and f.ready_at is not null order by f.ready_at limit ${limit})
    union all (select 'not_sent', d.issued_at, s.customer_id, s.customer_name, s.document_id, s.number, null, s.balance_minor, ''
      from invoice_standings s join documents d on d.business_id = ${b} and d.id = s.document_id
      where s.business_id = ${b} and ${open} and not s.shown and not s.imported order by s.due_on limit ${limit})
    union all (select 'overdue', (s.due_on + 1)::timestamptz, s.customer_id, s.customer_name, s.document_id, s.number, null, ${overdue}, ''
      from invoice_standings s where s.business_id = ${b} and ${open} and s.due_on < ${today}::date and ${overdue} > 0 and not s.imported
      order by s.due_on limit ${limit})`.execute(scope.tx);
  return rows;
}

/** How many invoices and questions wait in all, counted up to a point. */
export async function countNeeds(scope: Scope, today: string, most: number): Promise<number> {
  const b = sql`${scope.business}::uuid`;
  const { overdue } = figuresSql('s', sql`${today}::date`);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
      select t.id from threads t where t.business_id = ${b} and t.waiting_for = 'office'
      union all select n.document_id from invoice_standings n where n.business_id = ${b}
        and n.state = 'issued' and (n.returned or n.delivery = 'bounced' or n.unknown_minor > 0 or n.announced_minor > 0)
      union all select r.id from refunds r where r.business_id = ${b} and (r.state = 'waiting_second' or (r.state = 'failed' and r.ended_at > now() - interval '7 days'))
      union all select d.id from disputes d where d.business_id = ${b} and d.state = 'open'
      union all select h.document_id from invoice_schedules h where h.business_id = ${b} and h.failed_at is not null
      union all select f.document_id from field_drafts f join invoice_standings s on s.business_id = ${b} and s.document_id = f.document_id and s.state = 'draft'
        where f.business_id = ${b} and f.ready_at is not null
      union all select s.document_id from invoice_standings s where s.business_id = ${b} and ${open} and not s.shown and not s.imported
      union all select s.document_id from invoice_standings s where s.business_id = ${b} and ${open} and s.due_on < ${today}::date and ${overdue} > 0 and not s.imported
      limit ${most}) waiting`.execute(scope.tx);
  return rows[0]?.count ?? 0;
}
