import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import { isOpening } from '../queries.ts';

type Period = Readonly<{ from: string; to: string }>;
const sum = (amount: RawBuilder<unknown>): RawBuilder<bigint> => sql`coalesce(sum(${amount}), 0)::bigint`;

/** What was billed in a period: issued, still standing, in one currency. A deposit is money held, not a sale (rule 40); neither is an opening balance. */
function billed(scope: Scope, currency: string, { from, to }: Period): RawBuilder<unknown> {
  return sql`invoice_standings s where s.business_id = ${scope.business} and s.state = 'issued' and s.canceled_at is null
    and s.purpose <> 'deposit' and not ${isOpening(scope, 's')}
    and s.listed_on between ${from}::date and ${to}::date and s.currency = ${currency}`;
}

export type SalesRow = Readonly<{
  key: string;
  name: string;
  detail: string;
  invoices: number;
  netMinor: bigint;
  taxMinor: bigint;
  quantityMilli: bigint | null;
}>;

/** Sales by month ('2026-11'), oldest first. */
export async function selectByMonth(scope: Scope, currency: string, period: Period): Promise<SalesRow[]> {
  const { rows } = await sql<SalesRow>`select to_char(b.issued_on, 'YYYY-MM') as key, '' as name, '' as detail, count(*)::int as invoices,
      ${sum(sql`t.net_minor`)} as "netMinor", ${sum(sql`t.tax_minor`)} as "taxMinor", null::bigint as "quantityMilli"
    from (select s.document_id, s.issued_on from ${billed(scope, currency, period)}) b
    join document_totals t on t.business_id = ${scope.business} and t.document_id = b.document_id group by 1 order by 1`.execute(scope.tx);
  return rows;
}

/** Sales by customer, the largest first. */
export async function selectByCustomer(scope: Scope, currency: string, period: Period): Promise<SalesRow[]> {
  const { rows } = await sql<SalesRow>`select a.key, c.name, '' as detail, a.invoices, a."netMinor", a."taxMinor", null::bigint as "quantityMilli"
    from (select b.customer_id as key, count(*)::int as invoices, ${sum(sql`t.net_minor`)} as "netMinor", ${sum(sql`t.tax_minor`)} as "taxMinor"
      from (select s.document_id, s.customer_id from ${billed(scope, currency, period)}) b
      join document_totals t on t.business_id = ${scope.business} and t.document_id = b.document_id group by b.customer_id) a
    join customers c on c.business_id = ${scope.business} and c.id = a.key order by a."netMinor" desc, a.key`.execute(scope.tx);
  return rows;
}

/** Sales by property; what was billed to no property stands under ''. */
export async function selectByProperty(scope: Scope, currency: string, period: Period): Promise<SalesRow[]> {
  const { rows } = await sql<SalesRow>`select coalesce(a.property_id::text, '') as key,
      coalesce(concat_ws(' ', nullif(p.code, ''), coalesce(nullif(p.name, ''), nullif(p.address ->> 'street', ''))), '') as name,
      coalesce(c.name, '') as detail, a.invoices, a."netMinor", a."taxMinor", null::bigint as "quantityMilli"
    from (select d.property_id, count(distinct d.document_id)::int as invoices, ${sum(sql`d.net_minor`)} as "netMinor", ${sum(sql`d.tax_minor`)} as "taxMinor"
      from (select s.document_id from ${billed(scope, currency, period)}) b
      join document_parts d on d.business_id = ${scope.business} and d.document_id = b.document_id group by d.property_id) a
    left join properties p on p.business_id = ${scope.business} and p.id = a.property_id
    left join customers c on c.business_id = ${scope.business} and c.id = p.customer_id
    order by a."netMinor" desc, 1`.execute(scope.tx);
  return rows;
}

/**
 * Sales by what was sold: the price book's item, else the name typed. Without tax, after every discount. Where prices include tax, the net of
 * a rate is laid out over its lines by running totals, so that the lines of an invoice add up to its net to the cent.
 */
