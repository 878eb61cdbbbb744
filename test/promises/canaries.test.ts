import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysOf } from '../../src/outside/keys.ts';
import { withKeptData } from '../kept-data.ts';
import { type RunningServer, startServer } from '../running-server.ts';
import { actIn, type Bill, openShop, Payer, press, type Shop } from '../shop.ts';
import { Browsing } from '../signed-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
const env = { DATA_DIR: join(folder, 'data'), DEMO: '1', LOG_LEVEL: 'info' };
const customerMails = ['rosa.canary@example.com', 'gil.canary@example.com', 'typed.canary@example.com'];
let server: RunningServer;
let shop: Shop;
let bill: Bill;

/** Everything whoever holds it could use, by name. */
const secrets = new Map<string, string>();
const staffCodes = new Set<string>();
const pages: { path: string; headers: Headers; text: string }[] = [];

const keep = (name: string, value: string | undefined): string => {
  if (!value) throw new Error(`the story has no ${name}`);
  secrets.set(name, value);
  return value;
};

/** A visit whose answer is looked through afterwards. */
async function see(browsing: Browsing, path: string, init?: RequestInit): Promise<Response> {
  const answer = await browsing.fetch(path, init);
  const type = answer.headers.get('content-type') ?? '';
  if (!type.includes('event-stream')) pages.push({ path, headers: answer.headers, text: await answer.clone().text() });
  return answer;
}

const cookieOf = (browsing: Browsing, name: string): string | undefined => new RegExp(`(?:^|; )${name}=([\\w-]{43})`).exec(browsing.cookie)?.[1];

