import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { copyToldDemo } from '../told-demo.ts';
import { axeProblems, openBrowser, phone, type Visit, visitor } from './browser.ts';

/** The demo on a server of its own, and people who come to it. */
export type Demo = Readonly<{
  browser: Browser;
  to: (path: string) => string;
  /** A new person with empty pockets, on a phone. */
  person: (options?: BrowserContextOptions) => Promise<Visit>;
  /** The mailed link of one of the demo's "One of each". */
  linkOf: (what: string) => string;
  /** Opens it as somebody new. */
  opened: (what: string, options?: BrowserContextOptions) => Promise<Visit>;
  /** The newest mail to an address whose subject fits, once it is another one than `after`. */
  mail: (to: string, subject: RegExp, after?: string) => Promise<Mail>;
  /** Where the newest mail to an address is now; undefined: none. */
  newest: (to: string) => Promise<string | undefined>;
  /** Differences in the books, as `verify` says them. */
  verify: () => Promise<string>;
  end: () => Promise<void>;
}>;

/** Where a mail is, what it says as text, and the link it carries. */
export type Mail = Readonly<{ path: string; text: string; link: string }>;

export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  const port = String(await freePort());
  const env = { DATA_DIR: join(folder, 'data'), PORT: port, APP_URL: `http://127.0.0.1:${port}`, DEMO: '1' };
  await copyToldDemo(env.DATA_DIR);
  const server: RunningServer = await startServer(env);
  const browser = await openBrowser();
  const to = (path: string): string => server.url + path;
  const guide = await (await fetch(to('/demo'))).text();
  const linkOf = (what: string): string => {
    const [, link] = new RegExp(`href="([^"]+)" aria-label="${what}: the customer`).exec(guide) ?? [];
    if (link === undefined) throw new Error(`the guide shows no "${what}"`);
    return to(link);
  };
  const person: Demo['person'] = (options = {}) => visitor(browser, { viewport: phone, isMobile: true, hasTouch: true, ...options });
  return {
    browser,
    to,
    person,
    linkOf,
    async opened(what, options) {
      const visit = await person(options);
      await visit.page.goto(linkOf(what));
      return visit;
    },
    mail: (address, subject, after) => newestMail(to, address, { subject, after }),
    newest: async (address) => (await box(to, address))[0]?.path,
    async verify() {
      const run = runVerb(['verify'], env);
      await run.ended;
      return run.said();
    },
    async end() {
      await browser.close();
      await server.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Wanted = Readonly<{ subject: RegExp; after: string | undefined }>;

async function newestMail(to: (path: string) => string, address: string, { subject, after }: Wanted): Promise<Mail> {
  for (let tries = 0; tries < 200; tries += 1) {
    const path = (await box(to, address)).find(({ title }) => subject.test(title))?.path;
    if (path !== undefined && path !== after) return readMail(to, path);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no mail to ${address} about ${String(subject)}`);
}

/** Every mail to an address, the newest first; '' for all. */
async function box(to: (path: string) => string, address: string): Promise<{ path: string; title: string }[]> {
  const page = await (await fetch(to(`/demo/mailbox?to=${encodeURIComponent(address)}`))).text();
  return [...page.matchAll(/<a href="(\/demo\/mailbox\/[^"]+)"><b>([^<]*)</g)].map(([, path = '', title = '']) => ({ path, title }));
}

async function readMail(to: (path: string) => string, path: string): Promise<Mail> {
  const page = await (await fetch(to(path))).text();
  const [, text = ''] = /<pre>([\s\S]*?)<\/pre>/.exec(page) ?? [];
  const [, link = ''] = /class="main" href="([^"]+)"/.exec(page) ?? [];
  return { path, text, link: link && to(link) };
}

/** What axe finds in daylight and at night. */
export async function axeDayAndNight(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeProblems(page)).map((each) => `${colorScheme} ${each}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** Whether anything of the page is wider than the phone. */
export function isWider(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** From the open invoice through the sandbox's page with the named means, to wherever that leads. */
export async function payWith(page: Page, means: RegExp): Promise<void> {
  await page
    .getByRole('link', { name: /^Pay \$/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Continue to pay/ }).click();
  await page.getByRole('radio', { name: means }).check();
  await page.getByRole('button', { name: /^Pay \$/ }).click();
}

/** Presses Tab until what has the focus is called so. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    if (name.test(text)) return;
  }
  throw new Error(`the keyboard does not reach ${String(name)} on ${page.url()}`);
}
