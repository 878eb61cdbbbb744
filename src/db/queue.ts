import { sql } from 'kysely';
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
