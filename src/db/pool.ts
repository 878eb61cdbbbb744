import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { errorFields, log } from '../log.ts';
import { PreparingClient } from './preparing-client.ts';
import type { DB } from './tables.ts';
import { types } from './types.ts';

/** How to reach one login: an address, or the embedded server's socket. */
export type Login = Readonly<{ connectionString: string } | { host: string; port: number; user: string; password: string; database: string }>;

/** The product's database, opaque on purpose: it is entered through `inTransaction`, `asLogin` and `readPage` only. */
export type Database = { readonly kind: 'database' };
type Pools = { kysely: Kysely<DB>; pipelined: pg.Pool; pages: pg.Pool; streams: pg.Pool };

const pools = new WeakMap<Database, Pools>();
const session = '-c timezone=UTC -c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s';
/** Pages are a few fixed texts by key, and only read: one plan for all, never compiled, and no write gets through. */
const pageSession = '-c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan -c jit=off';
const mostReaders = 4;

/** Settings of one client of ours: types, time zone, limits. `extra` adds server settings such as a role. */
export function clientConfig(login: Login, name: string, extra = ''): pg.ClientConfig {
  return { ...login, types, application_name: name, options: `${session} ${extra}`.trim(), keepAlive: true };
}

/** The same for a library that brings its own SQL and expects the driver's own types (a bigint id as text). */
export function libraryConfig(login: Login, name: string, extra = ''): pg.ClientConfig {
  const { types: _ours, ...config } = clientConfig(login, name, extra);
  return config;
}

/** A pool that survives broken connections: each is replaced at its next use. */
export function makePool(config: pg.PoolConfig, max: number): pg.Pool {
  const pool = new pg.Pool({ ...config, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 });
  const lost = (error: Error): void => log.warn('database connection lost', errorFields(error));
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** Opens the pools of the login `app`. `size` is the number of connections for transactions and pages. */
export function openDatabase(login: Login, size = 10): Database {
  const database: Database = { kind: 'database' };
  const pipelined = makePool({ ...clientConfig(login, 'service-invoice-pro'), pipeline: true, Client: PreparingClient }, size);
  // COPY and cursors keep a portal open, which a pipelined connection refuses.
  const streams = makePool(clientConfig(login, 'service-invoice-pro streams'), 2);
  const pages = makePool(clientConfig(login, 'service-invoice-pro pages', pageSession), Math.min(size, mostReaders));
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool: pipelined }) });
  pools.set(database, { kysely, pipelined, pages, streams });
  return database;
}

/** For the files of this folder only; the import law keeps the rest of the house out. */
export function poolsOf(database: Database): Pools {
  const found = pools.get(database);
  if (!found) throw new Error('the database is closed');
  return found;
}

/** Connections by pool: those working, those resting, and how many callers wait for one. */
export function poolState(database: Database): Readonly<Record<string, Readonly<{ used: number; idle: number; waiting: number }>>> {
  const { pipelined, pages, streams } = poolsOf(database);
  const stateOf = (pool: pg.Pool) => ({ used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount });
  return { acts: stateOf(pipelined), pages: stateOf(pages), streams: stateOf(streams) };
}

/** Ends both pools once their running work is done. */
export async function closeDatabase(database: Database): Promise<void> {
  const { pipelined, pages, streams } = poolsOf(database);
  pools.delete(database);
  await Promise.all([pipelined.end(), pages.end(), streams.end()]);
}
