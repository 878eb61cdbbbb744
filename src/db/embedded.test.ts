import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { setLogLevel } from '../log.ts';
import { EmbeddedError } from './embedded-run.ts';
import { checkDatabase } from './guard.ts';
import { clientConfig } from './pool.ts';
import { openStore, type Store } from './store.ts';

setLogLevel('silent');
const base = mkdtempSync(join(tmpdir(), 'embedded-'));
// Only its owner may enter: a clone in such a folder must work as root too.
const dataDir = join(base, 'only mine', 'data');
mkdirSync(join(base, 'only mine'), { mode: 0o700 });

const open: Store[] = [];
const children: ChildProcess[] = [];
const start = async (claim: 'own' | 'join' = 'own', folder = dataDir): Promise<Store> => {
  const store = await openStore({ dataDir: folder, databaseUrl: null, databaseOwnerUrl: null }, claim);
  open.push(store);
  return store;
};
const serverPid = (): number => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Another process that owns the server until it is killed. */
async function ownerProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'test', 'owning-process.ts'), dataDir], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const store of open.splice(0).reverse()) await store.close();
});
afterAll(async () => {
  await (await openStore({ dataDir, databaseUrl: null, databaseOwnerUrl: null }, 'join')).close();
  rmSync(base, { recursive: true, force: true });
});

describe('the embedded server', () => {
  test('is made at first start, in a folder only its owner may enter, and keeps its secrets to its owner', async () => {
    const store = await start();
    expect(store).toMatchObject({ embedded: true, adopted: false });
    for (const file of ['logins.secret', 'postgres/superuser.secret']) expect(statSync(join(dataDir, file)).mode & 0o077, file).toBe(0);
  });

  test('starts again on the same data, and is durable, as the boot demands', async () => {
    const { logins, adopted } = await start();
    expect(adopted).toBe(false);
    // The roles come with the migrations; nothing else may be wrong.
    await expect(checkDatabase(logins.app)).rejects.toThrow('must be a member of');
  });

  test('belongs to one process: a second one is refused, and a short command may join', async () => {
    await ownerProcess();
    await expect(start()).rejects.toThrow(EmbeddedError);
    const joined = await start('join');
    await joined.close();
    expect(() => process.kill(serverPid(), 0)).not.toThrow();
  });

  test('left behind by a killed process is taken over', async () => {
    const child = await ownerProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await start()).adopted).toBe(true);
  });

  test('killed outright while nobody watches is started again', async () => {
    const child = await ownerProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');
    process.kill(serverPid(), 'SIGKILL');
    expect((await start()).adopted).toBe(false);
  });

  test('killed outright under its owner comes back by itself', async () => {
    const store = await start();
    const before = serverPid();
    process.kill(before, 'SIGKILL');
    await expect.poll(() => runningPid(), { timeout: 10_000 }).not.toBe(before);
    await expect.poll(() => checkDatabase(store.logins.app).catch((error: Error) => error.message), { timeout: 10_000 }).toContain('must be a member of');
    await expect.poll(() => ownersOf(store), { timeout: 10_000 }).toBe(1);
    await expect(start()).rejects.toThrow('Another instance is running');
  });

  test('works from a folder whose path is too long for a socket', async () => {
    const deep = join(base, 'd'.repeat(100));
    await (await start('own', deep)).close();
    expect(open.pop()).toBeDefined();
  });

  test('says in one sentence that a folder cannot be written', async () => {
    await expect(start('own', '/dev/null/data')).rejects.toThrow(/^DATA_DIR must be a folder that can be written/);
  });
});

async function ownersOf(store: Store): Promise<number> {
  if (!store.logins.owner) return 0;
  const client = new pg.Client(clientConfig(store.logins.owner, 'test'));
  await client.connect();
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from pg_locks where locktype = 'advisory' and granted`);
  await client.end();
  return rows[0]?.n ?? 0;
}

function runningPid(): number {
  try {
    return serverPid();
  } catch {
    return -1;
  }
}
