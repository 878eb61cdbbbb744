import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import fc, { seedOr } from '../chance.ts';
import { type LosingProxy, startLosingProxy } from '../losing-proxy.ts';
import { type OwnDatabase, ownDatabase } from '../own-database.ts';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { actIn, type Bill, openShop, Payer, press, type Shop } from '../shop.ts';
import { Browsing } from '../signed-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'database-dies-'));
const seed = seedOr(20_260_111);
/** How often the database is stopped under load; STOPS=50 for a longer look. */
const stops = Number(process.env['STOPS'] ?? 3);
let database: OwnDatabase;
let proxy: LosingProxy;
let env: Record<string, string>;
let server: RunningServer;
let shop: Shop;

beforeAll(async () => {
  database = await ownDatabase(folder);
  proxy = await startLosingProxy(database.place);
  env = {
    ...{ DATABASE_URL: database.urlFor('app', { port: proxy.port }), DATABASE_OWNER_URL: database.urlFor('owner') },
    ...{ APP_SECRET: randomUUID() + randomUUID(), DATA_DIR: join(folder, 'data'), DEMO: '1', API_RATE: '99999', PORT: String(await freePort()) },
  };
  server = await startServer(env, [], 'test/armed-server.mjs');
  shop = await openShop(server, { takesCards: true });
}, 300_000);
afterAll(async () => {
  await server.end('SIGTERM');
  await proxy.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** What the office asks for, under a key of its own. */
type Ask = Readonly<{ path: string; key: string; body: string }>;
const asking = (path: string, body: unknown): Ask => ({ path, key: randomUUID(), body: JSON.stringify(body) });
const send = ({ path, key, body }: Ask): Promise<Response> =>
  shop.up.browsing.fetch(`/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body });

const anItem = (): Ask => asking('/items', { name: `Item ${randomUUID()}`, unitPriceMilli: 1000 });
const aCheck = (amountMinor: number, shares: readonly object[] = []): Ask =>
  asking('/payments', { customerId: shop.customerId, method: 'check', amountMinor, receivedOn: '2026-01-05', shares, keepRestAsCredit: true });
const aDraft = (): Ask =>
  asking('/invoices', {
    customerId: shop.customerId,
    lines: [{ id: publicId('line', newId()), name: 'Drain cleaning', quantityMilli: 1000, unitPriceMilli: 9_000_000, taxRateId: null }],
  });

/** What was acknowledged, and where it must be found for ever. */
const kept: { path: string; id: string }[] = [];
/** Writes one after the other until told to stop, and notes what was acknowledged and how everything else was answered. */
async function writeUntil(over: () => boolean, refused: number[]): Promise<void> {
  const kinds = [anItem, () => aCheck(1_234), aDraft];
  for (let at = 0; !over(); at += 1) {
    const ask = (kinds[at % kinds.length] as () => Ask)();
    const answer = await send(ask);
    if (answer.status === 201) kept.push({ path: ask.path, id: ((await answer.json()) as { id: string }).id });
    else refused.push(answer.status);
    if (answer.status !== 201) await wait(20);
  }
}

const ready = async (): Promise<number> => (await fetch(`${server.url}/health/ready`)).status;
const untilReady = (): Promise<void> => expect.poll(ready, { timeout: 30_000 }).toBe(200);

async function everythingKeptIsThere(): Promise<void> {
  const missing: string[] = [];
  const waiting = [...kept];
  const lane = async (): Promise<void> => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const answer = await shop.up.browsing.fetch(`/api/v1${one.path}/${one.id}`);
      if (answer.status !== 200 || ((await answer.json()) as { id: string }).id !== one.id) missing.push(`${one.path}/${one.id}: ${answer.status}`);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  expect(missing).toEqual([]);
}

async function booksAreSound(): Promise<void> {
  const verify = runVerb(['verify'], { ...env, DEMO: '0' });
  expect([await verify.ended, verify.said()]).toEqual([0, expect.stringContaining('  0 differences')]);
}

type Shown = { standing: { balanceMinor: number; paidMinor: number }; payments: { id: string; state: string; amountMinor: number }[] };
const shown = (bill: Bill): Promise<Shown> => shop.office('GET', `/invoices/${bill.id}`);

describe(`C3 PostgreSQL stopped at once under load, seed ${seed}`, { timeout: 300_000 }, () => {
  const moments = fc.sample(fc.noBias(fc.integer({ min: 150, max: 1_500 })), { seed, numRuns: stops });
  test.each(moments.map((afterMs, at) => [at + 1, afterMs] as const))(
    '%i, after %i ms: every write that was acknowledged is there, what was not is answered 503, and the server goes on by itself',
    async (_at, afterMs) => {
      const before = kept.length;
      const refused: number[] = [];
      let over = false;
      const lanes = Array.from({ length: 6 }, () => writeUntil(() => over, refused));
      await wait(afterMs);
      await database.stopNow();
      await expect.poll(ready, { timeout: 10_000 }).toBe(503);
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      await database.startAgain();
      await untilReady();
      over = true;
      await Promise.all(lanes);
      expect(kept.length).toBeGreaterThan(before);
      expect(refused.length).toBeGreaterThan(0);
      expect(new Set(refused)).toEqual(new Set([503]));
      await everythingKeptIsThere();
    },
  );

  test('after all of them the books add up', booksAreSound);
});

describe('C4 the answer to a commit is lost', { timeout: 120_000 }, () => {
  test('a payment the office recorded is answered 503, and sent again with its Idempotency-Key it is the one that was kept', async () => {
    const bill = await shop.bill(40_000);
    const ask = aCheck(40_000, [{ invoiceId: bill.id, amountMinor: 40_000 }]);
    const lost = proxy.loseCommitOf('"payment.recorded"');
    const first = await send(ask);
    await lost;
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await first.json()).toMatchObject({ code: 'busy', detail: expect.stringContaining('Idempotency-Key') });
    const [second, third] = [await send(ask), await send(ask)];
    expect([second.status, third.status]).toEqual([201, 201]);
    expect(await third.text()).toBe(await second.text());
    const { standing, payments } = await shown(bill);
    expect([standing.paidMinor, standing.balanceMinor, payments.length]).toEqual([40_000, 0, 1]);
  });

  test('a customer who pressed pay reads that nothing is lost, and the same form pressed again is the same attempt', async () => {
    const bill = await shop.bill(41_000);
    const browsing = new Browsing(server.url);
    await browsing.fetch(bill.link);
    const act = actIn(await (await browsing.fetch(`${bill.path}/pay`)).text());
    const fields = { act, amountMinor: '41000', method: 'card' };
    const lost = proxy.loseCommitOf('"payment.started"');
    const first = await press(browsing, `${bill.path}/pay`, fields);
    await lost;
    expect([first.status, await first.text()]).toEqual([503, expect.stringContaining('Nothing was lost')]);
    const [second, third] = [await press(browsing, `${bill.path}/pay`, fields), await press(browsing, `${bill.path}/pay`, fields)];
    expect([second.status, second.headers.get('location')]).toEqual([303, expect.stringContaining('/sandbox/pay/')]);
    expect(third.headers.get('location')).toBe(second.headers.get('location'));
    await press(browsing, new URL(second.headers.get('location') ?? '', server.url).pathname, { instrument: 'card_success' });
    await expect.poll(async () => (await shown(bill)).standing.balanceMinor, { timeout: 90_000 }).toBe(0);
    expect((await shown(bill)).payments).toMatchObject([{ state: 'cleared', amountMinor: 41_000 }]);
  });

  test('money that came in is booked once, whoever brought the news and was cut off', async () => {
    const bill = await shop.bill(42_000);
    const lost = proxy.loseCommitOf('"payment.cleared"');
    await new Payer(server.url, bill).pay().catch(() => undefined);
    await lost;
    await expect.poll(async () => (await shown(bill)).standing.balanceMinor, { timeout: 90_000 }).toBe(0);
    const { standing, payments } = await shown(bill);
    expect([standing.paidMinor, payments.map(({ state }) => state)]).toEqual([42_000, ['cleared']]);
    await booksAreSound();
  });
});

/**
 * What cannot be had without a file system of one's own or a debugger is an fsync that fails. A log that cannot be written ends the same way,
 * in the same function of PostgreSQL: it panics rather than go on without knowing. Linux refuses the writes of a process past a size.
 */
describe('C4 the disk refuses the log of the database', { timeout: 120_000 }, () => {
  test('the write is answered 503, the database starts anew, nothing that was acknowledged is gone, and the same write goes through', async () => {
    const log = (): string => readFileSync(join(folder, 'postgres', 'postgres.log'), 'utf8');
    const panics = (): number => log().match(/was terminated by signal 6/g)?.length ?? 0;
    const before = panics();
    const pids = await database.asSuperuser(async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where backend_type in ('client backend', 'walwriter') and pid <> pg_backend_pid()`,
      );
      return rows.map(({ pid }) => String(pid));
    });
    for (const pid of pids) execFileSync('prlimit', ['--pid', pid, '--fsize=0']);
    const ask = aCheck(1_500);
    let answer = await send(ask);
    // A connection that was opened since may still write: sooner or later one that may not has its turn.
    for (let tries = 0; tries < 50 && answer.status === 201 && panics() === before; tries += 1) answer = await send(anItem());
    expect(answer.status).toBe(503);
    await untilReady();
    expect(panics()).toBeGreaterThan(before);
    await expect.poll(async () => (await send(ask)).status, { timeout: 90_000, interval: 1_000 }).toBe(201);
    const { items } = await shop.office<{ items: object[] }>('GET', `/payments?customerId=${shop.customerId}&minMinor=1500&maxMinor=1500`);
    expect(items).toHaveLength(1);
    await everythingKeptIsThere();
    await booksAreSound();
  });
});
