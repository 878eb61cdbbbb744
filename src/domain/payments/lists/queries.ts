import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Choice } from './choice/choice.ts';
import { chosen, creditOf } from './choice/queries.ts';

/** What a payment is meant for; once the money came, what it paid. */
const sharesOf = (b: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select coalesce(json_agg(json_build_object('documentId', x.document_id, 'number', i.number, 'amountMinor', x.amount, 'balanceMinor', i.balance_minor)
      order by i.listed_on, x.document_id), '[]')
    from (select s.document_id, sum(coalesce(s.applied_minor, s.amount_minor))::bigint as amount
          from payment_shares s where s.business_id = ${b} and s.payment_id = p.id group by s.document_id) x
    join invoice_standings i on i.business_id = ${b} and i.document_id = x.document_id)`;

/** What of a tip, or of what the way of paying added or took off, is neither given back, nor waiting to be, nor taken by a chargeback. */
const besideLeftOf = (b: RawBuilder<unknown>, column: 'tip_minor' | 'way_minor'): RawBuilder<unknown> => {
  const of = (table: string): RawBuilder<unknown> => sql.ref(`${table}.${column}`);
  return sql`case when ${of('p')} = 0 then 0 else ${of('p')}
  - (select coalesce(sum(${of('r')}), 0) from refunds r where r.business_id = ${b} and r.payment_id = p.id
      and r.state in ('waiting_second', 'requested', 'unknown', 'pending', 'succeeded'))
  - (select coalesce(sum(${of('d')}), 0) from disputes d where d.business_id = ${b} and d.payment_id = p.id and d.state <> 'won') end::bigint`;
};

const paymentJson = (business: RawBuilder<unknown>): RawBuilder<unknown> => sql`json_build_object(
  'id', p.id, 'customerId', p.customer_id, 'customerName', c.name, 'personId', p.person_id, 'method', p.method, 'methodLabel', p.method_label, 'state', p.state,
  'amountMinor', p.amount_minor, 'tipMinor', p.tip_minor, 'refundableTipMinor', ${besideLeftOf(business, 'tip_minor')}, 'wayMinor', p.way_minor, 'refundableWayMinor', ${besideLeftOf(business, 'way_minor')}, 'currency', p.currency, 'startedOn', p.started_on, 'receivedOn', p.received_on, 'clearedOn', p.cleared_on,
  'reference', p.reference, 'note', p.note, 'receiptNumber', p.receipt_number, 'reason', p.reason, 'failure', p.failure, 'online', p.gateway is not null, 'autopay', p.autopay_charge_id is not null,
  'imported', p.imported, 'createdAt', p.created_at, 'recordedBy', p.recorded_by, 'shares', ${sharesOf(business)},
  'refundedMinor', p.refunded_minor, 'refundWaitingMinor', p.refund_waiting_minor, 'disputedMinor', p.disputed_minor, 'feeMinor', p.fee_minor, 'payoutId', (select e.payout_id from processor_entries e where e.business_id = ${business} and e.payment_id = p.id and e.kind = 'payment'
      and e.payout_id is not null order by e.happened_at limit 1), 'canRefundOnline', p.gateway_payment is not null and not p.imported,
  'disputes', (select coalesce(json_agg(json_build_object('id', d.id, 'state', d.state, 'amountMinor', d.amount_minor, 'feeMinor', d.fee_minor, 'reason', d.reason,
      'answerBy', d.answer_by, 'openedAt', d.opened_at, 'endedAt', d.ended_at) order by d.opened_at), '[]') from disputes d where d.business_id = ${business} and d.payment_id = p.id),
  'refunds', (select coalesce(json_agg(json_build_object('id', r.id, 'amountMinor', r.amount_minor, 'tipMinor', r.tip_minor, 'wayMinor', r.way_minor, 'method', r.method, 'state', r.state, 'origin', r.origin, 'reason', r.reason,
      'failure', r.failure, 'reference', r.reference, 'givenOn', r.given_on, 'askedBy', r.asked_by, 'askedByName', r.asked_by_name, 'askedAt', r.asked_at,
      'decidedByName', r.decided_by_name) order by r.asked_at, r.id), '[]') from refunds r where r.business_id = ${business} and r.payment_id = p.id),
  'creditMinor', case when p.state in ('cleared', 'refunded', 'disputed')
    then ${creditOf(business)}
    else p.keep_credit_minor + coalesce((select sum(s.amount_minor - s.applied_minor) from payment_shares s where s.business_id = ${business} and s.payment_id = p.id), 0) end::bigint)`;

/** JSON texts of the payments on one page, newest first. */
export async function selectPayments(scope: Scope, choice: Choice, after: readonly [string, string] | null, limit: number): Promise<string[]> {
  const b = sql`${scope.business}::uuid`;
  const where = [chosen(b, choice)];
  if (after !== null) where.push(sql`(p.created_at, p.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  // The page first, by its index, and then whose they are: joined before, the planner begins with every customer.
  const { rows } = await sql<{ json: string }>`select ${paymentJson(b)}::text as json
    from (select p.* from payments p where ${sql.join(where, sql` and `)} order by p.created_at desc, p.id desc limit ${limit + 1}) p
    join lateral (select name from customers where business_id = ${b} and id = p.customer_id limit 1) c on true
    order by p.created_at desc, p.id desc`.execute(scope.tx);
  return rows.map((row) => row.json);
}

