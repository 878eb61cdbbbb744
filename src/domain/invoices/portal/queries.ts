import { type RawBuilder, sql } from 'kysely';
import { thousandths, wholeUnits } from '../../../core/currencies.ts';
import { fixedQuery } from '../../../db/compile.ts';
import { figuresSql } from '../figures/queries.ts';

/** How many papers of one person are looked at when they see parts only: far beyond what one property gets in a lifetime. */
const mostParts = 5_000;

const businessJson = (b: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select json_build_object('slug', u.slug, 'name', u.name, 'timeZone', u.time_zone,
    'currency', u.currency, 'country', u.country, 'phone', p.phone, 'email', p.email, 'website', p.website, 'address', p.address, 'hours', p.hours,
    'licenseLine', p.license_line, 'logo', encode(p.logo_web_sha256, 'hex'), 'brandColor', p.brand_color, 'greeting', p.greeting, 'howToPay', p.how_to_pay,
    'closingOn', (select (k.ends_at at time zone u.time_zone)::date from closings k where k.business_id = ${b}))
  from businesses u join business_profiles p on p.business_id = ${b} where u.id = ${b})`;

/** The business's day, from its zone. */
const todayOf = (b: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select (now() at time zone u.time_zone)::date from businesses u where u.id = ${b})`;

const columns = sql`s.document_id, s.customer_id, s.property_id, s.number, s.po_number, s.currency, s.listed_on, s.issued_on, s.due_on, s.total_minor, s.credited_minor, s.paid_minor,
  s.processing_minor, s.unknown_minor, s.announced_minor, s.announced_for, s.in_question_minor, s.held_back_minor, s.installments, s.started_on, s.returned,
  s.canceled_at, s.replaced_by_number, s.closed_at, s.balance_minor, s.version, s.purpose, s.early_minor, s.early_until`;

/**
 * For a person of some properties: their parts of papers they may not see whole, each paper as one row of only what is theirs. A part knows
 * one kind of money on its way. Whoever sees whole accounts has none, and nothing is looked at for them.
 */
const partRows = (b: RawBuilder<unknown>): RawBuilder<unknown> => sql`select x.document_id, x.customer_id,
    case when count(*) = 1 then (array_agg(x.property_id))[1] end as property_id, min(x.number) as number, '' as po_number, min(x.currency) as currency,
    min(x.issued_on) as listed_on, min(x.issued_on) as issued_on, min(x.due_on) as due_on, sum(s.total_minor)::bigint as total_minor, sum(s.credited_minor)::bigint as credited_minor,
    sum(s.paid_minor)::bigint as paid_minor, sum(s.processing_minor)::bigint as processing_minor, 0::bigint as unknown_minor, 0::bigint as announced_minor,
    null::date as announced_for, (select coalesce(sum(q.amount_minor), 0)::bigint from questioned_charges q
      where q.business_id = ${b} and q.document_id = x.document_id and q.ended_at is null) as in_question_minor, 0::bigint as held_back_minor, null::jsonb as installments, null::date as started_on,
    false as returned, case when sum(s.canceled_minor) > 0 then min(x.issued_on)::timestamptz end as canceled_at, null::text as replaced_by_number,
    null::timestamptz as closed_at,
    sum(s.total_minor - s.credited_minor - s.paid_minor - s.canceled_minor - s.written_off_minor)::bigint as balance_minor, 0 as version,
    'bill' as purpose, 0::bigint as early_minor, null::date as early_until
  from (select * from document_parts p where p.business_id = ${b} and app_properties() <> '{}' and p.property_id = any (app_properties()) order by p.issued_on desc limit ${sql.raw(String(mostParts))}) x
  join part_standings s on s.business_id = ${b} and s.part_id = x.id
  where not exists (select from invoice_standings v where v.business_id = ${b} and v.document_id = x.document_id)
  group by x.document_id, x.customer_id`;

