import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import { isOpening } from '../queries.ts';

type Period = Readonly<{ from: string; to: string }>;

/** Who is paid later than this after the invoice is not looked for: it bounds what a report reads. */
const longestWaitDays = 800;

export type PaceRow = Readonly<{ month: string; invoices: number; medianDays: number; onTime: number }>;
export type SlowRow = Readonly<{ customerId: string; customerName: string; invoices: number; medianDays: number; late: number }>;

/** Invoices paid in full by when their last payment was started: the day that judges "on time". */
const paid = (
  scope: Scope,
  { from, to }: Period,
) => sql`invoice_standings s where s.business_id = ${scope.business} and s.state = 'issued' and s.purpose <> 'deposit'
  and s.listed_on between ${from}::date - ${longestWaitDays}::int and ${to}::date and s.balance_minor = 0 and s.paid_minor > 0 and s.canceled_at is null
  and not ${isOpening(scope, 's')} and s.started_on between ${from}::date and ${to}::date`;

/** How long payment took, by the month it was made. */
export async function selectPace(scope: Scope, period: Period): Promise<PaceRow[]> {
  const { rows } = await sql<PaceRow>`select to_char(s.started_on, 'YYYY-MM') as month, count(*)::int as invoices,
      (percentile_disc(0.5) within group (order by greatest(s.started_on - s.issued_on, 0)))::int as "medianDays",
      (count(*) filter (where s.started_on <= s.due_on))::int as "onTime"
    from ${paid(scope, period)} group by 1 order by 1`.execute(scope.tx);
  return rows;
}

/** The whole period in one row. */
export async function selectPaceTotal(scope: Scope, period: Period): Promise<Omit<PaceRow, 'month'>> {
  const { rows } = await sql<Omit<PaceRow, 'month'>>`select count(*)::int as invoices,
      coalesce(percentile_disc(0.5) within group (order by greatest(s.started_on - s.issued_on, 0)), 0)::int as "medianDays",
      (count(*) filter (where s.started_on <= s.due_on))::int as "onTime"
    from ${paid(scope, period)}`.execute(scope.tx);
  return rows[0] ?? { invoices: 0, medianDays: 0, onTime: 0 };
}

/** Customers by how long they take, the slowest first. */
export async function selectSlow(scope: Scope, period: Period): Promise<SlowRow[]> {
  const { rows } = await sql<SlowRow>`select a.*, c.name as "customerName" from (
      select s.customer_id as "customerId", count(*)::int as invoices,
        (percentile_disc(0.5) within group (order by greatest(s.started_on - s.issued_on, 0)))::int as "medianDays",
        (count(*) filter (where s.started_on > s.due_on))::int as late
      from ${paid(scope, period)} group by s.customer_id) a
    join customers c on c.business_id = ${scope.business} and c.id = a."customerId"
    order by a."medianDays" desc, a.invoices desc, a."customerId"`.execute(scope.tx);
  return rows;
}

export type SentRow = Readonly<{ month: string; sent: number; opened: number; paid: number }>;

/** Invoices sent, by the month of the invoice: how many a person opened, how many are paid. Imported ones were never sent from here. */
export async function selectSent(scope: Scope, { from, to }: Period): Promise<SentRow[]> {
  const { rows } = await sql<SentRow>`select to_char(s.issued_on, 'YYYY-MM') as month, count(*)::int as sent,
      (count(*) filter (where s.opened_at is not null))::int as opened, (count(*) filter (where s.balance_minor = 0 and s.paid_minor > 0))::int as paid
    from invoice_standings s where s.business_id = ${scope.business} and s.state = 'issued' and s.canceled_at is null and not s.imported and s.shown and s.purpose <> 'deposit'
      and s.listed_on between ${from}::date and ${to}::date
    group by 1 order by 1`.execute(scope.tx);
  return rows;
}

export type OnlineRow = Readonly<{ month: string; payments: number; amountMinor: bigint; online: number; onlineMinor: bigint; outsideHours: number }>;

/** Payments by the month they cleared: how many the customer made online, and how many of these outside office hours. */
export async function selectOnline(
  scope: Scope,
  currency: string,
  { from, to }: Period,
  hours: Readonly<{ timeZone: string; opens: number; closes: number }>,
): Promise<OnlineRow[]> {
  const local = sql`(p.created_at at time zone ${hours.timeZone})`;
  const outside = sql`(extract(isodow from ${local}) > 5 or extract(hour from ${local}) < ${hours.opens} or extract(hour from ${local}) >= ${hours.closes})`;
  const { rows } =
    await sql<OnlineRow>`select to_char(p.cleared_on, 'YYYY-MM') as month, count(*)::int as payments, sum(p.amount_minor + least(p.way_minor, 0))::bigint as "amountMinor",
      (count(*) filter (where p.gateway is not null))::int as online,
      coalesce(sum(p.amount_minor + least(p.way_minor, 0)) filter (where p.gateway is not null), 0)::bigint as "onlineMinor",
      (count(*) filter (where p.gateway is not null and ${outside}))::int as "outsideHours"
    from payments p where p.business_id = ${scope.business} and p.cleared_on between ${from}::date and ${to}::date and p.state = 'cleared'
      and not p.imported and p.currency = ${currency}
    group by 1 order by 1`.execute(scope.tx);
  return rows;
}

export type AskedRow = Readonly<{ month: string; questions: number }>;

/** Questions customers asked in the portal, by month in the business's zone. */
export async function selectAsked(scope: Scope, timeZone: string, { from, to }: Period): Promise<AskedRow[]> {
  const { rows } = await sql<AskedRow>`select to_char(t.opened_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*)::int as questions
    from threads t where t.business_id = ${scope.business}
      and t.opened_at >= (${from}::date)::timestamp at time zone ${timeZone} and t.opened_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
    group by 1 order by 1`.execute(scope.tx);
  return rows;
}
