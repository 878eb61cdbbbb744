import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase, testDatabase } from '../../../test/db.ts';
import { damaged, type FilledBusiness, filledBusiness } from '../../../test/filled-business.ts';
import { testKeys } from '../../../test/small-business.ts';
import { verifyBooks } from '../../domain/ledger/ledger.ts';
import { keysOf } from '../../outside/keys.ts';
import { localFileStore } from '../../outside/storage/file-store.ts';
import { clientConfig, type Login } from '../pool.ts';
import { inTransaction, systemActor } from '../scope.ts';
import { type BackupManifest, writeBackup } from './backup.ts';
import { backupAgeSeconds, noteBackup } from './last-backup.ts';
import { restoreBackup } from './restore.ts';
import { tenantTables } from './tables.ts';

const db = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'backup-'));
const files = localFileStore(join(folder, 'old'));
const path = join(folder, 'all.backup');
const madeAt = '2026-11-23T12:00:00Z';
let houses: FilledBusiness[];
let manifest: BackupManifest;

beforeAll(async () => {
  houses = [await filledBusiness(db().database, files), await filledBusiness(db().database, files)];
  manifest = await writeBackup({ login: db().login, files, keys: testKeys, path, madeAt });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withClient<T>(login: Login, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(login, 'backup test'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function emptyPlace<T>(work: (place: TestDatabase, store: ReturnType<typeof localFileStore>) => Promise<T>): Promise<T> {
  const place = await createTestDatabase();
  try {
    return await work(place, localFileStore(mkdtempSync(join(folder, 'new-'))));
  } finally {
    await place.close();
  }
}

/** A fingerprint of every table, past row-level security: what an owner sees who lifts it for a transaction that is undone. */
function prints(login: Login): Promise<Record<string, string>> {
  return withClient(login, async (client) => {
    await client.query('begin');
    const names = (await tenantTables(client)).map(({ name }) => name);
    const found: Record<string, string> = {};
    for (const name of [...names, 'identities', 'sessions', 'sign_in_codes']) {
      if (names.includes(name)) await client.query(`alter table ${name} no force row level security`);
      const { rows } = await client.query(
        `select count(*)::text || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${name} t`,
      );
      found[name] = rows[0].print;
    }
    await client.query('rollback');
    return found;
  });
}

const tasksOf = (login: Login): Promise<unknown[]> =>
  withClient(login, async (client) => {
    const text = `select t.identifier, j.payload::jsonb::text, j.run_at, j.max_attempts, j.key, j.priority, j.attempts from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id order by 1, 2, 3`;
    return (await client.query(text)).rows;
  });

describe('O1 a backup', () => {
  test('is never empty: it counts what the tables hold, though row-level security hides all of it from their owner', async () => {
    const hidden = await withClient(db().owner, (client) => client.query('select count(*)::int as n from ledger'));
    expect(hidden.rows[0].n).toBe(0);
    const counted = await prints(db().owner);
    for (const [name, print] of Object.entries(counted)) {
      const rows = manifest.tables.filter((table) => table.name === name).reduce((sum, table) => sum + table.rows, 0);
      expect(`${name} ${rows}`).toBe(`${name} ${print.split(' ')[0]}`);
    }
    expect(counted['ledger']).not.toMatch(/^0 /);
    expect(manifest.files.count).toBe(2);
  });

  test('comes back whole into an empty database: every row, every file, what waits to be done, and verify finds no difference', async () => {
    await emptyPlace(async (place, store) => {
      await restoreBackup({ owner: place.owner, files: store, keys: testKeys, path, otherSecret: false });
      expect(await prints(place.owner)).toEqual(await prints(db().owner));
      expect(await tasksOf(place.owner)).toEqual(await tasksOf(db().owner));
      for (const house of houses) {
        const inside = { role: 'system', business: house.id, actor: systemActor } as const;
        expect(await inTransaction(place.database, inside, verifyBooks)).toEqual([]);
        expect(await store.get(house.id, house.file)).toEqual(await files.get(house.id, house.file));
      }
      const loose = await withClient(place.owner, (client) =>
        client.query(`select count(*)::int as n from pg_class where relname = 'ledger' and relforcerowsecurity`),
      );
      expect(loose.rows[0].n).toBe(1);
    });
  });

  test('is refused by a database that holds anything, and changes nothing there', async () => {
    const before = await prints(db().owner);
    await expect(restoreBackup({ owner: db().owner, files, keys: testKeys, path, otherSecret: false })).rejects.toThrow('not empty');
    expect(await prints(db().owner)).toEqual(before);
  });

  test('is refused when a byte of it changed, and leaves no row and no file', async () => {
    const bytes = readFileSync(path);
    await emptyPlace(async (place, store) => {
      for (const part of ['shared/identities.copy', `business/${houses[1]?.id}/ledger.copy`, `files/${houses[0]?.id}/${houses[0]?.file}`, 'manifest.json']) {
        writeFileSync(join(folder, 'bad.backup'), damaged(bytes, part));
        const order = { owner: place.owner, files: store, keys: testKeys, path: join(folder, 'bad.backup'), otherSecret: false };
        await expect(restoreBackup(order), part).rejects.toMatchObject({ name: 'BundleError' });
      }
      const left = await prints(place.owner);
      expect(Object.values(left).every((print) => print.startsWith('0 '))).toBe(true);
      for (const house of houses) expect(await store.has(house.id, house.file)).toBe(false);
    });
  });

  test('says that links would end under another APP_SECRET before anything is written, and holds no secret itself', async () => {
    const other = keysOf('another secret of tests, 32 letters and more');
    await emptyPlace(async (place, store) => {
      const order = { owner: place.owner, files: store, keys: other, path };
      await expect(restoreBackup({ ...order, otherSecret: false })).rejects.toThrow('APP_SECRET is not that of the backup');
      await restoreBackup({ ...order, otherSecret: true });
    });
    expect(readFileSync(path).includes('a secret of tests only')).toBe(false);
  });

  test('is one moment: what is written while it is made is in it whole or not at all', async () => {
    const [house] = houses;
    if (!house) throw new Error('there are two businesses');
    const at = join(folder, 'busy.backup');
    let business = 0;
    const writing: Promise<unknown>[] = [];
    await writeBackup({
      ...{ login: db().login, files, keys: testKeys, path: at, madeAt },
      onBusiness: () => {
        business += 1;
        if (business === 1) writing.push(filledBusiness(db().database, files));
      },
    });
    await Promise.all(writing);
    await emptyPlace(async (place, store) => {
      const back = await restoreBackup({ owner: place.owner, files: store, keys: testKeys, path: at, otherSecret: false });
      expect(back.businesses).toHaveLength(2);
    });
  });
});

test('O7 the age of the last backup is known in seconds, and null before there was one', () => {
  expect(backupAgeSeconds(folder, Temporal.Instant.from(madeAt))).toBeNull();
  noteBackup(folder, { at: madeAt, file: path, bytes: 1 });
  expect(backupAgeSeconds(folder, Temporal.Instant.from('2026-11-24T14:00:01Z'))).toBe(26 * 3600 + 1);
});