const rowJson = sql`json_build_object('id', r.document_id, 'whole', r.whole, 'customerId', r.customer_id, 'propertyId', r.property_id, 'number', r.number,
  'property', r.property, 'poNumber', r.po_number, 'currency', r.currency, 'issuedOn', r.issued_on, 'dueOn', r.due_on, 'totalMinor', r.total_minor,
  'creditedMinor', r.credited_minor, 'paidMinor', r.paid_minor, 'processingMinor', r.processing_minor, 'unknownMinor', r.unknown_minor,
  'announcedMinor', r.announced_minor, 'announcedFor', r.announced_for, 'inQuestionMinor', r.in_question_minor, 'heldBackMinor', r.held_back_minor,
  'installments', r.installments, 'startedOn', r.started_on, 'returned', r.returned, 'canceledAt', r.canceled_at, 'replacedBy', r.replaced_by_number,
  'closedAt', r.closed_at, 'version', r.version, 'purpose', r.purpose, 'earlyMinor', r.early_minor, 'earlyUntil', r.early_until, 'open', r.balance_minor > 0)`;

const toThousandths = sql`case when s.currency = any (string_to_array(${sql.lit(wholeUnits)}, ' ')) then 1000
  when s.currency = any (string_to_array(${sql.lit(thousandths)}, ' ')) then 1 else 10 end`;

/** What is asked for beside the tab: the second line of a status. */
export const portalStates = ['partly_paid', 'processing', 'in_question', 'returned', 'canceled'] as const;
export type PortalState = (typeof portalStates)[number];
const stateIs = (state: RawBuilder<unknown>): RawBuilder<unknown> => sql`case ${state} when 'partly_paid' then s.paid_minor > 0 and s.balance_minor > 0
  when 'processing' then s.processing_minor + s.unknown_minor + s.announced_minor > 0 when 'in_question' then s.in_question_minor > 0
  when 'returned' then s.returned when 'canceled' then s.canceled_at is not null else true end`;

type ShortNames = 'business' | 'customer' | 'group' | 'day' | 'id' | 'limit';

/** A row of the short list: what most rows say, and in `more` what few of them have. */
const shortRowJson = sql`json_build_object('id', s.document_id, 'customerId', s.customer_id, 'propertyId', s.property_id, 'number', s.number, 'poNumber', s.po_number,
  'currency', s.currency, 'issuedOn', s.issued_on, 'dueOn', s.due_on, 'totalMinor', s.total_minor, 'creditedMinor', s.credited_minor, 'paidMinor', s.paid_minor,
  'startedOn', s.started_on, 'open', s.balance_minor > 0, 'property', s.property,
  'more', case when s.processing_minor + s.unknown_minor + s.announced_minor + s.in_question_minor + s.held_back_minor > 0 or s.installments is not null or s.returned
      or s.canceled_at is not null or s.closed_at is not null or s.early_minor > 0 or s.purpose <> 'bill' then json_build_object('processingMinor', s.processing_minor, 'unknownMinor', s.unknown_minor,
    'announcedMinor', s.announced_minor, 'announcedFor', s.announced_for, 'inQuestionMinor', s.in_question_minor, 'heldBackMinor', s.held_back_minor,
    'installments', s.installments, 'returned', s.returned, 'canceledAt', s.canceled_at, 'replacedBy', s.replaced_by_number, 'closedAt', s.closed_at,
    'purpose', s.purpose, 'earlyMinor', s.early_minor, 'earlyUntil', s.early_until) end)`;

export type PortalTab = 'all' | 'open' | 'overdue' | 'paid';

const types = {
  business: 'uuid',
  customer: 'uuid',
  property: 'uuid',
  search: 'text',
  po: 'text',
  /** Amounts in thousandths of the main unit, whatever the currency. */
  atLeast: 'bigint',
  atMost: 'bigint',
  state: 'text',
  /** Only these. */
  ids: 'uuid[]',
  from: 'date',
  to: 'date',
  /** 'open' or 'settled': the group the last row stood in; null from the start. */
  group: 'text',
  day: 'date',
  id: 'uuid',
  limit: 'int',
} as const;

/**
 * What a signed-in person may see, what is owed first by its due day, then the rest, newest first. Each account is read on its own index, so
 * a page costs the same whatever else the business has.
 */
