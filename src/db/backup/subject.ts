import pg from 'pg';
import type { FileStore } from '../../core/gateways.ts';
import type { Database } from '../pool.ts';
import { inSnapshot } from '../streams.ts';
import { addFiles, jsonLines, type StoredFiles } from './archive.ts';
import { writeBundle } from './bundle.ts';
import { copyOut } from './copy.ts';
import { archived, type KeptTable, listed, quoted, tenantTables } from './tables.ts';

export type SubjectManifest = Readonly<{
  format: 'service-invoice-pro data of a customer';
  madeAt: string;
  customer: string;
  tables: readonly Readonly<{ name: string; columns: readonly string[]; rows: number; sha256: string }>[];
  files: StoredFiles;
}>;

/** Which rows of a table are about one customer; null: none can be. `$1` is the business, `$2` the customer. */
function about({ name, columns }: KeptTable): string | null {
  const people = 'select g.person_id from grants g where g.business_id = $1 and g.customer_id = $2';
  if (name === 'customers') return 'business_id = $1 and id = $2';
  if (name === 'people') return `business_id = $1 and id in (${people})`;
  if (columns.includes('customer_id')) return 'business_id = $1 and customer_id = $2';
  if (columns.includes('document_id'))
    return 'business_id = $1 and document_id in (select d.id from documents d where d.business_id = $1 and d.customer_id = $2)';
  if (columns.includes('person_id')) return `business_id = $1 and person_id in (${people})`;
  return null;
}

const filled = (text: string, business: string, customer: string): string =>
  text.replaceAll('$1', () => `${pg.escapeLiteral(business)}::uuid`).replaceAll('$2', () => `${pg.escapeLiteral(customer)}::uuid`);

/** Everything that is kept about one customer, as JSON lines by table and the files of their documents: complete, and for machines. */
export async function writeSubject(
  database: Database,
  files: FileStore,
  order: Readonly<{ business: string; customer: string; path: string; madeAt: string }>,
): Promise<SubjectManifest> {
  const { business, customer, path, madeAt } = order;
  const manifest: { is: SubjectManifest | null } = { is: null };
  await inSnapshot(database, { role: 'system', business }, async (client) => {
    const tables = (await tenantTables(client)).flatMap((table) => {
      const which = about(table);
      return archived.includes(table.name) && which !== null ? [{ table, which: filled(which, business, customer) }] : [];
    });
    const hashes = await hashesOf(client, tables);
    await writeBundle(path, async ({ add }) => {
      const written = [];
      for (const { table, which } of tables) {
        const rows = `select ${listed(table.columns)} from ${quoted(table.name)} where ${which} order by ${listed(table.key)}`;
        const { lines, sha256 } = await add(
          `data/${table.name}.jsonl`,
          copyOut(client, `copy (select row_to_json(r)::text from (${rows}) r) to stdout ${jsonLines}`),
        );
        written.push({ name: table.name, columns: table.columns, rows: lines, sha256 });
      }
      const stored = await addFiles(add, files, business, hashes, 'files');
      manifest.is = { format: 'service-invoice-pro data of a customer', madeAt, customer, tables: written, files: stored };
      return manifest.is;
    });
  });
  if (manifest.is === null) throw new Error('a bundle has a manifest');
  return manifest.is;
}

async function hashesOf(client: pg.ClientBase, tables: readonly { table: KeptTable; which: string }[]): Promise<string[]> {
  const parts = tables.flatMap(({ table, which }) =>
    table.fileColumns.map((column) => `select ${quoted(column)} as hash from ${quoted(table.name)} where ${which} and ${quoted(column)} is not null`),
  );
  const { rows } = await client.query<{ hex: string }>(`select encode(hash, 'hex') as hex from (${parts.join(' union ')}) f order by hash`);
  return rows.map(({ hex }) => hex);
}
