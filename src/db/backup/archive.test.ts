import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { createTestDatabase, type TestDatabase, testDatabase } from '../../../test/db.ts';
import { damaged, type FilledBusiness, filledBusiness } from '../../../test/filled-business.ts';
import { smallBusiness } from '../../../test/small-business.ts';
import type { FileStore } from '../../core/gateways.ts';
import { verifyBooks } from '../../domain/ledger/ledger.ts';
import { localFileStore } from '../../outside/storage/file-store.ts';
import { clientConfig, type Database } from '../pool.ts';
import { inTransaction, systemActor } from '../scope.ts';
import { type ArchiveManifest, writeArchive } from './archive.ts';
import { bringArchive } from './bring.ts';
import { openBundle } from './bundle.ts';
import { archived, leftOut, localTables, tenantTables } from './tables.ts';

const db = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'archive-'));
const files = localFileStore(join(folder, 'old'));
const madeAt = '2026-11-23T12:00:00Z';
let otter: FilledBusiness;
let path: string;
let manifest: ArchiveManifest;

beforeAll(async () => {
  otter = await filledBusiness(db().database, files);
  await filledBusiness(db().database, files, { customer: 'Somebody else’s customer' });
  path = join(folder, 'otter.zip');
  manifest = await writeArchive(db().database, files, { business: otter.id, path, madeAt });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function asOwner<T>(of: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(of.owner, 'archive test'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An empty install of its own, gone after the work. */
async function elsewhere<T>(work: (place: { db: TestDatabase; files: FileStore }) => Promise<T>): Promise<T> {
  const place = await createTestDatabase();
  try {
    return await work({ db: place, files: localFileStore(mkdtempSync(join(folder, 'new-'))) });
  } finally {
    await place.close();
  }
}

/** A fingerprint of every row of a table, as the system of the business reads it. */
function printOf(database: Database, table: string, business: string): Promise<string> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async ({ tx }) => {
    const mine = table === 'businesses' ? sql`t.id = ${business}` : sql`t.business_id = ${business}`;
    const { rows } = await sql<{ print: string }>`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
      from ${sql.table(table)} t where ${mine}`.execute(tx);
    return rows[0]?.print ?? '';
  });
}

describe('which tables an archive holds', () => {
  test('every table of a business is in its archive or named as left out with a reason', async () => {
    const names = await asOwner(db(), async (client) => (await tenantTables(client)).map(({ name }) => name));
    expect(names.filter((name) => !archived.includes(name) && !(name in leftOut)).map((name) => `${name}: name it in db/backup/tables.ts`)).toEqual([]);
    expect([...archived, ...Object.keys(leftOut)].filter((name) => !names.includes(name))).toEqual([]);
    expect(archived.filter((name) => name in leftOut)).toEqual([]);
  });

  test('the role system may read every table of a business, and write each an archive holds; the login reads what belongs to nobody', async () => {
    const lacking = await asOwner(db(), async (client) => {
      const may = async (role: string, table: string, right: string): Promise<string[]> => {
        const { rows } = await client.query('select has_any_column_privilege($1, $2::regclass, $3) as may', [role, table, right]);
        return rows[0].may ? [] : [`${role} ${right} ${table}`];
      };
      const tenant = await tenantTables(client);
      const local = await localTables(client);
      const asked = [
        ...tenant.map(({ name }) => ['system', name, 'SELECT'] as const),
        ...archived.map((name) => ['system', name, 'INSERT'] as const),
        ...local.map(({ name }) => ['app', name, 'SELECT'] as const),
      ];
      return (await Promise.all(asked.map(([role, name, right]) => may(role, name, right)))).flat();
    });
    expect(lacking).toEqual([]);
  });
});

describe('the archive of one business', () => {
  test('holds its rows and files and nothing of another, and no secret', async () => {
    const bundle = await openBundle(path);
    let text = '';
    for (const { name } of manifest.tables) for await (const piece of await bundle.read(`tables/${name}.jsonl`)) text += String(piece);
    bundle.close();
    expect(text).toContain('Núria Peña');
    expect(text).not.toContain('Somebody else');
    expect(text).not.toContain('password');
    expect(manifest.files).toMatchObject({ count: 1, missing: [] });
    expect(manifest.tables.find(({ name }) => name === 'events')?.rows).toBeGreaterThan(10);
  });

  test('comes into an empty install with the same books, numbers, chain of events and files, and verify finds no difference', async () => {
    await elsewhere(async (place) => {
      await bringArchive(place.db.database, place.files, path);
      const inside = { role: 'system', business: otter.id, actor: systemActor } as const;
      expect(await inTransaction(place.db.database, inside, verifyBooks)).toEqual([]);
      const settled = [
        'businesses',
        'business_profiles',
        'links',
        'mails',
        'people',
        'staff',
        'events',
        'business_heads',
        'invoice_standings',
        'reminder_rules',
        'charge_rules',
        'batches',
        'autopay_rules',
        'imports',
      ];
      for (const table of archived.filter((name) => !settled.includes(name))) {
        expect([table, await printOf(place.db.database, table, otter.id)]).toEqual([table, await printOf(db().database, table, otter.id)]);
      }
      expect(await place.files.get(otter.id, otter.file)).toEqual(await files.get(otter.id, otter.file));
    });
  });

  test('lets its owner in at the new place by the address, and ends the links of the old one so that each offers a new one', async () => {
    await elsewhere(async (place) => {
      await bringArchive(place.db.database, place.files, path);
      const { rows } = await asOwner(place.db, (client) => client.query(`select count(*)::int as n from identities where password_hash is null`));
      expect(rows[0].n).toBe(2);
      const found = await inTransaction(place.db.database, { role: 'system', business: otter.id, actor: systemActor }, async ({ tx, business }) => ({
        links: await tx.selectFrom('links').select(['last_mailed_at', 'revoked_at']).where('business_id', '=', business).execute(),
        members: await tx.selectFrom('memberships').select('kind').where('business_id', '=', business).orderBy('kind').execute(),
        mails: await tx.selectFrom('mails').select('state').where('business_id', '=', business).where('state', 'in', ['queued', 'sending']).execute(),
      }));
      expect(found.members.map(({ kind }) => kind)).toEqual(['person', 'staff']);
      expect(found.mails).toEqual([]);
      expect(found.links.length).toBeGreaterThan(0);
      const yearAgo = Temporal.Now.instant().subtract({ hours: 365 * 24 });
      for (const link of found.links) expect(Temporal.Instant.compare(Temporal.Instant.from(link.last_mailed_at), yearAgo)).toBe(-1);
    });
  });

  test('is refused where the business is already, and changes nothing there', async () => {
    const before = await printOf(db().database, 'events', otter.id);
    await expect(bringArchive(db().database, files, path)).rejects.toThrow('is here already');
    expect(await printOf(db().database, 'events', otter.id)).toBe(before);
    await elsewhere(async (place) => {
      await bringArchive(place.db.database, place.files, path);
      await expect(bringArchive(place.db.database, place.files, path)).rejects.toThrow('is here already');
    });
  });
});

type Forged = Readonly<Record<string, string | Buffer>>;
const hashOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** A zip as an attacker would make one: `raw` names are written as they are. */
async function forge(entries: Forged, raw: Readonly<Record<string, string>> = {}): Promise<string> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name, { mtime: new Date(0) });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  let bytes = Buffer.concat(pieces);
  for (const [from, to] of Object.entries(raw)) bytes = Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
  const at = join(folder, `forged-${hashOf(bytes).slice(0, 12)}.zip`);
  writeFileSync(at, bytes);
  return at;
}