function listText(tab: PortalTab): (values: Readonly<Record<keyof typeof types, unknown>>) => { sql: string; parameters: readonly unknown[] } {
  return fixedQuery(types, (v) => {
    const { business: b, limit } = v;
    const wanted = sql`(${v.property} is null or s.property_id = ${v.property} or exists (select from part_standings q where q.business_id = ${b}
        and q.document_id = s.document_id and q.property_id = ${v.property}))
      and (${v.ids} is null or s.document_id = any (${v.ids})) and (${v.po} is null or strpos(lower(s.po_number), ${v.po}) > 0) and ${stateIs(v.state)}
      and (${v.atLeast} is null or s.total_minor * ${toThousandths} >= ${v.atLeast}) and (${v.atMost} is null or s.total_minor * ${toThousandths} <= ${v.atMost})
      and (${v.from} is null or s.issued_on >= ${v.from}) and (${v.to} is null or s.issued_on <= ${v.to})
      and (${v.search} is null or strpos(lower(concat_ws(' ', s.number, s.po_number)), ${v.search}) > 0
        or s.total_minor::text = regexp_replace(${v.search}, '[^0-9]', '', 'g')
        or exists (select from document_lines l where l.business_id = ${b} and l.document_id = s.document_id and strpos(lower(l.name), ${v.search}) > 0)
        or exists (select from document_parts l where l.business_id = ${b} and l.document_id = s.document_id and strpos(lower(l.title), ${v.search}) > 0))`;
    const late = tab === 'overdue' ? sql`and s.due_on < ${todayOf(b)}` : sql``;
    const open = sql`s.balance_minor > 0 and ${wanted} ${late} and coalesce(${v.group}, 'open') = 'open'
      and (${v.group} is null or (s.due_on, s.document_id) > (${v.day}, ${v.id})) order by s.due_on, s.document_id limit ${limit}`;
    const settled = sql`s.balance_minor = 0 and ${wanted} ${tab === 'paid' ? sql`and s.canceled_at is null` : sql``}
      and (${v.group} is distinct from 'settled' or (s.listed_on, s.document_id) < (${v.day}, ${v.id})) order by s.listed_on desc, s.document_id desc limit ${limit}`;
    const branch = (rest: RawBuilder<unknown>): RawBuilder<unknown> => sql`
      (select s.*, true as whole from unnest(app_accounts()) a (id) cross join lateral (select ${columns} from invoice_standings s
        where s.business_id = ${b} and s.customer_id = a.id and s.state = 'issued' and ${rest}) s where ${v.customer} is null or a.id = ${v.customer})
      union all (select s.*, false as whole from mine s where (${v.customer} is null or s.customer_id = ${v.customer}) and ${rest})`;
    const branches = [...(tab === 'paid' ? [] : [branch(open)]), ...(tab === 'all' || tab === 'paid' ? [branch(settled)] : [])];
    return sql`with mine as materialized (${partRows(b)}),
      rows as (${sql.join(branches, sql` union all `)}),
      page as (select s.*, (select nullif(concat_ws(' · ', nullif(p.name, ''), nullif(p.code, ''), nullif(p.unit, '')), '') from properties p
          where p.business_id = ${b} and p.id = s.property_id) as property
        from rows s order by (s.balance_minor = 0), case when s.balance_minor > 0 then s.due_on end, case when s.balance_minor > 0 then s.document_id end,
          s.issued_on desc, s.document_id desc limit ${limit})
      select json_build_object('now', now(), 'business', ${businessJson(b)},
        'rows', (select coalesce(json_agg(${rowJson} order by (r.balance_minor = 0), case when r.balance_minor > 0 then r.due_on end,
          case when r.balance_minor > 0 then r.document_id end, r.issued_on desc, r.document_id desc), '[]') from page r))::text`;
  });
}

/**
 * The same list for whoever sees whole accounts and asked for nothing special: no search, no filter. Answers nothing to a person of some
 * properties, whom the long query serves.
 */
