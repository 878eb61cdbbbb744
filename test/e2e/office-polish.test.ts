import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { freePort, type RunningServer, startServer } from '../running-server.ts';
import { axeProblems, contrast, openBrowser, phone, type Visit, visitor } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'office-polish-'));
const port = String(await freePort());
const env = { DATA_DIR: join(folder, 'data'), PORT: port, APP_URL: `http://127.0.0.1:${port}`, DEMO: '0' };
let server: RunningServer;
let browser: Browser;
let desk: Visit;
let customerId = '';
/** Three issued invoices, then one draft. */
const invoices: string[] = [];

const to = (path: string): string => server.url + path;

async function codeSaid(): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const code = /Code for .*: (\d{6})/.exec(server.said())?.[1];
    if (code !== undefined) return code;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the console said no code');
}

/** What the office's own pages ask, asked directly to set the scene. */
async function post(path: string, data?: unknown): Promise<{ id: string }> {
  const headers = { 'idempotency-key': crypto.randomUUID(), 'sec-fetch-site': 'same-origin', 'if-match': '"1"' };
  const answer = await desk.page.request.post(to(`/api/v1${path}`), { headers, ...(data === undefined ? {} : { data }) });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}

async function invoiceOver(amountMinor: number): Promise<string> {
  const line = { id: publicId('line', newId()), name: 'Drain cleaning', quantityMilli: 1000, unitPriceMilli: amountMinor * 1000 };
  return (await post('/invoices', { customerId, lines: [line] })).id;
}

