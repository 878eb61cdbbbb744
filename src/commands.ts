import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Base, boot, StartError } from './boot.ts';
import type { Environment } from './config.ts';
import { allBusinessIds } from './db/businesses.ts';
import { inTransaction, systemActor } from './db/scope.ts';
import { doctor } from './doctor.ts';
import { findBusiness } from './domain/businesses/businesses.ts';
import { runImport } from './domain/imports/imports.ts';
import { verifyBooks } from './domain/ledger/ledger.ts';
import { say } from './log.ts';
import { localFileStore } from './outside/storage/file-store.ts';
import { serve, work } from './serve.ts';

/** A verb of the command line. Answers the exit code. */
type Command = (env: Environment, args: readonly string[]) => Promise<number>;

async function onBase(env: Environment, work: (base: Base) => Promise<number>): Promise<number> {
  const base = await boot(env, 'join', 4);
  try {
    return await work(base);
  } finally {
    await base.close();
  }
}

const migrate: Command = (env) =>
  onBase(env, async () => {
    say('  The database is up to date.');
    return 0;
  });

/** Adds up the books of every business again. Exit code 1 when anything differs, each difference named. */
const verify: Command = (env) =>
  onBase(env, async ({ database }) => {
    let found = 0;
    for (const business of await allBusinessIds(database)) {
      const differences = await inTransaction(database, { role: 'system', business, actor: systemActor }, verifyBooks);
      for (const { what, id, stored, recomputed } of differences) say(`  ${business}  ${what} ${id}: stored ${stored}, recomputed ${recomputed}`);
      found += differences.length;
    }
    say(`  ${found} differences`);
    return found === 0 ? 0 : 1;
  });

const importUsage = 'Say what to bring in: import customers|invoices <file.csv> --business <its address name> [--check]';

/** Brings one CSV file in as the system, and tells every problem by row and column. */
const importFile: Command = (env, args) => {
  const [kind, file] = args;
  const slug = args[args.indexOf('--business') + 1];
  if ((kind !== 'customers' && kind !== 'invoices') || !file || !args.includes('--business') || !slug) throw new StartError(importUsage);
  if (!existsSync(file)) throw new StartError(`There is no file ${file}.`);
  return onBase(env, async ({ config, database }) => {
    const business = await findBusiness(database, slug);
    if (!business) throw new StartError(`There is no business "${slug}" here.`);
    const order = { business: business.id, actor: systemActor, kind, fileName: basename(file), checkOnly: args.includes('--check') } as const;
    const result = await runImport({ database, files: localFileStore(config.dataDir) }, { ...order, source: createReadStream(file) });
    for (const { row, column, message } of result.problems) say(`  row ${row}, ${column}: ${message}`);
    say(`  ${result.rowsRead} rows read, ${result.added} added, ${result.unchanged} known already, ${result.rejected} rejected`);
    return result.state === 'done' ? 0 : 1;
  });
};

export const commands = { serve, work, migrate, import: importFile, verify, doctor } as const satisfies Record<string, Command>;