function shortText(tab: PortalTab): (values: Readonly<Record<ShortNames, unknown>>) => { sql: string; parameters: readonly unknown[] } {
  const { business, customer, group, day, id, limit } = types;
  return fixedQuery({ business, customer, group, day, id, limit }, (v) => {
    const { business: b, limit: most } = v;
    const branch = (rest: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select s.* from unnest(app_accounts()) a (id)
      cross join lateral (select ${columns} from invoice_standings s where s.business_id = ${b} and s.customer_id = a.id and s.state = 'issued' and ${rest} limit ${most}) s
      where ${v.customer} is null or a.id = ${v.customer})`;
    const late = tab === 'overdue' ? sql`and s.due_on < ${todayOf(b)}` : sql``;
    const open = sql`s.balance_minor > 0 ${late} and coalesce(${v.group}, 'open') = 'open'
      and (${v.group} is null or (s.due_on, s.document_id) > (${v.day}, ${v.id})) order by s.due_on, s.document_id`;
    const settled = sql`s.balance_minor = 0 ${tab === 'paid' ? sql`and s.canceled_at is null` : sql``}
      and (${v.group} is distinct from 'settled' or (s.listed_on, s.document_id) < (${v.day}, ${v.id})) order by s.listed_on desc, s.document_id desc`;
    const branches = [...(tab === 'paid' ? [] : [branch(open)]), ...(tab === 'all' || tab === 'paid' ? [branch(settled)] : [])];
    const order = sql`(s.balance_minor = 0), case when s.balance_minor > 0 then s.due_on end, case when s.balance_minor > 0 then s.document_id end,
      s.issued_on desc, s.document_id desc`;
    const place = sql`case when s.property_id is not null then (select nullif(concat_ws(' · ', nullif(p.name, ''), nullif(p.code, ''), nullif(p.unit, '')), '')
      from properties p where p.business_id = ${b} and p.id = s.property_id) end as property`;
    return sql`select concat('{"now":', to_json(now()), ',"business":', ${businessJson(b)}, ',"rows":',
        (select coalesce(json_agg(${shortRowJson} order by ${order}), '[]')
          from (select s.*, ${place} from (${sql.join(branches, sql` union all `)}) s order by ${order} limit ${most}) s), '}')
      where app_properties() = '{}'`;
  });
}

export const shortLists = { all: shortText('all'), open: shortText('open'), overdue: shortText('overdue'), paid: shortText('paid') } as const;

export const portalLists = { all: listText('all'), open: listText('open'), overdue: listText('overdue'), paid: listText('paid') } as const;

/** The six figures over everything that is owed, the oldest of it, and the credit of accounts seen whole. One text; `customer` null: all accounts. */
export const portalHome = fixedQuery({ business: 'uuid', customer: 'uuid' }, ({ business: b, customer }) => {
  const today = sql`t.today`;
  const { onItsWay, heldBack, inQuestion, dueLater, dueNow, overdue } = figuresSql('s', today);
  const sum = (amount: RawBuilder<unknown>): RawBuilder<unknown> => sql`coalesce(sum(${amount}), 0)::bigint`;
  return sql`with mine as materialized (${partRows(b)}),
    t as materialized (select ${todayOf(b)} as today),
    open as materialized (
      select s.*, true as whole from unnest(app_accounts()) a (id) cross join lateral (select ${columns} from invoice_standings s
        where s.business_id = ${b} and s.customer_id = a.id and s.state = 'issued' and s.balance_minor > 0 and s.closed_at is null) s
      where ${customer} is null or a.id = ${customer}
      union all select s.*, false from mine s where s.balance_minor > 0 and (${customer} is null or s.customer_id = ${customer})),
    page as (select s.*, (select nullif(concat_ws(' · ', nullif(p.name, ''), nullif(p.code, ''), nullif(p.unit, '')), '') from properties p
        where p.business_id = ${b} and p.id = s.property_id) as property from open s order by s.due_on, s.document_id limit 5)
    select json_build_object('now', now(), 'business', ${businessJson(b)}, 'accounts', (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name,
        'company', c.company) order by c.name, c.id), '[]') from customers c where c.business_id = ${b}),
      'figures', (select json_build_object('totalMinor', ${sum(sql`s.total_minor`)}, 'creditedMinor', ${sum(sql`s.credited_minor`)}, 'paidMinor', ${sum(sql`s.paid_minor`)},
          'balanceMinor', ${sum(sql`s.balance_minor`)}, 'dueNowMinor', ${sum(dueNow)}, 'dueLaterMinor', ${sum(dueLater)}, 'onItsWayMinor', ${sum(onItsWay)},
          'processingMinor', ${sum(sql`least(s.processing_minor + s.unknown_minor, s.balance_minor)`)},
          'inQuestionMinor', ${sum(inQuestion)}, 'heldBackMinor', ${sum(heldBack)}, 'overdueMinor', ${sum(overdue)},
          'count', count(s.document_id)) from t left join open s on true),
      'creditMinor', (select ${sum(sql`c.credit_minor`)} from customer_balances c where c.business_id = ${b} and (${customer} is null or c.customer_id = ${customer})),
      'rows', (select coalesce(json_agg(${rowJson} order by r.due_on, r.document_id), '[]') from page r))::text`;
});
