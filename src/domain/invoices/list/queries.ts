import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { DB } from '../../../db/tables.ts';
import { figuresSql } from '../figures/queries.ts';
import type { ListSort, ListTab, Purpose } from '../invoice.ts';
import { fromStored } from '../stored.ts';
import type { StandingJson } from '../view/facts-json.ts';

export type ListRow = StandingJson &
  Readonly<{
    id: string;
    state: 'draft' | 'scheduled' | 'issued';
    number: string | null;
    customerId: string;
    customerName: string;
    propertyId: string | null;
    purpose: Purpose;
    poNumber: string;
    currency: string;
    listedOn: string;
    issuedOn: string | null;
    dueOn: string | null;
    shown: boolean;
    imported: boolean;
    sentAt: string | null;
    openedAt: string | null;
    delivery: 'none' | 'queued' | 'sent' | 'bounced';
  }>;

export type ListQuestion = Readonly<{
  tab: ListTab;
  today: string;
  customerId: string | null;
  propertyId: string | null;
  /** Documents and customers that match what was searched for; null without a search. */
  found: { documents: readonly string[]; customers: readonly string[] } | null;
  from: string | null;
  to: string | null;
  byPost: boolean;
  sort: ListSort;
  after: { day: string; id: string } | null;
  limit: number;
}>;

type Standings = SelectQueryBuilder<DB & { s: DB['invoice_standings'] }, 's', Record<never, never>>;
const uuids = (ids: readonly string[]): RawBuilder<string> => sql<string>`any (${[...ids]}::uuid[])`;

/** Said in the words of the partial indexes, so that each tab has one. */
function inTab(scope: Scope, tab: ListTab, today: string): RawBuilder<boolean> | null {
  const day = sql`${today}::date`;
  if (tab === 'draft') return sql`s.state <> 'issued' and s.state = 'draft'`;
  if (tab === 'scheduled') return sql`s.state <> 'issued' and s.state = 'scheduled'`;
  if (tab === 'unpaid') return sql`s.state = 'issued' and s.balance_minor > 0`;
  if (tab === 'overdue')
    return sql`s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null and s.due_on < ${day} and ${figuresSql('s', day).overdue} > 0`;
  if (tab === 'paid') return sql`s.state = 'issued' and s.balance_minor = 0 and s.canceled_at is null`;
  if (tab === 'in_question') return sql`s.state = 'issued' and s.in_question_minor > 0 and s.canceled_at is null`;
  if (tab === 'needs_you') {
    return sql`s.document_id in (
      select n.document_id from invoice_standings n where n.business_id = ${scope.business}
        and n.state = 'issued' and (n.returned or n.delivery = 'bounced' or n.unknown_minor > 0 or n.announced_minor > 0)
      union select h.document_id from invoice_schedules h where h.business_id = ${scope.business} and h.failed_at is not null
      union select f.document_id from field_drafts f where f.business_id = ${scope.business} and f.ready_at is not null
        and exists (select from invoice_standings w where w.business_id = ${scope.business} and w.document_id = f.document_id and w.state = 'draft')
      union select t.document_id from threads t where t.business_id = ${scope.business} and t.waiting_for = 'office' and t.document_id is not null)`;
  }
  return null;
}

function filtered(scope: Scope, question: Omit<ListQuestion, 'sort' | 'after' | 'limit'>): Standings {
  const { tab, today, customerId, propertyId, found, from, to } = question;
  let query = scope.tx.selectFrom('invoice_standings as s').where('s.business_id', '=', scope.business) as unknown as Standings;
  const condition = inTab(scope, tab, today);
  if (condition) query = query.where(condition);
  if (customerId !== null) query = query.where('s.customer_id', '=', customerId);
  if (propertyId !== null) {
    query = query.where(sql<boolean>`(s.property_id = ${propertyId}::uuid or s.document_id in
      (select p.document_id from part_standings p where p.business_id = ${scope.business} and p.property_id = ${propertyId}::uuid))`);
  }
  if (found !== null) query = query.where((eb) => eb.or([eb('s.document_id', '=', uuids(found.documents)), eb('s.customer_id', '=', uuids(found.customers))]));
  if (from !== null) query = query.where('s.listed_on', '>=', from);
  if (to !== null) query = query.where('s.listed_on', '<=', to);
  if (question.byPost) {
    query = query.where(sql<boolean>`not exists (select from grants g join people p on p.business_id = ${scope.business} and p.id = g.person_id
      where g.business_id = ${scope.business} and g.customer_id = s.customer_id and g.bills and g.revoked_at is null
        and p.email <> '' and p.bounced_at is null and p.removed_at is null)`);
  }
  return query;
}

