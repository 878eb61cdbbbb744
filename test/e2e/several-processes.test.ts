import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OwnDatabase, ownDatabase } from '../own-database.ts';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { type Bill, openShop, type Shop } from '../shop.ts';
import { Browsing } from '../signed-up.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';

const folder = mkdtempSync(join(tmpdir(), 'several-'));
let database: OwnDatabase;
let env: Record<string, string>;
let metricsPort: number;
let worker: ReturnType<typeof runVerb>;
let proxy: TcpProxy;
/** The servers by their port; what is stopped is not there. */
const servers = new Map<number, RunningServer>();
/** Ports whose server said that it is ready, as the one who hands out requests learns it. */
let ready: number[] = [];
let asking: NodeJS.Timeout;

async function startOne(port: number): Promise<void> {
  servers.set(port, await startServer({ ...env, PORT: String(port) }, ['--no-worker']));
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { headers: { connection: 'close' } }).then(
    (answer) => answer.ok,
    () => false,
  );

beforeAll(async () => {
  database = await ownDatabase(folder);
  metricsPort = await freePort();
  const ports = [await freePort(), await freePort()];
  let turn = 0;
  const inTurn = (): NetConnectOpts[] => {
    turn += 1;
    return ready.map((_, at) => ({ host: '127.0.0.1', port: ready[(turn + at) % ready.length] as number }));
  };
  proxy = await startTcpProxy(inTurn);
  env = {
    ...{ DATABASE_URL: database.urlFor('app'), APP_SECRET: randomUUID() + randomUUID(), DATA_DIR: join(folder, 'data'), DEMO: '0' },
    ...{ APP_URL: `http://127.0.0.1:${proxy.port}`, DRAIN_SECONDS: '1', TRUSTED_PROXIES: '127.0.0.1' },
  };
  const migrated = runVerb(['migrate'], { ...env, DATABASE_OWNER_URL: database.urlFor('owner') });
  expect(await migrated.ended, migrated.said()).toBe(0);
  await Promise.all(ports.map(startOne));
  worker = runVerb(['work'], { ...env, METRICS_PORT: String(metricsPort) });
  asking = setInterval(() => {
    void Promise.all(ports.map(isReady)).then((answers) => {
      ready = ports.filter((_, at) => answers[at]);
    });
  }, 100);
  for (let tries = 0; tries < 100 && ready.length < 2; tries += 1) await wait(100);
}, 300_000);
afterAll(async () => {
  clearInterval(asking);
  await Promise.all([...servers.values()].map((server) => server.end('SIGTERM')));
  worker.child.kill('SIGTERM');
  await worker.ended;
  await proxy.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const server = (at: number): RunningServer => [...servers.values()][at] as RunningServer;
/** The first server, whose codes are said where the mails are sent: by the worker. */
const firstServer = (): RunningServer => ({ ...server(0), said: () => worker.said() });

let shop: Shop;
let bill: Bill;

describe('several processes on one database', { timeout: 60_000 }, () => {
  test('what one server did the worker carries out and the listeners of the other hear', async () => {
    shop = await openShop(firstServer());
    const cut = new AbortController();
    const stream = await fetch(`${server(1).url}/api/v1/events/stream`, {
      headers: { cookie: shop.up.browsing.cookie, accept: 'text/event-stream' },
      signal: cut.signal,
    });
    expect(stream.status).toBe(200);
    bill = await shop.bill();
    let text = '';
    for await (const piece of stream.body ?? []) {
      text += Buffer.from(piece).toString();
      if (text.includes('"mail.sent"') || text.includes('"kind":"mail.')) break;
    }
    expect(text).toContain(bill.id);
    expect(text).toContain('"kind":"invoice.sent"');
  });

  test('L8 tries are counted once for all of them, by the address the proxy of the host names and by nobody else’s word', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 14; at += 1) {
      const body = JSON.stringify({ email: 'nobody@example.com', password: 'a long enough guess' });
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `6.6.6.${at}, 198.51.100.9` };
      statuses.push((await fetch(`${server(at % 2).url}/api/v1/session`, { method: 'POST', body, headers })).status);
    }
    expect(statuses.slice(0, 10)).not.toContain(429);
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429]);
    const { rows } = await database.asSuperuser((client) =>
      client.query<{ count: string }>('select count(*) from pg_stat_activity where usename = $1', ['app']),
    );
    expect(Number(rows[0]?.count)).toBeLessThan(60);
  });

  test('O2 each is stopped and started again under 50 requests a second, and none of them fails', async () => {
    const url = `http://127.0.0.1:${proxy.port}`;
    const browsing = new Browsing(url);
    await browsing.fetch(bill.link);
    const failed: string[] = [];
    let sent = 0;
    const kinds: readonly (() => Promise<Response>)[] = [
      () => fetch(url + bill.path, { headers: { cookie: browsing.cookie } }),
      () => fetch(`${url}/api/v1/invoices?limit=10`, { headers: { cookie: shop.up.browsing.cookie } }),
      () =>
        fetch(`${url}/api/v1/items`, {
          method: 'POST',
          body: JSON.stringify({ name: `Item ${randomUUID()}`, unitPriceMilli: 1000 }),
          headers: { cookie: shop.up.browsing.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        }),
    ];
    const one = async (at: number): Promise<void> => {
      const ask = kinds[at % 10 === 9 ? 2 : at % 3 === 0 ? 1 : 0] as () => Promise<Response>;
      try {
        const answer = await ask();
        await answer.arrayBuffer();
        if (!answer.ok) failed.push(`${at}: ${answer.status}`);
      } catch (error) {
        failed.push(`${at}: ${String(error)} ${String((error as Error).cause)}`);
      }
    };
    const going: Promise<void>[] = [];
    const load = setInterval(() => {
      going.push(one(sent));
      sent += 1;
    }, 20);
    await wait(500);
    for (const port of [...servers.keys()]) {
      const old = servers.get(port) as RunningServer;
      expect(await old.end('SIGTERM'), old.said().slice(-500)).toBe(0);
      servers.delete(port);
      await startOne(port);
      await expect.poll(() => ready.length, { timeout: 15_000 }).toBe(2);
    }
    await wait(500);
    clearInterval(load);
    await Promise.all(going);
    expect(sent).toBeGreaterThan(150);
    expect(failed).toEqual([]);
  });

  test('O2 the worker, which has no door, is asked on its own listener, where its tasks are counted', async () => {
    const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${metricsPort}${path}`);
    expect((await ask('/health/ready')).status).toBe(200);
    const text = await (await ask('/metrics')).text();
    expect(text).toMatch(/tasks_total\{task="send-mail",outcome="done"\} \d/);
    expect(text).toMatch(/mails_total\{outcome="kept"\} \d/);
    expect(text).not.toMatch(/copper-kettle|rosa\.quill|inv_/);
    for (const { url } of servers.values()) expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });

  test('O4 C3 none starts on a database that lacks migrations, or on a server that may forget', async () => {
    const refused = async (more: Readonly<Record<string, string>>): Promise<string> => {
      const run = runVerb(['serve', '--no-worker'], { ...env, PORT: '0', ...more });
      expect(await run.ended).toBe(1);
      return run.said().trim().split('\n').at(-1) ?? '';
    };
    await database.asSuperuser((client) => client.query('create database empty owner owner'));
    expect(await refused({ DATABASE_URL: database.urlFor('app', { database: 'empty' }) })).toMatch(/^The database lacks \d+ migrations: run "migrate"/);
    expect(await refused({ DATABASE_URL: database.urlFor('owner') })).toMatch(/^The login of DATABASE_URL /);
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      await database.asSuperuser(async (client) => {
        await client.query(`alter system set ${name} = off`);
        await client.query('select pg_reload_conf()');
      });
      await wait(200);
      expect(await refused({})).toMatch(new RegExp(`^The server runs with ${name} off`));
      await database.asSuperuser(async (client) => {
        await client.query(`alter system reset ${name}`);
        await client.query('select pg_reload_conf()');
      });
    }
    // A login may be told to forget on a server that does not.
    await database.asSuperuser((client) => client.query('alter role app set synchronous_commit = off'));
    expect(await refused({})).toMatch(/^The server runs with synchronous_commit off/);
    await database.asSuperuser((client) => client.query('alter role app reset synchronous_commit'));
  });
});
