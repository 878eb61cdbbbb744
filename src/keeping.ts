import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Base, boot, StartError } from './boot.ts';
import type { Environment } from './config.ts';
import { writeArchive } from './db/backup/archive.ts';
import { writeBackup } from './db/backup/backup.ts';
import { bringArchive } from './db/backup/bring.ts';
import { noteBackup } from './db/backup/last-backup.ts';
import { restoreBackup } from './db/backup/restore.ts';
import { allBusinessIds } from './db/businesses.ts';
import { noteCheck } from './db/host.ts';
import { inTransaction, systemActor } from './db/scope.ts';
import { findBusiness } from './domain/businesses/businesses.ts';
import { verifyBooks } from './domain/ledger/ledger.ts';
import { say } from './log.ts';
import { keysOf } from './outside/keys.ts';
import { localFileStore } from './outside/storage/file-store.ts';

/** The verbs that keep what is here, and bring it elsewhere. */

async function onBase(env: Environment, claim: 'own' | 'join', work: (base: Base) => Promise<number>): Promise<number> {
  const base = await boot(env, claim, 4);
  try {
    return await work(base);
  } finally {
    await base.close();
  }
}

const now = (): string => Temporal.Now.instant().toString();
const grouped = (value: number): string => value.toLocaleString('en');

/** Adds up the books of every business again and says each difference. Answers how many there are. */
export async function sayDifferences({ database }: Pick<Base, 'database'>): Promise<number> {
  let found = 0;
  for (const business of await allBusinessIds(database)) {
    const differences = await inTransaction(database, { role: 'system', business, actor: systemActor }, verifyBooks);
    for (const { what, id, stored, recomputed } of differences) say(`  ${business}  ${what} ${id}: stored ${stored}, recomputed ${recomputed}`);
    found += differences.length;
  }
  say(`  ${found} differences`);
  return found;
}

/** A path that is free: a file that is there already is somebody's last backup. */
function freePath(args: readonly string[], usage: string): string {
  const [file] = args.filter((arg) => !arg.startsWith('--'));
  if (!file) throw new StartError(usage);
  const path = resolve(file);
  if (existsSync(path)) throw new StartError(`${file} is there already: choose another name.`);
  return path;
}

function givenPath(args: readonly string[], usage: string): string {
  const [file] = args.filter((arg) => !arg.startsWith('--'));
  if (!file) throw new StartError(usage);
  if (!existsSync(file)) throw new StartError(`There is no file ${file}.`);
  return resolve(file);
}

/** Everything of this install into one file, while it runs. */
export async function backup(env: Environment, args: readonly string[]): Promise<number> {
  const path = freePath(args, 'Say where to: backup <file>');
  return onBase(env, 'join', async ({ config, database, secret, store }) => {
    const madeAt = now();
    const made = await writeBackup({ login: store.logins.app, files: localFileStore(config.dataDir), keys: keysOf(secret), path, madeAt });
    const bytes = statSync(path).size;
    noteBackup(config.dataDir, { at: madeAt, file: path, bytes });
    await noteCheck(database, 'backup', made.files.missing.length);
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `  ${grouped(made.businesses.length)} businesses, ${grouped(rows)} rows and ${grouped(made.files.count)} files are in ${path} (${grouped(bytes)} bytes).`,
    );
    say('  APP_SECRET is not: keep it elsewhere (DATA_DIR/app.secret, where it was made here). Links mailed before need it.');
    for (const missing of made.files.missing) say(`  The file ${missing} was not in the store.`);
    return made.files.missing.length === 0 ? 0 : 1;
  });
}

/** A backup into an empty database, whole or not at all; then every book is added up again. */
export async function restore(env: Environment, args: readonly string[]): Promise<number> {
  const path = givenPath(args, 'Say what from: restore <file> [--other-secret]');
  return onBase(env, 'own', async (base) => {
    const { config, secret, store } = base;
    if (store.logins.owner === null) throw new StartError('restore writes as the owner of the tables: set DATABASE_OWNER_URL.');
    const files = localFileStore(config.dataDir);
    const made = await restoreBackup({ owner: store.logins.owner, files, keys: keysOf(secret), path, otherSecret: args.includes('--other-secret') });
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`  ${grouped(made.businesses.length)} businesses, ${grouped(rows)} rows and ${grouped(made.files.count)} files of ${made.madeAt} are back.`);
    return (await sayDifferences(base)) === 0 ? 0 : 1;
  });
}

/** Everything of one business into one file, without its secrets. */
export async function exportArchive(env: Environment, args: readonly string[]): Promise<number> {
  const usage = 'Say of whom and where to: export <its address name> <file.zip>';
  const [slug, ...rest] = args;
  if (!slug) throw new StartError(usage);
  const path = freePath(rest, usage);
  return onBase(env, 'join', async ({ config, database }) => {
    const business = await findBusiness(database, slug);
    if (!business) throw new StartError(`There is no business "${slug}" here.`);
    const made = await writeArchive(database, localFileStore(config.dataDir), { business: business.id, path, madeAt: now() });
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`  ${made.business.name}: ${grouped(rows)} rows and ${grouped(made.files.count)} files are in ${path} (${grouped(statSync(path).size)} bytes).`);
    for (const missing of made.files.missing) say(`  The file ${missing} was not in the store.`);
    return made.files.missing.length === 0 ? 0 : 1;
  });
}

/** Brings in what `export` or the office's archive wrote; then every book is added up again. */
export async function importArchive(env: Environment, args: readonly string[]): Promise<number> {
  const path = givenPath(args, 'Say what to bring: import-archive <file.zip>');
  return onBase(env, 'join', async (base) => {
    const made = await bringArchive(base.database, localFileStore(base.config.dataDir), path);
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`  ${made.business.name} is here, at /${made.business.slug}: ${grouped(rows)} rows and ${grouped(made.files.count)} files.`);
    say('  Those who work there sign in by "Forgot your password?" and the code mailed to their address. API keys, receivers of webhooks and the');
    say('  card processor are set up anew; links mailed before offer their reader a new one.');
    return (await sayDifferences(base)) === 0 ? 0 : 1;
  });
}