/** One page, in the order of an index, from after the last row of the page before. */
export async function selectPage(scope: Scope, question: ListQuestion): Promise<ListRow[]> {
  const { sort, after, limit } = question;
  const day = sort === 'due' ? 's.due_on' : 's.listed_on';
  const way = sort === 'newest' ? 'desc' : 'asc';
  let query = filtered(scope, question);
  if (after !== null)
    query = query.where(sql<boolean>`(${sql.ref(day)}, s.document_id) ${sql.raw(sort === 'newest' ? '<' : '>')} (${after.day}::date, ${after.id}::uuid)`);
  if (sort === 'due') query = query.where('s.due_on', 'is not', null);
  const rows = await query
    .select(['s.document_id as id', 's.state', 's.number', 's.customer_id as customerId', 's.customer_name as customerName', 's.property_id as propertyId'])
    .select(['s.po_number as poNumber', 's.currency', 's.listed_on as listedOn', 's.issued_on as issuedOn', 's.due_on as dueOn', 's.shown', 's.imported'])
    .select(['s.sent_at as sentAt', 's.opened_at as openedAt', 's.delivery', 's.version', 's.total_minor as totalMinor', 's.credited_minor as creditedMinor'])
    .select(['s.paid_minor as paidMinor', 's.processing_minor as processingMinor', 's.unknown_minor as unknownMinor', 's.announced_minor as announcedMinor'])
    .select(['s.announced_for as announcedFor', 's.in_question_minor as inQuestionMinor', 's.held_back_minor as heldBackMinor'])
    .select(['s.installments', 's.started_on as startedOn', 's.canceled_at as canceledAt', 's.closed_at as closedAt'])
    .select(['s.replaced_by_number as replacedBy', 's.returned', 's.purpose', 's.early_minor as earlyMinor', 's.early_until as earlyUntil'])
    .orderBy(day, way)
    .orderBy('s.document_id', way)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, installments: fromStored(row.installments) })) as ListRow[];
}

/** How many there are, counted no further than `most`: beyond it nobody reads the number. */
export async function countUpTo(scope: Scope, question: Omit<ListQuestion, 'sort' | 'after' | 'limit'>, most: number): Promise<number> {
  const rows = filtered(scope, question).select('s.document_id').limit(most);
  const { rows: answer } = await sql<{ count: number }>`select count(*)::int as count from (${rows}) c`.execute(scope.tx);
  return answer[0]?.count ?? 0;
}

export type BusinessDay = Readonly<{ timeZone: string; currency: string }>;

export async function selectBusinessDay(scope: Scope): Promise<BusinessDay> {
  const row = await scope.tx.selectFrom('businesses').select(['time_zone', 'currency']).where('id', '=', scope.business).executeTakeFirstOrThrow();
  return { timeZone: row.time_zone, currency: row.currency };
}

export type TotalsRow = Readonly<{
  owedMinor: bigint;
  overdueMinor: bigint;
  comingMinor: bigint;
  onItsWayMinor: bigint;
  openCount: number;
  overdueCount: number;
  paidThisMonthMinor: bigint;
}>;

/** Sums over what is open (one narrow index) and over the payments of one month. */
export async function selectTotals(scope: Scope, today: string, coming: string, monthBegan: string): Promise<TotalsRow> {
  const day = sql`${today}::date`;
  const { dueNext, overdue, onItsWay } = figuresSql('s', day);
  const sum = (amount: string, when = sql`true`): RawBuilder<unknown> => sql`coalesce(sum(${sql.ref(amount)}) filter (where ${when}), 0)::bigint`;
  /** Nearly every open invoice: nothing on its way, held back or asked about. */
  const plain = sql`(s.processing_minor | s.unknown_minor | s.announced_minor | s.in_question_minor | s.held_back_minor) = 0 and s.installments is null`;
  const late = sql`s.due_on < ${day}`;
  const soon = sql`s.due_on between ${day} and ${coming}::date`;
  const { rows } = await sql<TotalsRow>`select ${sum('s.balance_minor')} as "owedMinor", ${sum('s.overdue', late)} as "overdueMinor",
      ${sum('s.due_next', soon)} as "comingMinor", ${sum('s.on_its_way')} as "onItsWayMinor",
      count(*)::int as "openCount", (count(*) filter (where ${late} and s.overdue > 0))::int as "overdueCount",
      (select coalesce(sum(p.amount_minor + least(p.way_minor, 0)), 0)::bigint from payments p
        where p.business_id = ${scope.business} and p.cleared_on >= ${monthBegan}::date and p.state = 'cleared') as "paidThisMonthMinor"
    from (select s.due_on, s.balance_minor, case when ${plain} then s.balance_minor else ${dueNext} end as due_next,
        case when ${plain} then s.balance_minor else ${overdue} end as overdue,
        case when ${plain} then 0 else ${onItsWay} end as on_its_way
      from invoice_standings s
      where s.business_id = ${scope.business} and s.balance_minor > 0 and s.state = 'issued' and s.closed_at is null offset 0) s`.execute(scope.tx);
  const row = rows[0];
  if (!row) throw new Error('sums answer one row');
  return row;
}

export type SumsRow = Readonly<{ count: number; totalMinor: bigint; balanceMinor: bigint; overdueMinor: bigint; onItsWayMinor: bigint }>;

/** Sums over one whole list, canceled ones left out. */
export async function selectSums(scope: Scope, question: Omit<ListQuestion, 'sort' | 'after' | 'limit'>): Promise<SumsRow> {
  const day = sql`${question.today}::date`;
  const { overdue, onItsWay } = figuresSql('s', day);
  const owed = sql`s.state = 'issued' and s.closed_at is null`;
  const sum = (amount: RawBuilder<unknown>): RawBuilder<bigint> => sql<bigint>`coalesce(sum(${amount}), 0)::bigint`;
  return filtered(scope, question)
    .select([
      sql<number>`count(*)::int`.as('count'),
      sum(sql`case when s.canceled_at is null then s.total_minor end`).as('totalMinor'),
      sum(sql`case when ${owed} then s.balance_minor end`).as('balanceMinor'),
      sum(sql`case when ${owed} then ${overdue} end`).as('overdueMinor'),
      sum(sql`case when ${owed} then ${onItsWay} end`).as('onItsWayMinor'),
    ])
    .executeTakeFirstOrThrow();
}
