import { createHash } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { FileStore, Keys } from '../../core/gateways.ts';
import { readMigrations } from '../migrator.ts';
import { clientConfig, type Login } from '../pool.ts';
import { addFiles, fileHashes } from './archive.ts';
import { type BundleWriter, writeBundle } from './bundle.ts';
import { copyOut } from './copy.ts';
import { type KeptTable, listed, localTables, ofBusiness, quoted, tenantTables } from './tables.ts';

export const backupFormat = 'service-invoice-pro backup';
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const backupTable = z.strictObject({
  /** Null: it belongs to no business. */
  business: z.uuid().nullable(),
  name: z.string().regex(/^[a-z_]{1,63}$/),
  columns: z.array(z.string().regex(/^[a-z0-9_]{1,63}$/)),
  rows: z.int().min(0),
  sha256: hash,
});
export const backupManifest = z.strictObject({
  format: z.literal(backupFormat),
  version: z.literal(1),
  madeAt: z.string(),
  /** Name and hash of every migration the tables had. */
  migrations: z.array(z.strictObject({ name: z.string(), hash })),
  /** Tells whether another APP_SECRET is the one of then, and nothing else about it. */
  secretMark: z.string(),
  businesses: z.array(z.uuid()),
  tables: z.array(backupTable),
  tasks: z.strictObject({ rows: z.int().min(0), sha256: hash }),
  files: z.strictObject({ count: z.int().min(0), bytes: z.int().min(0), missing: z.array(z.string()) }),
});
export type BackupManifest = z.infer<typeof backupManifest>;
export type BackupTable = z.infer<typeof backupTable>;

export const secretMark = (keys: Keys): string => createHash('sha256').update(keys.mac('the secret of a backup')).digest('hex').slice(0, 32);
/** Where a table stands in the file. */
export const partOf = ({ business, name }: Pick<BackupTable, 'business' | 'name'>): string =>
  business === null ? `shared/${name}.copy` : `business/${business}/${name}.copy`;
export const tasksPart = 'shared/tasks.jsonl';

/** What waits to be done, as the queue takes it again. */
const tasksText = `copy (select json_build_object('task', t.identifier, 'payload', j.payload, 'runAt', j.run_at, 'maxAttempts', j.max_attempts,
    'key', j.key, 'priority', j.priority, 'attempts', j.attempts, 'lastError', j.last_error)::text
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`;

type Order = Readonly<{ login: Login; files: FileStore; keys: Keys; path: string; madeAt: string; onBusiness?: (name: string) => void }>;

/**
 * Everything this install keeps as one file: each business read as the role `system` within its own scope, all in one snapshot, so that
 * row-level security shows what is there (the owner of the tables would see nothing and write an empty file). APP_SECRET is not in it.
 */
export async function writeBackup(order: Order): Promise<BackupManifest> {
  const keeper = await connect(order.login);
  const reader = await connect(order.login);
  try {
    // One connection holds the snapshot; the other takes a transaction per business on it, because a transaction has one scope.
    const snapshot = await beginSnapshot(keeper);
    let manifest: BackupManifest | null = null;
    await writeBundle(order.path, async ({ add }) => {
      manifest = await fill(order, { keeper, reader, snapshot, add });
      return manifest;
    });
    await keeper.query('commit');
    if (manifest === null) throw new Error('a backup has a manifest');
    return manifest;
  } finally {
    await Promise.all([keeper.end(), reader.end()]);
  }
}

async function connect(login: Login): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(login, 'service-invoice-pro backup', '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0'));
  await client.connect();
  return client;
}

async function beginSnapshot(client: pg.Client): Promise<string> {
  await client.query('begin isolation level repeatable read read only');
  const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
  return rows[0]?.id ?? '';
}

type Filling = Readonly<{ keeper: pg.Client; reader: pg.Client; snapshot: string; add: BundleWriter['add'] }>;

async function fill(order: Order, { keeper, reader, snapshot, add }: Filling): Promise<BackupManifest> {
  const tenant = await tenantTables(keeper);
  const { rows: businesses } = await keeper.query<{ id: string; name: string }>('select id, name from businesses order by id');
  const tables: BackupTable[] = [];
  const files = { count: 0, bytes: 0, missing: [] as string[] };
  for (const table of await localTables(keeper)) {
    tables.push(await addTable(add, keeper, { business: null, table, text: `copy (select ${listed(table.columns)} from ${quoted(table.name)}) to stdout` }));
  }
  for (const { id, name } of businesses) {
    order.onBusiness?.(name);
    const hashes = await inScope(reader, snapshot, id, async () => {
      for (const table of tenant) {
        const text = `copy (select ${listed(table.columns)} from ${quoted(table.name)} where ${ofBusiness(table, id)}) to stdout`;
        tables.push(await addTable(add, reader, { business: id, table, text }));
      }
      return Array.fromAsync(fileHashes(reader, tenant, id));
    });
    const stored = await addFiles(add, order.files, id, hashes, `files/${id}`);
    files.count += stored.count;
    files.bytes += stored.bytes;
    files.missing.push(...stored.missing.map((sha256) => `${id}/${sha256}`));
  }
  await reader.query(`begin isolation level repeatable read read only; set transaction snapshot ${pg.escapeLiteral(snapshot)}; set local role system`);
  const { lines: rows, sha256 } = await add(tasksPart, copyOut(reader, tasksText));
  await reader.query('commit');
  return {
    ...{ format: backupFormat, version: 1, madeAt: order.madeAt, secretMark: secretMark(order.keys) },
    migrations: readMigrations().map(({ name, hash: of }) => ({ name, hash: of })),
    businesses: businesses.map(({ id }) => id),
    ...{ tables, tasks: { rows, sha256 }, files },
  };
}

async function inScope<T>(client: pg.Client, snapshot: string, business: string, work: () => Promise<T>): Promise<T> {
  await client.query(`begin isolation level repeatable read read only; set transaction snapshot ${pg.escapeLiteral(snapshot)}`);
  await client.query('select enter_scope($1, $2)', ['system', business]);
  const result = await work();
  await client.query('commit');
  return result;
}

type OneTable = Readonly<{ business: string | null; table: KeptTable; text: string }>;

async function addTable(add: BundleWriter['add'], client: pg.Client, { business, table, text }: OneTable): Promise<BackupTable> {
  const { name, columns } = table;
  const pieces = copyOut(client, text)[Symbol.asyncIterator]();
  const first = await pieces.next();
  // A business has dozens of tables without a row; they are in the manifest only.
  if (first.done) return { business, name, columns: [...columns], rows: 0, sha256: createHash('sha256').digest('hex') };
  const { lines: rows, sha256 } = await add(partOf({ business, name }), from(first.value as Buffer, pieces));
  return { business, name, columns: [...columns], rows, sha256 };
}

async function* from(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