beforeAll(async () => {
  server = await startServer(env, [], 'test/armed-server.mjs');
  shop = await openShop(server, { takesCards: true, contact: customerMails[0] ?? '' });
  keep('password', shop.up.password);
  keep('APP_SECRET', readFileSync(join(env.DATA_DIR, 'app.secret'), 'utf8').trim());
  keep('office session', cookieOf(shop.up.browsing, 'office'));
  await fromTheOffice();
  await fromTheCustomer();
  await atTheFrontDoor();
  await wrongly();
  for (const [, code = ''] of server.said().matchAll(/Code for \S+: (\d{6})/g)) staffCodes.add(code);
}, 300_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function fromTheOffice(): Promise<void> {
  const csv = `name,email\nGil Marlowe,${customerMails[1]}\n`;
  const headers = { 'content-type': 'text/csv', 'idempotency-key': randomUUID() };
  const imported = await shop.up.browsing.fetch('/api/v1/imports?kind=customers&fileName=customers.csv', { method: 'POST', headers, body: csv });
  expect(imported.status).toBe(202);
  const made = await shop.office<{ key: string }>('POST', '/api-keys', { name: 'Bookkeeping', scopes: ['invoices:read', 'customers:read'] });
  keep('API key', made.key);
  bill = await shop.bill();
  keep('link token', bill.link.split('/').at(-1));
  const byKey = await fetch(`${server.url}/api/v1/invoices/${bill.id}`, { headers: { authorization: `Bearer ${made.key}` } });
  expect(byKey.status).toBe(200);
}

async function fromTheCustomer(): Promise<void> {
  const browsing = new Browsing(server.url);
  await see(browsing, bill.link);
  for (const path of ['', '/pay', '/ask', '/announce', '/people', '/pdf']) await see(browsing, bill.path + path);
  const html = await (await see(browsing, `${bill.path}/ask`)).text();
  expect((await press(browsing, `${bill.path}/ask`, { act: actIn(html), line: '', text: 'Was the filter changed?' })).status).toBe(303);
  const payer = new Payer(server.url, bill);
  await payer.pay();
  expect(payer.at).toBe('receipt');
  await see(browsing, bill.path);
}

async function atTheFrontDoor(): Promise<void> {
  const at = `/${shop.up.business.slug}`;
  const browsing = new Browsing(server.url);
  await see(browsing, at);
  await press(browsing, `${at}/find`, { number: '1001', 'find-email': customerMails[2] ?? '' });
  expect((await press(browsing, `${at}/code`, { email: customerMails[0] ?? '' })).status).toBe(303);
  keep('nonce', cookieOf(browsing, 'portal-code'));
  const id = await withKeptData(env.DATA_DIR, async (client) => {
    const { rows } = await client.query<{ id: string }>(`select id from sign_in_codes where realm = 'portal' order by created_at desc limit 1`);
    return rows[0]?.id ?? '';
  });
  const code = keep('portal code', keysOf(secrets.get('APP_SECRET') ?? '').signInCode(id));
  await see(browsing, `${at}/enter/${code}`);
  expect((await press(browsing, `${at}/code/enter`, { code })).status).toBe(303);
  keep('portal session', cookieOf(browsing, 'portal'));
  for (const path of ['/home', '/invoices', '/payments', '/profile', '/methods']) expect((await see(browsing, at + path)).status).toBe(200);
  // Nothing to pay with yet: it leads to where one adds it.
  expect((await see(browsing, `${at}/autopay`)).status).toBe(303);
}

/** Every secret where it does not belong, so that refusals and errors are told too. */
async function wrongly(): Promise<void> {
  const stranger = new Browsing(server.url);
  const [token, code, key] = [secrets.get('link token') ?? '', secrets.get('portal code') ?? '', secrets.get('API key') ?? ''];
  const slug = shop.up.business.slug;
  for (const path of [
    `/${slug}/l/${token}x`,
    `/nobody-here/l/${token}`,
    `/nobody-here/enter/${code}`,
    `/${slug}/l/${token}/more`,
    `/api/v1/invoices?api_key=${key}`,
  ]) {
    expect((await see(stranger, path)).status).toBeGreaterThanOrEqual(400);
  }
  await see(stranger, '/api/v1/customers', { headers: { authorization: `Bearer ${key}x` } });
  const report = { 'csp-report': { 'document-uri': `${server.url}${bill.link}`, referrer: `${server.url}/${slug}/enter/${code}` } };
  await see(stranger, '/csp-report', { method: 'POST', headers: { 'content-type': 'application/csp-report' }, body: JSON.stringify(report) });
  const wrong = { email: shop.up.email, password: `${shop.up.password}!` };
  await see(stranger, '/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(wrong) });
  await see(stranger, '/api/v1/customers', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: '{"name":',
  });
}

type Line = Readonly<{ event: string; status: number; requestId: string; method: string; route: string; ms: number; business?: string }>;

/** A code is six digits, so it counts only where it stands alone: not inside a time, a number or an id. */
const holds = (text: string, value: string): boolean => (value.length > 6 ? text.includes(value) : new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`).test(text));

describe('L5 D4 O5 after a whole story', () => {
  test('no line the server wrote holds a token, code, key, password, cookie, APP_SECRET or a customer’s address', () => {
    const lines = server.said().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    const told = lines.filter((line) => !/^ {2}Code for /.test(line)).join('\n');
    for (const [name, value] of secrets) expect([name, holds(told, value)]).toEqual([name, false]);
    for (const mail of [...customerMails, shop.up.email]) expect([mail, server.said().includes(mail)]).toEqual([mail, false]);
    expect(staffCodes.size).toBeGreaterThan(0);
    for (const code of staffCodes) expect([code, holds(told, code)]).toEqual([code, false]);
  });

  test('D3 every log line is one JSON object and names the request by its id', () => {
    const lines = server
      .said()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const requests = lines.map((line) => JSON.parse(line) as Line).filter(({ event }) => event === 'request');
    expect(requests.filter(({ status }) => status >= 400).length).toBeGreaterThanOrEqual(6);
    expect(requests.filter(({ business }) => business !== undefined).length).toBeGreaterThanOrEqual(20);
    for (const { requestId, method, route, ms } of requests) {
      expect([requestId, method, ms]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[A-Z]+$/), expect.any(Number)]);
      // The route as the router knows it, so that no address with a token in it is ever written.
      expect(route).toMatch(/^(unmatched|\/|(\/(\*|:?[\w.{}-]+))+)$/);
      expect(route).not.toContain(shop.up.business.slug);
    }
  });

  test('no page, error or header shows a token, key, session or secret, and none sends a referrer', () => {
    expect(pages.length).toBeGreaterThan(15);
    const hidden = [...secrets].filter(([name]) => name !== 'portal code');
    for (const { path, headers, text } of pages) {
      expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer']);
      const plain = [...headers].filter(([name]) => name !== 'set-cookie').join('\n');
      for (const [name, value] of hidden) expect([path, name, text.includes(value) || plain.includes(value)]).toEqual([path, name, false]);
    }
  });

  test('the files of PostgreSQL’s own log hold none either', () => {
    const file = join(env.DATA_DIR, 'postgres.log');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const [name, value] of secrets) expect([name, holds(text, value)]).toEqual([name, false]);
  });
});

describe('L1 a dump of the database', () => {
  test('holds no usable token, key, code, password or session, as text or as bytes', async () => {
    const found = await withKeptData(env.DATA_DIR, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      const hits: string[] = [];
      for (const { name } of tables) {
        const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
        const dump = rows.map(({ line }) => line).join('\n');
        for (const [what, value] of secrets) {
          const asBytes = [Buffer.from(value), ...(/^[\w-]{43}$/.test(value) ? [Buffer.from(value, 'base64url')] : [])].map((bytes) => bytes.toString('hex'));
          if (holds(dump, value) || (value.length > 6 && asBytes.some((hex) => dump.includes(hex)))) hits.push(`${what} in ${name}`);
        }
      }
      return { hits, tables: tables.length };
    });
    expect(found.tables).toBeGreaterThan(30);
    expect(found.hits).toEqual([]);
  });
});
