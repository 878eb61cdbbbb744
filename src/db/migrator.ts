import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
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

function pendingOf(done: ReadonlyMap<string, string>, all = readMigrations()): readonly Migration[] {
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

/**
 * Brings the database to this version as its owner: the task queue's own schema, then each file whole or not at all. Two at once take turns, and
 * one that was cut off goes on with the next file. No change waits longer than two seconds for a lock, because all who come after it would wait
 * behind it: it steps back and tries again, so a server of the version before goes on working meanwhile.
 */
export async function migrate(owner: Login, onStep: (name: string) => void = () => {}, all = readMigrations()): Promise<number> {
  const client = new pg.Client({ ...clientConfig(owner, 'migrate'), statement_timeout: 0, lock_timeout: 0 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const pending = pendingOf(await applied(client), all);
    if (pending.length === 0) return 0;
    await migrateTasks(owner);
    await client.query('create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())');
    await client.query('grant select on migrations to public');
    await client.query(`set lock_timeout = '${lockLimitMs}ms'`);
    for (const migration of pending) {
      onStep(migration.name);
      await applyPatiently(client, migration);
    }
    return pending.length;
  } finally {
    await client.end();
  }
}

const lockLimitMs = 2_000;
const lockPauseMs = 1_000;
const lockTries = 100;
const lockNotHad = '55P03';

async function applyPatiently(client: pg.ClientBase, migration: Migration): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await (migration.text.startsWith(alone) ? applyAlone(client, migration) : apply(client, migration));
    } catch (error) {
      const locked = error instanceof MigrationError && error.cause instanceof pg.DatabaseError && error.cause.code === lockNotHad;
      if (!locked || tries >= lockTries) throw error;
      await wait(lockPauseMs);
    }
  }
}

/** The first line of a file whose statements cannot stand in a transaction, as an index that is built while others write. */
const alone = '-- Statement by statement, each of which may be run again.';

async function applyAlone(client: pg.ClientBase, { name, hash, text }: Migration): Promise<void> {
  try {
    for (const statement of text.split(/;\s*\n/).filter((piece) => piece.replace(/--.*/g, '').trim() !== '')) await client.query(statement);
    await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash]);
  } catch (error) {
    throw new MigrationError(`Migration ${name} stopped on its way and goes on at the next start: ${reasonOf(error)}`, { cause: error });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function migrateTasks(owner: Login): Promise<void> {
  const pgPool = makePool(libraryConfig(owner, 'migrate tasks'), 1);
  const utils = await makeWorkerUtils({ pgPool, logger: quietTaskLogger });
  await utils.migrate();
  await utils.release();
  await pgPool.end();
}

/** Every table of a business that a migration made is closed to the crew, but for their customers' rows: see 0014. */
const limitCrew = `do $$ begin if to_regprocedure('limit_crew()') is not null then perform limit_crew(); end if; end $$`;

/** And open to the owner for one business at a time, so that what it holds of a person can be erased: see 0020. */
const letOwnerErase = `do $$ begin if to_regprocedure('let_owner_erase()') is not null then perform let_owner_erase(); end if; end $$`;

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query(limitCrew);
    await client.query(letOwnerErase);
    await client.query('insert into migrations (name, hash) values ($1, $2)', [migration.name, migration.hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(`Migration ${migration.name} failed and changed nothing: ${reasonOf(error)}`, { cause: error });
  }
}
