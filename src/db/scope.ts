import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { type Database, poolsOf } from './pool.ts';
import { isPreparedBefore } from './preparing-client.ts';
import type { DB } from './tables.ts';

/** Who acts. `name` is what timelines show; `id` is the staff member, person or key, null for the system itself. */
export type Actor = Readonly<{ kind: 'staff' | 'person' | 'key' | 'system'; id: string | null; name: string }>;
export type ScopeRole = 'office' | 'portal' | 'system';

/** One transaction of one business, with the rights of one role. `now` is the transaction's time: the only clock a verb has. */
export type Scope = Readonly<{
  tx: Transaction<DB>;
  role: ScopeRole;
  business: string;
  actor: Actor;
  now: Temporal.Instant;
  /** Of the request that caused it, kept with each event. */
  requestId?: string;
}>;

/** Whose transaction it is. The portal's lists name what was granted; without them it sees nothing. */
export type Entry = Readonly<{
  role: ScopeRole;
  business: string;
  actor: Actor;
  customers?: readonly string[];
  properties?: readonly string[];
  accounts?: readonly string[];
  people?: readonly string[];
  document?: string | null;
  identity?: string | null;
  token?: Buffer | null;
}>;

const tries = 5;
const retryable = new Set(['40001', '40P01']);

/** The system's own hand, for tasks and commands. */
export const systemActor: Actor = { kind: 'system', id: null, name: 'System' };

/** SQLSTATE of a database error, or null. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/**
 * Runs `work` in one transaction with one role and one scope, and commits. Any error rolls back and is thrown on.
 * A serialisation failure or deadlock is tried again, at most five times in all, so `work` must have no effect outside the transaction.
 */
export function inTransaction<T>(database: Database, entry: Entry, work: (scope: Scope) => Promise<T>): Promise<T> {
  const { role, business, actor } = entry;
  return inLoginTransaction(database, async (tx) => work({ tx, role, business, actor, now: await enter(tx, entry) }));
}

/** A transaction of the login itself, before any scope: identities, sessions and codes only. No business's row is visible in it. */
export function asLogin<T>(database: Database, work: (tx: Transaction<DB>, now: Temporal.Instant) => Promise<T>): Promise<T> {
  return inLoginTransaction(database, async (tx) => {
    const { rows } = await sql<{ now: string }>`select now()`.execute(tx);
    return work(tx, Temporal.Instant.from(rows[0]?.now ?? ''));
  });
}

/** A retried transaction without a scope. For this folder: others use `inTransaction`, `inOpened` or `asLogin`. */
export async function inLoginTransaction<T>(database: Database, work: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  const { kysely } = poolsOf(database);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kysely.transaction().execute(work);
    } catch (error) {
      if (attempt >= tries || !(retryable.has(sqlState(error) ?? '') || isPreparedBefore(error))) throw error;
      await wait(Math.random() * 20 * 2 ** attempt);
    }
  }
}

async function enter(tx: Transaction<DB>, entry: Entry): Promise<Temporal.Instant> {
  const { customers = [], properties = [], accounts = [], people = [], document = null, identity = null, token = null } = entry;
  const { rows } = await sql<{ now: string }>`select enter_scope(${entry.role}, ${entry.business}, ${customers}::uuid[], ${properties}::uuid[],
    ${accounts}::uuid[], ${people}::uuid[], ${document}, ${identity}, ${token}) as now`.execute(tx);
  return Temporal.Instant.from(rows[0]?.now ?? '');
}
