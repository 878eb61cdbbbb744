import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Base, boot, StartError } from './boot.ts';
import type { Environment } from './config.ts';
import { type Certificate, listCertificates } from './db/erase/certificates.ts';
import { ownerWorkOf } from './db/erase/owner-work.ts';
import { listDeadTasks, queueState, replayTasks } from './db/queue.ts';
import { inTransaction, type Scope, systemActor } from './db/scope.ts';
import { doctor } from './doctor.ts';
import { findBusiness } from './domain/businesses/businesses.ts';
import { isKind, listProblems, rejectedFile, runImport, sentenceOf } from './domain/imports/imports.ts';
import { backup, exportArchive, importArchive, restore, sayDifferences } from './keeping.ts';
import { say } from './log.ts';
import { localFileStore } from './outside/storage/file-store.ts';
import { prepareDemo } from './prepare-demo.ts';
import { returnedMail } from './returned-mail.ts';
import { serve, work } from './serve.ts';
import { finishErasing } from './tasks/erase-rest.ts';
import { wire } from './wire.ts';

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
const verify: Command = (env) => onBase(env, async (base) => ((await sayDifferences(base)) === 0 ? 0 : 1));

const importUsage = 'Say what to bring in: import customers|invoices|items|openings <file.csv> --business <its address name> [--check]';

const problemsTold = 1_000;

/** Brings one CSV file in as the system, and tells every problem by row and column. */
const importFile: Command = (env, args) => {
  const [kind, file] = args;
  const slug = args[args.indexOf('--business') + 1];
  if (!isKind(kind) || !file || !args.includes('--business') || !slug) throw new StartError(importUsage);
  if (!existsSync(file)) throw new StartError(`There is no file ${file}.`);
  return onBase(env, async ({ config, database }) => {
    const business = await findBusiness(database, slug);
    if (!business) throw new StartError(`There is no business "${slug}" here.`);
    const order = { business: business.id, actor: systemActor, kind, fileName: basename(file), mode: args.includes('--check') ? 'check' : 'import' } as const;
    const files = localFileStore(config.dataDir);
    const result = await runImport({ database, files }, { ...order, source: createReadStream(file) });
    const inScope = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
      inTransaction(database, { role: 'system', business: business.id, actor: systemActor }, work);
    const { items } = await inScope((scope) => listProblems(scope, result.id, { limit: problemsTold }));
    for (const { row, column, code } of items) say(`  row ${row}, ${column}: ${sentenceOf(code)}`);
    say(`  ${result.rowsRead} rows read, ${result.added} added, ${result.unchanged} known already, ${result.rejected} rejected`);
    if (result.rejected > 0) {
      const path = file.replace(/(\.csv)?$/i, '.rejected.csv');
      await pipeline(Readable.from(rejectedFile({ files, inScope }, business.id, result)), createWriteStream(path));
      say(`  The rejected rows are in ${path}: correct them there and import that file.`);
    }
    return result.state === 'done' || result.state === 'checked' ? 0 : 1;
  });
};

/** Shows what the queue holds and what failed for good and why; `tasks replay <id …>` or `tasks replay all` runs those again. */
const tasks: Command = (env, [verb, ...ids]) =>
  onBase(env, async ({ database }) => {
    const all = ids[0] === 'all';
    if (verb === 'replay' && (all || (ids.length > 0 && ids.every((id) => /^\d{1,18}$/.test(id))))) {
      say(`  ${await replayTasks(database, all ? null : ids)} tasks run again`);
      return 0;
    }
    if (verb !== undefined) throw new StartError('Say "tasks", or which to run again: tasks replay <id …>|all');
    for (const { task, waiting, running, dead } of await queueState(database))
      say(`  ${task.padEnd(24, ' ')} ${waiting} waiting, ${running} running, ${dead} failed for good`);
    const failed = await listDeadTasks(database);
    for (const { id, task, business, attempts, lastError, at } of failed)
      say(`  #${id} ${task} of ${business ?? 'no business'}, ${attempts} tries until ${at}: ${lastError.split('\n', 1)[0]}`);
    return failed.length === 0 ? 0 : 1;
  });

/** Adds the demo's businesses where they are missing. */
const seed: Command = (env) =>
  onBase(env, async (base) => {
    if (!base.config.demo) throw new StartError('DEMO is 0: set DEMO to 1 to prepare the demo.');
    const wired = await wire(base);
    try {
      await prepareDemo({ base, deps: wired.deps });
      say('  The demo is ready.');
      return 0;
    } finally {
      await wired.close();
    }
  });

/** Finishes what was asked to be erased and removes businesses whose last day has passed, as the owner of the tables. */
const erase: Command = (env) =>
  onBase(env, async ({ config, database, store }) => {
    if (store.logins.owner === null) throw new StartError('erase writes as the owner of the tables: set DATABASE_OWNER_URL.');
    const ownerWork = ownerWorkOf(store.logins.owner, localFileStore(config.dataDir));
    const { erasures, removed } = await finishErasing({ database, ownerWork, now: () => Temporal.Now.instant() });
    say(`  ${erasures} erasures finished, ${removed.length} businesses removed`);
    for (const certificate of await listCertificates(database)) if (removed.includes(certificate.id)) say(certificateText(certificate));
    return 0;
  });

/** Prints what is left of removed businesses: that they were, when they went, and how much. `certificates <id>`: of one. */
const certificates: Command = (env, [id]) =>
  onBase(env, async ({ database }) => {
    const found = (await listCertificates(database)).filter((certificate) => id === undefined || certificate.id === id);
    for (const certificate of found) say(certificateText(certificate));
    if (found.length === 0) say(id === undefined ? '  No business was removed here.' : `  There is no certificate of ${id} here.`);
    return found.length > 0 || id === undefined ? 0 : 1;
  });

const certificateText = ({ record, sha256 }: Certificate): string => `  ${record}\n  SHA-256 ${sha256}`;

export const commands = {
  serve,
  work,
  migrate,
  seed,
  import: importFile,
  export: exportArchive,
  'import-archive': importArchive,
  backup,
  restore,
  erase,
  certificates,
  'returned-mail': returnedMail,
  verify,
  tasks,
  doctor,
} as const satisfies Record<string, Command>;
