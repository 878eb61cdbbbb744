import { sql } from 'kysely';
import type pg from 'pg';
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
export async function enqueueMany<Name extends TaskName>(scope: Scope, task: Name, payloads: readonly TaskPayloads[Name][]): Promise<void> {
  if (payloads.length === 0) return;
  await sql`select enqueue_task(${task}, p.payload, null, null, 25, 10) from jsonb_array_elements(${JSON.stringify(payloads)}::jsonb) p (payload)`.execute(
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
