import pg from 'pg';
import { z } from 'zod';
import type { FileStore, Keys } from '../../core/gateways.ts';
import { readMigrations } from '../migrator.ts';
import { clientConfig, type Login } from '../pool.ts';
import { type BackupManifest, type BackupTable, backupManifest, partOf, secretMark, tasksPart } from './backup.ts';
import { type Bundle, BundleError, openBundle } from './bundle.ts';
import { copyIn } from './copy.ts';
import { type KeptTable, listed, localTables, quoted, tenantTables } from './tables.ts';

type Order = Readonly<{ owner: Login; files: FileStore; keys: Keys; path: string /** True: links mailed before may end. */; otherSecret: boolean }>;

/**
 * Puts a backup into an empty database, as its owner and in one transaction: every hash is checked before, every count after, and all of it is
 * there or nothing. Throws BundleError with one sentence.
 */
export async function restoreBackup(order: Order): Promise<BackupManifest> {
  const bundle = await openBundle(order.path);
  try {
    const manifest = readManifest(bundle, order);
    await checkParts(bundle, manifest);
    await load(order, bundle, manifest);
    return manifest;
  } finally {
    bundle.close();
  }
}

function readManifest(bundle: Bundle, { keys, otherSecret }: Order): BackupManifest {
  const read = backupManifest.safeParse(bundle.manifest);
  if (!read.success) throw new BundleError('This is not a backup: its manifest says something else.');
  const here = readMigrations().map(({ name, hash }) => `${name} ${hash}`);
  const there = read.data.migrations.map(({ name, hash }) => `${name} ${hash}`);
  if (here.length !== there.length || here.some((each, at) => each !== there[at])) {
    throw new BundleError('The backup was made by another version: restore it with that version, then bring it up to date.');
  }
  if (!otherSecret && read.data.secretMark !== secretMark(keys)) {
    throw new BundleError(
      'APP_SECRET is not that of the backup: set it (or put its app.secret into DATA_DIR) so that links mailed before keep working, or add --other-secret to let them end.',
    );
  }
  return read.data;
}

async function checkParts(bundle: Bundle, manifest: BackupManifest): Promise<void> {
  const expected = new Map<string, { rows: number; sha256: string }>(manifest.tables.filter(({ rows }) => rows > 0).map((table) => [partOf(table), table]));
  expected.set(tasksPart, manifest.tasks);
  const stored = bundle.names.filter((name) => name.startsWith('files/'));
  if (bundle.names.length !== expected.size + stored.length || stored.length !== manifest.files.count) {
    throw new BundleError('The backup holds other files than its manifest says.');
  }
  for (const name of bundle.names) {
    const { lines, sha256 } = await bundle.measure(name);
    const table = expected.get(name);
    const fits = table ? table.sha256 === sha256 && table.rows === lines : name.endsWith(`/${sha256}`);
    if (!fits) throw new BundleError(`${name} is not what the manifest says: the backup is damaged.`);
  }
}

async function load({ owner, files }: Order, bundle: Bundle, manifest: BackupManifest): Promise<void> {
  const client = new pg.Client(clientConfig(owner, 'service-invoice-pro restore', '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0'));
  await client.connect();
  const put: [string, string][] = [];
  try {
    await client.query('begin');
    const tenant = await tenantTables(client);
    const known = [...tenant, ...(await localTables(client))];
    // The owner is bound by row-level security too: for this one transaction it is not.
    for (const { name } of tenant) await client.query(`alter table ${quoted(name)} no force row level security`);
    await mustBeEmpty(client, known);
    for (const table of inOrder(manifest, tenant)) await loadTable(client, bundle, table, known);
    await loadTasks(client, bundle);
    for (const { name } of tenant) await client.query(`alter table ${quoted(name)} force row level security`);
    for (const name of bundle.names.filter((each) => each.startsWith('files/'))) {
      const [, business = '', sha256 = ''] = name.split('/');
      if (!(await files.has(business, sha256))) put.push([business, (await files.putStream(business, await bundle.read(name))).sha256]);
    }
    await client.query('commit');
  } catch (error) {
    for (const [business, sha256] of put) await files.remove(business, sha256);
    throw error;
  } finally {
    await client.end();
  }
}

async function mustBeEmpty(client: pg.Client, tables: readonly KeptTable[]): Promise<void> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select from ${quoted(name)} limit 1`);
    if (rowCount) throw new BundleError(`The database is not empty (${name} has rows): restore into a fresh one. Nothing was changed.`);
  }
}

/** What belongs to nobody first, then business by business in an order in which each row finds what it points at. */
function inOrder({ tables }: BackupManifest, tenant: readonly KeptTable[]): BackupTable[] {
  const place = new Map(tenant.map(({ name }, at) => [name, at]));
  return [...tables].sort((a, b) => Number(a.business !== null) - Number(b.business !== null) || (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
}

async function loadTable(client: pg.Client, bundle: Bundle, table: BackupTable, known: readonly KeptTable[]): Promise<void> {
  const { name, columns, rows } = table;
  const here = known.find((each) => each.name === name);
  if (!here || columns.some((column) => !here.columns.includes(column))) throw new BundleError(`The backup holds a table that is not known here: ${name}.`);
  if (rows === 0) return;
  const taken = await copyIn(client, `copy ${quoted(name)} (${listed(columns)}) from stdin`, await bundle.read(partOf(table)));
  if (taken !== rows) throw new BundleError(`${name} has ${taken} rows instead of ${rows}: nothing was changed.`);
}

const task = z.object({
  task: z.string(),
  payload: z.unknown(),
  runAt: z.string(),
  maxAttempts: z.int(),
  key: z.string().nullable(),
  priority: z.int(),
  attempts: z.int(),
  lastError: z.string().nullable(),
});

/** What waited is queued again; what was tried already has so many tries less, and what failed for good stays where it can be seen. */
async function loadTasks(client: pg.Client, bundle: Bundle): Promise<void> {
  let text = '';
  for await (const piece of await bundle.read(tasksPart)) text += (piece as Buffer).toString('utf8');
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const { task: name, payload, runAt, maxAttempts, key, priority, attempts, lastError } = task.parse(JSON.parse(line));
    const { rows } = await client.query<{ id: string }>(
      `select (graphile_worker.add_job($1, payload => $2::json, run_at => $3::timestamptz, max_attempts => $4, job_key => $5, priority => $6)).id::text as id`,
      [name, JSON.stringify(payload), runAt, maxAttempts, key, priority],
    );
    await client.query('update graphile_worker._private_jobs set attempts = $2, last_error = $3 where id = $1::bigint', [rows[0]?.id, attempts, lastError]);
  }
}
