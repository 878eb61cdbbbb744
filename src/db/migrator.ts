import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { makeWorkerUtils } from 'graphile-worker';
import pg from 'pg';
import { clientConfig, type Login, libraryConfig, makePool } from './pool.ts';
import { quietTaskLogger } from './task-logger.ts';

/** Seen from `src/db` and from `dist/db` alike. */
const folder = new URL('../../db/migrations/', import.meta.url);
/** One number for "somebody migrates this database". */
const lockKey = 7_205_759_403;
export type Migration = Readonly<{ name: string; hash: string; text: string }>;

/** A migration that no longer is what was applied, or has gone: only a human can say which is right. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** All migrations in their order. */
export function readMigrations(): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_[\w-]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return { name, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}

async function applied(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows: known } = await client.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`);
  if (!known[0]?.there) return new Map();
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations');
  return new Map(rows.map((row) => [row.name, row.hash]));
}

function pendingOf(done: ReadonlyMap<string, string>): readonly Migration[] {
  const all = readMigrations();
  const missing = [...done.keys()].find((name) => !all.some((migration) => migration.name === name));
  if (missing) throw new MigrationError(`The database was made by a newer version: its migration ${missing} is not known here. Start that version.`);
  const changed = all.find((migration) => done.has(migration.name) && done.get(migration.name) !== migration.hash);
  if (changed) throw new MigrationError(`Migration ${changed.name} was changed after it had been applied: restore it and add a new one.`);
  return all.filter((migration) => !done.has(migration.name));
}

/** Names of the migrations this database still lacks. Any login that may read the table can ask. */
export async function pendingMigrations(login: Login): Promise<readonly string[]> {
  const client = new pg.Client(clientConfig(login, 'migrations'));
  await client.connect();
  try {
    return pendingOf(await applied(client)).map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** Brings the database to this version as its owner: the task queue's own schema, then each file in one transaction. Two at once take turns. */
export async function migrate(owner: Login, onStep: (name: string) => void = () => {}): Promise<number> {
  const client = new pg.Client({ ...clientConfig(owner, 'migrate'), statement_timeout: 0, lock_timeout: 0 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const pending = pendingOf(await applied(client));
    if (pending.length === 0) return 0;
    await migrateTasks(owner);
    await client.query('create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())');
    await client.query('grant select on migrations to public');
    for (const migration of pending) {
      onStep(migration.name);
      await apply(client, migration);
    }
    return pending.length;
  } finally {
    await client.end();
  }
}

async function migrateTasks(owner: Login): Promise<void> {
  const pgPool = makePool(libraryConfig(owner, 'migrate tasks'), 1);
  const utils = await makeWorkerUtils({ pgPool, logger: quietTaskLogger });
  await utils.migrate();
  await utils.release();
  await pgPool.end();
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into migrations (name, hash) values ($1, $2)', [migration.name, migration.hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`Migration ${migration.name} failed and changed nothing: ${reason}`, { cause: error });
  }
}
