import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import { fallingDue, figuresSql } from '../invoices/invoices.ts';

const open = sql`s.balance_minor > 0 and s.state = 'issued' and s.closed_at is null`;
const sum = (amount: RawBuilder<unknown>): RawBuilder<bigint> => sql`coalesce(sum(${amount}), 0)::bigint`;

/** Stands for what was owed before the business began here: open like any other, but sold in another program's books, and its day is no invoice's. */
export const isOpening = (scope: Scope, of: 's' | 'o'): RawBuilder<boolean> => {
  const known = sql`select t.thing_id from imported_things t where t.business_id = ${scope.business} and t.kind = 'opening'`;
  return sql`(${sql.ref(`${of}.imported`)} and ${sql.ref(`${of}.document_id`)} in (${known}))`;
};

export type AgingRow = Readonly<{
  customerId: string;
  customerName: string;
  invoices: number;
  oldestDueOn: string;
  notDueMinor: bigint;
  days30Minor: bigint;
  days60Minor: bigint;
  days90Minor: bigint;
  over90Minor: bigint;
  balanceMinor: bigint;
  onItsWayMinor: bigint;
  inQuestionMinor: bigint;
  heldBackMinor: bigint;
  creditMinor: bigint;
}>;

/** What each customer owes by how late it is: the largest balance first. One narrow index. */
export async function selectAging(scope: Scope, currency: string, today: string): Promise<AgingRow[]> {
  const day = sql`${today}::date`;
  const { onItsWay, inQuestion, heldBack } = figuresSql('s', day);
  // Each installment stands at its own day.
  const between = (first: RawBuilder<unknown>, last: RawBuilder<unknown>): RawBuilder<bigint> =>
    sum(sql`case when s.installments is not null then open_between(s.installments, s.balance_minor, ${first}, ${last})
      when s.due_on between ${first} and ${last} then s.balance_minor end`);
  const late = (from: number, to: number): RawBuilder<bigint> => between(sql`${day} - ${to}::int`, sql`${day} - ${from}::int`);
  const { rows } = await sql<AgingRow>`select a.*, c.name as "customerName", coalesce(k.credit_minor, 0)::bigint as "creditMinor"
    from (select s.customer_id as "customerId", count(*)::int as invoices, min(s.due_on) as "oldestDueOn",
        ${between(day, sql`'infinity'::date`)} as "notDueMinor", ${late(1, 30)} as "days30Minor", ${late(31, 60)} as "days60Minor",
        ${late(61, 90)} as "days90Minor", ${between(sql`'-infinity'::date`, sql`${day} - 91`)} as "over90Minor",
        ${sum(sql`s.balance_minor`)} as "balanceMinor", ${sum(onItsWay)} as "onItsWayMinor", ${sum(inQuestion)} as "inQuestionMinor", ${sum(heldBack)} as "heldBackMinor"
      from invoice_standings s where s.business_id = ${scope.business} and ${open} and s.currency = ${currency} group by s.customer_id) a
    join customers c on c.business_id = ${scope.business} and c.id = a."customerId"
    left join customer_balances k on k.business_id = ${scope.business} and k.customer_id = a."customerId" and k.currency = ${currency}
    order by a."balanceMinor" desc, a."customerId"`.execute(scope.tx);
  return rows;
}

export type ComingRow = Readonly<{ on: string; amountMinor: bigint; invoices: number }>;

/** What falls due on each day of a span, without what is on its way, in question or held back. */
export async function selectComing(scope: Scope, currency: string, today: string, until: string): Promise<ComingRow[]> {
  const { rows } = await sql<ComingRow>`select d.on, ${sum(sql`d.minor`)} as "amountMinor", count(*)::int as invoices
    from (${fallingDue(scope, today, sql`${open} and s.currency = ${currency}`)}) d where d.on between ${today}::date and ${until}::date and d.minor > 0
    group by d.on order by d.on`.execute(scope.tx);
  return rows;
}

export type Waiting = Readonly<{ overdueMinor: bigint; overdueInvoices: number; onItsWayMinor: bigint; inQuestionMinor: bigint }>;

/** What is late already, on its way, or in question. */
export async function selectWaiting(scope: Scope, currency: string, today: string): Promise<Waiting> {
  const day = sql`${today}::date`;
  const { overdue, onItsWay, inQuestion } = figuresSql('s', day);
  const late = sql`s.due_on < ${day} and ${overdue} > 0`;
  const { rows } =
    await sql<Waiting>`select ${sum(sql`case when ${late} then ${overdue} end`)} as "overdueMinor", (count(*) filter (where ${late}))::int as "overdueInvoices",
      ${sum(onItsWay)} as "onItsWayMinor", ${sum(inQuestion)} as "inQuestionMinor"
    from invoice_standings s where s.business_id = ${scope.business} and ${open} and s.currency = ${currency}`.execute(scope.tx);
  const [row] = rows;
  if (row === undefined) throw new Error('sums answer one row');
  return row;
}

export type PaidRow = Readonly<{ month: string; method: string; online: boolean; amountMinor: bigint; payments: number }>;

/** Cleared money by month, method and whether the customer paid it online. */
export async function selectPaid(scope: Scope, currency: string, period: Readonly<{ from: string; to: string }>): Promise<PaidRow[]> {
  const { rows } = await sql<PaidRow>`select to_char(p.cleared_on, 'YYYY-MM') as month, p.method, p.gateway is not null as online,
      ${sum(sql`p.amount_minor + least(p.way_minor, 0)`)} as "amountMinor", count(*)::int as payments
    from payments p where p.business_id = ${scope.business} and p.cleared_on between ${period.from}::date and ${period.to}::date
      and p.state = 'cleared' and p.currency = ${currency}
    group by 1, 2, 3 order by 1, 2, 3`.execute(scope.tx);
  return rows;
}

/** Tips of one month for one of the crew; '' where nobody of the crew made the invoice. `tips`: how many came. */
export type TipRow = Readonly<{ month: string; staffId: string; name: string; tips: number; amountMinor: bigint; backMinor: bigint }>;

/** Tips by the month they came or went back in, as the books have them, and by who of the crew made the invoice they were given with. */
export async function selectTips(scope: Scope, currency: string, { from, to }: Readonly<{ from: string; to: string }>): Promise<TipRow[]> {
  const b = scope.business;
  const { rows } =
    await sql<TipRow>`select to_char(l.effective_on, 'YYYY-MM') as month, coalesce(f.staff_id::text, '') as "staffId", coalesce(s.name, '') as name,
      (count(distinct l.payment_id) filter (where l.credit = 'tips'))::int as tips,
      coalesce(sum(l.amount_minor) filter (where l.credit = 'tips'), 0)::bigint as "amountMinor",
      coalesce(sum(l.amount_minor) filter (where l.debit = 'tips'), 0)::bigint as "backMinor"
    from ledger l join payments p on p.business_id = ${b} and p.id = l.payment_id
    left join field_drafts f on f.business_id = ${b} and f.document_id = p.document_id
    left join staff s on s.business_id = ${b} and s.id = f.staff_id
    where l.business_id = ${b} and l.kind in ('tip', 'tip_back') and 'tips' in (l.debit, l.credit) and l.currency = ${currency}
      and l.effective_on between ${from}::date and ${to}::date
    group by 1, 2, 3 order by 1, 3, 2`.execute(scope.tx);
  return rows;
}
