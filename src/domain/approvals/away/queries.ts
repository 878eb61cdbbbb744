import { sql } from 'kysely';
import type { Held } from '../../../core/authority.ts';
import type { Scope } from '../../../db/scope.ts';

export type StandIn = Readonly<{
  id: string;
  customerId: string;
  personId: string;
  personName: string;
  standInId: string;
  standInName: string;
  fromOn: string;
  untilOn: string;
  createdBy: string;
  endedAt: string | null;
}>;

const columns = sql`s.id, s.customer_id as "customerId", s.person_id as "personId", s.person_name as "personName", s.stand_in_id as "standInId",
  s.stand_in_name as "standInName", s.from_on as "fromOn", s.until_on as "untilOn", s.created_by as "createdBy", s.ended_at as "endedAt"`;

/** Those that are not over yet, by their first day. Of some people: of whoever is away or stands in. */
export async function selectStandIns(
  scope: Scope,
  of: Readonly<{ today: string; customerId?: string; personIds?: readonly string[]; id?: string }>,
): Promise<StandIn[]> {
  const b = scope.business;
  const customer = of.customerId === undefined ? sql`` : sql`and s.customer_id = ${of.customerId}`;
  const people =
    of.personIds === undefined ? sql`` : sql`and (s.person_id = any (${[...of.personIds]}::uuid[]) or s.stand_in_id = any (${[...of.personIds]}::uuid[]))`;
  const one = of.id === undefined ? sql`and s.ended_at is null and s.until_on >= ${of.today}::date` : sql`and s.id = ${of.id}`;
  const { rows } = await sql<StandIn>`select ${columns} from stand_ins s where s.business_id = ${b} ${customer} ${people} ${one}
    order by s.from_on, s.id limit 200`.execute(scope.tx);
  return [...rows];
}

/** The day it is for the business. */
export async function selectToday(scope: Scope): Promise<string> {
  const { rows } = await sql<{ today: string }>`select (${scope.now.toString()}::timestamptz at time zone u.time_zone)::date as today
    from businesses u where u.id = ${scope.business}`.execute(scope.tx);
  return rows[0]?.today ?? '';
}

export type Fit = Readonly<{ id: string; name: string; email: string; sharedMailbox: boolean; held: readonly Held[]; customerKind: string }>;

/** A person with what they hold at a customer; locked, so that two acts on them wait for each other. No row without a right to look. */
export async function lockFit(scope: Scope, personId: string, customerId: string): Promise<Fit | undefined> {
  const b = scope.business;
  const { rows } = await sql<Fit & { held: { propertyId: string | null; limitMinor: number; canManage: boolean }[] }>`select p.id, p.name, p.email,
      p.shared_mailbox as "sharedMailbox", c.kind as "customerKind", rights_to_stand_in_for(${b}, p.id, c.id) as held
    from people p join customers c on c.business_id = ${b} and c.id = ${customerId}
    where p.business_id = ${b} and p.id = ${personId} and p.removed_at is null for update of p`.execute(scope.tx);
  const row = rows[0];
  if (row === undefined || row.held.length === 0) return undefined;
  return { ...row, held: row.held.map((each) => ({ ...each, limitMinor: BigInt(each.limitMinor) })) };
}

export async function insertStandIn(scope: Scope, row: Omit<StandIn, 'endedAt'>): Promise<void> {
  await sql`insert into stand_ins (business_id, id, customer_id, person_id, person_name, stand_in_id, stand_in_name, from_on, until_on, rights, created_at, created_by)
    values (${scope.business}, ${row.id}, ${row.customerId}, ${row.personId}, ${row.personName}, ${row.standInId}, ${row.standInName}, ${row.fromOn}, ${row.untilOn},
      rights_to_stand_in_for(${scope.business}, ${row.personId}, ${row.customerId}), ${scope.now.toString()}, ${row.createdBy})`.execute(scope.tx);
}

export async function endStandIn(scope: Scope, id: string): Promise<void> {
  await scope.tx
    .updateTable('stand_ins')
    .set({ ended_at: scope.now.toString(), ended_by: scope.actor.name })
    .where('business_id', '=', scope.business)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** `personId`: of those asked about, in whose account this one is. */
export type Colleague = Readonly<{ personId: string; customerId: string; customerName: string; id: string; name: string }>;

/** Whom somebody may name: the other named people of the accounts in which they approve anything. */
export async function selectColleagues(scope: Scope, personIds: readonly string[]): Promise<Colleague[]> {
  const b = scope.business;
  const { rows } = await sql<Colleague>`select distinct me.person_id as "personId", c.id as "customerId", c.name as "customerName", p.id, p.name
    from grants me join people own on own.business_id = ${b} and own.id = me.person_id
    join customers c on c.business_id = ${b} and c.id = me.customer_id
    join grants g on g.business_id = ${b} and g.customer_id = me.customer_id and g.revoked_at is null and g.can_view
    join people p on p.business_id = ${b} and p.id = g.person_id
    where me.business_id = ${b} and me.person_id = any (${[...personIds]}::uuid[]) and me.revoked_at is null and me.can_view
      and (me.approve_limit_minor > 0 or me.can_manage or (c.kind = 'residential' and me.property_id is null))
      and p.removed_at is null and not p.shared_mailbox and p.id <> all (${[...personIds]}::uuid[]) and p.email <> own.email
    order by p.name, p.id limit 200`.execute(scope.tx);
  return [...rows];
}

/** Estimates that wait for one of these people, or for somebody in their place, each with the record they wait after. */
export async function selectWaiting(scope: Scope, personIds: readonly string[]): Promise<{ documentId: string; approvalId: string }[]> {
  const b = scope.business;
  const ids = [...personIds];
  const { rows } = await sql<{ documentId: string; approvalId: string }>`select s.document_id as "documentId", l.id as "approvalId" from estimate_standings s
    cross join lateral (select a.id from approvals a where a.business_id = ${b} and a.document_id = s.document_id order by a.seq desc limit 1) l
    where s.business_id = ${b} and s.state = 'sent' and (s.waiting_for_id = any (${ids}::uuid[]) or s.waiting_instead_of_id = any (${ids}::uuid[]))
    order by s.document_id limit 500`.execute(scope.tx);
  return [...rows];
}

/** Whose place somebody takes on a day, at a customer, with what the property says of its own. */
export type AbsentRow = Readonly<{ personId: string; name: string; untilOn: string; held: readonly Held[]; nteMinor: bigint | null; owns: boolean }>;

export async function selectAbsent(
  scope: Scope,
  of: Readonly<{ signerId: string; customerId: string; propertyId: string | null; today: string }>,
): Promise<AbsentRow[]> {
  const b = scope.business;
  const { rows } = await sql<Omit<AbsentRow, 'held'> & { held: { propertyId: string | null; limitMinor: number; canManage: boolean }[] }>`
    select s.person_id as "personId", s.person_name as name, s.until_on as "untilOn", s.rights as held, r.nte_minor as "nteMinor",
      coalesce(r.owner_person_id = s.person_id, false) as owns
    from stand_ins s left join property_rules r on r.business_id = ${b} and r.property_id = ${of.propertyId}::uuid
    where s.business_id = ${b} and s.stand_in_id = ${of.signerId} and s.customer_id = ${of.customerId} and s.ended_at is null
      and ${of.today}::date between s.from_on and s.until_on order by s.created_at, s.id`.execute(scope.tx);
  return rows.map((row) => ({ ...row, held: row.held.map((each) => ({ ...each, limitMinor: BigInt(each.limitMinor) })) }));
}
