import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import { figuresSql } from '../../invoices/invoices.ts';

type Sql = RawBuilder<unknown>;

const t = (b: Sql): Sql => sql`t as materialized (select (now() at time zone u.time_zone)::date as today, u.currency from businesses u where u.id = ${b})`;

/** What figures are made of. A part knows one kind of money on its way, and is due as one on the day of its bill. */
const columns = sql`s.document_id, s.customer_id, s.property_id, s.number, s.purpose, s.currency, s.due_on, s.balance_minor, s.processing_minor, s.unknown_minor,
  s.announced_minor, s.announced_for, s.in_question_minor, s.held_back_minor, s.installments, s.started_on, s.early_minor, s.early_until`;
const partColumns = (b: Sql): Sql => sql`p.document_id, p.customer_id, p.property_id, p.number, 'bill' as purpose, p.currency, p.due_on,
  q.total_minor - q.credited_minor - q.paid_minor - q.canceled_minor - q.written_off_minor as balance_minor, q.processing_minor, 0::bigint as unknown_minor,
  0::bigint as announced_minor, null::date as announced_for, (select coalesce(sum(a.amount_minor), 0)::bigint from questioned_charges a
    where a.business_id = ${b} and a.document_id = p.document_id and a.property_id = p.property_id and a.ended_at is null) as in_question_minor,
  0::bigint as held_back_minor, null::jsonb as installments, null::date as started_on, 0::bigint as early_minor, null::date as early_until`;

/**
 * What is owed at which property, bill by bill: bills of one property whole, bills over several by their parts, whoever looks. `at`: of one property
 * alone. What is tied to no property has none here either.
 */
const owed = (b: Sql, at: Sql | null): Sql => sql`
  whole as materialized (select s.*, true as whole from unnest(app_accounts()) a (id) cross join lateral (select ${columns} from invoice_standings s
    where s.business_id = ${b} and s.customer_id = a.id and s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null) s),
  owed as materialized (
    select w.*, false as part from whole w where (w.property_id is not null or not exists (select from document_parts p where p.business_id = ${b} and p.document_id = w.document_id
      and p.property_id is not null)) ${at === null ? sql`` : sql`and w.property_id = ${at}`}
    union all select x.*, true, true from whole w cross join lateral (select ${partColumns(b)} from document_parts p
        join part_standings q on q.business_id = ${b} and q.part_id = p.id where p.business_id = ${b} and p.document_id = w.document_id) x
      where w.property_id is null and exists (select from document_parts p where p.business_id = ${b} and p.document_id = w.document_id and p.property_id is not null)
        and x.balance_minor > 0 ${at === null ? sql`` : sql`and x.property_id = ${at}`}
    union all select x.*, false, true from (select ${partColumns(b)} from document_parts p join part_standings q on q.business_id = ${b} and q.part_id = p.id
        where p.business_id = ${b} and p.property_id = any (app_properties()) ${at === null ? sql`` : sql`and p.property_id = ${at}`}
          and not exists (select from invoice_standings v where v.business_id = ${b} and v.document_id = p.document_id)) x where x.balance_minor > 0)`;

const sum = (amount: Sql): Sql => sql`coalesce(sum(${amount}), 0)::bigint`;
const { dueNow, overdue, dueLater, onItsWay, inQuestion, heldBack } = figuresSql('s', sql`t.today`);
/** Amounts of other currencies stand on their invoices; figures are in the business's own. */
const sums = sql`${sum(sql`s.balance_minor`)} as balance, ${sum(dueNow)} as due_now, ${sum(overdue)} as overdue from t cross join owed s where s.currency = t.currency`;

/** Only what the portal may read of a standing. */
const estimateColumns = sql`e.document_id, e.number, e.revision, e.total_minor, e.chosen_minor, e.currency, e.state, e.valid_until, e.po_number, e.decided_at, e.decided_by,
  e.waiting_for_id, e.waiting_for_name, e.first_approver_id`;

export type PropertySort = 'due' | 'code';
const types = { business: 'uuid', search: 'text', due: 'bigint', code: 'text', id: 'uuid', limit: 'int' } as const;

