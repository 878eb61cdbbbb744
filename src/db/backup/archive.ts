import type pg from 'pg';
import { z } from 'zod';
import type { FileStore } from '../../core/gateways.ts';
import { readMigrations } from '../migrator.ts';
import type { Database } from '../pool.ts';
import { inSnapshot } from '../streams.ts';
import { type BundleWriter, writeBundle } from './bundle.ts';
import { copyOut } from './copy.ts';
import { archived, type KeptTable, listed, ofBusiness, quoted, tenantTables } from './tables.ts';

export const archiveFormat = 'service-invoice-pro archive';
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** What an archive says of itself. Tables are JSON lines under `tables/`, files their bytes under `files/`, named by their SHA-256. */
export const archiveManifest = z.strictObject({
  format: z.literal(archiveFormat),
  version: z.literal(1),
  madeAt: z.string().max(40),
  migrations: z.array(z.string().max(200)).max(10_000),
  business: z.strictObject({ id: uuid, slug: z.string().max(40), name: z.string().max(200) }),
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_]{1,63}$/),
      columns: z.array(z.string().regex(/^[a-z0-9_]{1,63}$/)).max(500),
      rows: z.int().min(0),
      bytes: z.int().min(0),
      sha256: hash,
    }),
  ),
  files: z.strictObject({ count: z.int().min(0), bytes: z.int().min(0), missing: z.array(hash) }),
});
export type ArchiveManifest = z.infer<typeof archiveManifest>;

/** JSON has no raw control characters, so with these two for its marks a CSV line is the JSON as it is. */
export const jsonLines = `(format csv, quote e'\\x01', delimiter e'\\x02')`;

const textOf = ({ name, columns, key }: KeptTable, business: string): string =>
  `copy (select row_to_json(r)::text from (select ${listed(columns)} from ${quoted(name)} where ${ofBusiness({ name }, business)} order by ${listed(key)}) r)
   to stdout ${jsonLines}`;

/** The files of a business: every hash one of these tables names. */
export async function* fileHashes(client: pg.ClientBase, tables: readonly KeptTable[], business: string): AsyncGenerator<string> {
  const parts = tables.flatMap((table) =>
    table.fileColumns.map(
      (column) => `select ${quoted(column)} as hash from ${quoted(table.name)} where ${ofBusiness(table, business)} and ${quoted(column)} is not null`,
    ),
  );
  const { rows } = await client.query<{ hex: string }>(`select encode(hash, 'hex') as hex from (${parts.join(' union ')}) f order by hash`);
  for (const { hex } of rows) yield hex;
}

export type StoredFiles = { count: number; bytes: number; missing: string[] };

/** Adds the bytes of each file. What the store lacks is listed, not invented. */
export async function addFiles(add: BundleWriter['add'], files: FileStore, business: string, hashes: readonly string[], folder: string): Promise<StoredFiles> {
  const found: StoredFiles = { count: 0, bytes: 0, missing: [] };
  for (const sha256 of hashes) {
    const bytes = await files.stream(business, sha256);
    if (bytes === null) {
      found.missing.push(sha256);
      continue;
    }
    const part = await add(`${folder}/${sha256}`, bytes, false);
    if (part.sha256 !== sha256) throw new Error(`the stored file ${sha256} holds other bytes`);
    found.count += 1;
    found.bytes += part.bytes;
  }
  return found;
}

export type ArchiveProgress = (done: number, total: number) => Promise<void>;

/**
 * Everything of one business as one file that an empty install takes in: one snapshot of its tables, and its files. Secrets stay behind
 * (`tables.ts` names what and why). `progress` is told the tables and files that are done.
 */
export async function writeArchive(
  database: Database,
  files: FileStore,
  order: Readonly<{ business: string; path: string; madeAt: string; progress?: ArchiveProgress }>,
): Promise<ArchiveManifest> {
  const { business, path, madeAt, progress = async () => {} } = order;
  let manifest: ArchiveManifest | null = null;
  await inSnapshot(database, { role: 'system', business }, async (client) => {
    const tables = (await tenantTables(client)).filter(({ name }) => archived.includes(name));
    const { rows } = await client.query<ArchiveManifest['business']>('select id, slug, name from businesses where id = $1', [business]);
    const [own] = rows;
    if (!own) throw new Error('an archive is of a business');
    const hashes = await Array.fromAsync(fileHashes(client, tables, business));
    await writeBundle(path, async ({ add }) => {
      const written: ArchiveManifest['tables'] = [];
      for (const table of tables) {
        const { bytes, lines, sha256 } = await add(`tables/${table.name}.jsonl`, copyOut(client, textOf(table, business)));
        written.push({ name: table.name, columns: [...table.columns], rows: lines, bytes, sha256 });
        await progress(written.length, tables.length + 1);
      }
      const stored = await addFiles(add, files, business, hashes, 'files');
      const migrations = readMigrations().map(({ name }) => name);
      manifest = { format: archiveFormat, version: 1, madeAt, migrations, business: own, tables: written, files: stored };
      return manifest;
    });
  });
  if (manifest === null) throw new Error('an archive has a manifest');
  await progress(1, 1);
  return manifest;
}
