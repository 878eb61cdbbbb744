import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import { wayRuleJson } from '../queries.ts';

type Sql = RawBuilder<unknown>;

/** One payment as its receipt shows it: the whole, or for somebody of some parts what went on these. No row: not theirs. */
export const receiptQuery = fixedQuery({ business: 'uuid', payment: 'uuid' }, ({ business: b, payment: id }) => {
  return sql`select json_build_object(
    'business', (select json_build_object('slug', u.slug, 'name', u.name, 'timeZone', u.time_zone, 'currency', u.currency, 'country', u.country, 'phone', q.phone,
        'email', q.email, 'website', q.website, 'address', q.address, 'hours', q.hours, 'licenseLine', q.license_line,
        'logo', encode(q.logo_web_sha256, 'hex'), 'brandColor', q.brand_color)
      from businesses u join business_profiles q on q.business_id = ${b} where u.id = ${b}),
    'payment', (select json_build_object('method', p.method, 'methodLabel', p.method_label, 'reference', p.reference, 'state', p.state, 'currency', p.currency,
        'amountMinor', p.amount_minor, 'tipMinor', p.tip_minor, 'wayMinor', p.way_minor, 'creditMinor', p.keep_credit_minor, 'backMinor', p.refunded_minor + p.disputed_minor, 'refundedMinor', p.refunded_minor,
        'besideRefundedMinor', (select coalesce(sum(r.tip_minor + r.way_minor), 0)::bigint from refunds r where r.business_id = ${b} and r.payment_id = ${id}
          and r.state in ('requested', 'unknown', 'pending', 'succeeded')), 'startedOn', p.started_on, 'receivedOn', p.received_on, 'clearedOn', p.cleared_on,
        'endedAt', p.ended_at, 'receiptNumber', p.receipt_number, 'failure', p.failure, 'personName', coalesce(w.name, c.name), 'language', c.language)
      from payments p
      left join people w on w.business_id = ${b} and w.id = p.person_id
      left join customers c on c.business_id = ${b} and c.id = p.customer_id
      where p.business_id = ${b} and p.id = ${id}),
    'shares', (select coalesce(json_agg(json_build_object('documentId', s.document_id, 'number', d.number, 'currency', d.currency, 'state', s.state,
        'method', s.method, 'methodLabel', s.method_label, 'day', s.day, 'receiptNumber', s.receipt_number, 'amountMinor', s.amount_minor,
        'appliedMinor', s.applied_minor,
        'leftMinor', t.total_minor - t.credited_minor - t.paid_minor - t.canceled_minor - t.written_off_minor,
        'wholeLeftMinor', i.balance_minor, 'purpose', i.purpose) order by d.number, d.position), '[]')
      from payment_shares s
      join document_parts d on d.business_id = ${b} and d.id = s.part_id
      join part_standings t on t.business_id = ${b} and t.part_id = s.part_id
      left join invoice_standings i on i.business_id = ${b} and i.document_id = s.document_id
      where s.business_id = ${b} and s.payment_id = ${id})
  )::text`;
});

/** Where an attempt stands, for the page its payer came back to. */
export const attemptQuery = fixedQuery({ business: 'uuid', payment: 'uuid' }, ({ business: b, payment: id }) => {
  return sql`select json_build_object('id', s.payment_id, 'state', max(coalesce(p.state, s.state)), 'method', max(s.method),
      'amountMinor', coalesce(max(p.amount_minor + p.tip_minor + p.way_minor), sum(s.amount_minor))::bigint, 'currency', max(d.currency), 'failure', coalesce(max(p.failure), ''),
      'receiptNumber', max(s.receipt_number), 'startedOn', max(s.day), 'documentIds', json_agg(distinct s.document_id))::text
    from payment_shares s
    join document_parts d on d.business_id = ${b} and d.id = s.part_id
    left join payments p on p.business_id = ${b} and p.id = s.payment_id
    where s.business_id = ${b} and s.payment_id = ${id} group by s.payment_id`;
});

const houseJson = (
  b: Sql,
): Sql => sql`(select json_build_object('name', u.name, 'timeZone', u.time_zone, 'currency', u.currency, 'gateway', case when k.business_id is null then q.gateway end,
    'tips', case when q.tips_offered then json_build_object('percents', q.tip_percents, 'capPercent', q.tip_cap_percent) end,
    'wayRule', ${wayRuleJson(sql`q`)}, 'partPayment', q.part_payment, 'floorMinor', q.payment_floor_minor, 'howToPay', q.how_to_pay,
    'ways', json_build_object('cardFloorMinor', case when q.card_offered then q.card_floor_minor end,
      'bankFloorMinor', case when q.bank_offered then q.bank_floor_minor end))
  from businesses u join business_profiles q on q.business_id = ${b} left join closings k on k.business_id = ${b} where u.id = ${b})`;

