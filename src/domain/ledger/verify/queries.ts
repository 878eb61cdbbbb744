import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

type Figures = Readonly<{ subtotalMinor: string; discountMinor: string; netMinor: string; taxMinor: string; totalMinor: string }>;

/** One frozen invoice, amounts as text: whoever re-adds it makes bigints of them. */
export type FrozenJson = Figures &
  Readonly<{
    id: string;
    currency: string;
    pricesIncludeTax: boolean;
    taxExempt: boolean;
    discount: { kind: 'percent'; ratePpm: number } | { kind: 'amount'; amountMinor: number } | null;
    taxes: readonly Readonly<{
      rateId: string;
      name: string;
      taxableMinor: string;
      taxMinor: string;
      components: readonly { name: string; ratePpm: number }[];
    }>[];
    parts: readonly (Figures & Readonly<{ id: string; propertyId: string | null }>)[];
    lines: readonly Readonly<{
      id: string;
      propertyId: string | null;
      quantityMilli: string;
      unitPriceMilli: string;
      discount: FrozenJson['discount'];
      taxRateId: string | null;
      grossMinor: string;
      discountMinor: string;
      netMinor: string;
      documentDiscountMinor: string;
    }>[];
  }>;

/** The next invoices after an id, whole, in one round trip. */
export async function selectFrozenAfter(scope: Scope, after: string, limit: number): Promise<FrozenJson[]> {
  const b = scope.business;
  const figures = (t: string): RawBuilder<unknown> =>
    sql.raw(`'subtotalMinor', ${t}.subtotal_minor::text, 'discountMinor', ${t}.discount_minor::text, 'netMinor', ${t}.net_minor::text, 'taxMinor', ${t}.tax_minor::text,
      'totalMinor', ${t}.total_minor::text`);
  const { rows } = await sql<{
    invoice: FrozenJson;
  }>`select json_build_object('id', t.document_id, 'currency', t.currency, 'pricesIncludeTax', t.prices_include_tax,
      'taxExempt', t.tax_exempt, 'discount', t.discount, ${figures('t')},
      'taxes', (select coalesce(json_agg(json_build_object('rateId', x.rate_id, 'name', x.name, 'taxableMinor', x.taxable_minor::text, 'taxMinor', x.tax_minor::text,
          'components', x.components) order by x.position), '[]') from document_taxes x where x.business_id = ${b} and x.document_id = t.document_id),
      'parts', (select coalesce(json_agg(json_build_object('id', p.id, 'propertyId', p.property_id, ${figures('p')}) order by p.position), '[]')
          from document_parts p where p.business_id = ${b} and p.document_id = t.document_id),
      'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'propertyId', l.property_id, 'quantityMilli', l.quantity_milli::text,
          'unitPriceMilli', l.unit_price_milli::text, 'discount', l.discount, 'taxRateId', l.tax_rate_id, 'grossMinor', l.gross_minor::text,
          'discountMinor', l.discount_minor::text, 'netMinor', l.net_minor::text, 'documentDiscountMinor', l.document_discount_minor::text) order by l.position), '[]')
          from document_lines l where l.business_id = ${b} and l.document_id = t.document_id
            and coalesce((l.choice -> 'choice' ->> 'chosen')::boolean, true))) as invoice
    from document_totals t where t.business_id = ${b} and t.document_id > ${after}::uuid order by t.document_id limit ${limit}`.execute(scope.tx);
  return rows.map((row) => row.invoice);
}

export type DifferenceRow = Readonly<{ what: string; id: string; stored: string | null; recomputed: string | null }>;

/** What was owed, held back or not, from the transfers that named it. */
const receivable = sql`coalesce(sum(l.amount_minor * ((l.debit in ('receivable', 'retainage'))::int - (l.credit in ('receivable', 'retainage'))::int)), 0)`;

