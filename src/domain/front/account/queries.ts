import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';

type Sql = RawBuilder<unknown>;

const types = { business: 'uuid', currency: 'text', from: 'date', to: 'date', day: 'date', at: 'timestamptz', id: 'uuid', limit: 'int' } as const;

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

/**
 * How a transfer changes what is owed. Whoever sees the whole account: what is billed less what was paid, credit of the account included, so
 * that putting money from credit on a bill changes nothing. Whoever sees some properties: what is owed on their parts (rule 33).
 */
const change = sql`l.amount_minor * case when l.customer_id = any (app_customers())
    then (l.debit in ('receivable', 'customer_credit'))::int - (l.credit in ('receivable', 'customer_credit'))::int
    else (l.debit = 'receivable')::int - (l.credit = 'receivable')::int end`;

/** Movements of what the reader may see: shown documents and payments, each act once, with the balance after it. */
const movements = (b: Sql): Sql => sql`
  moves as (
    select ${sort} as sort, l.act_id, l.document_id, l.payment_id, l.currency, l.effective_on as day, min(l.recorded_at) as at, (array_agg(l.id order by l.id))[1] as id,
      sum(${change})::bigint as change
    from ledger l
    where l.business_id = ${b} and l.customer_id = any (app_accounts())
      and (l.part_id is null or exists (select from document_parts d where d.business_id = ${b} and d.id = l.part_id))
      and (l.payment_id is null or l.customer_id <> all (app_customers()) or exists (select from payments p where p.business_id = ${b} and p.id = l.payment_id))
    group by 1, 2, 3, 4, 5, 6 having sum(${change}) <> 0),
  told as (select m.*, sum(m.change) over (partition by m.currency order by m.day, m.at, m.id)::bigint as balance from moves m)`;

const rowJson = (
  b: Sql,
): Sql => sql`json_build_object('id', r.id, 'sort', r.sort, 'day', r.day, 'at', r.at, 'currency', r.currency, 'changeMinor', r.change, 'balanceMinor', r.balance,
  'documentId', r.document_id, 'number', (select d.number from document_parts d where d.business_id = ${b} and d.document_id = r.document_id limit 1),
  'whole', exists (select from invoice_standings i where i.business_id = ${b} and i.document_id = r.document_id),
  'purpose', (select i.purpose from invoice_standings i where i.business_id = ${b} and i.document_id = r.document_id),
  'savedMinor', case when r.sort = 'payment' then (select greatest(-s.way_minor, 0) from payments s where s.business_id = ${b} and s.id = r.payment_id) end,
  'paymentId', r.payment_id, 'method', (select s.method from payments s where s.business_id = ${b} and s.id = r.payment_id),
  'methodLabel', coalesce((select s.method_label from payments s where s.business_id = ${b} and s.id = r.payment_id), ''))`;

/** One page of movements, newest first, and the balances of the account. One text. */
export const accountQuery = fixedQuery(types, ({ business: b, currency, from, to, day, at, id, limit }) => {
  const inPeriod = sql`r.currency = coalesce(${currency}, u.currency) and (${from} is null or r.day >= ${from}) and (${to} is null or r.day <= ${to})`;
  return sql`with ${movements(b)},
    page as (select r.* from told r, businesses u where u.id = ${b} and ${inPeriod}
      and (${day} is null or (r.day, r.at, r.id) < (${day}, ${at}, ${id})) order by r.day desc, r.at desc, r.id desc limit ${limit})
    select json_build_object('home', u.currency, 'currency', coalesce(${currency}, u.currency),
      'currencies', (select coalesce(json_agg(distinct m.currency), '[]') from moves m),
      'whole', app_properties() = '{}',
      'openingMinor', (select coalesce(sum(r.change), 0)::bigint from told r where r.currency = coalesce(${currency}, u.currency) and ${from} is not null and r.day < ${from}),
      'balanceMinor', (select coalesce(sum(r.change), 0)::bigint from told r where r.currency = coalesce(${currency}, u.currency) and (${to} is null or r.day <= ${to})),
      'creditMinor', (select coalesce(sum(c.credit_minor), 0)::bigint from customer_balances c where c.business_id = ${b} and c.customer_id = any (app_accounts())
          and c.currency = coalesce(${currency}, u.currency)),
      'rows', (select coalesce(json_agg(${rowJson(b)} order by r.day desc, r.at desc, r.id desc), '[]') from page r))::text
    from businesses u where u.id = ${b}`;
});
