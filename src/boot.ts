import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Config, type Environment, isLoopback, readConfig } from './config.ts';
import { prepareDataDir } from './db/embedded.ts';
import { checkDatabase } from './db/guard.ts';
import { migrate, pendingMigrations } from './db/migrator.ts';
import { closeDatabase, type Database, openDatabase } from './db/pool.ts';
import { type Claim, openStore, type Store } from './db/store.ts';
import { say, setLogLevel } from './log.ts';

/** A reason not to start, as one sentence. */
export class StartError extends Error {
  override name = 'StartError';
}

/** What every verb stands on: a checked configuration and a migrated, guarded database. `close` undoes all of it. */
export type Base = Readonly<{ config: Config; secret: string; store: Store; database: Database; close: () => Promise<void> }>;

/** Does one start step and shows its name and time. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  say(`  ${name.padEnd(34, ' ')} ${((performance.now() - started) / 1000).toLocaleString('en', { maximumFractionDigits: 2 })} s`);
  return result;
}

/** Throws StartError when nothing can listen there. */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((done, fail) => {
    probe.once('error', (error: NodeJS.ErrnoException) => fail(new StartError(listenSentence(error, host, port))));
    probe.listen(port, host, () => probe.close(() => done()));
  });
}

/** Why a port could not be had, in words. */
export function listenSentence(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') return `PORT ${port} is in use by another program: stop it, or set PORT to another number.`;
  if (error.code === 'EACCES') return `PORT ${port} may not be opened by this user: set PORT to a number from 1024 up.`;
  return `HOST must be an address of this machine, for example 127.0.0.1; ${host} is not (${error.code}).`;
}

/** The secret that signs codes and links: given, or made once and kept for this user's eyes. */
export function appSecret(config: Config): string {
  if (config.appSecret !== null) return config.appSecret;
  const file = join(config.dataDir, 'app.secret');
  if (!existsSync(file)) {
    const made = `${file}.${process.pid}`;
    writeFileSync(made, randomBytes(32).toString('base64url'), { mode: 0o600 });
    // A link fails where the name exists, so of two first starts at once one secret wins.
    try {
      linkSync(made, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
    rmSync(made);
  }
  return readFileSync(file, 'utf8').trim();
}

async function bringUpToDate(store: Store): Promise<void> {
  if (store.logins.owner) {
    await migrate(store.logins.owner, (name) => say(`    ${name}`));
    return;
  }
  const pending = await pendingMigrations(store.logins.app);
  if (pending.length > 0) throw new StartError(`The database lacks ${pending.length} migrations: run "migrate" with DATABASE_OWNER_URL set.`);
}

/** Reads the configuration and opens the database, step by step. Whatever fails, what was opened is closed again. */
export async function boot(env: Environment, claim: Claim, poolSize?: number): Promise<Base> {
  const config = readConfig(env);
  setLogLevel(config.logLevel);
  if (claim === 'own') await checkPort(config.host, config.port);
  prepareDataDir(config.dataDir);
  const secret = appSecret(config);
  const store = await step(config.databaseUrl ? 'Reaching the database' : 'Starting PostgreSQL', () => openStore(config, claim));
  if (store.adopted && claim === 'own') say('    taken over from a run that was cut off');
  try {
    await step('Checking the tables', () => bringUpToDate(store));
    await checkDatabase(store.logins.app);
  } catch (error) {
    await store.close();
    throw error;
  }
  const database = openDatabase(store.logins.app, poolSize ?? config.databasePool);
  const close = async (): Promise<void> => {
    await closeDatabase(database);
    await store.close();
  };
  return { config, secret, store, database, close };
}

/** What the host should know about the way this is served. */
export function warnings(config: Config): readonly string[] {
  const list: string[] = [];
  if (!config.secureCookies && !isLoopback(config.appUrl)) {
    list.push('ALLOW_HTTP=1: cookies go without Secure and the __Host- prefix, and anyone on the way can read them. Set APP_URL to an https address.');
  }
  if (config.smtpUrl === null) list.push('No SMTP_URL is set: mails are kept and shown in the outbox, none leaves this machine.');
  return list;
}
