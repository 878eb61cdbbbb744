import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { PageRequest, type Statement, wireValue } from './page-request.ts';
import { type Database, poolsOf } from './pool.ts';
import { type Actor, inLoginTransaction, type Scope, type ScopeRole, sqlState } from './scope.ts';

/** A compiled query, as Kysely's `compile()` gives it. */
export type Compiled = Readonly<{
  sql: string;
  parameters: readonly unknown[];
  /** What a page asks when this query found nothing. */
  otherwise?: Compiled;
}>;

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

const named = (query: Compiled): Statement => ({ name: nameOf(query.sql), text: query.sql, values: query.parameters.map(wireValue) });

/**
 * Reads a whole page in one round trip and one transaction that cannot write: `open` (`select open_by_link(…)`, which sets the scope and
 * answers the grant) and `page` (whose first column is one JSON text; it sees no row of the business unless open) leave together. `json` is
 * null when neither `page` nor, in a second trip, what it names `otherwise` found anything. `besides` are other queries of the same page, answered
 * the same way.
 */
export async function readPage<G extends Grant>(
  database: Database,
  open: Compiled,
  page: Compiled,
  ...besides: readonly Compiled[]
): Promise<{ grant: G; json: string | null; besides: readonly (string | null)[] }> {
  const [opened = null, json = null, ...others] = await ask(database, [open, page, ...besides].map(named)).catch((error: unknown) =>
    closed(database, open, error),
  );
  if (opened === null) throw new Error('an opening answers exactly one row');
  const grant = JSON.parse(opened) as G;
  if (json === null && page.otherwise && grant.state === 'open') return readPage(database, open, page.otherwise, ...besides);
  return { grant, json, besides: others };
}

/** The address of a business that is gone may still be known, but opens no scope, and without one nothing may be read: that is nobody, not a mistake. */
async function closed(database: Database, open: Compiled, error: unknown): Promise<readonly (string | null)[]> {
  if (sqlState(error) !== '42501') throw error;
  const answers = await ask(database, [named(open)]);
  const grant = JSON.parse(answers[0] ?? '{}') as Partial<Grant>;
  if (grant.state !== 'unknown' || grant.business !== undefined) throw error;
  return answers;
}

/** A connection on which a page failed is closed: what it has prepared and where its transaction stands is not worth finding out. */
async function ask(database: Database, statements: readonly Statement[]): Promise<readonly (string | null)[]> {
  const client = await poolsOf(database).pages.connect();
  try {
    const found = await new Promise<readonly (string | null)[]>((done, failed) => client.query(new PageRequest(statements, done, failed)));
    client.release();
    return found;
  } catch (error) {
    client.release(true);
    throw error;
  }
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