beforeAll(async () => {
  server = await startServer(env);
  browser = await openBrowser();
  desk = await visitor(browser);
  const { page } = desk;
  await page.goto(to('/office/sign-up'));
  await page.getByLabel('Business', { exact: true }).fill('Copper Kettle Plumbing');
  await page.getByLabel('Your name').fill('Ida Brandt');
  await page.getByLabel('E-mail').fill('ida.brandt@kettle.example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough sentence');
  await page.getByRole('button', { name: 'Start' }).click();
  await page
    .getByRole('textbox')
    .first()
    .fill(await codeSaid());
  await page.getByRole('heading', { name: 'Welcome, Ida' }).waitFor();
  customerId = (await post('/customers', { kind: 'residential', name: 'Rosa Núñez' })).id;
  for (const amount of [10_000, 20_000, 30_000]) {
    const id = await invoiceOver(amount);
    await post(`/invoices/${id}/issue`, {});
    invoices.push(id);
  }
  invoices.push(await invoiceOver(44_400));
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function at(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(to(path));
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

describe('the office', { timeout: 240_000 }, () => {
  test('is worked by keyboard alone: the palette goes, finds and does, from inside a field too', async () => {
    const { page } = desk;
    await at(page, '/office/invoices', 'Invoices');
    const palette = page.getByRole('combobox', { name: 'Search' });
    // A pointer that rests where the list appears chooses nothing.
    await page.mouse.move(640, 320);
    await page.keyboard.press('/');
    await palette.waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.type('rosa n');
    await page.getByRole('option', { name: 'Rosa Núñez', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Rosa Núñez' }).waitFor();

    await at(page, '/office/customers', 'Customers');
    await page.getByLabel('Search customers').focus();
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('new invoice for rosa');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New invoice' }).waitFor();
    await page.getByText('Rosa Núñez').first().waitFor();

    await at(page, '/office/', /./);
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.type('taxes');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Tax rates' }).waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
  });

  test('acts on many at once tell how far they are, and one press takes all of it back', async () => {
    const { page } = desk;
    await at(page, '/office/invoices?tab=unpaid', 'Invoices');
    const owed = () => page.locator('.totals-line', { hasText: 'Balance' }).innerText();
    const before = await owed();
    await page.getByLabel('Choose all rows shown').check();
    await page.getByText('3 chosen').waitFor();
    await page.getByRole('button', { name: 'Mark paid' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Mark paid' }).click();
    const tray = page.getByRole('region', { name: 'In the background' });
    await tray.getByText('3 invoices recorded as paid').waitFor();
    await page.getByText('Nothing is unpaid').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await tray.getByRole('button', { name: 'Undo' }).click();
    await tray.getByText('3 invoices taken back').waitFor();
    await expect.poll(owed).toBe(before);
  });

  test('what is sent to many waits half a minute; stopped meanwhile, nothing has left', async () => {
    const { page } = desk;
    await at(page, '/office/invoices?tab=draft', 'Invoices');
    await page.getByLabel('Choose all rows shown').check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Send' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Send \d invoice/ })
      .click();
    const tray = page.getByRole('region', { name: 'In the background' });
    await tray.getByText('Nothing has left yet').waitFor();
    await tray.locator('[data-batch=held]').getByRole('button', { name: 'Undo' }).click();
    await tray.getByText('Stopped; nothing was sent').waitFor();
    const mails = (await (await page.request.get(to('/api/v1/mails?limit=10'))).json()) as { items: { kind: string }[] };
    expect(mails.items.filter(({ kind }) => kind === 'invoice_sent')).toEqual([]);
    const [draft] = invoices.slice(-1);
    const { status } = (await (await page.request.get(to(`/api/v1/invoices/${draft}`))).json()) as { status: string };
    expect(status).toBe('draft');
  });

  test('is printed for window envelopes in one PDF, marked as posted, and the mark can be taken back', async () => {
    const { page } = desk;
    await at(page, '/office/invoices?tab=unpaid', 'Invoices');
    await page.getByLabel('Choose all rows shown').check();
    await page.getByRole('button', { name: 'More to do with the chosen' }).click();
    await page.getByRole('menuitem', { name: /Print and post/ }).click();
    const print = await page.getByRole('link', { name: 'Open the print' }).getAttribute('href');
    const pdf = await page.request.get(to(print ?? ''));
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('button', { name: 'Mark 3 invoices as posted' }).click();
    const row = page.locator('.tray-row', { hasText: '3 invoices marked as posted' });
    await row.waitFor();
    const told = async () => {
      const { items } = (await (await page.request.get(to(`/api/v1/invoices/${invoices[0]}/timeline`))).json()) as { items: { kind: string }[] };
      return items.map(({ kind }) => kind).filter((kind) => kind.startsWith('invoice.post'));
    };
    expect(await told()).toEqual(['invoice.posted']);
    await row.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.tray-row[data-batch=undone]', { hasText: '3 invoices taken back' }).first().waitFor();
    await expect.poll(told).toEqual(['invoice.posting_undone', 'invoice.posted']);
  });

  test('a filter gets a name, leads back to what it showed, and is gone with an undo', async () => {
    const { page } = desk;
    await at(page, '/office/invoices?tab=unpaid&sort=due', 'Invoices');
    await page.getByRole('button', { name: 'Save this filter' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Due soonest');
    await page.keyboard.press('Enter');
    const chip = page.getByRole('button', { name: 'Due soonest', exact: true });
    await chip.waitFor();
    await at(page, '/office/invoices', 'Invoices');
    await chip.click();
    await page.waitForURL(/tab=unpaid.*sort=due|sort=due.*tab=unpaid/);
    expect(await chip.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'More about the filter Due soonest' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await chip.waitFor({ state: 'detached' });
    await page.getByText('“Due soonest” deleted').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
    await chip.waitFor();
  });

  test('A8 two windows on one draft: the second to save is asked, and keeping both loses nothing', async () => {
    const { page, context } = desk;
    const id = invoices.at(-1) ?? '';
    await at(page, `/office/invoices/${id}/edit`, /./);
    const other = await context.newPage();
    await at(other, `/office/invoices/${id}/edit`, /./);
    await other.getByLabel('PO number').fill('PO-OTHER');
    await other.getByText('Draft saved').waitFor();
    await expect.poll(async () => (await (await page.request.get(to(`/api/v1/invoices/${id}`))).text()).includes('PO-OTHER')).toBe(true);
    await page.getByLabel('PO number').fill('PO-MINE');
    await page.getByText(/You changed this draft in another window/).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep both: mine as a new draft' }).click();
    await page.waitForURL((url) => url.pathname.endsWith('/edit') && !url.pathname.includes(id));
    const list = (await (await page.request.get(to('/api/v1/invoices?tab=draft&limit=10'))).json()) as { items: { id: string }[] };
    const texts = await Promise.all(list.items.map(async (row) => (await page.request.get(to(`/api/v1/invoices/${row.id}`))).text()));
    expect(texts.filter((text) => text.includes('PO-OTHER'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('PO-MINE'))).toHaveLength(1);
    await other.close();
  });

  test('without a network the page says so and keeps what is typed; back again, it is saved by itself or by one more press', async () => {
    const { page, context } = desk;
    const id = invoices.at(-1) ?? '';
    await at(page, `/office/invoices/${id}/edit`, /./);
    await context.setOffline(true);
    await page.getByLabel('PO number').fill('PO-OFFLINE');
    await page.getByText(/Not saved yet: no connection/).waitFor();
    await context.setOffline(false);
    await page.getByText('Draft saved').waitFor();
    expect(await (await page.request.get(to(`/api/v1/invoices/${id}`))).text()).toContain('PO-OFFLINE');

    await at(page, '/office/customers?new=yes', 'Customers');
    const form = page.getByRole('dialog');
    await form.getByLabel('Name', { exact: true }).fill('Walter Hobbs');
    await context.setOffline(true);
    await form.getByRole('button', { name: /^(Add|Save)/ }).click();
    await form.getByText(/cannot reach the server/).waitFor();
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Walter Hobbs');
    await context.setOffline(false);
    await form.getByRole('button', { name: /^(Add|Save)/ }).click();
    await page.getByText('Walter Hobbs').first().waitFor();
    await form.waitFor({ state: 'detached' });
  });

  test('the theme follows its person to another device', async () => {
    const { page, context } = desk;
    await at(page, '/office/invoices', 'Invoices');
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    await page.keyboard.type('dark theme');
    await page.keyboard.press('Enter');
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    const phoneVisit = await visitor(browser, { viewport: phone, colorScheme: 'light' });
    await phoneVisit.context.addCookies(await context.cookies());
    await phoneVisit.page.goto(to('/office/invoices'));
    await phoneVisit.page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    expect(phoneVisit.errors).toEqual([]);
    await phoneVisit.context.close();
  });

  test('every page reads well for everybody in both themes', async () => {
    const { page } = desk;
    const pages = ['', 'inbox', 'customers', `customers/${customerId}`, 'invoices', `invoices/${invoices[0]}`, `invoices/${invoices.at(-1)}/edit`];
    pages.push(`invoices/${invoices.at(-1)}/send`, 'payments', 'payments?record=new', 'import', 'mailbox', 'you', 'more', 'reports/aging', 'reports/sales');
    pages.push(
      ...['company', 'numbering', 'taxes', 'ways-to-pay', 'price-book', 'team', 'replies', 'keys', 'webhooks', 'mail'].map((one) => `settings/${one}`),
    );
    const problems: string[] = [];
    for (const path of pages) {
      await page.goto(to(`/office/${path}`));
      await page.locator('main h1').waitFor();
      await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
      const found = (await axeProblems(page)).map((problem) => `dark ${path} ${problem}`);
      await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
      problems.push(...found, ...(await axeProblems(page, contrast)).map((problem) => `light ${path} ${problem}`));
    }
    expect(problems).toEqual([]);
    expect(desk.errors).toEqual([]);
  });
});
