import { sql } from 'kysely';
import type { Scope } from '../../../db/scope.ts';

export type StopperRow = Readonly<{ id: string; name: string; email: string; language: string; customers: readonly string[] }>;

export async function selectStopper(scope: Scope, personId: string): Promise<StopperRow | undefined> {
  const { rows } = await sql<StopperRow>`select p.id, p.name, p.email, p.language,
      coalesce((select array_agg(distinct g.customer_id) from grants g
        where g.business_id = ${scope.business} and g.person_id = p.id and g.revoked_at is null), '{}') as customers
    from people p where p.business_id = ${scope.business} and p.id = ${personId} and p.removed_at is null`.execute(scope.tx);
  return rows[0];
}

export async function selectStop(scope: Scope, personId: string, kind: string): Promise<{ stoppedAt: string; resumedAt: string | null } | undefined> {
  const { rows } = await sql<{ stoppedAt: string; resumedAt: string | null }>`select m.stopped_at as "stoppedAt", m.resumed_at as "resumedAt" from mail_stops m
    where m.business_id = ${scope.business} and m.person_id = ${personId} and m.kind = ${kind}`.execute(scope.tx);
  return rows[0];
}

/** Who of a customer's people asked for no more reminders. */
export async function selectStopped(scope: Scope, customerId: string): Promise<{ personId: string; name: string; since: string }[]> {
  const { rows } = await sql<{
    personId: string;
    name: string;
    since: string;
  }>`select m.person_id as "personId", p.name, m.stopped_at as since from mail_stops m
    join people p on p.business_id = ${scope.business} and p.id = m.person_id
    where m.business_id = ${scope.business} and m.kind = 'reminders' and m.resumed_at is null
      and m.person_id in (select g.person_id from grants g where g.business_id = ${scope.business} and g.customer_id = ${customerId} and g.revoked_at is null)
    order by m.stopped_at, m.person_id`.execute(scope.tx);
  return rows;
}

export async function upsertStop(scope: Scope, stop: Readonly<{ personId: string; kind: string; stopped: boolean; via: string }>): Promise<void> {
  const at = scope.now.toString();
  await sql`insert into mail_stops (business_id, person_id, kind, stopped_at, resumed_at, via)
    values (${scope.business}, ${stop.personId}, ${stop.kind}, ${at}, ${stop.stopped ? null : at}, ${stop.via})
    on conflict (business_id, person_id, kind) do update set resumed_at = excluded.resumed_at, via = excluded.via,
      stopped_at = case when excluded.resumed_at is null then excluded.stopped_at else mail_stops.stopped_at end`.execute(scope.tx);
}
