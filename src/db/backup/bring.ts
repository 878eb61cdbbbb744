import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { FileStore } from '../../core/gateways.ts';
import { readMigrations } from '../migrator.ts';
import { type Database, poolsOf } from '../pool.ts';
import { type ArchiveManifest, archiveManifest, jsonLines } from './archive.ts';
import { type Bundle, BundleError, type BundleLimits, openBundle } from './bundle.ts';
import { copyIn } from './copy.ts';
import { archived, type KeptTable, listed, quoted, tenantTables } from './tables.ts';

/** What differs in the new place: nobody's demo, a processor is connected anew, and nothing leaves by itself before somebody says so. */
const overrides: Readonly<Record<string, string>> = {
  businesses: '{"demo": false}',
  business_profiles: '{"gateway": null}',
  reminder_rules: '{"active": false}',
  charge_rules: '{"send_fees": false}',
  autopay_rules: '{"allowed": false}',
};

/** What earlier versions kept and this one works out itself. */
const gone: Readonly<Record<string, readonly string[]>> = { invoice_standings: ['due_later_minor'] };

/**
 * What cannot go on as it was. Links end, because their tokens came of the other install's secret: each then offers a new one. What was
 * about to leave does not leave from here, and nobody is charged by itself in two places.
 */
const settling: readonly string[] = [
  `update links set last_mailed_at = least(last_mailed_at, now() - interval '366 days') where business_id = $1`,
  `update mails set state = 'failed', reason = 'Not sent before the business was brought here.' where business_id = $1 and state in ('queued', 'sending')`,
  `update invoice_standings set delivery = 'none' where business_id = $1 and delivery = 'queued'`,
  `update invoice_standings set state = 'draft' where business_id = $1 and state = 'scheduled'`,
  `update batches set state = 'stopped', finished_at = now() where business_id = $1 and state in ('held', 'running', 'undoing')`,
  `update imports set state = 'failed', finished_at = now() where business_id = $1 and state = 'running'`,
  `insert into autopay_rules (business_id, allowed) values ($1, false) on conflict (business_id) do nothing`,
  `update staff set identity_id = identity_of(email, gen_random_uuid(), now()) where business_id = $1`,
  `update people set identity_id = identity_of(email, gen_random_uuid(), now()) where business_id = $1 and identity_id is not null and email <> ''`,
  `insert into memberships (business_id, identity_id, kind, member_id)
     select business_id, identity_id, 'staff', id from staff where business_id = $1 and removed_at is null
     union all select business_id, identity_id, 'person', id from people where business_id = $1 and removed_at is null and identity_id is not null`,
];

/**
 * Brings in the archive of a business, as the role `system` of that business alone: the database refuses any row of another. Every hash is
 * checked before anything is written, and all comes in or nothing. Throws BundleError with one sentence for a file that is damaged, not
 * ours, of a newer version, or of a business that is here already.
 */
export async function bringArchive(database: Database, files: FileStore, path: string, limits?: BundleLimits): Promise<ArchiveManifest> {
  const bundle = await openBundle(path, limits);
  try {
    const manifest = readManifest(bundle);
    await checkParts(bundle, manifest);
    await load(database, files, bundle, manifest);
    return manifest;
  } finally {
    bundle.close();
  }
}

function readManifest({ manifest }: Bundle): ArchiveManifest {
  const read = archiveManifest.safeParse(manifest);
  if (!read.success) throw new BundleError('This is not the archive of a business: its manifest says something else.');
  const known = new Set(readMigrations().map(({ name }) => name));
  const newer = read.data.migrations.find((name) => !known.has(name));
  if (newer !== undefined) throw new BundleError(`The archive was made by a newer version (${newer}): bring this install up to date first.`);
  const strange = read.data.tables.find(({ name }) => !archived.includes(name));
  if (strange) throw new BundleError(`The archive holds a table that does not belong in one: ${strange.name}.`);
  return read.data;
}

