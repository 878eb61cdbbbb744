import pg from 'pg';
import { unguardedTables } from './inspect.ts';
import { clientConfig, type Login } from './pool.ts';

/** A database this server refuses to work on. The message is the whole sentence for the host. */
export class GuardError extends Error {
  override name = 'GuardError';
}

export type Facts = Readonly<{
  version: number;
  superuser: boolean;
  bypassesRls: boolean;
  inherits: boolean;
  owns: number;
  roles: readonly string[];
  fsync: string;
  fullPageWrites: string;
  synchronousCommit: string;
  /** Tables of a business that row-level security does not guard. */
  unguarded: readonly string[];
  /** Server clock minus ours, in milliseconds. */
  skewMs: number;
}>;

const question = `select current_setting('server_version_num')::int as version, r.rolsuper as superuser, r.rolbypassrls as "bypassesRls",
  r.rolinherit as inherits,
  (select count(*)::int from pg_class c where c.relowner = r.oid) as owns,
  array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid order by 1) as roles,
  current_setting('fsync') as fsync, current_setting('full_page_writes') as "fullPageWrites",
  current_setting('synchronous_commit') as "synchronousCommit",
  (extract(epoch from clock_timestamp()) * 1000)::int8 as clock
  from pg_roles r where r.rolname = session_user`;

/** What the database says of itself and of the login we came with. */
export async function readFacts(login: Login): Promise<Facts> {
  const client = new pg.Client(clientConfig(login, 'guard'));
  await client.connect();
  try {
    const { rows } = await client.query<Facts & { clock: bigint }>(question);
    const [row] = rows;
    if (!row) throw new GuardError('The login of DATABASE_URL is unknown to its own database.');
    const { clock, ...facts } = row;
    return { ...facts, unguarded: await unguardedTables(client), skewMs: Number(clock) - Temporal.Now.instant().epochMilliseconds };
  } finally {
    await client.end();
  }
}

/** Every reason not to start on this database, one sentence each; empty when it is fit. */
export function objections(facts: Facts): readonly string[] {
  const list: string[] = [];
  const refuse = (when: boolean, sentence: string): void => {
    if (when) list.push(sentence);
  };
  refuse(facts.version < 180_000, `PostgreSQL 18 is expected; the server is ${Math.trunc(facts.version / 10_000)}.`);
  refuse(facts.superuser, 'The login of DATABASE_URL is a superuser, whom row-level security does not bind: use the login app.');
  refuse(facts.bypassesRls, 'The login of DATABASE_URL bypasses row-level security: "alter role … nobypassrls".');
  refuse(facts.inherits, 'The login of DATABASE_URL inherits its roles, so a query without a scope would have rights: "alter role … noinherit".');
  refuse(facts.owns > 0, 'The login of DATABASE_URL owns tables: only the login of DATABASE_OWNER_URL may.');
  const missing = ['office', 'portal', 'system'].filter((role) => !facts.roles.includes(role));
  refuse(missing.length > 0, `The login of DATABASE_URL must be a member of ${missing.join(', ')}: run "migrate" with a login called app.`);
  const extra = facts.roles.filter((role) => !['office', 'portal', 'system'].includes(role));
  refuse(extra.length > 0, `The login of DATABASE_URL must not be a member of ${extra.join(', ')}.`);
  refuse(facts.unguarded.length > 0, `Row-level security is not forced on ${facts.unguarded.join(', ')}: "alter table … force row level security".`);
  refuse(facts.fsync !== 'on', 'The server runs with fsync off: a power cut would lose payments already acknowledged.');
  refuse(facts.fullPageWrites !== 'on', 'The server runs with full_page_writes off: a power cut would damage the books.');
  refuse(facts.synchronousCommit === 'off', 'The server runs with synchronous_commit off: a crash would lose payments already acknowledged.');
  refuse(Math.abs(facts.skewMs) > 30_000, 'The clocks of this machine and the database differ by more than 30 seconds: set them right.');
  return list;
}

/** Throws GuardError with the first objection. */
export async function checkDatabase(login: Login): Promise<void> {
  const [first] = objections(await readFacts(login));
  if (first) throw new GuardError(first);
}
