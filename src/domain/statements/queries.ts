import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../db/compile.ts';

type Sql = RawBuilder<unknown>;

const types = {
  business: 'uuid',
  /** Whose account the office asks for; null: the accounts of the signed-in person, as far as these are theirs. */
  customers: 'uuid[]',
  currency: 'text',
  /** null: all of it. */
  properties: 'uuid[]',
  /** With properties: also what is tied to none. */
  untied: 'boolean',
  from: 'date',
  to: 'date',
  /** Only what was in the books at the end of this day. */
  asOf: 'date',
  ...{ day: 'date', at: 'timestamptz', id: 'uuid', limit: 'int' },
} as const;
type Given = Readonly<Record<keyof typeof types, Sql>>;

/** What a transfer is to the customer. */
const sort = sql`case when l.kind in ('issue', 'tax', 'opening', 'deposit') then 'charge'
  when l.kind in ('cancel', 'cancel_tax', 'cancel_deposit') then 'canceled'
  when l.kind = 'clear' or (l.kind = 'allocate' and l.payment_id is not null) then 'payment'
  when l.kind in ('reverse', 'return') or (l.kind = 'unallocate' and l.payment_id is not null) then 'returned'
  when l.kind in ('allocate', 'unallocate') then 'credit_used'
  when l.kind in ('discount', 'discount_tax') then 'discount'
  when l.kind in ('apply_deposit', 'credit_deposit') then 'deposit'
  when l.kind = 'write_off' then 'closed'
  when l.kind like 'refund%' then 'refund' else 'credit' end`;

/** Whether a row of this property is in the statement (rule 33). */
const tied = (property: Sql, { properties, untied }: Given): Sql =>
  sql`(${properties} is null or ${property} = any (${properties}) or (coalesce(${untied}, false) and ${property} is null))`;

/** Bills, and what is held back of them until it is released. */
const owed = (side: Sql): Sql => sql`(${side} in ('receivable', 'retainage'))::int`;

/**
 * Every transfer the reader may know of, with how it changes what is owed on bills and what the account holds as credit. Credit belongs to the
 * whole account: it counts for whoever sees all of it and asked for all of it, or for what is tied to no property (rules 33, 34).
 */
const lines = (g: Given): Sql => {
  const { business: b, customers } = g;
  return sql`lines as materialized (
    select l.id, l.act_id, l.document_id, l.payment_id, l.currency, l.effective_on as day, l.recorded_at as at, ${sort} as sort,
      (l.recorded_at at time zone h.zone)::date as known_on,
      case when ${tied(sql`l.property_id`, g)} then l.amount_minor * (${owed(sql`l.debit`)} - ${owed(sql`l.credit`)}) else 0 end as owed,
      case when ${tied(sql`null::uuid`, g)} and l.customer_id = any (coalesce(${customers}, app_customers()))
        then l.amount_minor * ((l.debit = 'customer_credit')::int - (l.credit = 'customer_credit')::int) else 0 end as credit
    from here h, ledger l
    where l.business_id = ${b} and l.customer_id = any (coalesce(${customers}, app_accounts()))
      and (l.part_id is null or exists (select from document_parts d where d.business_id = ${b} and d.id = l.part_id))
      and (l.payment_id is null or l.customer_id <> all (coalesce(${customers}, app_customers())) or exists (select from payments p where p.business_id = ${b} and p.id = l.payment_id)))`;
};

/** Each act once, and what was owed after it. A payment on bills of others is one amount where their bills are not in the statement. */
const moves = (g: Given): Sql => sql`
  paper as (select x.*, case when ${g.properties} is null or x.owed <> 0 then x.document_id end as paper_id from lines x),
  moves as (
    select x.sort, x.act_id, x.paper_id as document_id, x.payment_id, x.currency, x.day, min(x.at) as at, (array_agg(x.id order by x.id))[1] as id,
      sum(x.owed + x.credit)::bigint as change, min(x.known_on) as known_on, min(x.known_on) <= (select known_on from here) as known
    from paper x group by 1, 2, 3, 4, 5, 6 having sum(x.owed + x.credit) <> 0),
  told as (select m.*, sum(m.change) over (partition by m.currency order by m.day, m.at, m.id)::bigint as balance from moves m where m.known)`;

const rowJson = (
  b: Sql,
): Sql => sql`json_build_object('id', r.id, 'sort', r.sort, 'day', r.day, 'at', r.at, 'currency', r.currency, 'changeMinor', r.change, 'balanceMinor', r.balance,
  'documentId', r.document_id, 'number', (select d.number from document_parts d where d.business_id = ${b} and d.document_id = r.document_id limit 1),
  'whole', exists (select from invoice_standings i where i.business_id = ${b} and i.document_id = r.document_id),
  'purpose', (select i.purpose from invoice_standings i where i.business_id = ${b} and i.document_id = r.document_id),
  'savedMinor', case when r.sort = 'payment' then (select greatest(-s.way_minor, 0) from payments s where s.business_id = ${b} and s.id = r.payment_id) end,
  'paymentId', r.payment_id, 'method', (select s.method from payments s where s.business_id = ${b} and s.id = r.payment_id),
  'methodLabel', coalesce((select s.method_label from payments s where s.business_id = ${b} and s.id = r.payment_id), ''), 'enteredOn', r.known_on)`;

