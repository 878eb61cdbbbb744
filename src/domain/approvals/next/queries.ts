import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';
import type { InsteadOf } from '../approval.ts';

/** Up to what a person may approve there, as `approvesUpTo` says it: the property's own most binds those who look after it. */
const most = sql`max(case when g.property_id is null or u.nte_minor is null or u.owner_person_id = g.person_id then g.approve_limit_minor
  else least(g.approve_limit_minor, u.nte_minor) end)`;

/** `instead`: who is away, in whose place they are asked. */
export type NextPerson = Readonly<{ id: string; name: string; email: string; instead: InsteadOf | null }>;

/**
 * Who may approve what somebody else recommended: the one with the smallest limit that suffices, else whoever manages the whole account without a
 * limit of their own; while one of them is away, whoever stands in for them. Never a shared mailbox, nor someone who recommended it already, nor who approved it first (`exceptId`) or shares their address.
 */
export async function selectNext(
  scope: Scope,
  of: Readonly<{ documentId: string; customerId: string; propertyId: string | null; totalMinor: bigint; exceptId: string | null; today: string }>,
): Promise<NextPerson | null> {
  const b = scope.business;
  const { rows } =
    await sql<NextPerson>`select coalesce(d.id, p.id) as id, coalesce(d.name, p.name) as name, coalesce(d.email, p.email) as email, case when d.id is not null then
      json_build_object('personId', p.id, 'name', p.name, 'untilOn', d.until_on) end as instead
    from people p join (
      select g.person_id, ${most} as most, bool_or(g.can_manage and g.property_id is null) as manages
      from grants g left join property_rules u on u.business_id = ${b} and u.property_id = ${of.propertyId}::uuid where g.business_id = ${b} and g.customer_id = ${of.customerId} and g.revoked_at is null and g.can_view
        and (g.property_id is null or g.property_id = ${of.propertyId}::uuid) group by g.person_id) r on r.person_id = p.id
    left join lateral (select q.id, q.name, q.email, s.until_on from stand_ins s join people q on q.business_id = ${b} and q.id = s.stand_in_id
      where s.business_id = ${b} and s.person_id = p.id and s.customer_id = ${of.customerId} and s.ended_at is null and ${of.today}::date between s.from_on and s.until_on
        and q.removed_at is null and not q.shared_mailbox and q.id is distinct from ${of.exceptId}::uuid and exists (select from grants v where v.business_id = ${b}
          and v.person_id = q.id and v.customer_id = ${of.customerId} and v.revoked_at is null and v.can_view and (v.property_id is null or v.property_id = ${of.propertyId}::uuid))
      order by s.created_at, s.id limit 1) d on true
    where p.business_id = ${b} and p.removed_at is null and not p.shared_mailbox and (r.most >= greatest(${of.totalMinor}::bigint, 1) or (r.most = 0 and r.manages))
      and not exists (select from people f where f.business_id = ${b} and f.id = ${of.exceptId}::uuid and (f.id = p.id or (f.email <> '' and f.email = p.email)))
      and not exists (select from approvals a where a.business_id = ${b} and a.document_id = ${of.documentId} and a.kind = 'recommended' and a.person_id = p.id)
    order by r.most = 0, r.most, p.created_at, p.id limit 1`.execute(scope.tx);
  return rows[0] ?? null;
}

/** Names of those who may approve an estimate of this total at this customer: the account's admins, and whoever has a limit that suffices. */
export async function selectApprovers(scope: Scope, of: Readonly<{ customerId: string; propertyId: string | null; totalMinor: bigint }>): Promise<string[]> {
  const b = scope.business;
  const { rows } = await sql<{ name: string }>`select p.name
    from people p join (
      select g.person_id, ${most} as most, bool_or(g.can_manage and g.property_id is null) as manages
      from grants g left join property_rules u on u.business_id = ${b} and u.property_id = ${of.propertyId}::uuid where g.business_id = ${b} and g.customer_id = ${of.customerId} and g.revoked_at is null and g.can_view
        and (g.property_id is null or g.property_id = ${of.propertyId}::uuid) group by g.person_id) r on r.person_id = p.id
    where p.business_id = ${b} and p.removed_at is null and not p.shared_mailbox and (r.most >= greatest(${of.totalMinor}::bigint, 1) or (r.most = 0 and r.manages))
    order by p.name, p.id limit 5`.execute(scope.tx);
  return rows.map(({ name }) => name);
}

export async function setWaitingFor(scope: Scope, documentId: string, person: NextPerson): Promise<void> {
  await scope.tx
    .updateTable('estimate_standings')
    .set((eb) => ({
      ...{ waiting_for_id: person.id, waiting_for_name: person.name, waiting_since: scope.now.toString() },
      ...{
        waiting_instead_of_id: person.instead?.personId ?? null,
        waiting_instead_of: person.instead?.name ?? '',
        approver_reminded_at: null,
        approver_reminders: 0,
      },
      version: eb('version', '+', 1),
    }))
    .where('business_id', '=', scope.business)
    .where('document_id', '=', documentId)
    .execute();
}
