import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPoints } from '../../src/db/crash-point.ts';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { type SignedUp, signedUp } from '../signed-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'crash-importing-'));
const crashFile = join(folder, 'point');
let env: Record<string, string> = {};
let server: RunningServer;
let owner: SignedUp;

beforeAll(async () => {
  env = { DATA_DIR: join(folder, 'data'), DEMO: '0', CRASH_FILE: crashFile, PORT: String(await freePort()) };
  server = await start();
  owner = await signedUp(server);
}, 300_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<RunningServer> => startServer(env, [], 'test/armed-server.mjs');
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function arm(spec: string): Promise<void> {
  writeFileSync(crashFile, spec);
  const said = server.said().length;
  server.child.kill('SIGUSR2');
  while (!server.said().slice(said).includes('armed')) await pause(5);
}

type Import = { id: string; state: string; added: number; unchanged: number; rejected: number; things: Record<string, number> };
const key = (): Record<string, string> => ({ 'idempotency-key': crypto.randomUUID() });
const read = (id: string): Promise<Import> => owner.browsing.json('GET', `/api/v1/imports/${id}`);
async function until(id: string, state: string): Promise<Import> {
  for (let tries = 0; tries < 600; tries += 1) {
    const now = await read(id);
    if (now.state === state) return now;
    if (now.state !== 'running') throw new Error(`it is ${now.state}`);
    await pause(100);
  }
  throw new Error(`it is not ${state} after a minute`);
}

const customers = 260;
const file = [
  'Name,Email,Billing Street',
  ...Array.from({ length: customers }, (_, n) => `Crash ${n},crash${n}@example.com,${n} Elm`),
  ',nobody@example.com,',
].join('\r\n');

async function checked(): Promise<string> {
  const answer = await owner.browsing.fetch('/api/v1/imports?fileName=crash.csv&kind=customers&mode=check', {
    method: 'POST',
    headers: { ...key(), 'content-type': 'text/csv' },
    body: file,
  });
  const { id } = (await answer.json()) as Import;
  await until(id, 'checked');
  return id;
}

/** Asks for it, waits for the server to die of it, and starts the server again. */
async function dieAt(point: string, path: string): Promise<void> {
  await arm(point);
  const died = once(server.child, 'exit');
  await owner.browsing.json('POST', path, undefined, key()).catch(() => undefined);
  await died;
  server = await start();
}

describe('an import cut off by kill -9', { timeout: 300_000 }, () => {
  test('J3 goes on at the next start and comes to the same, on its way in and on its way out', async () => {
    expect([...importPoints]).toEqual(['import.part-done', 'import.part-kept', 'import.part-undone']);
    for (const point of ['import.part-done:2', 'import.part-kept:2']) {
      const id = await checked();
      await dieAt(point, `/api/v1/imports/${id}/commit`);
      expect(await until(id, 'done'), point).toMatchObject({ added: customers, unchanged: 0, rejected: 1, things: { customer: customers, person: customers } });
      await dieAt('import.part-undone:3', `/api/v1/imports/${id}/undo`);
      expect(await until(id, 'undone'), point).toMatchObject({ things: {} });
    }
    const again = await read(await checked());
    expect(again).toMatchObject({ added: customers, unchanged: 0 });
    const verify = runVerb(['verify'], env);
    expect(await verify.ended, verify.said()).toBe(0);
  });
});
