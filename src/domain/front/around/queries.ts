import { sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';

/** Whose account it is, and which sections have content: each an `exists` that an index answers. */
export const aroundQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select json_build_object(
    'accounts', (select coalesce(json_agg(json_build_object('name', c.name, 'company', c.company) order by c.name, c.id), '[]')
      from customers c where c.business_id = ${b} and c.id = any (app_accounts())),
    'estimates', exists (select from estimate_standings s where s.business_id = ${b} and s.customer_id = any (app_accounts())),
    'visits', exists (select from visits v where v.business_id = ${b} and v.customer_id = any (app_accounts())),
    'properties', exists (select from properties p where p.business_id = ${b} and p.customer_id = any (app_accounts()) and p.archived_at is null),
    'managesPeople', exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.revoked_at is null and g.can_view
      and g.can_manage and g.property_id is null),
    'billing', exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.revoked_at is null and g.can_view
      and g.property_id is null and (g.can_pay or g.can_manage)),
    'messages', exists (select from grants g where g.business_id = ${b} and g.person_id = any (app_people()) and g.can_ask and g.revoked_at is null)
      or exists (select from threads t where t.business_id = ${b} and t.customer_id = any (app_accounts())),
    'unread', (select count(*) from (select from threads t where t.business_id = ${b} and t.customer_id = any (app_accounts()) and exists (
      select from messages w where w.business_id = ${b} and w.thread_id = t.id and w.from_office and w.at > coalesce(
        (select max(r.read_at) from person_reads r where r.business_id = ${b} and r.thread_id = t.id and r.person_id = any (app_people())), '-infinity')) limit 100) n))::text`,
);