/** The parts of the true archive, changed; the manifest says what the change made of them. */
async function changed(change: (text: string, table: string) => string, manifestChange: (of: ArchiveManifest) => unknown = (of) => of): Promise<string> {
  const bundle = await openBundle(path);
  const entries: Record<string, string | Buffer> = {};
  const tables: ArchiveManifest['tables'] = [];
  for (const table of manifest.tables) {
    let text = '';
    for await (const piece of await bundle.read(`tables/${table.name}.jsonl`)) text += String(piece);
    const now = change(text, table.name);
    entries[`tables/${table.name}.jsonl`] = now;
    tables.push({ ...table, sha256: hashOf(now), bytes: Buffer.byteLength(now), rows: now.split('\n').length - 1 });
  }
  for (const name of bundle.names.filter((each) => each.startsWith('files/'))) {
    const pieces: Buffer[] = [];
    for await (const piece of await bundle.read(name)) pieces.push(piece as Buffer);
    entries[name] = Buffer.concat(pieces);
  }
  bundle.close();
  entries['manifest.json'] = JSON.stringify(manifestChange({ ...manifest, tables }));
  return forge(entries);
}

describe('I10 an archive is read as something hostile', () => {
  const places = async (bad: string): Promise<string> =>
    elsewhere(async (place) => {
      const failed = await bringArchive(place.db.database, place.files, bad).then(
        () => 'it came in',
        (error: Error) => `${error.name}: ${error.message}`,
      );
      const { rows } = await asOwner(place.db, (client) => client.query('select count(*)::int as n from identities'));
      expect(rows[0].n).toBe(0);
      return failed;
    });

  test('F3 names that lead out of it, strange names and the same name twice are refused before anything is unpacked', async () => {
    const names = ['../../etc/passwd', '/etc/passwd', 'files/../../x', 'C:/x', 'files\\..\\x', 'tables/evil.sh', 'files/%2e%2e/x', 'tables/a.jsonl/../../b'];
    for (const name of names) {
      const plain = 'x'.repeat(name.length).replace(/^xx/, 'zz');
      const bad = await forge({ 'manifest.json': '{}', [plain]: 'root:' }, { [plain]: name });
      await expect(bringArchive(db().database, files, bad), name).rejects.toMatchObject({ name: 'BundleError' });
    }
    const twice = await forge({ 'manifest.json': '{}', 'tables/aa.jsonl': '1', 'tables/bb.jsonl': '2' }, { 'tables/bb': 'tables/aa' });
    await expect(bringArchive(db().database, files, twice)).rejects.toThrow('twice');
  });

  test('a part that unpacks to more than a hundred times its size, too many parts and too many bytes are refused', async () => {
    const bomb = await forge({ 'manifest.json': '{}', 'tables/events.jsonl': Buffer.alloc(8 * 1024 * 1024) });
    await expect(bringArchive(db().database, files, bomb)).rejects.toThrow('packed more than 100 times');
    await expect(bringArchive(db().database, files, path, { entries: 3, bytes: 1e12, ratio: 100 })).rejects.toThrow('entries');
    await expect(bringArchive(db().database, files, path, { entries: 1e6, bytes: 1000, ratio: 100 })).rejects.toThrow('larger than is taken');
    const lying = await forge({ 'manifest.json': 'not json' });
    await expect(bringArchive(db().database, files, lying)).rejects.toThrow('manifest cannot be read');
    writeFileSync(join(folder, 'no.zip'), 'this is no zip');
    await expect(bringArchive(db().database, files, join(folder, 'no.zip'))).rejects.toMatchObject({ name: 'BundleError' });
  });

  test('one changed byte anywhere is noticed before a row is written', async () => {
    const whole = readFileSync(path);
    for (const part of ['tables/events.jsonl', 'tables/customers.jsonl', `files/${otter.file}`, 'manifest.json']) {
      const bad = join(folder, 'bad.zip');
      writeFileSync(bad, damaged(whole, part));
      await expect(bringArchive(db().database, files, bad), part).rejects.toThrow(/damaged|could not be read/);
    }
    const cut = join(folder, 'cut.zip');
    writeFileSync(cut, whole.subarray(0, whole.length / 2));
    await expect(bringArchive(db().database, files, cut)).rejects.toMatchObject({ name: 'BundleError' });
  });

  test('rows of another business, tables that do not belong in one and a newer version are refused, and nothing of it stays', async () => {
    const foreign = '01920000-0000-7000-8000-00000000000f';
    const strangers = await changed((text, table) => (table === 'customers' ? text.replaceAll(otter.id, foreign) : text));
    expect(await places(strangers)).toMatch(/^BundleError: .*do not fit/);
    const keys = await changed(
      (text) => text,
      (of) => ({ ...of, tables: [...of.tables, { name: 'api_keys', columns: ['id'], rows: 0, bytes: 0, sha256: hashOf('') }] }),
    );
    expect(await places(keys)).toContain('does not belong');
    const newer = await changed(
      (text) => text,
      (of) => ({ ...of, migrations: [...of.migrations, '9999_later.sql'] }),
    );
    expect(await places(newer)).toContain('newer version');
    const fewer = await changed((text, table) => (table === 'ledger' ? `${text}{"business_id":\n` : text));
    expect(await places(fewer)).toContain('do not fit');
  });
});

