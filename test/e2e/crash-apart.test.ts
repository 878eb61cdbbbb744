import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc, { seedOr } from '../chance.ts';
import { type OwnDatabase, ownDatabase } from '../own-database.ts';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { type Bill, openShop, Payer, type Shop } from '../shop.ts';
import { goOn, takenByProcessor } from './paying-on.ts';

const folder = mkdtempSync(join(tmpdir(), 'crash-apart-'));
const entry = 'test/armed-server.mjs';
const seed = seedOr(20_260_112);
/** KILLS=200 for the long run. */
const count = Number(process.env['KILLS'] ?? 4);
let database: OwnDatabase;
let env: Record<string, string>;
let web: RunningServer;
let worker: ReturnType<typeof runVerb>;
let shop: Shop;
const paid: Bill[] = [];

const startWeb = (): Promise<RunningServer> => startServer(env, ['--no-worker'], entry);
async function startWorker(): Promise<void> {
  worker = runVerb(['work'], env, entry);
  for (let tries = 0; tries < 600 && !worker.said().includes('Working.'); tries += 1) await wait(50);
}

beforeAll(async () => {
  database = await ownDatabase(folder);
  env = {
    ...{ DATABASE_URL: database.urlFor('app'), DATABASE_OWNER_URL: database.urlFor('owner'), APP_SECRET: randomUUID() + randomUUID() },
    ...{ DATA_DIR: join(folder, 'data'), DEMO: '1', API_RATE: '99999', PORT: String(await freePort()) },
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  // Every start finds the modules compiled; a killed process would keep none.
  await runVerb(['help'], env).ended;
  web = await startWeb();
  await startWorker();
  // Codes are said where mails are sent.
  shop = await openShop({ ...web, said: () => worker.said() }, { takesCards: true });
}, 300_000);
afterAll(async () => {
  await web.end('SIGTERM');
  worker.child.kill('SIGTERM');
  await worker.ended;
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Three at a time pay nine bills; one process is killed while money is on its way, and started again. */
async function payThrough(which: 'web' | 'worker', afterMs: number): Promise<{ all: Payer[]; inFlight: number }> {
  const bills = await Promise.all(Array.from({ length: 9 }, (_, at) => shop.bill(11_100 * ((at % 3) + 1))));
  paid.push(...bills);
  const all = bills.map((bill) => new Payer(web.url, bill));
  const waiting = [...all];
  const lane = async (): Promise<void> => {
    for (let payer = waiting.pop(); payer; payer = waiting.pop()) await payer.pay().catch(() => undefined);
  };
  const lanes = [lane(), lane(), lane()];
  while (!all.some((payer) => payer.inFlight)) await wait(1);
  await wait(afterMs);
  const inFlight = all.filter((payer) => payer.inFlight).length;
  if (which === 'web') {
    await web.end('SIGKILL');
    web = await startWeb();
  } else {
    worker.child.kill('SIGKILL');
    await worker.ended;
    await startWorker();
  }
  await Promise.all(lanes);
  return { all, inFlight };
}

describe(`C2 web and worker killed one by one while customers pay, seed ${seed}`, { timeout: 300_000 }, () => {
  const moments = fc.sample(fc.noBias(fc.integer({ min: 0, max: 400 })), { seed, numRuns: count });
  let caught = 0;

  test.each(moments.map((afterMs, at) => [at + 1, at % 2 === 0 ? ('web' as const) : ('worker' as const), afterMs] as const))(
    `%i of ${count}, the %s after %i ms: every bill is paid once`,
    async (_at, which, afterMs) => {
      const { all, inFlight } = await payThrough(which, afterMs);
      caught += inFlight;
      const shown = await Promise.all(all.map(async (payer) => ({ payer, ...(await goOn(shop, payer)) })));
      for (const { payer, payments, standing } of shown) {
        expect([standing.paidMinor, standing.balanceMinor]).toEqual([payer.bill.totalMinor, 0]);
        expect(payments.filter(({ state }) => state === 'cleared').map(({ amountMinor }) => amountMinor)).toEqual([payer.bill.totalMinor]);
      }
    },
  );

  test('M2 M4 P11 money was on its way, the processor took each bill once, and verify finds 0 differences', async () => {
    expect(caught).toBeGreaterThan(0);
    expect([...takenByProcessor(env['DATA_DIR'] ?? '')].sort()).toEqual(paid.map((bill) => [bill.id, bill.totalMinor]).sort());
    const verify = runVerb(['verify'], { ...env, DEMO: '0' });
    expect([await verify.ended, verify.said()]).toEqual([0, expect.stringContaining('  0 differences')]);
  });
});
