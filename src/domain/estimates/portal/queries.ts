import { type RawBuilder, sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';

/** Only what the portal may read of a standing. */
const columns = sql`s.document_id, s.number, s.revision, s.state, s.valid_until, s.listed_on, s.total_minor, s.chosen_minor, s.currency, s.po_number, s.recommended_at,
  s.waiting_for_id, s.waiting_for_name, s.first_approver_id, s.property_id`;

const rowFields = (
  b: RawBuilder<unknown>,
) => sql`'id', s.document_id, 'number', s.number, 'revision', s.revision, 'state', s.state, 'validUntil', s.valid_until,
  'listedOn', s.listed_on, 'totalMinor', coalesce(s.chosen_minor, s.total_minor), 'currency', s.currency, 'poNumber', s.po_number, 'recommendedAt', s.recommended_at,
  'waitingForId', s.waiting_for_id, 'waitingForName', s.waiting_for_name, 'firstApproverId', s.first_approver_id, 'property', coalesce((select concat_ws(' · ', nullif(p.name, ''), nullif(p.code, ''), nullif(p.unit, ''))
    from properties p where p.business_id = ${b} and p.id = s.property_id), '')`;

/**
 * The estimates of whoever is signed in: those that wait for an answer, the one that ends first before the others, and a page of those answered or
 * ended, the newest first. The account is named besides the policy, so that an index answers.
 */
export const estimatesQuery = fixedQuery(
  { business: 'uuid', day: 'date', id: 'uuid', limit: 'int' },
  ({
    business: b,
    day,
    id,
    limit,
  }) => sql`select json_build_object('people', app_people(), 'word', (select p.estimate_word from business_profiles p where p.business_id = ${b}),
    'waiting', (select coalesce(json_agg(json_build_object(${rowFields(b)}) order by s.valid_until, s.document_id), '[]')
      from (select ${columns} from estimate_standings s, businesses u where u.id = ${b} and s.business_id = ${b} and s.customer_id = any (app_accounts()) and s.state = 'sent'
        and s.valid_until >= (now() at time zone u.time_zone)::date order by s.valid_until, s.document_id limit 100) s),
    'earlier', (select coalesce(json_agg(json_build_object(${rowFields(b)}) order by s.listed_on desc, s.document_id desc), '[]')
      from (select ${columns} from estimate_standings s, businesses u where u.id = ${b} and s.business_id = ${b} and s.customer_id = any (app_accounts()) and s.state <> 'replaced'
        and (s.state <> 'sent' or s.valid_until < (now() at time zone u.time_zone)::date) and (${day} is null or (s.listed_on, s.document_id) < (${day}, ${id}))
        order by s.listed_on desc, s.document_id desc limit ${limit}) s), 'today', (select (now() at time zone u.time_zone)::date from businesses u where u.id = ${b}))::text`,
);

/** The first few that wait, for the account's home. */
export const atHandQuery = fixedQuery(
  { business: 'uuid' },
  ({
    business: b,
  }) => sql`select json_build_object('people', app_people(), 'word', (select p.estimate_word from business_profiles p where p.business_id = ${b}),
    'today', (select (now() at time zone u.time_zone)::date from businesses u where u.id = ${b}),
    'waiting', (select coalesce(json_agg(json_build_object(${rowFields(b)}) order by s.valid_until, s.document_id), '[]')
      from (select ${columns} from estimate_standings s, businesses u where u.id = ${b} and s.business_id = ${b} and s.customer_id = any (app_accounts()) and s.state = 'sent'
        and s.valid_until >= (now() at time zone u.time_zone)::date order by s.valid_until, s.document_id limit 5) s))::text`,
);
