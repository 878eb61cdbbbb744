import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Cluster } from './embedded.ts';
import type { Login } from './pool.ts';

/** The two ways in: `app` for work, `owner` for migrations. */
export type Logins = Readonly<{ app: Login; owner: Login | null }>;
type Passwords = Readonly<{ app: string; owner: string }>;

const databaseName = 'invoices';
const port = 5432;
const startingUp = '57P03';

function passwordsIn(dataDir: string): Passwords {
  const file = join(dataDir, 'logins.secret');
  if (!existsSync(file)) {
    const fresh = { app: randomBytes(24).toString('base64url'), owner: randomBytes(24).toString('base64url') };
    const made = `${file}.${process.pid}`;
    writeFileSync(made, JSON.stringify(fresh), { mode: 0o600 });
    renameSync(made, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Passwords;
}

/** A superuser's client, for making logins and databases of the embedded cluster; waits while the server still recovers. */
export async function superClient(cluster: Cluster): Promise<pg.Client> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ host: cluster.socketDir, port, user: 'postgres', password: cluster.superPassword, database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (attempt >= 240 || (code !== startingUp && code !== 'ECONNREFUSED' && code !== 'ENOENT')) throw error;
      await wait(250);
    }
  }
}

/** A login of the embedded cluster. */
export function clusterLogin(cluster: Cluster, user: string, password: string, database: string): Login {
  return { host: cluster.socketDir, port, user, password, database };
}

/** Makes the database and both logins of the embedded cluster where they are missing, and answers how to use them. */
export async function embeddedLogins(cluster: Cluster, dataDir: string): Promise<Logins> {
  const passwords = passwordsIn(dataDir);
  const client = await superClient(cluster);
  try {
    await makeLogins(client, passwords);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (!rowCount) await client.query(`create database ${databaseName} owner owner`);
  } finally {
    await client.end();
  }
  return {
    app: clusterLogin(cluster, 'app', passwords.app, databaseName),
    owner: clusterLogin(cluster, 'owner', passwords.owner, databaseName),
  };
}

/** `owner` makes the roles and owns the tables; `app` owns nothing and inherits nothing: it takes one role at a time. */
export async function makeLogins(client: pg.Client, passwords: Passwords): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname in ('owner', 'app')`);
  const present = new Set(rows.map((row) => row.rolname));
  if (!present.has('owner')) await client.query(`create role owner login createrole password ${client.escapeLiteral(passwords.owner)}`);
  if (!present.has('app')) await client.query(`create role app login noinherit password ${client.escapeLiteral(passwords.app)}`);
}