export async function selectOnePayment(scope: Scope, paymentId: string): Promise<string | null> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<{ json: string }>`select ${paymentJson(b)}::text as json
    from payments p join customers c on c.business_id = ${b} and c.id = p.customer_id where p.business_id = ${b} and p.id = ${paymentId}`.execute(scope.tx);
  return rows[0]?.json ?? null;
}

/** Open announcements, soonest first. */
export async function selectAnnouncements(
  scope: Scope,
  filter: Readonly<{ customerId?: string; limit: number }>,
  after: readonly [string, string] | null,
): Promise<string[]> {
  const b = sql`${scope.business}::uuid`;
  const where = [sql`a.business_id = ${b} and a.ended_at is null`];
  if (filter.customerId !== undefined) where.push(sql`a.customer_id = ${filter.customerId}`);
  if (after !== null) where.push(sql`(a.expected_on, a.id) > (${after[0]}::date, ${after[1]}::uuid)`);
  const { rows } = await sql<{
    json: string;
  }>`select json_build_object('id', a.id, 'documentId', a.document_id, 'number', i.number, 'customerId', a.customer_id,
      'customerName', i.customer_name, 'personName', coalesce(w.name, ''), 'method', a.method, 'alreadyPaid', a.already_paid, 'amountMinor', a.amount_minor,
      'currency', i.currency, 'expectedOn', a.expected_on, 'endsOn', a.ends_on, 'note', a.note, 'createdAt', a.created_at)::text as json
    from announced_payments a
    join invoice_standings i on i.business_id = ${b} and i.document_id = a.document_id
    left join people w on w.business_id = ${b} and w.id = a.person_id
    where ${sql.join(where, sql` and `)} order by a.expected_on, a.id limit ${filter.limit + 1}`.execute(scope.tx);
  return rows.map((row) => row.json);
}

