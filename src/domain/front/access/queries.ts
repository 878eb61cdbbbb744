import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { Rights } from '../../people/people.ts';

export type AccessRow = Readonly<{
  id: string;
  name: string;
  email: string;
  sharedMailbox: boolean;
  verified: boolean;
  bounced: boolean;
  createdAt: string;
  own: boolean;
  rights: Omit<Rights, 'approveLimitMinor'> & { approveLimitMinor: number };
}>;
export type AccountRow = Readonly<{
  id: string;
  kind: string;
  name: string;
  properties: readonly { id: string; title: string }[];
  people: readonly AccessRow[];
}>;

/** The accounts whose people the session manages: their properties, and everybody with access. Opened by `open_as_manager`. */
export async function selectManagedAccounts(scope: Scope): Promise<AccountRow[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<AccountRow>`select c.id, c.kind, coalesce(nullif(c.company, ''), c.name) as name,
      (select coalesce(json_agg(json_build_object('id', x.id, 'title', x.title) order by x.title, x.id), '[]') from (
        select id, concat_ws(' · ', nullif(code, ''), nullif(name, ''), nullif(unit, '')) as title from properties
          where business_id = ${b} and customer_id = c.id and archived_at is null) x) as properties,
      (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'sharedMailbox', p.shared_mailbox, 'verified', p.verified_at is not null,
          'bounced', p.bounced_at is not null, 'createdAt', p.created_at, 'own', p.id = any (app_people()), 'rights', g.rights)
          order by p.id = any (app_people()) desc, g.manages desc, p.name, p.id), '[]')
        from people p join (select person_id, bool_or(can_manage) as manages, json_build_object(
            'propertyIds', case when bool_or(property_id is null) then null else json_agg(property_id) end,
            'canView', bool_or(can_view), 'canAsk', bool_or(can_ask), 'canPay', bool_or(can_pay), 'canManage', bool_or(can_manage),
            'approveLimitMinor', max(approve_limit_minor), 'bills', bool_or(bills)) as rights
          from grants where business_id = ${b} and customer_id = c.id and revoked_at is null group by person_id) g on g.person_id = p.id
        where p.business_id = ${b} and p.removed_at is null) as people
    from customers c where c.business_id = ${b} and c.id = any (app_managed()) order by name, c.id`.execute(scope.tx);
  return rows;
}

export type OwnRow = Readonly<{ id: string; kind: string; name: string; rights: AccessRow['rights'] }>;

/** What whoever is signed in may do, account by account. */
export async function selectOwnRights(scope: Scope): Promise<OwnRow[]> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<OwnRow>`select c.id, c.kind, coalesce(nullif(c.company, ''), c.name) as name, g.rights
    from customers c join (select customer_id, json_build_object(
        'propertyIds', case when bool_or(property_id is null) then null else json_agg(distinct property_id) end,
        'canView', bool_or(can_view), 'canAsk', bool_or(can_ask), 'canPay', bool_or(can_pay), 'canManage', bool_or(can_manage and property_id is null),
        'approveLimitMinor', max(approve_limit_minor), 'bills', bool_or(bills)) as rights
      from grants where business_id = ${b} and person_id = any (app_people()) and revoked_at is null and can_view group by customer_id) g on g.customer_id = c.id
    where c.business_id = ${b} and c.id = any (app_accounts()) order by name, c.id`.execute(scope.tx);
  return rows;
}