export async function selectByItem(scope: Scope, currency: string, period: Period): Promise<SalesRow[]> {
  const { rows } = await sql<SalesRow>`
    with lines as (
      select l.document_id, l.item_id, l.name, l.quantity_milli, l.net_minor - l.document_discount_minor as shown,
        t.prices_include_tax and x.rate_id is not null as inside, x.taxable_minor,
        sum(l.net_minor - l.document_discount_minor) over (partition by l.document_id, l.tax_rate_id order by l.position rows unbounded preceding) as upto,
        sum(l.net_minor - l.document_discount_minor) over (partition by l.document_id, l.tax_rate_id) as whole
      from (select s.document_id from ${billed(scope, currency, period)}) b
      join document_totals t on t.business_id = ${scope.business} and t.document_id = b.document_id
      join document_lines l on l.business_id = ${scope.business} and l.document_id = b.document_id
      left join document_taxes x on x.business_id = ${scope.business} and x.document_id = b.document_id and x.rate_id = l.tax_rate_id)
    select a.key, coalesce(i.name, a.name) as name, coalesce(i.unit, '') as detail, a.invoices, a."netMinor", 0::bigint as "taxMinor", a."quantityMilli"
    from (select coalesce(n.item_id::text, lower(n.name)) as key, (array_agg(n.item_id))[1] as item_id, min(n.name) as name, count(distinct n.document_id)::int as invoices,
        ${sum(sql`n.quantity_milli`)} as "quantityMilli",
        ${sum(sql`case when n.inside and n.whole <> 0 then round(n.upto * n.taxable_minor / n.whole) - round((n.upto - n.shown) * n.taxable_minor / n.whole) else n.shown end`)} as "netMinor"
      from lines n group by 1) a
    left join items i on i.business_id = ${scope.business} and i.id = a.item_id
    order by a."netMinor" desc, a.key`.execute(scope.tx);
  return rows;
}

/** What tax was billed on in a period, and what credit notes of the period took back of it: these count below zero. */
function taxed(scope: Scope, currency: string, period: Period): RawBuilder<unknown> {
  return sql`(select s.document_id, 1 as sign from ${billed(scope, currency, period)}
    union all select n.document_id, -1 from credit_notes n where n.business_id = ${scope.business} and n.currency = ${currency}
      and n.issued_on between ${period.from}::date and ${period.to}::date)`;
}

export type TaxRow = Readonly<{ rateId: string; name: string; ratePpm: bigint; invoices: number; taxableMinor: bigint; taxMinor: bigint }>;

/** Tax by rate, as it was called when it was billed. */
export async function selectTaxes(scope: Scope, currency: string, period: Period): Promise<TaxRow[]> {
  const { rows } = await sql<TaxRow>`select x.rate_id as "rateId", x.name, x.rate_ppm as "ratePpm", (count(*) filter (where b.sign > 0))::int as invoices,
      ${sum(sql`b.sign * x.taxable_minor`)} as "taxableMinor", ${sum(sql`b.sign * x.tax_minor`)} as "taxMinor"
    from ${taxed(scope, currency, period)} b
    join document_taxes x on x.business_id = ${scope.business} and x.document_id = b.document_id
    group by x.rate_id, x.name, x.rate_ppm order by sum(b.sign * x.tax_minor) desc, x.rate_id, x.name, x.rate_ppm`.execute(scope.tx);
  return rows;
}

export type AuthorityRow = Readonly<{ name: string; ratePpm: bigint; taxableMinor: bigint; taxMinor: bigint }>;

/** The same by what a rate is made of: state, county, city. */
export async function selectAuthorities(scope: Scope, currency: string, period: Period): Promise<AuthorityRow[]> {
  const { rows } = await sql<AuthorityRow>`select c.value ->> 'name' as name, (c.value ->> 'ratePpm')::bigint as "ratePpm",
      ${sum(sql`b.sign * x.taxable_minor`)} as "taxableMinor", ${sum(sql`b.sign * (c.value ->> 'taxMinor')::bigint`)} as "taxMinor"
    from ${taxed(scope, currency, period)} b
    join document_taxes x on x.business_id = ${scope.business} and x.document_id = b.document_id
    cross join lateral jsonb_array_elements(x.components) c
    group by 1, 2 order by 4 desc, 1, 2`.execute(scope.tx);
  return rows;
}

export type SalesTotal = Readonly<{
  invoices: number;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  creditedMinor: bigint;
  exemptMinor: bigint;
  leftOut: number;
}>;

/** All of it. `leftOut`: invoices of the period in another currency. */
export async function selectTotal(scope: Scope, currency: string, period: Period): Promise<SalesTotal> {
  const { rows } = await sql<SalesTotal>`select count(*)::int as invoices, ${sum(sql`t.net_minor`)} as "netMinor", ${sum(sql`t.tax_minor`)} as "taxMinor",
      ${sum(sql`t.total_minor`)} as "totalMinor", ${sum(sql`b.credited_minor - b.deposit_minor`)} as "creditedMinor", ${sum(sql`case when t.tax_exempt then t.net_minor end`)} as "exemptMinor",
      (select count(*)::int from invoice_standings o where o.business_id = ${scope.business} and o.state = 'issued' and o.canceled_at is null and o.purpose <> 'deposit'
        and not ${isOpening(scope, 'o')} and o.listed_on between ${period.from}::date and ${period.to}::date and o.currency <> ${currency}) as "leftOut"
    from (select s.document_id, s.credited_minor, s.deposit_minor from ${billed(scope, currency, period)}) b
    join document_totals t on t.business_id = ${scope.business} and t.document_id = b.document_id`.execute(scope.tx);
  const [row] = rows;
  if (row === undefined) throw new Error('sums answer one row');
  return row;
}
