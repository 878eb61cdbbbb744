import { sql } from 'kysely';
import pg from 'pg';
import { inSystemRole } from '../../src/db/host.ts';
import type { Database, Login } from '../../src/db/pool.ts';
import type { Scope } from '../../src/db/scope.ts';

/** The database's clock, from the story: every `now()` of every statement and function finds this one before the server's. */
export async function chooseDatabaseTime(
  owner: Login & { database: string },
): Promise<{ set: (now: Temporal.Instant) => Promise<void>; close: () => Promise<void> }> {
  const client = new pg.Client(owner);
  await client.connect();
  await client.query(`create schema clock;
    create table clock.hand (at timestamptz not null);
    insert into clock.hand values ('2041-03-04T15:00:00Z');
    create function clock.now() returns timestamptz language sql stable as 'select at from clock.hand';
    grant usage on schema clock to public;
    grant select on clock.hand to public;
    alter database ${owner.database} set search_path = clock, pg_catalog, public`);
  return {
    set: async (now) => void (await client.query('update clock.hand set at = $1', [now.toString()])),
    close: () => client.end(),
  };
}

/** Whose story it is: the schedule of a running product would go on with every other business of this database as well. */
let alone: string | null = null;

export function goAlone(business: string | null): void {
  alone = business;
}

type Businesses = typeof import('../../src/db/businesses.ts');

/** `db/businesses.ts` for `vi.mock`. */
export function chosenBusinesses(real: Businesses): Businesses {
  return { ...real, allBusinessIds: async (database) => (alone === null ? real.allBusinessIds(database) : [alone]) };
}

export type Waiting = Readonly<{ id: string; name: string; payload: Record<string, unknown>; attempts: number }>;

/** A business's tasks whose time has come, oldest first. */
export function dueTasks(database: Database, business: string): Promise<readonly Waiting[]> {
  return inSystemRole(database, async (tx) => {
    const { rows } = await sql<Waiting>`select j.id::text as id, t.identifier as name, j.payload, j.attempts::int as attempts
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.payload ->> 'businessId' = ${business} and j.attempts < j.max_attempts and j.run_at <= clock.now() order by j.id`.execute(tx);
    return rows;
  });
}

/** A task that is done goes; one that failed waits as long as the queue's own would. */
export function endTask(database: Database, id: string, failed: boolean): Promise<void> {
  return inSystemRole(database, async (tx) => {
    if (failed) {
      await sql`update graphile_worker._private_jobs set attempts = attempts + 1,
        run_at = clock.now() + exp(least(attempts + 1, 10)) * interval '1 second' where id = ${id}::bigint`.execute(tx);
    } else await sql`delete from graphile_worker._private_jobs where id = ${id}::bigint`.execute(tx);
  });
}

/** What was written into the chain of events after one of them, a line each; the last carries the hash of all before. */
export async function eventsAfter({ tx, business }: Scope, seq: number): Promise<readonly Readonly<{ seq: number; line: string }>[]> {
  const { rows } = await sql<{
    seq: number;
    line: string;
  }>`select seq::int as seq, concat_ws(' ', seq, extract(epoch from at)::bigint, actor_kind, kind, document_id, data::text, left(encode(hash, 'hex'), 16)) as line
    from events where business_id = ${business} and seq > ${seq} order by seq`.execute(tx);
  return rows;
}
