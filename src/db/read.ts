import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { sql } from 'kysely';
import type pg from 'pg';
import { type Database, poolsOf } from './pool.ts';
import { type Actor, inLoginTransaction, type Scope, type ScopeRole } from './scope.ts';

/** A compiled query, as Kysely's `compile()` gives it. */
export type Compiled = Readonly<{ sql: string; parameters: readonly unknown[] }>;

/** What an `open_…` function answers: `state` says whether one was let in, the rest is who and what. */
export type Grant = Readonly<{ state: string; business?: string }>;

const names = new Map<string, string>();

/** The same text is prepared once a connection. Pages have few texts, so the names never pile up. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
  names.set(text, name);
  return name;
}

const prepared = (query: Compiled): pg.QueryArrayConfig => ({ name: nameOf(query.sql), text: query.sql, values: [...query.parameters], rowMode: 'array' });
const begin = { name: 'begin', text: 'begin read only' };
const commit = { name: 'commit', text: 'commit' };

/**
 * Reads a whole page in one round trip: BEGIN, `open` (`select open_by_link(…)`, which sets the scope and answers the grant), `page` (whose
 * first column is one JSON text; it sees no row of the business unless open) and COMMIT leave together. `json` is null when `page` found nothing.
 * `beside` is a second query of the same page, answered the same way.
 */
export async function readPage<G extends Grant>(
  database: Database,
  open: Compiled,
  page: Compiled,
  beside: Compiled | null = null,
): Promise<{ grant: G; json: string | null; beside: string | null }> {
  const client = await poolsOf(database).pipelined.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  // All of it in one write: five small ones cost more than the page's own work.
  stream.cork();
  const asked = [
    client.query(begin),
    client.query<[G]>(prepared(open)),
    client.query<[unknown]>(prepared(page)),
    beside === null ? null : client.query<[unknown]>(prepared(beside)),
    client.query(commit),
  ] as const;
  stream.uncork();
  const answers = await Promise.allSettled(asked);
  const failed = answers.find((answer) => answer.status === 'rejected');
  // After a failed statement COMMIT rolls back, so the connection is clean unless the connection itself is what broke.
  client.release(answers[4].status === 'rejected');
  if (failed) throw failed.reason;
  const grant = first(answers[1]);
  if (!grant) throw new Error('an opening answers exactly one row');
  return { grant, json: textOf(first(answers[2])), beside: textOf(first(answers[3])) };
}

function first<T>(answer: PromiseSettledResult<pg.QueryArrayResult<[T]> | null>): T | null {
  return answer.status === 'fulfilled' ? (answer.value?.rows[0]?.[0] ?? null) : null;
}

function textOf(json: unknown): string | null {
  return json === null ? null : typeof json === 'string' ? json : JSON.stringify(json);
}

/**
 * Runs `work` in a transaction whose scope comes from an `open_…` function instead of from us. `work` runs only when the grant is open; else
 * `result` is null and nothing was read. Retried like `inTransaction`.
 */
export function inOpened<G extends Grant, T>(
  database: Database,
  entry: Readonly<{ role: ScopeRole; open: Compiled; actor: (grant: G) => Actor }>,
  work: (scope: Scope, grant: G) => Promise<T>,
): Promise<{ grant: G; result: T | null }> {
  return inLoginTransaction(database, async (tx) => {
    const { rows } = await tx.executeQuery<Record<string, G>>({ ...sql``.compile(tx), ...entry.open });
    const grant = Object.values(rows[0] ?? {})[0];
    if (!grant) throw new Error('an opening answers exactly one row');
    if (grant.state !== 'open' || !grant.business) return { grant, result: null };
    const { rows: clock } = await sql<{ now: string }>`select now()`.execute(tx);
    const now = Temporal.Instant.from(clock[0]?.now ?? '');
    const scope: Scope = { tx, role: entry.role, business: grant.business, actor: entry.actor(grant), now };
    return { grant, result: await work(scope, grant) };
  });
}
