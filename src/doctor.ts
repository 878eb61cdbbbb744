import { statfs } from 'node:fs/promises';
import pg from 'pg';
import { StartError } from './boot.ts';
import { type Config, type Environment, readConfig } from './config.ts';
import { type Facts, objections, readFacts } from './db/guard.ts';
import { unguardedTables } from './db/inspect.ts';
import { pendingMigrations } from './db/migrator.ts';
import { clientConfig, closeDatabase, type Login, openDatabase } from './db/pool.ts';
import { deadTasks } from './db/queue.ts';
import { openStore } from './db/store.ts';
import { say } from './log.ts';
import { conditions, lookAround } from './tasks/watch.ts';

type Finding = Readonly<{ good: boolean; what: string; is: string }>;
const lowDiskBytes = 1024 ** 3;

async function withClient<T>(login: Login, extra: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(login, 'doctor', extra));
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

function ofServer(facts: Facts): Finding[] {
  const reasons = objections(facts);
  return [
    { good: true, what: 'PostgreSQL', is: `${Math.trunc(facts.version / 10_000)}.${facts.version % 10_000}` },
    {
      good: reasons.length === 0,
      what: 'Login and safety',
      is: reasons.length === 0 ? `member of ${facts.roles.join(', ')}; owns nothing` : reasons.join(' '),
    },
    { good: Math.abs(facts.skewMs) < 5_000, what: 'Clock', is: `${Math.abs(facts.skewMs)} ms from the database` },
  ];
}

async function ofData(login: Login): Promise<Finding[]> {
  const pending = await pendingMigrations(login);
  const bare = await withClient(login, '', unguardedTables);
  const dead = pending.length > 0 ? [] : await withClient(login, '-c role=system', deadTasks);
  return [
    { good: pending.length === 0, what: 'Migrations', is: pending.length === 0 ? 'none pending' : `pending: ${pending.join(', ')}` },
    { good: bare.length === 0, what: 'Row-level security', is: bare.length === 0 ? 'forced on every table of a business' : `missing on ${bare.join(', ')}` },
    { good: dead.length === 0, what: 'Tasks failed for good', is: dead.length === 0 ? 'none' : dead.map((task) => `${task.task} #${task.id}`).join(', ') },
  ];
}

async function ofMachine(config: Config): Promise<Finding[]> {
  const disk = await statfs(config.dataDir);
  const free = disk.bavail * disk.bsize;
  const gigabytes = (free / 1024 ** 3).toLocaleString('en', { maximumFractionDigits: 1 });
  return [
    { good: free > lowDiskBytes, what: 'Disk', is: `${gigabytes} GB free for ${config.dataDir}` },
    { good: true, what: 'Address', is: `${config.appUrl} (${config.secureCookies ? 'strict cookies' : 'plain http'})` },
    { good: true, what: 'Mail', is: config.smtpUrl ? `by ${new URL(config.smtpUrl).hostname} from ${config.mailFrom}` : 'kept in the outbox (no SMTP_URL)' },
  ];
}

/** What the worker watches every minute, looked at now. */
async function ofWatch(config: Config, login: Login): Promise<Finding[]> {
  const database = openDatabase(login, 2);
  try {
    const found = await lookAround({ database, dataDir: config.dataDir });
    return Object.entries(conditions).map(([name, sentence]) => {
      const count = found[name as keyof typeof conditions];
      return { good: count === 0, what: name.replaceAll('_', ' '), is: count === 0 ? 'no' : `${count}: ${sentence}` };
    });
  } finally {
    await closeDatabase(database);
  }
}

/** Prints what is good and what is not, one line each. Exit code 1 when something needs a hand. */
export async function doctor(env: Environment, args: readonly string[] = []): Promise<number> {
  const config = readConfig(env);
  const store = await openStore(config, 'join');
  try {
    const { app } = store.logins;
    const watched = (await pendingMigrations(app)).length === 0 ? await ofWatch(config, app) : [];
    const health = async (): Promise<Finding[]> => [
      { good: true, what: 'Node', is: process.versions.node },
      ...ofServer(await readFacts(app)),
      ...(await ofData(app)),
      ...(await ofMachine(config)),
    ];
    const findings = [...(args.includes('--alerts') ? [] : await health()), ...watched];
    for (const { good, what, is } of findings) say(`  ${good ? 'good ' : 'LOOK '} ${what.padEnd(22, ' ')} ${is}`);
    return findings.every((finding) => finding.good) ? 0 : 1;
  } catch (error) {
    throw error instanceof Error && error.message.includes('does not exist') ? new StartError('The database is empty: run "migrate" first.') : error;
  } finally {
    await store.close();
  }
}
