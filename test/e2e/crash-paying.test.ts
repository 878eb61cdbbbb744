import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CrashPoint, moneyPoints } from '../../src/db/crash-point.ts';
import fc, { seedOr } from '../chance.ts';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { type Bill, openShop, Payer, type Shop } from '../shop.ts';
import { goOn, takenByProcessor } from './paying-on.ts';

const folder = mkdtempSync(join(tmpdir(), 'crash-paying-'));
const crashFile = join(folder, 'point');
const compiled = join(folder, 'compiled');
const seed = seedOr(20_260_101);
let env: Record<string, string> = {};
let server: RunningServer;
let shop: Shop;
const paid: Bill[] = [];

beforeAll(async () => {
  // One port for all starts: links, the processor's notices and the way back go on working.
  env = { DATA_DIR: join(folder, 'data'), DEMO: '1', API_RATE: '99999', CRASH_FILE: crashFile, PORT: String(await freePort()), NODE_COMPILE_CACHE: compiled };
  // Every start but the first finds the modules compiled; a killed process would keep none.
  await runVerb(['help'], env).ended;
  server = await start();
  shop = await openShop(server, { takesCards: true });
}, 300_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<RunningServer> => startServer(env, [], 'test/armed-server.mjs');
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Points a payer's own presses come by; recording and reversing are the office's, and the notice's points stand in all of them. */
const onTheWay: readonly CrashPoint[] = moneyPoints.filter((point) => !/recording|recorded|reversing|reversed|older/.test(point));

/** How often the server is killed, web and worker in one; KILLS=200 for the long run, whose first 20 are those of the short one. */
const count = Number(process.env['KILLS'] ?? 20);

/** Kills by twenties, each from one seed: at a named point at some pass of it, or after some time while several pay. */
type Kill = Readonly<{ kind: 'point'; point: CrashPoint; pass: number } | { kind: 'time'; afterMs: number }>;
const twentyFrom = (from: number): Kill[] =>
  fc
    .sample(
      fc.tuple(
        fc.shuffledSubarray([...onTheWay], { minLength: 12, maxLength: 12 }),
        fc.array(fc.noBias(fc.integer({ min: 5, max: 1_200 })), { minLength: 8, maxLength: 8 }),
      ),
      { seed: from, numRuns: 1 },
    )
    .flatMap(([points, times]): Kill[] => [
      ...points.map((point, at) => ({ kind: 'point' as const, point, pass: at % 4 === 3 ? 2 : 1 })),
      ...times.map((afterMs) => ({ kind: 'time' as const, afterMs })),
    ]);
const kills: readonly Kill[] = Array.from({ length: Math.ceil(count / 20) }, (_, round) => twentyFrom(seed + round))
  .flat()
  .slice(0, count);
const nameOf = (kill: Kill): string =>
  kill.kind === 'point' ? `${kill.point}, pass ${kill.pass}` : `a random moment, ${kill.afterMs} ms after the first press`;

const isDead = (): boolean => server.child.exitCode !== null || server.child.signalCode !== null;

async function arm(kill: Kill): Promise<void> {
  if (kill.kind !== 'point') return;
  writeFileSync(crashFile, `${kill.point}:${kill.pass}`);
  const said = server.said().length;
  server.child.kill('SIGUSR2');
  while (!server.said().slice(said).includes('armed') && !isDead()) await pause(5);
}

/** Bills nobody has pressed anything on yet, made while the money of the run before is looked at. */
const waiting: Bill[] = [];
async function refill(): Promise<void> {
  while (waiting.length < 9) {
    const made = await Promise.all([11_100, 22_200, 33_300].map((amount) => shop.bill(amount)));
    waiting.push(...made);
  }
}

/** Three at a time pay one bill after the other until the server dies. Answers all of them, and those whose money was on its way at that moment. */
async function payUntilItDies(kill: Kill): Promise<{ all: Payer[]; inFlight: Payer[] }> {
  // A run that failed may have left a dead server, or one armed for another point: each run begins with its own.
  if (isDead()) server = await start();
  await refill();
  const all: Payer[] = [];
  let inFlight: Payer[] = [];
  const died = once(server.child, 'exit').then(() => {
    inFlight = all.filter((payer) => payer.inFlight);
  });
  await arm(kill);
  const lane = async (): Promise<void> => {
    while (!isDead()) {
      const bill = waiting.pop() ?? (await shop.bill().catch(() => undefined));
      if (bill === undefined || isDead()) continue;
      const payer = new Payer(server.url, bill);
      all.push(payer);
      // Whatever ended it is looked at after the next start.
      await payer.pay().catch(() => pause(20));
    }
  };
  const lanes = [lane(), lane(), lane()];
  if (kill.kind === 'time') {
    while (!all.some((payer) => payer.inFlight) && !isDead()) await pause(1);
    await pause(kill.afterMs);
    server.child.kill('SIGKILL');
  }
  const came = await Promise.race([died.then(() => true), pause(60_000).then(() => false)]);
  if (!came) server.child.kill('SIGKILL');
  await Promise.all([died, ...lanes]);
  server = await start();
  expect(came, `${nameOf(kill)} must come`).toBe(true);
  return { all, inFlight };
}

describe(`C1 C2 kill -9 in the middle of paying, seed ${seed}`, { timeout: 300_000 }, () => {
  test.each(kills.map((kill, at) => [at + 1, nameOf(kill), kill] as const))(
    `%i of ${count} at %s: nothing is lost, nothing is charged twice`,
    async (_at, name, kill) => {
      const all: Payer[] = [];
      let inFlight = 0;
      // A run with no money on its way does not count: it is looked at all the same, and done again.
      for (let tries = 0; tries < 8 && inFlight === 0; tries += 1) {
        const run = await payUntilItDies(kill);
        all.push(...run.all);
        inFlight = run.inFlight.length;
      }
      paid.push(...all.map(({ bill }) => bill));
      expect(inFlight, `money must be on its way for ${name} (seed ${seed})`).toBeGreaterThan(0);
      const [shown] = await Promise.all([Promise.all(all.map(async (payer) => ({ payer, ...(await goOn(shop, payer)) }))), refill()]);
      for (const { payer, payments, standing } of shown) {
        expect([standing.paidMinor, standing.balanceMinor]).toEqual([payer.bill.totalMinor, 0]);
        expect(payments.filter(({ state }) => state === 'cleared').map(({ amountMinor }) => amountMinor)).toEqual([payer.bill.totalMinor]);
      }
    },
  );

  test(`M2 M4 P11 ${count} kills happened, the processor took each bill once, and verify finds 0 differences`, async () => {
    expect(kills).toHaveLength(count);
    expect([...takenByProcessor(env['DATA_DIR'] ?? '')].sort()).toEqual(paid.map((bill) => [bill.id, bill.totalMinor]).sort());
    const verify = runVerb(['verify'], { DATA_DIR: env['DATA_DIR'] ?? '', DEMO: '0' });
    expect([await verify.ended, verify.said()]).toEqual([0, expect.stringContaining('  0 differences')]);
  });
});
