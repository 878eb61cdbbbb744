import { type RawBuilder, sql } from 'kysely';
import { compiled } from '../../../db/compile.ts';
import type { Sheet } from '../export.ts';

/** Each file's rows, whole and in a lasting order. Every alias is the name of a column; `currency` is what amounts of the row are in. */

type Build = (business: RawBuilder<string>, from: RawBuilder<string>, to: RawBuilder<string>) => RawBuilder<unknown>;
const sheet = (columns: Sheet['columns'], build: Build): Sheet => ({
  columns,
  query: (business, { from, to }) => compiled(build(sql`${business}::uuid`, sql`coalesce(${from}::date, '-infinity')`, sql`coalesce(${to}::date, 'infinity')`)),
});
const text = (names: string): [string, 'text'][] => names.split(' ').map((name) => [name, 'text']);
const money = (names: string): [string, 'money'][] => names.split(' ').map((name) => [name, 'money']);

export const customersSheet = sheet(
  [
    ['customer_id', 'id:customer'],
    ...text('customer company kind street unit city region postal_code country language terms_days'),
    ['tax_exempt', 'yes'],
    ...text('tax_exempt_note'),
    ['po_required', 'yes'],
    ...text('notes archived_at created_at currency'),
    ...money('balance credit'),
  ],
  (b) => sql`select c.id as customer_id, c.name as customer, c.company, c.kind, c.billing_address->>'street' as street, c.billing_address->>'unit' as unit,
      c.billing_address->>'city' as city, c.billing_address->>'region' as region, c.billing_address->>'postalCode' as postal_code,
      c.billing_address->>'country' as country, c.language, c.terms_days::text, c.tax_exempt, c.tax_exempt_note, c.po_required, c.notes, c.archived_at, c.created_at,
      o.currency, coalesce(a.receivable_minor, 0) as balance, coalesce(a.credit_minor, 0) as credit
    from customers c join businesses o on o.id = ${b} left join customer_balances a on a.business_id = ${b} and a.customer_id = c.id and a.currency = o.currency
    where c.business_id = ${b} order by c.sort_name, c.id`,
);

export const peopleSheet = sheet(
  [
    ['person_id', 'id:person'],
    ['customer_id', 'id:customer'],
    ...text('customer name email phone language'),
    ['rights', 'list'],
    ['properties', 'list'],
    ...text('created_at'),
  ],
  (b) => sql`select p.id as person_id, c.id as customer_id, c.name as customer, p.name, p.email, p.phone, p.language, p.created_at,
      array_remove(array[case when bool_or(g.can_view) then 'view' end, case when bool_or(g.can_ask) then 'ask' end, case when bool_or(g.can_pay) then 'pay' end,
        case when bool_or(g.can_manage) then 'manage people' end, case when bool_or(g.bills) then 'receives invoices' end], null) as rights,
      array_remove(array_agg(distinct case when r.id is null then 'all' else coalesce(nullif(r.name, ''), r.code) end), null) as properties
    from people p join grants g on g.business_id = ${b} and g.person_id = p.id and g.revoked_at is null
      join customers c on c.business_id = ${b} and c.id = g.customer_id
      left join properties r on r.business_id = ${b} and r.id = g.property_id
    where p.business_id = ${b} and p.removed_at is null group by p.id, p.business_id, p.name, p.email, p.phone, p.language, p.created_at, c.id, c.name, c.sort_name
    order by c.sort_name, c.id, p.created_at, p.id`,
);

export const propertiesSheet = sheet(
  [
    ['property_id', 'id:property'],
    ['customer_id', 'id:customer'],
    ...text('customer code name unit street city region postal_code country access_notes tax_rate archived_at created_at owner cost_code'),
    ['access_notes_shown', 'yes'],
    ...text('po_rule currency'),
    ...money('nte'),
  ],
  (b) => sql`select r.id as property_id, c.id as customer_id, c.name as customer, r.code, r.name, coalesce(nullif(r.unit, ''), r.address->>'unit') as unit,
      r.address->>'street' as street, r.address->>'city' as city, r.address->>'region' as region, r.address->>'postalCode' as postal_code,
      r.address->>'country' as country, r.owner_name as owner, r.cost_code, r.access_notes, r.access_notes_shown, u.nte_minor as nte,
      case u.po_required when true then 'required' when false then 'not required' else '' end as po_rule, t.name as tax_rate, o.currency, r.archived_at, r.created_at
    from properties r join customers c on c.business_id = ${b} and c.id = r.customer_id join businesses o on o.id = ${b}
      left join property_rules u on u.business_id = ${b} and u.property_id = r.id left join tax_rates t on t.business_id = ${b} and t.id = r.tax_rate_id
    where r.business_id = ${b} order by c.sort_name, c.id, r.code, r.id`,
);

export const invoicesSheet = sheet(
  [
    ['invoice_id', 'id:invoice'],
    ...text('number issued_on due_on'),
    ['customer_id', 'id:customer'],
    ...text('customer po_number work_order_number currency'),
    ...money('subtotal discount net tax total credited paid canceled written_off balance'),
    ...text('canceled_at replaced_by sent_at opened_at settled_at'),
    ['imported', 'yes'],
  ],
  (
    b,
    from,
    to,
  ) => sql`select s.document_id as invoice_id, s.number, s.issued_on, s.due_on, s.customer_id, s.customer_name as customer, s.po_number, i.work_order_number,
      s.currency, t.subtotal_minor as subtotal, t.discount_minor as discount, t.net_minor as net, t.tax_minor as tax, s.total_minor as total,
      s.credited_minor as credited, s.paid_minor as paid, s.canceled_minor as canceled, s.written_off_minor as written_off, s.balance_minor as balance,
      s.canceled_at, s.replaced_by_number as replaced_by, s.sent_at, s.opened_at, s.settled_at, s.imported
    from invoice_standings s join document_totals t on t.business_id = ${b} and t.document_id = s.document_id
      join invoices i on i.business_id = ${b} and i.document_id = s.document_id
    where s.business_id = ${b} and s.state = 'issued' and s.issued_on between ${from} and ${to} order by s.issued_on, s.document_id`,
);