/** What waits for the office: money a bank sent back and nobody acted on, payments being checked, money announced. */
export async function selectNeeds(scope: Scope, limit: number): Promise<string[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<{
    json: string;
  }>`select json_build_object('kind', n.kind, 'at', n.at, 'customerId', n.customer_id, 'customerName', c.name,
      'documentId', n.document_id, 'number', i.number, 'paymentId', n.payment_id, 'announcementId', n.announcement_id, 'amountMinor', n.amount,
      'currency', coalesce(i.currency, (select currency from businesses where id = ${b})), 'expectedOn', n.expected_on, 'failure', n.failure)::text as json
    from (
      select 'payment_returned' as kind, p.ended_at as at, s.customer_id, s.document_id, p.id as payment_id, null::uuid as announcement_id,
             sum(s.amount_minor)::bigint as amount, null::date as expected_on, p.failure
        from payments p join payment_shares s on s.business_id = ${b} and s.payment_id = p.id
        join invoice_standings r on r.business_id = ${b} and r.document_id = s.document_id and r.returned
        where p.business_id = ${b} and p.state = 'returned'
        group by p.id, p.ended_at, p.failure, s.customer_id, s.document_id
      union all
      select 'payment_unknown', p.created_at, s.customer_id, s.document_id, p.id, null, sum(s.amount_minor)::bigint, null, p.failure
        from payments p join payment_shares s on s.business_id = ${b} and s.payment_id = p.id
        where p.business_id = ${b} and p.state = 'unknown'
        group by p.id, p.created_at, p.failure, s.customer_id, s.document_id
      union all
      select 'payment_announced', a.created_at, a.customer_id, a.document_id, null, a.id, a.amount_minor, a.expected_on, ''
        from announced_payments a where a.business_id = ${b} and a.ended_at is null
      union all
      select case r.state when 'failed' then 'refund_failed' else 'refund_waiting' end, coalesce(r.ended_at, r.asked_at), r.customer_id, r.document_id, r.payment_id, null,
             r.amount_minor + r.tip_minor + r.way_minor, null, r.failure
        from refunds r where r.business_id = ${b} and (r.state = 'waiting_second' or (r.state = 'failed' and r.ended_at > now() - interval '7 days'))
      union all
      select 'autopay_failed', c.ended_at, c.customer_id, c.document_id, null, null, c.amount_minor, null, case c.state when 'above_cap' then 'above_cap' else c.failure end
        from autopay_charges c join invoice_standings r on r.business_id = ${b} and r.document_id = c.document_id and r.balance_minor > r.processing_minor + r.unknown_minor
        where c.business_id = ${b} and c.state in ('failed', 'above_cap') and c.ended_at > now() - interval '30 days'
          and not exists (select from autopay_charges o where o.business_id = ${b} and o.document_id = c.document_id and (o.created_at, o.id) > (c.created_at, c.id))
      union all
      select 'payment_disputed', d.opened_at, d.customer_id, p.document_id, d.payment_id, null, d.amount_minor, d.answer_by::date, d.reason
        from disputes d join payments p on p.business_id = ${b} and p.id = d.payment_id where d.business_id = ${b} and d.state = 'open'
    ) n join customers c on c.business_id = ${b} and c.id = n.customer_id
    left join invoice_standings i on i.business_id = ${b} and i.document_id = n.document_id
    order by n.at desc limit ${limit}`.execute(scope.tx);
  return rows.map((row) => row.json);
}

/** The payments somebody of the customer may see: whole ones, or just what went on the parts they see. One JSON text. */
export const portalPaymentsQuery = fixedQuery(
  { business: 'uuid', before: 'date', beforeId: 'uuid', limit: 'int' },
  ({ business: b, before, beforeId, limit }) => {
    return sql`select coalesce(json_agg(json_build_object('id', y.id, 'day', y.day, 'method', y.method, 'methodLabel', y.label, 'state', y.state, 'amountMinor', y.amount,
      'currency', y.currency, 'receiptNumber', y.receipt, 'paidFor', y.paid_for) order by y.day desc, y.id desc), '[]')::text
    from (select s.payment_id as id, max(s.day) as day, max(s.method) as method, max(s.method_label) as label, max(coalesce(p.state, s.state)) as state,
            coalesce(max(p.amount_minor + p.tip_minor + p.way_minor), sum(coalesce(s.applied_minor, s.amount_minor)))::bigint as amount, max(d.currency) as currency, max(s.receipt_number) as receipt,
            json_agg(json_build_object('documentId', s.document_id, 'number', d.number, 'purpose', i.purpose, 'amountMinor', coalesce(s.applied_minor, s.amount_minor)) order by d.number, d.position) as paid_for
          from payment_shares s
          join document_parts d on d.business_id = ${b} and d.id = s.part_id
          left join payments p on p.business_id = ${b} and p.id = s.payment_id
          left join invoice_standings i on i.business_id = ${b} and i.document_id = s.document_id
          where s.business_id = ${b} and s.state in ('pending', 'unknown', 'cleared', 'returned', 'reversed', 'refunded', 'disputed')
            and (${before} is null or (s.day, s.payment_id) < (${before}, ${beforeId}))
          group by s.payment_id
          order by max(s.day) desc, s.payment_id desc limit ${limit}) y`;
  },
);