/** Each part is read once to its end before the first row is written. */
async function checkParts(bundle: Bundle, manifest: ArchiveManifest): Promise<void> {
  const expected = new Map<string, ArchiveManifest['tables'][number]>(manifest.tables.map((table) => [`tables/${table.name}.jsonl`, table]));
  const stored = bundle.names.filter((name) => name.startsWith('files/'));
  const lacking = [...expected.keys()].find((name) => !bundle.names.includes(name));
  if (lacking !== undefined) throw new BundleError(`The archive lacks ${lacking}.`);
  if (bundle.names.length !== expected.size + stored.length || stored.length !== manifest.files.count) {
    throw new BundleError('The archive holds other files than its manifest says.');
  }
  for (const name of bundle.names) {
    const { bytes, lines, sha256 } = await bundle.measure(name);
    const table = expected.get(name);
    const fits = table ? table.sha256 === sha256 && table.rows === lines && table.bytes === bytes : name === `files/${sha256}`;
    if (!fits) throw new BundleError(`${name} is not what the manifest says: the archive is damaged.`);
  }
}

async function load(database: Database, files: FileStore, bundle: Bundle, manifest: ArchiveManifest): Promise<void> {
  const { id, slug } = manifest.business;
  const client = await poolsOf(database).streams.connect();
  const put: string[] = [];
  try {
    await client.query('begin');
    const { rowCount } = await client.query('select from businesses where id = $1 or slug = $2', [id, slug]);
    if (rowCount) throw new BundleError(`A business with this id or the address name "${slug}" is here already: nothing was changed.`);
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
    await client.query('create temp table brought (line text) on commit drop');
    await client.query('grant select, insert, truncate on brought to system');
    const tables = await tenantTables(client);
    await client.query('select enter_scope($1, $2)', ['system', id]);
    for (const table of tables) await loadTable(client, bundle, manifest, table);
    for (const statement of settling) await client.query(statement, [id]);
    const event = { id: randomUUID(), actorKind: 'system', actorId: null, actorName: 'System', kind: 'business.brought_in', shown: false, requestId: '' };
    await client.query('select append_events($1, now(), $2)', [id, JSON.stringify([{ ...event, data: { madeAt: manifest.madeAt } }])]);
    for (const name of bundle.names.filter((each) => each.startsWith('files/'))) {
      if (!(await files.has(id, name.slice('files/'.length)))) put.push((await files.putStream(id, await bundle.read(name))).sha256);
    }
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    for (const sha256 of put) await files.remove(id, sha256);
    throw refused(error);
  }
}

async function loadTable(client: pg.ClientBase, bundle: Bundle, { tables }: ArchiveManifest, table: KeptTable): Promise<void> {
  const given = tables.find(({ name }) => name === table.name);
  if (!given || given.rows === 0) return;
  const told = given.columns.filter((column) => !(gone[table.name] ?? []).includes(column));
  const columns = told.filter((column) => table.columns.includes(column));
  if (columns.length !== told.length) throw new BundleError(`The archive holds columns of ${table.name} that are not known here.`);
  await client.query('truncate brought');
  await copyIn(client, `copy brought from stdin ${jsonLines}`, await bundle.read(`tables/${table.name}.jsonl`));
  const line = overrides[table.name] === undefined ? 'b.line::json' : `(b.line::jsonb || '${overrides[table.name]}')::json`;
  // One statement for the whole table, so that rows may point at later ones of their own.
  const { rowCount } = await client.query(
    `insert into ${quoted(table.name)} (${listed(columns)}) select ${columns.map((column) => `r.${quoted(column)}`).join(', ')}
     from brought b cross join lateral json_populate_record(null::${quoted(table.name)}, ${line}) r`,
  );
  if (rowCount !== given.rows) throw new BundleError(`Not every row of ${table.name} came in.`);
}

/** What the database says of rows it will not have, as a sentence; a fault of ours stays one. */
function refused(error: unknown): unknown {
  const state = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!(error instanceof Error) || !/^(22|23|42501)/.test(state)) return error;
  return new BundleError(`The archive holds rows that do not fit (${error.message}): nothing was changed.`);
}