export const linesSheet = sheet(
  [
    ['invoice_id', 'id:invoice'],
    ...text('number issued_on customer property position'),
    ['line_id', 'id:line'],
    ...text('name description service_on'),
    ['quantity', 'quantity'],
    ...text('unit'),
    ['unit_price', 'price'],
    ...text('currency'),
    ...money('gross discount document_discount net'),
    ...text('tax'),
  ],
  (
    b,
    from,
    to,
  ) => sql`select s.document_id as invoice_id, s.number, s.issued_on, s.customer_name as customer, p.title as property, l.position::text, l.id as line_id,
      l.name, l.description, l.service_on, l.quantity_milli as quantity, l.unit, l.unit_price_milli as unit_price, s.currency, l.gross_minor as gross,
      l.discount_minor as discount, l.document_discount_minor as document_discount, l.net_minor as net, l.tax_name as tax
    from invoice_standings s join document_lines l on l.business_id = ${b} and l.document_id = s.document_id
      join document_parts p on p.business_id = ${b} and p.id = l.part_id
    where s.business_id = ${b} and s.state = 'issued' and s.issued_on between ${from} and ${to} order by s.issued_on, s.document_id, l.position, l.id`,
);

export const paymentsSheet = sheet(
  [
    ['payment_id', 'id:payment'],
    ...text('receipt_number'),
    ['customer_id', 'id:customer'],
    ...text('customer method method_label state started_on received_on cleared_on currency'),
    ...money('amount'),
    ...text('reference note recorded_by'),
    ['imported', 'yes'],
    ...money('fee net tip card_fee saving'),
  ],
  (
    b,
    from,
    to,
  ) => sql`select p.id as payment_id, p.receipt_number, p.customer_id, c.name as customer, p.method, p.method_label, p.state, p.started_on, p.received_on,
      p.cleared_on, p.currency, p.amount_minor as amount, p.reference, p.note, p.recorded_by, p.imported,
      p.fee_minor as fee, p.amount_minor + p.tip_minor + p.way_minor - p.fee_minor as net, p.tip_minor as tip,
      greatest(p.way_minor, 0) as card_fee, greatest(-p.way_minor, 0) as saving
    from payments p join customers c on c.business_id = ${b} and c.id = p.customer_id
    where p.business_id = ${b} and coalesce(p.received_on, p.started_on) between ${from} and ${to} order by coalesce(p.received_on, p.started_on), p.created_at, p.id`,
);

export const sharesSheet = sheet(
  [
    ['payment_id', 'id:payment'],
    ...text('receipt_number day'),
    ['invoice_id', 'id:invoice'],
    ...text('number customer property method state currency'),
    ...money('amount applied'),
  ],
  (
    b,
    from,
    to,
  ) => sql`select h.payment_id, h.receipt_number, h.day, h.document_id as invoice_id, s.number, s.customer_name as customer, d.title as property, h.method,
      h.state, s.currency, h.amount_minor as amount, h.applied_minor as applied
    from payment_shares h join invoice_standings s on s.business_id = ${b} and s.document_id = h.document_id
      join document_parts d on d.business_id = ${b} and d.id = h.part_id
    where h.business_id = ${b} and h.day between ${from} and ${to} order by h.day, h.payment_id, h.part_id`,
);

export const creditsSheet = sheet(
  [...text('day'), ['customer_id', 'id:customer'], ...text('customer reason number receipt_number currency'), ...money('change')],
  (b, from, to) => sql`select l.effective_on as day, l.customer_id, c.name as customer, l.kind as reason, s.number, p.receipt_number, l.currency,
      case when l.credit = 'customer_credit' then l.amount_minor else -l.amount_minor end as change
    from ledger l join customers c on c.business_id = ${b} and c.id = l.customer_id
      left join invoice_standings s on s.business_id = ${b} and s.document_id = l.document_id
      left join payments p on p.business_id = ${b} and p.id = l.payment_id
    where l.business_id = ${b} and 'customer_credit' in (l.debit, l.credit) and l.effective_on between ${from} and ${to} order by l.effective_on, l.recorded_at, l.id`,
);

export const eventsSheet = sheet(
  text('seq at actor_kind actor kind customer number data request_id hash'),
  (b, from, to) => sql`select e.seq::text, e.at, e.actor_kind, e.actor_name as actor, e.kind, c.name as customer, s.number, e.data::text as data, e.request_id,
      encode(e.hash, 'hex') as hash
    from events e join businesses o on o.id = ${b} left join customers c on c.business_id = ${b} and c.id = e.customer_id
      left join invoice_standings s on s.business_id = ${b} and s.document_id = e.document_id
    where e.business_id = ${b} and (e.at at time zone o.time_zone)::date between ${from} and ${to} order by e.seq`,
);

export const itemsSheet = sheet(
  [['item_id', 'id:item'], ...text('name description unit currency'), ['unit_price', 'price'], ...text('tax_rate archived_at created_at')],
  (
    b,
  ) => sql`select i.id as item_id, i.name, i.description, i.unit, o.currency, i.unit_price_milli as unit_price, t.name as tax_rate, i.archived_at, i.created_at
    from items i join businesses o on o.id = ${b} left join tax_rates t on t.business_id = ${b} and t.id = i.tax_rate_id
    where i.business_id = ${b} order by i.name, i.id`,
);
