import { sql } from 'kysely';
import type pg from 'pg';
import { inSystemRole } from './host.ts';
import type { Database } from './pool.ts';
import type { Scope } from './scope.ts';
import type { TaskName, TaskPayloads } from './task-names.ts';

export type TaskOptions = Readonly<{
  /** Not before this instant. */
  runAt?: Temporal.Instant;
  /** A waiting task with the same key (of this business and name) is replaced, so that there is at most one. */
  key?: string;
  /** Tries in all, with growing pauses. 25 reach about three days. */
  maxAttempts?: number;
  /** Lower runs first; mails of one person come before bulk work. */
  priority?: number;
}>;

/** Queues a task in the scope's transaction: it exists if and only if the transaction commits. */
export async function enqueue<Name extends TaskName>(scope: Scope, task: Name, payload: TaskPayloads[Name], options: TaskOptions = {}): Promise<void> {
  const { runAt = null, key = null, maxAttempts = 25, priority = 0 } = options;
  await sql`select enqueue_task(${task}, ${JSON.stringify(payload)}::jsonb, ${runAt?.toString() ?? null}, ${key}, ${maxAttempts}, ${priority})`.execute(
    scope.tx,
  );
}

/** The same task for many payloads, in one round trip. */
export async function enqueueMany<Name extends TaskName>(scope: Scope, task: Name, payloads: readonly TaskPayloads[Name][], priority = 10): Promise<void> {
  if (payloads.length === 0) return;
  await sql`select enqueue_task(${task}, p.payload, null, null, 25, ${priority}) from jsonb_array_elements(${JSON.stringify(payloads)}::jsonb) p (payload)`.execute(
    scope.tx,
  );
}

/** A task that failed for good: who hosts this sees it and may run it again. */
export type DeadTask = Readonly<{ id: string; task: string; business: string | null; attempts: number; lastError: string; at: string }>;

/** Frees the tasks of workers that no longer live. `pool` is of the role `system`. Answers how many. */
export async function freeDeadTasks(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ freed: number }>('select free_dead_tasks() as freed');
  return rows[0]?.freed ?? 0;
}

/** All tasks that failed for good, newest first. `client` is of the role `system`. */
export async function deadTasks(client: pg.ClientBase | pg.Pool): Promise<readonly DeadTask[]> {
  const { rows } = await client.query<DeadTask>(
    `select id::text, task, business, attempts::int, coalesce(last_error, '') as "lastError", updated_at as at from dead_tasks order by updated_at desc limit 100`,
  );
  return rows;
}

/** The queue by task: what is due and waits, what runs, what failed for good, and for how many seconds the oldest due one has waited. */
export type QueueState = Readonly<{ task: string; waiting: number; running: number; dead: number; oldestSeconds: number }>;

export function queueState(database: Database): Promise<readonly QueueState[]> {
  return inSystemRole(database, async (tx) => {
    const { rows } = await sql<QueueState>`select tasks.identifier as task,
        (count(*) filter (where jobs.is_available and jobs.run_at <= now()))::int as waiting,
        (count(*) filter (where jobs.locked_at is not null))::int as running,
        (count(*) filter (where jobs.attempts >= jobs.max_attempts and jobs.locked_at is null))::int as dead,
        coalesce(trunc(extract(epoch from now() - min(jobs.run_at) filter (where jobs.is_available and jobs.run_at <= now()))), 0)::int as "oldestSeconds"
      from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id group by 1 order by 1`.execute(tx);
    return rows;
  });
}

/** Runs tasks again that failed for good: the named ones, or all with null. Answers how many. */
export function replayTasks(database: Database, ids: readonly string[] | null): Promise<number> {
  return inSystemRole(database, async (tx) => {
    const named = ids === null ? sql`true` : sql`id = any (${[...ids]}::bigint[])`;
    const { numAffectedRows } = await sql`update graphile_worker._private_jobs set attempts = 0, run_at = now(), updated_at = now()
      where ${named} and attempts >= max_attempts and locked_at is null`.execute(tx);
    const replayed = Number(numAffectedRows ?? 0n);
    await sql`select pg_notify('jobs:insert', json_build_object('r', random(), 'count', ${replayed}::int)::text)`.execute(tx);
    return replayed;
  });
}

/** What failed for good, newest first, at most a hundred. */
export function listDeadTasks(database: Database): Promise<readonly DeadTask[]> {
  return inSystemRole(database, async (tx) => {
    const { rows } = await sql<DeadTask>`select id::text, task, business, attempts::int, coalesce(last_error, '') as "lastError", updated_at as at
      from dead_tasks order by updated_at desc limit 100`.execute(tx);
    return rows;
  });
}
