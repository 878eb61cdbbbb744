import { sql } from 'kysely';
import { fixedQuery } from '../../../db/compile.ts';
import type { Scope } from '../../../db/scope.ts';

export type Due = Readonly<{ personId: string; customerId: string; nextOn: string }>;

/** Begins it for each account of the person that they have not asked it for yet; begun again it does not go back. Answers for how many. */
export async function upsertMonthly(scope: Scope, personId: string, nextOn: string): Promise<number> {
  const done = await sql`insert into statement_mails (business_id, person_id, customer_id, next_on, started_at)
    select distinct g.business_id, g.person_id, g.customer_id, ${nextOn}::date, ${scope.now.toString()}::timestamptz
    from grants g where g.business_id = ${scope.business} and g.person_id = ${personId} and g.revoked_at is null
    on conflict (business_id, person_id, customer_id) do update set next_on = greatest(statement_mails.next_on, excluded.next_on)`.execute(scope.tx);
  return Number(done.numAffectedRows ?? 0n);
}

/** Those whose first of the month has come, oldest first; people and rights that are gone among them. */
export async function selectDue(scope: Scope, today: string, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`select person_id as "personId", customer_id as "customerId", next_on::text as "nextOn" from statement_mails
    where business_id = ${scope.business} and next_on <= ${today} order by next_on, person_id, customer_id limit ${limit}`.execute(scope.tx);
  return rows;
}

/** What the person sees of the account: all of it, or some properties; null: nothing any more. */
export async function selectSight(scope: Scope, { personId, customerId }: Due): Promise<{ name: string; whole: boolean; properties: string[] } | null> {
  const { rows } = await sql<{ name: string; whole: boolean | null; properties: string[] | null }>`select p.name, g.whole, g.properties from people p,
      (select bool_or(x.property_id is null) as whole, array_agg(x.property_id) filter (where x.property_id is not null) as properties from grants x
        where x.business_id = ${scope.business} and x.person_id = ${personId} and x.customer_id = ${customerId} and x.revoked_at is null) g
    where p.business_id = ${scope.business} and p.id = ${personId} and p.removed_at is null`.execute(scope.tx);
  const [row] = rows;
  return row === undefined || row.whole === null ? null : { name: row.name, whole: row.whole, properties: row.properties ?? [] };
}

/** The one who moves it tells the month; whoever comes later finds it moved. */
export async function moveNext(scope: Scope, { personId, customerId, nextOn }: Due, to: string): Promise<boolean> {
  const done = await sql`update statement_mails set next_on = ${to} where business_id = ${scope.business} and person_id = ${personId}
    and customer_id = ${customerId} and next_on = ${nextOn}`.execute(scope.tx);
  return done.numAffectedRows === 1n;
}

export async function deleteMonthly(scope: Scope, { personId, customerId }: Due): Promise<void> {
  await sql`delete from statement_mails where business_id = ${scope.business} and person_id = ${personId} and customer_id = ${customerId}`.execute(scope.tx);
}

/** Whether the signed-in person gets them, as text `true` or `false`. */
export const monthlyQuery = fixedQuery(
  { business: 'uuid' },
  ({ business: b }) => sql`select (exists (select from statement_mails m where m.business_id = ${b} and m.person_id = any (app_people())
      and not exists (select from mail_stops s where s.business_id = ${b} and s.person_id = m.person_id and s.kind = 'statements' and s.resumed_at is null)))::text`,
);