/** Standings of these invoices and their parts against the books, the frozen totals, each other, and the payments under way. Only what differs comes back. */
export async function selectStandingDifferences(scope: Scope, documentIds: readonly string[]): Promise<DifferenceRow[]> {
  const b = scope.business;
  const ids = sql`any (${[...documentIds]}::uuid[])`;
  const books = (column: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select ${receivable} from ledger l where l.business_id = ${b} and l.${column} = ${id} and l.document_id = s.document_id)`;
  const partSum = (column: string): RawBuilder<unknown> =>
    sql`(select coalesce(sum(p.${sql.ref(column)}), 0) from part_standings p where p.business_id = ${b} and p.document_id = s.document_id)`;
  const shares = (state: string): RawBuilder<unknown> =>
    sql`(select coalesce(sum(h.amount_minor), 0) from payment_shares h where h.business_id = ${b} and h.document_id = s.document_id and h.state = ${state})`;
  const given = (...kinds: string[]): RawBuilder<unknown> =>
    sql`(select coalesce(sum(case when l.credit = 'receivable' then l.amount_minor else -l.amount_minor end), 0) from ledger l
      where l.business_id = ${b} and l.document_id = s.document_id and l.kind = any (${kinds}::text[]))`;
  const shown = (figure: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select ${figure} from document_facts f where f.business_id = ${b} and f.document_id = s.document_id)`;
  const planned = (plan: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select sum((r ->> 'amountMinor')::numeric) from jsonb_array_elements(${plan}) r)`;
  const { rows } = await sql<DifferenceRow>`
    with checks as (
      select c.* from invoice_standings s
      cross join lateral (values
        ('balance of an invoice', s.document_id, s.balance_minor::numeric, ${books(sql.ref('document_id'), sql.ref('s.document_id'))}),
        ('total of an invoice', s.document_id, s.total_minor::numeric,
          (select t.total_minor::numeric from document_totals t where t.business_id = ${b} and t.document_id = s.document_id)),
        ('total shown of an invoice', s.document_id, ${shown(sql`(f.facts::json #>> '{totals,totalMinor}')::numeric`)}, s.total_minor::numeric),
        ('lines shown of an invoice', s.document_id,
          ${shown(sql`(select sum((l ->> 'netMinor')::numeric) from json_array_elements(f.facts::json -> 'lines') l)`)},
          (select sum(l.net_minor) from document_lines l where l.business_id = ${b} and l.document_id = s.document_id)),
        ('total of the parts of an invoice', s.document_id, s.total_minor::numeric, ${partSum('total_minor')}),
        ('paid on the parts of an invoice', s.document_id, s.paid_minor::numeric, ${partSum('paid_minor')}),
        ('on its way to the parts of an invoice', s.document_id, (s.processing_minor + s.unknown_minor)::numeric, ${partSum('processing_minor')}),
        ('credits on the parts of an invoice', s.document_id, s.credited_minor::numeric, ${partSum('credited_minor')}),
        ('discount for paying early', s.document_id, s.discounted_minor::numeric, ${given('discount', 'discount_tax')}),
        ('deposit applied to an invoice', s.document_id, s.deposit_minor::numeric, ${given('apply_deposit')}),
        ('deposit uses of an invoice', s.document_id, s.deposit_minor::numeric, (select coalesce(sum(case u.kind when 'applied' then u.amount_minor else -u.amount_minor end), 0)
          from deposit_uses u where u.business_id = ${b} and u.document_id = s.document_id)),
        ('use of a deposit', s.document_id, (select d.used_minor::numeric from deposits d where d.business_id = ${b} and d.document_id = s.document_id),
          case when s.purpose = 'deposit' then (select coalesce(sum(case u.kind when 'taken_off' then -u.amount_minor else u.amount_minor end), 0)
            from deposit_uses u where u.business_id = ${b} and u.deposit_id = s.document_id) end),
        ('credit used on an invoice', s.document_id, (select coalesce(sum(h.amount_minor), 0) from credit_use_shares h
            join credit_uses u on u.business_id = ${b} and u.id = h.use_id where h.business_id = ${b} and h.document_id = s.document_id and u.state = 'done'),
          (select coalesce(sum(l.amount_minor), 0) from credit_use_shares h join ledger l on l.business_id = ${b} and l.document_id = h.document_id
            and l.part_id = h.part_id and l.act_id = h.use_id and l.kind = 'allocate' where h.business_id = ${b} and h.document_id = s.document_id)),
        ('credit notes on an invoice', s.document_id, s.noted_minor::numeric, ${given('credit_note', 'credit_note_tax')}),
        ('credit notes written for an invoice', s.document_id, s.noted_minor::numeric,
          (select coalesce(sum(n.total_minor), 0) from credit_notes n where n.business_id = ${b} and n.invoice_id = s.document_id)),
        ('given up of an invoice', s.document_id, s.written_off_minor::numeric, ${given('write_off')}),
        ('processing on an invoice', s.document_id, s.processing_minor::numeric, ${shares('pending')}),
        ('being checked on an invoice', s.document_id, s.unknown_minor::numeric, ${shares('unknown')}),
        ('installments of an invoice as issued', s.document_id, ${planned(sql`(select i.installments from invoices i where i.business_id = ${b} and i.document_id = s.document_id)`)},
          (select s.total_minor::numeric from invoices i where i.business_id = ${b} and i.document_id = s.document_id and i.installments is not null)),
        ('installments of an invoice', s.document_id, ${planned(sql`s.installments`)}, case when s.installments is not null then least(${planned(sql`s.installments`)}, s.total_minor::numeric) end),
        ('due day of an invoice in installments', s.document_id, case when s.installments is not null then (s.due_on - '2000-01-01'::date)::numeric end,
          (open_since(s.installments, greatest(s.balance_minor - s.held_back_minor, 0)) - '2000-01-01'::date)::numeric),
        ('held back of an invoice', s.document_id, s.held_back_minor::numeric, (select coalesce(sum(case when l.debit = 'retainage' then l.amount_minor else -l.amount_minor end), 0)
          from ledger l where l.business_id = ${b} and l.document_id = s.document_id and 'retainage' in (l.debit, l.credit))),
        ('in question on an invoice', s.document_id, s.in_question_minor::numeric, (select coalesce(sum(q.amount_minor), 0) from questioned_charges q
          where q.business_id = ${b} and q.document_id = s.document_id and q.ended_at is null))
      ) c (what, id, stored, recomputed)
      where s.business_id = ${b} and s.document_id = ${ids}
      union all
      select 'balance of a part', s.part_id,
        (s.total_minor - s.credited_minor - s.paid_minor - s.written_off_minor - case when s.canceled_minor > 0 then s.canceled_minor else 0 end)::numeric,
        ${books(sql.ref('part_id'), sql.ref('s.part_id'))}
      from part_standings s where s.business_id = ${b} and s.document_id = ${ids} and s.total_minor >= 0)
    select what, id, stored::text as stored, recomputed::text as recomputed from checks where stored is distinct from recomputed`.execute(scope.tx);
  return [...rows];
}

export async function selectCustomersAfter(scope: Scope, after: string, limit: number): Promise<string[]> {
  const rows = await scope.tx
    .selectFrom('customers')
    .select('id')
    .where('business_id', '=', scope.business)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Stored balances of these customers against their transfers. */
export async function selectBalanceDifferences(scope: Scope, customerIds: readonly string[]): Promise<DifferenceRow[]> {
  const b = scope.business;
  const ids = sql`any (${[...customerIds]}::uuid[])`;
  const { rows } = await sql<DifferenceRow>`
    with books as (
      select l.customer_id, l.currency, ${receivable} as receivable,
        coalesce(sum(case when l.credit = 'customer_credit' then l.amount_minor when l.debit = 'customer_credit' then -l.amount_minor end), 0) as credit
      from ledger l where l.business_id = ${b} and l.customer_id = ${ids} group by l.customer_id, l.currency),
    kept as (select customer_id, currency, receivable_minor::numeric as receivable, credit_minor::numeric as credit
      from customer_balances where business_id = ${b} and customer_id = ${ids}),
    checks as (
      select c.* from books full join kept using (customer_id, currency)
      cross join lateral (values ('owed by a customer', customer_id, coalesce(kept.receivable, 0), coalesce(books.receivable, 0)),
        ('credit of a customer', customer_id, coalesce(kept.credit, 0), coalesce(books.credit, 0))) c (what, id, stored, recomputed))
    select what, id, stored::text as stored, recomputed::text as recomputed from checks where stored <> recomputed`.execute(scope.tx);
  return [...rows];
}

/** What the books hold as deposits, against the deposits asked for and not canceled, less what was used of them. */
export async function selectDepositDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const { rows } = await sql<DifferenceRow>`
    with kept as (select coalesce(sum(s.total_minor - s.canceled_minor - d.used_minor), 0) as amount
        from deposits d join invoice_standings s on s.business_id = ${b} and s.document_id = d.document_id where d.business_id = ${b}),
      books as (select coalesce(sum(case when l.credit = 'deposits' then l.amount_minor else -l.amount_minor end), 0) as amount
        from ledger l where l.business_id = ${b} and l.kind in ('deposit', 'cancel_deposit', 'apply_deposit', 'credit_deposit', 'refund_deposit'))
    select 'deposits held' as what, 'all' as id, kept.amount::text as stored, books.amount::text as recomputed from kept, books where kept.amount <> books.amount`.execute(
    scope.tx,
  );
  return [...rows];
}

/** What went back of each payment: its own figures against the refunds and chargebacks that are kept, and against the books. */
export async function selectBackDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const out = (kind: string): RawBuilder<unknown> =>
    sql`(select coalesce(sum(case when l.credit like 'clearing%' then l.amount_minor else -l.amount_minor end), 0) from ledger l
      where l.business_id = ${b} and l.payment_id = p.id and l.kind = ${kind} and 'fees' not in (l.debit, l.credit) and (${kind} = 'refund' or 'bad_debt' not in (l.debit, l.credit)))`;
  const refunds = (states: readonly string[]): RawBuilder<unknown> =>
    sql`(select coalesce(sum(r.amount_minor), 0) from refunds r where r.business_id = ${b} and r.payment_id = p.id and r.state = any (${[...states]}::text[]))`;
  const given = ['requested', 'unknown', 'pending', 'succeeded'];
  const { rows } = await sql<DifferenceRow>`
    with checks as (
      select c.* from payments p cross join lateral (values
        ('given back of a payment', p.id, p.refunded_minor::numeric, ${out('refund')}),
        ('refunds of a payment', p.id, p.refunded_minor::numeric, ${refunds(given)}),
        ('refunds that wait', p.id, p.refund_waiting_minor::numeric, ${refunds(['waiting_second'])}),
        ('taken by chargebacks', p.id, p.disputed_minor::numeric, ${out('dispute')}),
        ('chargebacks of a payment', p.id, p.disputed_minor::numeric,
          (select coalesce(sum(d.taken_minor), 0) from disputes d where d.business_id = ${b} and d.payment_id = p.id and d.state <> 'won'))
      ) c (what, id, stored, recomputed)
      where p.business_id = ${b} and (p.refunded_minor > 0 or p.refund_waiting_minor > 0 or p.disputed_minor > 0
        or exists (select from refunds r where r.business_id = ${b} and r.payment_id = p.id) or exists (select from disputes d where d.business_id = ${b} and d.payment_id = p.id)))
    select what, id, stored::text as stored, recomputed::text as recomputed from checks where stored is distinct from recomputed limit 1000`.execute(scope.tx);
  return [...rows];
}

/** M15 each payment against the books: what came and neither went back nor was taken by a chargeback is the customer's, once; of one not here, nothing is. */
export async function selectPaymentDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const { rows } = await sql<DifferenceRow>`
    with books as (
      select l.payment_id as id, sum(case when l.credit = 'customer_credit' then l.amount_minor else -l.amount_minor end) as amount
      from ledger l where l.business_id = ${b} and l.payment_id is not null
        and ((l.credit = 'customer_credit' and l.debit like 'clearing%') or (l.debit = 'customer_credit' and l.credit like 'clearing%')) group by l.payment_id),
    kept as (
      select p.id, case when p.state in ('cleared', 'refunded', 'disputed') then p.amount_minor - p.refunded_minor - p.disputed_minor else 0 end::numeric as amount
      from payments p where p.business_id = ${b})
    select 'money of a payment' as what, id, coalesce(kept.amount, 0)::text as stored, coalesce(books.amount, 0)::text as recomputed
    from kept full join books using (id) where coalesce(kept.amount, 0) <> coalesce(books.amount, 0) limit 1000`.execute(scope.tx);
  return [...rows];
}

const besides = [
  { what: 'tip of a payment', column: 'tip_minor', accounts: ['tips'] },
  { what: 'card fee or saving of a payment', column: 'way_minor', accounts: ['card_fees', 'bank_savings'] },
] as const;

/**
 * Rules 42, 43: what stands beside the amount of each payment against the books, on accounts of their own: what came (a saving below zero) and
 * neither went back nor was taken; of one not here, nothing is.
 */
export async function selectBesideDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const found: DifferenceRow[] = [];
  for (const { what, column, accounts } of besides) {
    const own = sql`any (${[...accounts]}::text[])`;
    const of = (table: string): RawBuilder<unknown> => sql.ref(`${table}.${column}`);
    const { rows } = await sql<DifferenceRow>`
    with books as (select l.payment_id as id, sum(case when l.credit = ${own} then l.amount_minor else -l.amount_minor end) as amount
        from ledger l where l.business_id = ${b} and (l.debit = ${own} or l.credit = ${own}) group by l.payment_id),
      back as (select r.payment_id as id, sum(${of('r')}) as amount from refunds r
        where r.business_id = ${b} and ${of('r')} <> 0 and r.state in ('requested', 'unknown', 'pending', 'succeeded') group by r.payment_id),
      taken as (select d.payment_id as id, sum(${of('d')}) as amount from disputes d where d.business_id = ${b} and ${of('d')} <> 0 and d.state <> 'won' group by d.payment_id),
      kept as (select p.id, case when p.state in ('cleared', 'refunded', 'disputed') then ${of('p')} - coalesce(k.amount, 0) - coalesce(t.amount, 0) else 0 end as amount
        from payments p left join back k on k.id = p.id left join taken t on t.id = p.id where p.business_id = ${b} and ${of('p')} <> 0)
    select ${what}::text as what, id, coalesce(kept.amount, 0)::text as stored, coalesce(books.amount, 0)::text as recomputed
    from kept full join books using (id) where coalesce(kept.amount, 0) <> coalesce(books.amount, 0) limit 1000`.execute(scope.tx);
    found.push(...rows);
  }
  return found;
}

/** The fee each payment shows, against what its processor told and against the books. */
export async function selectFeeDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const { rows } = await sql<DifferenceRow>`
    with told as (select e.payment_id, sum(e.fee_minor) as fee from processor_entries e join payments p on p.business_id = ${b} and p.id = e.payment_id and p.currency = e.currency
        where e.business_id = ${b} and e.kind in ('payment', 'refund') group by e.payment_id),
      books as (select l.payment_id, sum(case when l.debit = 'fees' then l.amount_minor else -l.amount_minor end) as fee
        from ledger l where l.business_id = ${b} and l.kind = 'fee' group by l.payment_id),
      kept as (select p.id as payment_id, p.fee_minor::numeric as fee from payments p where p.business_id = ${b} and p.fee_minor is not null),
      checks as (select c.* from kept full join told using (payment_id) full join books using (payment_id)
        cross join lateral (values ('fee of a payment', payment_id, kept.fee, told.fee), ('fee in the books', payment_id, coalesce(kept.fee, 0), coalesce(books.fee, 0))) c (what, id, stored, recomputed))
    select what, id, stored::text as stored, recomputed::text as recomputed from checks where stored is distinct from recomputed limit 1000`.execute(scope.tx);
  return [...rows];
}

/** Series whose numbers have a gap, or whose counter is not one past the last. */
export async function selectNumberDifferences(scope: Scope): Promise<DifferenceRow[]> {
  const b = scope.business;
  const { rows } = await sql<DifferenceRow>`
    with used as (select series, count(*) as count, min(number_seq) as first, max(number_seq) as last
      from (select series, number_seq from invoices where business_id = ${b} and number_seq is not null
            union all select series, number_seq from credit_notes where business_id = ${b}
            union all select series, number_seq from estimates where business_id = ${b} and revision = 1 and amends_id is null) numbered group by series)
    select 'numbers without a gap' as what, series as id, count::text as stored, (last - first + 1)::text as recomputed from used where count <> last - first + 1
    union all
    select 'next number', u.series, c.next::text, (u.last + 1)::text from used u left join counters c on c.business_id = ${b} and c.series = u.series
    where c.next is null or c.next <= u.last`.execute(scope.tx);
  return [...rows];
}
