import { type RawBuilder, sql, type Transaction } from 'kysely';
import { fixedQuery } from '../../db/compile.ts';
import type { DB } from '../../db/tables.ts';

export const openByLinkQuery = fixedQuery(
  { slug: 'text', document: 'uuid', token: 'bytea' },
  ({ slug, document, token }) => sql`select open_by_link(${slug}, ${document}, ${token})`,
);

export const openBySessionQuery = fixedQuery(
  { slug: 'text', token: 'bytea', document: 'uuid' },
  ({ slug, token, document }) => sql`select open_by_session(${slug}, ${token}, ${document})`,
);

export const openAsManagerQuery = fixedQuery({ slug: 'text', token: 'bytea' }, ({ slug, token }) => sql`select open_as_manager(${slug}, ${token})`);

/** Nobody in particular at the door of a business: its look can be read, and nothing else. */
export const openDoorQuery = fixedQuery(
  { business: 'uuid' },
  ({ business }) => sql`select jsonb_build_object('state', 'open', 'business', ${business}, 'at', enter_scope('portal', ${business}))`,
);

export const nothingQuery = fixedQuery({}, () => sql`select null`);

/** What the door shows of a business. */
export const lookQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select json_build_object('slug', u.slug, 'name', u.name, 'zone', u.time_zone, 'currency', u.currency, 'country', u.country,
      'phone', p.phone, 'email', p.email, 'website', p.website, 'hours', p.hours, 'licenseLine', p.license_line, 'address', p.address,
      'logo', encode(p.logo_web_sha256, 'hex'), 'brandColor', p.brand_color, 'greeting', p.greeting, 'language', p.default_language,
      'closingOn', (select (k.ends_at at time zone u.time_zone)::date from closings k where k.business_id = ${b}))::text
    from businesses u join business_profiles p on p.business_id = ${b} where u.id = ${b}`,
);

/** The properties the signed-in person may see, as a list can be narrowed to them. */
export const placesQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select coalesce(json_agg(json_build_object('id', p.id, 'title', p.title) order by p.title, p.id), '[]')::text
    from (select id, concat_ws(' · ', nullif(name, ''), nullif(code, ''), nullif(unit, '')) as title from properties
      where business_id = ${b} and customer_id = any (app_accounts()) order by name, code, id limit 500) p`,
);

