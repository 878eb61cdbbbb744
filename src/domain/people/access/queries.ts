import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

/** What stands behind a press of somebody who manages people: how the account is, and what they may do there themselves, by any contact of theirs. */
export type ManagerRow = Readonly<{ kind: string; company: string; name: string; manages: boolean; canAsk: boolean; canPay: boolean; limitMinor: bigint }>;

export async function selectManager(scope: Scope, personId: string, customerId: string): Promise<ManagerRow | undefined> {
  const b = sql`${scope.business}::uuid`;
  const { rows } = await sql<ManagerRow>`select c.kind, c.company, c.name, coalesce(bool_or(g.can_manage and g.property_id is null), false) as manages,
      coalesce(bool_or(g.can_ask), false) as "canAsk", coalesce(bool_or(g.can_pay), false) as "canPay", coalesce(max(g.approve_limit_minor), 0) as "limitMinor"
    from customers c
    join people own on own.business_id = ${b} and own.id = ${personId} and own.removed_at is null
    join people p on p.business_id = ${b} and p.removed_at is null and (p.id = own.id or p.identity_id = own.identity_id)
    join grants g on g.business_id = ${b} and g.person_id = p.id and g.customer_id = c.id and g.revoked_at is null and g.can_view
    where c.business_id = ${b} and c.id = ${customerId} group by c.id, c.kind, c.company, c.name`.execute(scope.tx);
  return rows[0];
}

/** One change of an account's people after the other, so that what each counted is still so when it is written. */
export async function lockAccount(scope: Scope, customerId: string): Promise<void> {
  await sql`select from customers where business_id = ${scope.business} and id = ${customerId} for no key update`.execute(scope.tx);
}

/** How many others manage the people of the whole account. */
export async function countOtherManagers(scope: Scope, customerId: string, except: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct p.id)::int as count from people p
    join grants g on g.business_id = ${scope.business} and g.person_id = p.id and g.customer_id = ${customerId} and g.revoked_at is null
      and g.can_view and g.can_manage and g.property_id is null
    where p.business_id = ${scope.business} and p.removed_at is null and p.email <> '' and p.id <> ${except}`.execute(scope.tx);
  return rows[0]?.count ?? 0;
}

/** How many people have access to an account now, and how many were added since an instant, whatever became of them. */
export async function countPeople(scope: Scope, customerId: string, since: string): Promise<{ now: number; lately: number }> {
  const { rows } = await sql<{ now: number; lately: number }>`select count(distinct g.person_id) filter (where g.revoked_at is null)::int as now,
      count(distinct g.person_id) filter (where p.created_at > ${since}::timestamptz)::int as lately
    from grants g join people p on p.business_id = ${scope.business} and p.id = g.person_id
    where g.business_id = ${scope.business} and g.customer_id = ${customerId}`.execute(scope.tx);
  return rows[0] ?? { now: 0, lately: 0 };
}

/** Somebody with access and an address. */
export async function selectJoining(scope: Scope, personId: string): Promise<{ name: string; email: string; language: string } | undefined> {
  const { rows } = await sql<{ name: string; email: string; language: string }>`select p.name, p.email, p.language from people p
    where p.business_id = ${scope.business} and p.id = ${personId} and p.removed_at is null and p.email <> ''`.execute(scope.tx);
  return rows[0];
}