/** What one bill is paid by: its standing (to whoever sees the whole), each part the payer sees and what is open on it, and what was announced. */
const billFields = (b: Sql, d: Sql): Sql => sql`
    'number', f.number, 'currency', f.currency, 'customerId', f.customer_id, 'dueOn', f.due_on,
    'standing', (select json_build_object('balanceMinor', i.balance_minor + i.written_off_minor, 'processingMinor', i.processing_minor, 'unknownMinor', i.unknown_minor,
        'inQuestionMinor', i.in_question_minor, 'heldBackMinor', i.held_back_minor, 'announcedMinor', i.announced_minor, 'announcedFor', i.announced_for,
        'returned', i.returned, 'purpose', i.purpose, 'totalMinor', i.total_minor, 'creditedMinor', i.credited_minor, 'paidMinor', i.paid_minor,
        'installments', i.installments, 'startedOn', i.started_on, 'earlyMinor', i.early_minor, 'earlyUntil', i.early_until, 'dueOn', i.due_on,
        'canceled', i.canceled_at is not null, 'closed', i.closed_at is not null) from invoice_standings i where i.business_id = ${b} and i.document_id = ${d}),
    'parts', (select json_agg(json_build_object('partId', p.id, 'title', p.title, 'propertyId', p.property_id, 'totalMinor', s.total_minor,
        'openMinor', s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.processing_minor,
        'movingMinor', s.processing_minor, 'inQuestionMinor', (select coalesce(sum(a.amount_minor), 0)::bigint from questioned_charges a where a.business_id = ${b}
          and a.document_id = ${d} and (a.property_id is null or a.property_id = p.property_id) and a.ended_at is null),
        'checking', exists (select from payment_shares x where x.business_id = ${b} and x.document_id = ${d} and x.part_id = p.id and x.state = 'unknown'),
        'mayPay', (cardinality(app_people()) = 0 and app_document() is not null) or exists (
          select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = p.customer_id and g.revoked_at is null
            and g.can_pay and (g.property_id is null or g.property_id = p.property_id))) order by p.position)
      from document_parts p join part_standings s on s.business_id = ${b} and s.part_id = p.id where p.business_id = ${b} and p.document_id = ${d}),
    'announced', (select coalesce(json_agg(json_build_object('id', a.id, 'personId', a.person_id, 'method', a.method, 'alreadyPaid', a.already_paid,
        'amountMinor', a.amount_minor, 'expectedOn', a.expected_on) order by a.expected_on), '[]')
      from announced_payments a where a.business_id = ${b} and a.document_id = ${d} and a.ended_at is null)`;

/** What the pay page of one invoice is made of, and what the business takes. */
export const payPageQuery = fixedQuery({ business: 'uuid', document: 'uuid' }, ({ business: b, document: d }) => {
  return sql`select json_build_object('now', now(), 'house', ${houseJson(b)},
      'residential', coalesce((select c.kind = 'residential' from customers c where c.business_id = ${b} and c.id = f.customer_id), false), ${billFields(b, d)})::text
  from (select p.number, p.currency, p.customer_id, p.due_on from document_parts p where p.business_id = ${b} and p.document_id = ${d} order by p.position limit 1) f`;
});

/**
 * The same of every bill of a signed-in person that is open, oldest due first, or of the named ones: whole bills on the index of each account,
 * and parts of bills they may not see whole. With `property` only those that are for work there, among others perhaps.
 */
export const billsQuery = fixedQuery({ business: 'uuid', ids: 'uuid[]', property: 'uuid', limit: 'int' }, ({ business: b, ids, property, limit }) => {
  return sql`with whole as (select s.* from unnest(app_accounts()) a (id) cross join lateral (
        select s.document_id, s.number, s.currency, s.customer_id, s.due_on from invoice_standings s where s.business_id = ${b} and s.customer_id = a.id
          and s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null and (${ids} is null or s.document_id = any (${ids}))
          and (${property} is null or s.property_id = ${property} or exists (select from part_standings q where q.business_id = ${b} and q.document_id = s.document_id
            and q.property_id = ${property}))
        order by s.due_on, s.document_id limit ${limit}) s),
    mine as (select distinct p.document_id, p.number, p.currency, p.customer_id, p.due_on from document_parts p
        join part_standings s on s.business_id = ${b} and s.part_id = p.id
        where p.business_id = ${b} and p.property_id = any (app_properties()) and (${ids} is null or p.document_id = any (${ids}))
          and (${property} is null or p.property_id = ${property})
          and s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.written_off_minor > 0
          and not exists (select from invoice_standings v where v.business_id = ${b} and v.document_id = p.document_id)),
    f as (select * from (select * from whole union all select * from mine) x order by due_on, document_id limit ${limit})
  select json_build_object('now', now(), 'house', ${houseJson(b)},
    'accounts', (select coalesce(json_agg(json_build_object('id', c.id, 'name', coalesce(nullif(c.company, ''), c.name)) order by c.name, c.id), '[]')
      from customers c where c.business_id = ${b} and c.id = any (app_accounts())),
    'credits', (select coalesce(json_agg(json_build_object('customerId', c.customer_id, 'currency', c.currency, 'creditMinor', c.credit_minor)), '[]')
      from customer_balances c where c.business_id = ${b} and c.customer_id = any (app_accounts()) and c.credit_minor > 0),
    'bills', (select coalesce(json_agg(json_build_object('documentId', f.document_id, ${billFields(b, sql`f.document_id`)}) order by f.due_on, f.document_id), '[]') from f))::text`;
});