/** What is open of each paper at the end of the period, with what says how late it is; and what of it stands elsewhere today. */
const open = (g: Given): Sql => {
  const { business: b } = g;
  const ofPlace = sql`${g.properties} is null or ${tied(sql`i.property_id`, g)}`;
  return sql`
  papers as materialized (
    select x.document_id, sum(x.owed)::bigint as open, coalesce(sum(x.owed) filter (where x.sort = 'charge'), 0)::bigint as total, min(x.day) as day
    from lines x, here h where x.currency = h.currency and x.known_on <= h.known_on and x.day <= h.until
    group by x.document_id having sum(x.owed) <> 0),
  open as materialized (
    select p.*, coalesce(i.due_on, (select min(d.due_on) from document_parts d where d.business_id = ${b} and d.document_id = p.document_id), p.day) as due_on,
      i.installments, case when ${ofPlace} then least(coalesce(i.held_back_minor, 0), greatest(p.open, 0)) else 0 end as held_back
    from papers p left join invoice_standings i on i.business_id = ${b} and i.document_id = p.document_id)`;
};

/** Money that is on its way or in question today: never taken off the balance, it stands in a line of its own (rules 20 and 23). */
const beside = (g: Given): Sql => {
  const { business: b } = g;
  const ofOpen = (amount: Sql, from: Sql, where: Sql): Sql =>
    sql`(select coalesce(sum(${amount}), 0)::bigint from open o join ${from} x on x.business_id = ${b} and x.document_id = o.document_id where ${where} and ${tied(sql`x.property_id`, g)})`;
  return sql`'processingMinor', ${ofOpen(sql`x.processing_minor`, sql`part_standings`, sql`x.processing_minor > 0`)},
    'announcedMinor', ${ofOpen(sql`x.amount_minor`, sql`announced_payments`, sql`x.ended_at is null and x.ends_on >= h.today`)},
    'inQuestionMinor', ${ofOpen(sql`x.amount_minor`, sql`questioned_charges`, sql`x.ended_at is null`)},
    'heldBackMinor', (select coalesce(sum(o.held_back), 0)::bigint from open o)`;
};

const sumOf = (what: Sql, where: Sql): Sql => sql`(select coalesce(sum(${what}), 0)::bigint from told r where r.currency = h.currency and ${where})`;

/** Whose account it is, and the properties it can be narrowed to. */
const whose = ({
  business: b,
  customers,
}: Given): Sql => sql`'accounts', (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'language', c.language) order by c.name, c.id), '[]')
      from customers c where c.business_id = ${b} and c.id = any (coalesce(${customers}, app_accounts()))),
    'places', (select coalesce(json_agg(json_build_object('id', p.id, 'title', p.title) order by p.title, p.id), '[]')
      from (select id, concat_ws(' · ', nullif(name, ''), nullif(code, ''), nullif(unit, '')) as title from properties
        where business_id = ${b} and customer_id = any (coalesce(${customers}, app_accounts())) order by name, code, id limit 5000) p)`;

/** One page of a statement, newest movement first, and all that stands around it. One text. */
export const statementQuery = fixedQuery(types, (g) => {
  const { business: b, currency, from, to, asOf, day, at, id, limit } = g;
  const inPeriod = sql`(${from} is null or r.day >= ${from}) and (${to} is null or r.day <= ${to})`;
  const late = sql`(select r.*, null::bigint as balance from moves r, here h where not r.known and r.currency = h.currency and r.day <= h.until order by r.at, r.id limit 100)`;
  return sql`with here as materialized (select u.currency as home, coalesce(${currency}, u.currency) as currency, u.time_zone as zone, t.today,
      coalesce(${asOf}, t.today) as known_on, coalesce(${to}, 'infinity'::date) as until
      from businesses u, lateral (select (now() at time zone u.time_zone)::date as today) t where u.id = ${b}),
    ${lines(g)}, ${moves(g)}, ${open(g)},
    page as (select r.* from told r, here h where r.currency = h.currency and ${inPeriod}
      and (${day} is null or (r.day, r.at, r.id) < (${day}, ${at}, ${id})) order by r.day desc, r.at desc, r.id desc limit ${limit})
    select json_build_object('home', h.home, 'currency', h.currency, 'today', h.today,
      'currencies', (select coalesce(json_agg(distinct m.currency), '[]') from moves m),
      'whole', ${g.customers} is not null or app_properties() = '{}',
      'openingMinor', ${sumOf(sql`r.change`, sql`${from} is not null and r.day < ${from}`)},
      'chargedMinor', ${sumOf(sql`r.change`, sql`r.change > 0 and ${inPeriod}`)},
      'settledMinor', ${sumOf(sql`-r.change`, sql`r.change < 0 and ${inPeriod}`)},
      'balanceMinor', ${sumOf(sql`r.change`, sql`r.day <= h.until`)},
      'creditMinor', (select coalesce(-sum(x.credit), 0)::bigint from lines x where x.currency = h.currency and x.known_on <= h.known_on and x.day <= h.until),
      ${beside(g)}, ${whose(g)},
      'open', (select coalesce(json_agg(json_build_object('openMinor', o.open, 'totalMinor', o.total, 'dueOn', o.due_on, 'installments', o.installments,
        'heldBackMinor', o.held_back)), '[]') from open o),
      'late', (select coalesce(json_agg(${rowJson(b)} order by r.at, r.id), '[]') from ${late} r),
      'rows', (select coalesce(json_agg(${rowJson(b)} order by r.day desc, r.at desc, r.id desc), '[]') from page r))::text
    from here h`;
});