const listText = (sort: PropertySort) =>
  fixedQuery(types, ({ business: b, search, due, code, id, limit }) => {
    const after =
      sort === 'due'
        ? sql`l.due_now < ${due} or (l.due_now = ${due} and (l.code, l.id) > (${code} collate "C", ${id}))`
        : sql`${due} is not null and (l.code, l.id) > (${code} collate "C", ${id})`;
    const order = (of: string): Sql =>
      sort === 'due'
        ? sql`${sql.ref(`${of}.due_now`)} desc, ${sql.ref(`${of}.code`)}, ${sql.ref(`${of}.id`)}`
        : sql`${sql.ref(`${of}.code`)}, ${sql.ref(`${of}.id`)}`;
    return sql`with ${t(b)}, ${owed(b, null)},
      sums as (select s.property_id, ${sums} group by 1),
      waiting as (select e.property_id, count(*)::int as waiting from t cross join estimate_standings e where e.business_id = ${b} and e.customer_id = any (app_accounts())
        and e.state = 'sent' and e.valid_until >= t.today and e.property_id is not null group by 1),
      listed as (select p.id, lower(p.code) collate "C" as code, p.code as shown_code, p.name, p.unit, p.address, p.owner_name, coalesce(s.balance, 0) as balance,
          coalesce(s.due_now, 0) as due_now, coalesce(s.overdue, 0) as overdue, coalesce(w.waiting, 0) as waiting
        from properties p left join sums s on s.property_id = p.id left join waiting w on w.property_id = p.id
        where p.business_id = ${b} and p.customer_id = any (app_accounts()) and (p.archived_at is null or s.balance > 0)
          and (${search} is null or strpos(lower(concat_ws(' ', p.code, p.name, p.unit, p.address ->> 'street', p.owner_name)), ${search}) > 0)),
      page as (select l.* from listed l where ${id} is null or ${after} order by ${order('l')} limit ${limit})
      select json_build_object('today', (select today from t), 'currency', (select currency from t), 'count', (select count(*)::int from listed),
        'rows', (select coalesce(json_agg(json_build_object('id', r.id, 'code', r.shown_code, 'name', r.name, 'unit', r.unit, 'address', r.address, 'owner', r.owner_name,
          'balanceMinor', r.balance, 'dueNowMinor', r.due_now, 'overdueMinor', r.overdue, 'waiting', r.waiting) order by ${order('r')}), '[]') from page r),
        'untiedMinor', (select coalesce(sum(s.balance), 0)::bigint from sums s where s.property_id is null))::text`;
  });
export const propertyLists = { due: listText('due'), code: listText('code') } as const;

