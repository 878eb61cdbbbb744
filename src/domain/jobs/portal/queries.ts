import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import { placeSql } from '../queries.ts';

type Value = RawBuilder<unknown>;
const open = sql`v.state in ('planned', 'on_the_way', 'started')`;
const todayOf = sql`(now() at time zone u.time_zone)::date`;

/** What a list says of a visit. Joins `properties p`. */
const rowFields = sql`'id', v.id, 'title', v.title, 'day', v.day, 'from', v.from_time, 'until', v.until_time, 'state', v.state, 'propertyId', v.property_id,
  'place', ${placeSql}`;

const rows = (
  b: Value,
  where: Value,
  order: Value,
  limit: Value,
): Value => sql`(select coalesce(json_agg(json_build_object(${rowFields}) order by ${order}), '[]')
  from (select * from visits v where v.business_id = ${b} and ${where} order by ${order} limit ${limit}) v
  left join properties p on p.business_id = ${b} and p.id = v.property_id)`;

const soonest = sql`v.day, coalesce(v.from_time, ''), v.id`;
const latest = sql`v.day desc, v.id desc`;
const own = sql`v.customer_id = any (app_accounts())`;
/** Nobody comes any more to what was planned for a day that is over. */
const ahead = sql`${open} and (v.day >= ${todayOf} or v.state <> 'planned')`;

/** What is ahead, and a page of what was. */
export const visitsQuery = fixedQuery(
  { business: 'uuid', property: 'uuid', day: 'date', id: 'uuid', limit: 'int' },
  ({ business: b, property, day, id, limit }) => sql`select json_build_object('today', ${todayOf},
      'ahead', ${rows(b, sql`${own} and ${ahead} and (${property} is null or v.property_id = ${property})`, soonest, sql`100`)},
      'past', ${rows(
        b,
        sql`${own} and not (${ahead}) and (${property} is null or v.property_id = ${property}) and (${day} is null or (v.day, v.id) < (${day}, ${id}))`,
        latest,
        limit,
      )},
      'places', (select coalesce(json_agg(json_build_object('id', p.id, 'title', ${placeSql}) order by p.code, p.name, p.id), '[]')
        from properties p where p.business_id = ${b} and p.customer_id = any (app_accounts())
          and exists (select from visits v where v.business_id = ${b} and v.property_id = p.id)))::text
    from businesses u where u.id = ${b}`,
);

/** The next ones and the last ones, for the first page. */
export const atHandQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select json_build_object('today', ${todayOf}, 'next', ${rows(b, sql`${own} and ${ahead}`, soonest, sql`3`)},
      'recent', ${rows(b, sql`${own} and v.state = 'done'`, latest, sql`3`)})::text
    from businesses u where u.id = ${b}`,
);

/** One visit, with its photos and what bills it, as far as the scope may see each. */
export const visitQuery = fixedQuery(
  { business: 'uuid', visit: 'uuid' },
  ({
    business: b,
    visit,
  }) => sql`select json_build_object(${rowFields}, 'today', ${todayOf}, 'zone', u.time_zone, 'sequence', v.sequence, 'note', v.customer_note,
      'doneNote', v.done_note, 'reason', v.reason, 'startedAt', v.started_at, 'endedAt', v.ended_at,
      'crew', case when f.crew_named then to_json(v.crew_names) else '[]' end, 'address', p.address,
      'invoice', (select json_build_object('id', i.document_id, 'number', i.number) from invoice_standings i
        where i.business_id = ${b} and i.document_id = v.invoice_id and i.shown),
      'photos', (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'mediaType', r.mime) order by r.created_at, r.id), '[]')
        from (select distinct on (x.sha256) x.id, x.name, x.created_at, k.mime from file_refs x join files k on k.business_id = ${b} and k.sha256 = x.sha256
          where x.business_id = ${b} and x.visit_id = ${visit} and x.shown and x.removed_at is null
          order by x.sha256, x.document_id is not distinct from app_document() desc, x.created_at) r))::text
    from visits v join businesses u on u.id = ${b} join business_profiles f on f.business_id = ${b}
    left join properties p on p.business_id = ${b} and p.id = v.property_id
    where v.business_id = ${b} and v.id = ${visit} and v.shown`,
);

export const photoQuery = fixedQuery(
  { business: 'uuid', visit: 'uuid', file: 'uuid' },
  ({ business: b, visit, file }) => sql`select json_build_object('sha256', encode(r.sha256, 'hex'), 'name', r.name, 'mime', k.mime)::text
    from file_refs r join files k on k.business_id = ${b} and k.sha256 = r.sha256
    where r.business_id = ${b} and r.visit_id = ${visit} and r.id = ${file} and r.shown and r.removed_at is null`,
);
