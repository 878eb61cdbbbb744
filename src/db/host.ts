import { sql, type Transaction } from 'kysely';
import type { Database } from './pool.ts';
import { inLoginTransaction } from './scope.ts';
import type { DB } from './tables.ts';

/** A transaction of the system outside of every business: the queue and what the host is told. No business's row is visible in it. */
export function inSystemRole<T>(database: Database, work: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  return inLoginTransaction(database, async (tx) => {
    await sql`set local role system`.execute(tx);
    return work(tx);
  });
}

/** What is done again and again and remembered: books added up, processors asked, backups made. */
export type CheckName = 'verify' | 'reconcile' | 'backup';
export type Check = Readonly<{ name: string; ageSeconds: number; found: number }>;

/** Remembers that it was done just now, and how much it found to be wrong. */
export async function noteCheck(database: Database, name: CheckName, found = 0): Promise<void> {
  await inSystemRole(database, (tx) =>
    sql`insert into host_checks (name, at, found) values (${name}, now(), ${found})
      on conflict (name) do update set at = excluded.at, found = excluded.found`.execute(tx),
  );
}

export function readChecks(database: Database): Promise<readonly Check[]> {
  return inSystemRole(database, async (tx) => {
    const { rows } =
      await sql<Check>`select name, trunc(extract(epoch from now() - at))::int as "ageSeconds", found::int from host_checks order by name`.execute(tx);
    return rows;
  });
}

/** `begun`: the host has not been told yet that it began; `over`: the host was told of it, and it is no more. */
export type Alert = Readonly<{ condition: string; since: string; found: number; state: 'begun' | 'told' | 'over' }>;

/**
 * Compares what is the case with what was: answers every condition that is, or was and is over. One that ended before anybody was told is
 * forgotten; one that comes back is told anew.
 */
export function weighAlerts(database: Database, found: Readonly<Record<string, number>>): Promise<readonly Alert[]> {
  return inSystemRole(database, async (tx) => {
    await sql`with seen as (select * from jsonb_each_text(${JSON.stringify(found)}::jsonb) s (condition, found))
      insert into host_alerts (condition, since, found) select condition, now(), found::bigint from seen where found::bigint > 0
      on conflict (condition) do update set found = excluded.found, ended_at = null,
        since = case when host_alerts.ended_at is null then host_alerts.since else now() end`.execute(tx);
    await sql`update host_alerts set ended_at = now() where ended_at is null
      and coalesce((${JSON.stringify(found)}::jsonb ->> condition)::bigint, 0) = 0`.execute(tx);
    await sql`delete from host_alerts where ended_at is not null and told_at is null`.execute(tx);
    return selectAlerts(tx);
  });
}

/** The host was told: what is over is forgotten, what has begun is not told again. */
export async function alertsTold(database: Database, conditions: readonly string[]): Promise<void> {
  await inSystemRole(database, async (tx) => {
    await sql`delete from host_alerts where condition = any (${[...conditions]}) and ended_at is not null`.execute(tx);
    await sql`update host_alerts set told_at = now() where condition = any (${[...conditions]}) and told_at is null`.execute(tx);
  });
}

export function readAlerts(database: Database): Promise<readonly Alert[]> {
  return inSystemRole(database, selectAlerts);
}

async function selectAlerts(tx: Transaction<DB>): Promise<readonly Alert[]> {
  const { rows } = await sql<Alert>`select condition, since, found::int,
      case when ended_at is not null then 'over' when told_at is null then 'begun' else 'told' end as state
    from host_alerts order by since, condition`.execute(tx);
  return rows;
}