/** One property with everything of it that the reader may see, in one text. Null: it is none of theirs. */
export const propertyQuery = fixedQuery({ business: 'uuid', property: 'uuid' }, ({ business: b, property: at }) => {
  const estimateJson = sql`json_build_object('id', e.document_id, 'number', e.number, 'revision', e.revision, 'totalMinor', coalesce(e.chosen_minor, e.total_minor),
    'currency', e.currency, 'state', e.state, 'validUntil', e.valid_until, 'poNumber', e.po_number, 'decidedOn', (e.decided_at at time zone u.time_zone)::date,
    'decidedBy', e.decided_by, 'firstApproverId', e.first_approver_id, 'waitingForId', e.waiting_for_id, 'waitingForName', e.waiting_for_name)`;
  const files = (
    photos: boolean,
    limit: number,
  ): Sql => sql`(select coalesce(json_agg(json_build_object('id', r.id, 'documentId', r.document_id, 'kind', d.kind, 'name', r.name,
      'mediaType', r.mime, 'number', r.number) order by r.created_at desc, r.id), '[]')
    from (select r.id, r.document_id, r.name, r.created_at, f.mime, p.number from document_parts p
        join file_refs r on r.business_id = ${b} and r.document_id = p.document_id and r.purpose = 'attachment' and r.removed_at is null and r.property_id = ${at}
        join files f on f.business_id = ${b} and f.sha256 = r.sha256 and (f.mime like 'image/%') = ${sql.raw(String(photos))}
      where p.business_id = ${b} and p.property_id = ${at} order by r.created_at desc, r.id limit ${sql.raw(String(limit))}) r
    join documents d on d.business_id = ${b} and d.id = r.document_id)`;
  return sql`with ${t(b)}, ${owed(b, at)}
    select json_build_object('today', t.today, 'currency', t.currency, 'people', app_people(), 'word', h.estimate_word,
      'property', json_build_object('id', p.id, 'customerId', p.customer_id, 'code', p.code, 'name', p.name, 'unit', p.unit, 'address', p.address, 'owner', p.owner_name,
        'costCode', p.cost_code, 'accessNotes', p.shown_access_notes, 'nteMinor', r.nte_minor, 'poRequired', r.po_required, 'archived', p.archived_at is not null),
      'figures', (select json_build_object('balanceMinor', ${sum(sql`s.balance_minor`)}, 'dueNowMinor', ${sum(dueNow)}, 'dueLaterMinor', ${sum(dueLater)}, 'onItsWayMinor', ${sum(onItsWay)},
          'payMinor', (${sum(dueNow)} - coalesce(sum(${dueNow}) filter (where s.part and not h.part_payment), 0))::bigint, 'inQuestionMinor', ${sum(inQuestion)}, 'heldBackMinor', ${sum(heldBack)}, 'overdueMinor', ${sum(overdue)}, 'count', count(*)) from owed s where s.currency = t.currency),
      'mayPay', h.gateway is not null and exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.customer_id = p.customer_id
        and g.revoked_at is null and g.can_pay and (g.property_id is null or g.property_id = ${at})),
      'open', (select coalesce(json_agg(json_build_object('id', s.document_id, 'number', s.number, 'whole', s.whole, 'part', s.part,
          'purpose', s.purpose, 'currency', s.currency, 'dueOn', s.due_on, 'balanceMinor', s.balance_minor) order by s.due_on, s.document_id), '[]')
        from (select * from owed order by due_on, document_id limit 10) s),
      'waiting', (select coalesce(json_agg(${estimateJson} order by e.valid_until, e.document_id), '[]')
        from (select ${estimateColumns} from estimate_standings e where e.business_id = ${b} and e.customer_id = p.customer_id and e.property_id = ${at} and e.state = 'sent' and e.valid_until >= t.today
          order by e.valid_until, e.document_id limit 10) e),
      'decided', (select coalesce(json_agg(${estimateJson} order by e.decided_at desc, e.document_id), '[]')
        from (select ${estimateColumns} from estimate_standings e where e.business_id = ${b} and e.customer_id = p.customer_id and e.property_id = ${at} and e.decided_at is not null
          and e.state = any (array['approved', 'declined', 'changes_requested']) order by e.decided_at desc, e.document_id limit 5) e),
      'photos', ${files(true, 12)}, 'papers', ${files(false, 8)},
      'readers', (select coalesce(json_agg(json_build_object('name', h.name, 'whole', h.whole, 'pays', h.pays, 'approvesMinor', h.approves, 'manages', h.manages) order by h.name), '[]')
        from (select w.id, w.name, bool_or(g.property_id is null) as whole, bool_or(g.can_pay) as pays, max(g.approve_limit_minor) as approves, bool_or(g.can_manage) as manages
          from grants g join people w on w.business_id = ${b} and w.id = g.person_id and w.removed_at is null
          where g.business_id = ${b} and g.customer_id = p.customer_id and (g.property_id is null or g.property_id = ${at}) and g.revoked_at is null and g.can_view
          group by w.id, w.name order by w.name limit 50) h),
      'spend', (select coalesce(json_agg(json_build_object('month', m.month, 'amountMinor', m.amount) order by m.month), '[]')
        from (select to_char(d.issued_on, 'YYYY-MM') as month, ${sum(sql`s.total_minor - s.credited_minor - s.canceled_minor`)} as amount
          from document_parts d join part_standings s on s.business_id = ${b} and s.part_id = d.id
          where d.business_id = ${b} and d.property_id = ${at} and d.currency = t.currency and d.issued_on >= date_trunc('month', t.today) - interval '23 months' group by 1) m))::text
    from t join properties p on p.business_id = ${b} and p.id = ${at} join businesses u on u.id = ${b} join business_profiles h on h.business_id = ${b}
    left join property_rules r on r.business_id = ${b} and r.property_id = p.id`;
});