test('an archive of an earlier version comes in: what it kept and this one works out itself is left out, what it did not know is as new', async () => {
  const earlier = (columns: readonly string[]): string[] => [...columns.filter((column) => column !== 'installments'), 'due_later_minor'];
  const old = await changed(
    (text, table) =>
      table === 'invoice_standings'
        ? text.replaceAll(/^\{.*\}$/gm, (line) => JSON.stringify({ ...JSON.parse(line), installments: undefined, due_later_minor: 0 }))
        : text,
    (of) => ({ ...of, tables: of.tables.map((table) => (table.name === 'invoice_standings' ? { ...table, columns: earlier(table.columns) } : table)) }),
  );
  await elsewhere(async (place) => {
    await bringArchive(place.db.database, place.files, old);
    expect(await printOf(place.db.database, 'ledger', otter.id)).toBe(await printOf(db().database, 'ledger', otter.id));
  });
});

test('nobody is charged by itself where a business was brought to, before somebody says so', async () => {
  await elsewhere(async (place) => {
    await bringArchive(place.db.database, place.files, path);
    const allowed = await inTransaction(place.db.database, { role: 'system', business: otter.id, actor: systemActor }, ({ tx }) =>
      tx.selectFrom('autopay_rules').select('allowed').where('business_id', '=', otter.id).execute(),
    );
    expect(allowed).toEqual([{ allowed: false }]);
  });
});

test('a business without anything has an archive too', async () => {
  const bare = await smallBusiness(db().database);
  const at = join(folder, 'bare.zip');
  await writeArchive(db().database, files, { business: bare.id, path: at, madeAt });
  await elsewhere(async (place) => {
    await bringArchive(place.db.database, place.files, at);
    expect(await printOf(place.db.database, 'items', bare.id)).toBe(await printOf(db().database, 'items', bare.id));
  });
});