/** The business's logos: nobody else's file can be asked for by this address. */
export const logosQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select json_build_object('page', encode(logo_web_sha256, 'hex'), 'print', encode(logo_sha256, 'hex'))::text
    from business_profiles where business_id = ${b}`,
);

type Placed = RawBuilder<unknown>;

/** What happened to a document as far as it concerns the customer, newest first. */
const historyOf = (
  b: Placed,
  d: Placed,
): Placed => sql`(select coalesce(json_agg(json_build_object('seq', e.seq, 'at', e.at, 'kind', e.kind, 'actorId', e.actor_id, 'data', e.data) order by e.seq desc), '[]')
    from (select seq, at, kind, actor_id, data from events where business_id = ${b} and document_id = ${d} and shown order by seq desc limit 20) e)`;

/** Questions and answers on a document, oldest first. */
const messagesOf = (b: Placed, d: Placed): Placed => sql`(select coalesce(json_agg(json_build_object('id', m.id, 'line', t.subject, 'fromOffice', m.from_office,
      'author', case when m.from_office then '' else m.author_name end, 'body', m.body, 'at', m.at) order by m.at, m.id), '[]')
    from threads t join messages m on m.business_id = ${b} and m.thread_id = t.id where t.business_id = ${b} and t.document_id = ${d})`;

/** What an invoice's page shows beside the invoice: history, questions, how it can be paid, and where the feed stood. */
export const besideInvoiceQuery = fixedQuery({ business: 'uuid', document: 'uuid' }, ({ business: b, document: d }) => {
  const asked: RawBuilder<unknown> = sql`(select coalesce(json_agg(json_build_object('id', q.id, 'lineId', q.line_id, 'line', q.line_name, 'amountMinor', q.amount_minor,
      'reason', q.reason, 'ending', q.ending, 'remindersFrom', q.reminders_from) order by q.opened_at, q.id), '[]')
    from questioned_charges q where q.business_id = ${b} and q.document_id = ${d})`;
  return sql`select json_build_object('zone', u.time_zone, 'online', p.gateway is not null and k.business_id is null,
      'autopay', (select json_build_object('amountMinor', a.amount_minor, 'day', a.next_on) from autopay_charges a
        where a.business_id = ${b} and a.document_id = ${d} and a.state = 'planned'), 'closingOn', (k.ends_at at time zone u.time_zone)::date,
      'visits', (select coalesce(json_object_agg(w.id, v.id), '{}') from job_lines w join visits v on v.business_id = ${b} and v.id = w.visit_id
        where w.business_id = ${b} and w.invoice_id = ${d} and v.shown),
      'partPayment', p.part_payment, 'floorMinor', p.payment_floor_minor,
      'seq', (select event_seq from business_heads where business_id = ${b}), 'history', ${historyOf(b, d)}, 'messages', ${messagesOf(b, d)}, 'asked', ${asked})::text
    from businesses u join business_profiles p on p.business_id = ${b} left join closings k on k.business_id = ${b} where u.id = ${b}`;
});

/**
 * What an estimate's page shows beside the estimate: history, questions, the newest record of a decision with its evidence, the bill for its deposit,
 * and who else of the customer may approve it.
 */
export const besideEstimateQuery = fixedQuery(
  { business: 'uuid', document: 'uuid' },
  ({ business: b, document: d }) => sql`select json_build_object('zone', u.time_zone, 'closingOn', (k.ends_at at time zone u.time_zone)::date,
      'seq', (select event_seq from business_heads where business_id = ${b}), 'history', ${historyOf(b, d)}, 'messages', ${messagesOf(b, d)},
      'decision', (select json_build_object('id', a.id, 'seq', a.seq, 'kind', a.kind, 'at', a.at, 'typedName', a.typed_name, 'recordedName', a.recorded_name, 'personId', a.person_id,
          'identifiedBy', a.identified_by, 'identifiedAs', a.identified_as, 'totalMinor', a.total_minor, 'depositMinor', a.deposit_minor, 'poNumber', a.po_number,
          'reason', a.reason, 'lineReasons', a.line_reasons, 'choices', a.choices, 'hash', encode(a.hash, 'hex'), 'factsSha256', encode(a.facts_sha256, 'hex'), 'further', a.further)
        from approvals a where a.business_id = ${b} and a.document_id = ${d} order by a.seq desc limit 1),
      'first', (select json_build_object('personId', a.person_id, 'typedName', a.typed_name, 'at', a.at, 'totalMinor', a.total_minor, 'choices', a.choices)
        from estimate_standings s join approvals a on a.business_id = ${b} and a.id = s.first_approval_id
        where s.business_id = ${b} and s.document_id = ${d} and s.state = 'sent'),
      'workStarted', (select s.work_started_at is not null from estimate_standings s where s.business_id = ${b} and s.document_id = ${d}),
      'deposit', (select json_build_object('id', s.deposit_invoice_id, 'number', i.number, 'balanceMinor', i.balance_minor, 'canceled', i.canceled_at is not null)
        from estimate_standings s left join invoice_standings i on i.business_id = ${b} and i.document_id = s.deposit_invoice_id
        where s.business_id = ${b} and s.document_id = ${d} and s.deposit_invoice_id is not null))::text
    from businesses u left join closings k on k.business_id = ${b} where u.id = ${b}`,
);

/** What kind of document a link opens: its address says so. */
export const kindQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select o.kind from documents o where o.business_id = ${b} and o.id = app_document()`,
);

/** A document's number; parts carry it for whoever sees no more. */
export const paperQuery = fixedQuery(
  { business: 'uuid', document: 'uuid' },
  ({ business: b, document: d }) => sql`select json_build_object('number', coalesce(e.number, p.number),
      'word', case when e.number is not null then (select b.estimate_word from business_profiles b where b.business_id = ${b}) end)::text
    from (select 1) one
    left join estimates e on e.business_id = ${b} and e.document_id = ${d}
    left join lateral (select number from document_parts where business_id = ${b} and document_id = ${d} order by position limit 1) p on true
    where coalesce(e.number, p.number) is not null`,
);

/** A file attached to a document or its stored PDF, as far as the scope may see it. */
export const fileQuery = fixedQuery(
  { business: 'uuid', document: 'uuid', file: 'uuid' },
  ({ business: b, document: d, file }) => sql`select json_build_object('sha256', encode(r.sha256, 'hex'), 'name', r.name, 'mime', f.mime)::text
    from file_refs r join files f on f.business_id = ${b} and f.sha256 = r.sha256
    where r.business_id = ${b} and r.document_id = ${d} and r.id = ${file} and r.purpose = 'attachment' and r.removed_at is null`,
);

export async function selectBySlug(tx: Transaction<DB>, slug: string): Promise<string | null> {
  const row = await tx.selectFrom('businesses').select('id').where('slug', '=', slug).executeTakeFirst();
  return row?.id ?? null;
}
