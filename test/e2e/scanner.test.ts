import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionsKept } from '../kept-data.ts';
import { type RunningServer, startServer } from '../running-server.ts';
import { type Bill, openShop, type Shop } from '../shop.ts';
import { openBrowser, phone } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'scanner-'));
const env = { DATA_DIR: join(folder, 'data'), DEMO: '0' };
let server: RunningServer;
let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  server = await startServer(env);
  shop = await openShop(server);
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const agents = [
  'Mozilla/5.0 (compatible; MailGuard/3.1; link check)',
  'SafeView/2.0 (+https://example.com/safeview)',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  'Barracuda Sentinel (EE)',
  'facebookexternalhit/1.1',
  'curl/8.9.1',
  '',
];

type Seen = { openedAt: string | null };
const opened = async (bill: Bill): Promise<boolean> => (await shop.office<Seen>('GET', `/invoices/${bill.id}`)).openedAt !== null;
const openedEvents = async (bill: Bill): Promise<number> => {
  const { items } = await shop.office<{ items: { kind: string }[] }>('GET', `/invoices/${bill.id}/timeline`);
  return items.filter(({ kind }) => kind === 'invoice.opened').length;
};
const visit = (path: string, method: string, agent: string, cookie = ''): Promise<Response> =>
  fetch(server.url + path, { method, redirect: 'manual', headers: { 'user-agent': agent, ...(cookie === '' ? {} : { cookie }) } });
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Every address on a page, as a prefetching scanner would collect it. */
function hrefsIn(html: string): string[] {
  const found = [...html.matchAll(/(?:href|src|action|data-[a-z]+)="([^"]+)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));
  return [...new Set(found)].filter((address) => address.startsWith('/'));
}

async function untouched(bill: Bill): Promise<void> {
  expect([await opened(bill), await openedEvents(bill), await sessionsKept(env.DATA_DIR, 'portal')]).toEqual([false, 0, 0]);
  const answer = await visit(bill.link, 'GET', 'a person');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, bill.path]);
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  expect((await visit(bill.path, 'GET', 'a person', cookie)).status).toBe(200);
}

describe('L3 a hostile link scanner', { timeout: 90_000 }, () => {
  test('that asks by HEAD, OPTIONS and 20 GETs under other names uses nothing up, opens nothing and is signed in nowhere', async () => {
    const bill = await shop.bill();
    for (let at = 0; at < 20; at += 1) {
      const agent = agents[at % agents.length] ?? '';
      await visit(bill.link, 'HEAD', agent);
      await visit(bill.link, 'OPTIONS', agent);
      const answer = await visit(bill.link, 'GET', agent);
      const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
      for (const method of ['HEAD', 'GET']) await visit(answer.headers.get('location') ?? '', method, agent, at % 2 ? cookie : '');
    }
    await untouched(bill);
  });

  test('that fetches every address on the page, and on the pages behind, presses nothing by it', async () => {
    const bill = await shop.bill();
    const first = await visit(bill.link, 'GET', agents[0] ?? '');
    const cookie = (first.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const done = new Set<string>();
    const queue = [bill.path];
    for (let next = queue.shift(); next !== undefined && done.size < 60; next = queue.shift()) {
      if (done.has(next) || next.includes('/events')) continue;
      done.add(next);
      await visit(next, 'HEAD', agents[1] ?? '', cookie);
      const answer = await visit(next, 'GET', agents[1] ?? '', cookie);
      if ((answer.headers.get('content-type') ?? '').includes('text/html')) queue.push(...hrefsIn(await answer.text()));
    }
    expect(done.size).toBeGreaterThan(5);
    await untouched(bill);
  });

  test('that runs the scripts of the page in a real browser and leaves within two seconds opens nothing', async () => {
    const bill = await shop.bill();
    for (let times = 0; times < 3; times += 1) {
      const context = await browser.newContext({ userAgent: agents[times] ?? '', viewport: phone });
      const page = await context.newPage();
      await page.goto(server.url + bill.link, { waitUntil: 'domcontentloaded' });
      const links = await page.$$eval('a[href]', (all) => all.map((each) => (each as HTMLAnchorElement).href));
      await page.evaluate((list) => {
        for (const href of list.filter((each) => each.startsWith('http'))) {
          const hint = document.createElement('link');
          Object.assign(hint, { rel: 'prefetch', href });
          document.head.append(hint);
        }
        scrollTo(0, document.body.scrollHeight);
      }, links);
      await page.waitForTimeout(1_500);
      await context.close();
    }
    await pause(500);
    await untouched(bill);
  });
});

describe('rule 4 a person', { timeout: 90_000 }, () => {
  test('who has the page before them for three seconds opened it, once', async () => {
    const bill = await shop.bill();
    const context = await browser.newContext({ viewport: phone });
    const page = await context.newPage();
    await page.goto(server.url + bill.link);
    await page.waitForTimeout(1_500);
    expect(await opened(bill)).toBe(false);
    await page.waitForResponse((answer) => answer.url().endsWith('/seen'), { timeout: 15_000 });
    expect([await opened(bill), await openedEvents(bill)]).toEqual([true, 1]);
    await page.reload();
    await page.waitForResponse((answer) => answer.url().endsWith('/seen'), { timeout: 15_000 });
    expect(await openedEvents(bill)).toBe(1);
    expect(await sessionsKept(env.DATA_DIR, 'portal')).toBe(0);
    await context.close();
  });

  test('without scripts opened it by the first press, and not by reading', async () => {
    const bill = await shop.bill();
    const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(server.url + bill.link);
    await page.waitForTimeout(3_500);
    await page.goto(`${server.url}${bill.path}/ask`);
    expect(await opened(bill)).toBe(false);
    await page.fill('textarea[name=text]', 'Was the filter changed?');
    await page.click('form button.btn');
    await page.waitForURL(/asked=1/);
    expect([await opened(bill), await openedEvents(bill)]).toEqual([true, 1]);
    await context.close();
  });

  test('whose tab stands in the background has not opened it', async () => {
    const bill = await shop.bill();
    const context = await browser.newContext({ viewport: phone });
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    });
    await page.goto(server.url + bill.link);
    await page.waitForTimeout(4_000);
    expect(await opened(bill)).toBe(false);
    await context.close();
  });
});
