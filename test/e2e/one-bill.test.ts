import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type RunningServer, runVerb, startServer } from '../running-server.ts';
import { copyToldDemo } from '../told-demo.ts';
import { axeProblems, openBrowser, phone, type Visit, visitor } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-bill-'));
/** People come by the same origin the mails name. */
const port = String(await freePort());
const env = { DATA_DIR: join(folder, 'data'), PORT: port, APP_URL: `http://127.0.0.1:${port}` };
const samples = new URL('../samples/', import.meta.url).pathname;
const manager = 'Çelik Property Management';
let server: RunningServer;
let browser: Browser;
let office: Visit;
/** Addresses of the links as the two mails carry them. */
const links: string[] = [];
let invoiceUrl = '';

beforeAll(async () => {
  await copyToldDemo(env.DATA_DIR);
  server = await startServer(env);
  browser = await openBrowser();
  office = await visitor(browser);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const to = (path: string): string => server.url + path;

async function codeSaid(): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const code = /Code for .*: (\d{6})/.exec(server.said())?.[1];
    if (code !== undefined) return code;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the console said no code');
}

async function importFile(page: Page, file: string): Promise<void> {
  await page.goto(to('/office/import'));
  await page.locator('input[type=file]').setInputFiles(join(samples, file));
  await page.getByRole('button', { name: /^Import \d/ }).click({ timeout: 60_000 });
  await page.getByText('Undo this import').first().waitFor({ timeout: 120_000 });
}

/** Writes one line on the section that was added last: an item of the price book, by typing and choosing. */
async function addLine(page: Page, words: string, price: string): Promise<void> {
  const section = page.getByRole('region', { name: /^(Section|Lines)$/ }).last();
  await section.getByLabel('What').last().fill(words);
  await section.getByLabel('What').last().press('Escape');
  await section.getByLabel('Price').last().fill(price);
  await section.getByLabel('Price').last().press('Tab');
}

describe('one bill: sent, opened, paid, seen', { timeout: 240_000 }, () => {
  test('a business signs up without a card and without a mail server', async () => {
    const { page } = office;
    await page.goto(to('/office/sign-up'));
    await page.getByLabel('Business', { exact: true }).fill('Copper Kettle Plumbing');
    await page.getByLabel('Your name').fill('Ida Brandt');
    await page.getByLabel('E-mail').fill('ida.brandt@kettle.example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('a long enough sentence');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start' }).click();
    await page
      .getByRole('textbox')
      .first()
      .fill(await codeSaid());
    await page.getByRole('heading', { name: 'Welcome, Ida' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
  });

  test('brings in what it has from two files, told of every problem before anything is added', async () => {
    const { page } = office;
    await importFile(page, 'customers.csv');
    expect(await axeProblems(page)).toEqual([]);
    await importFile(page, 'invoices.csv');
    await page.getByRole('link', { name: 'Download rows' }).waitFor();
    await page.goto(to('/office/settings/ways-to-pay'));
    await page.getByRole('radio', { name: /Test payments/ }).click();
    await page.getByRole('switch', { name: 'Cards and wallets' }).waitFor();
  });

  test('sends an invoice over three properties to two contacts, each with a link of their own', async () => {
    const { page } = office;
    await page.goto(to('/office/'));
    await page
      .getByRole('link', { name: /New invoice/ })
      .first()
      .waitFor();
    await page.keyboard.press('n');
    await page.getByRole('combobox', { name: 'Customer' }).fill('Çelik Prop');
    await page.getByRole('option', { name: new RegExp(manager) }).click();
    // The price book opens under the first empty line; Escape puts it away.
    await page.getByLabel('What').first().press('Escape');
    await page.getByRole('button', { name: 'For a property' }).click();
    for (const [at, place] of ['Bldg 1', 'Bldg 2', 'Bldg 3'].entries()) {
      if (at > 0) await page.getByRole('button', { name: 'Add another property' }).click();
      await page
        .getByRole('menuitem', { name: new RegExp(place) })
        .first()
        .click();
      await addLine(page, `Drain cleaning ${place}`, '100.00');
    }
    await page.getByLabel('Work order number').fill('WO-77');
    await page.getByLabel('PO number').fill('PO-1042');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Review and send' }).click();
    await page.getByRole('button', { name: 'Add person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Accounts payable');
    await page.getByLabel('E-mail').fill('ap@celik.example.com');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Add|Save/ })
      .last()
      .click();
    await page.getByRole('button', { name: 'Send to 2 people' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send to 2 people' }).click();
    await page.getByText('Who can open this').waitFor();
    invoiceUrl = page.url();
    expect(await axeProblems(page)).toEqual([]);
  });

  test('finds both mails in the mailbox', async () => {
    const { page } = office;
    await page.goto(to('/office/mailbox'));
    await page.getByText('ap@celik.example.com').first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    const { items } = (await (await page.request.get(to('/api/v1/mails?limit=10'))).json()) as { items: { id: string; kind: string }[] };
    for (const { id } of items.filter(({ kind }) => kind === 'invoice_sent')) {
      const { text } = (await (await page.request.get(to(`/api/v1/mails/${id}`))).json()) as { text: string };
      links.push(/https?:\/\/\S+\/l\/[\w-]{43}/.exec(text)?.[0] ?? '');
    }
    expect(new Set(links.filter((link) => link !== '')).size).toBe(2);
  });

  test('the customer opens the link on a phone, reads the PDF and pays a part by card; the office sees each step live', async () => {
    await office.page.goto(invoiceUrl);
    await office.page.getByText('Who can open this').waitFor();
    const customer = await visitor(browser, { viewport: phone, isMobile: true, hasTouch: true });
    const { page } = customer;
    await page.goto(links[0] ?? '');
    expect(page.url()).not.toContain('/l/');
    expect(await page.locator('body').innerText()).toContain('PO-1042');
    expect(await axeProblems(page)).toEqual([]);
    const pdf = await page.request.get(`${page.url()}/pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await office.page
      .getByText(/Opened/)
      .first()
      .waitFor();

    await page
      .getByRole('link', { name: /^Pay \$/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Pay another amount' }).click();
    await page.getByLabel('Amount to pay').fill('120.00');
    await page.getByRole('button', { name: 'See what this pays' }).click();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue to pay $120.00' }).click();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pay $120.00' }).click();
    await page
      .getByText(/^Received on/)
      .first()
      .waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await office.page
      .getByText(/Partly paid/)
      .first()
      .waitFor();
    expect(customer.errors).toEqual([]);
    await customer.context.close();
  });

  test('the rest comes from a bank account without JavaScript: processing, then cleared', async () => {
    const customer = await visitor(browser, { viewport: phone, javaScriptEnabled: false });
    const { page } = customer;
    await page.goto(links[1] ?? '');
    await page
      .getByRole('link', { name: /^Pay \$/ })
      .first()
      .click();
    await page.getByRole('radio', { name: /Bank account/ }).check();
    await page.getByRole('button', { name: /^Continue to pay/ }).click();
    await page.getByRole('radio', { name: /An account whose payment arrives/ }).check();
    await page.getByRole('button', { name: /^Pay \$/ }).click();
    await page.getByRole('heading', { name: /on its way/ }).waitFor();
    const bank = page.url();
    await page.getByRole('link', { name: /^Back to/ }).click();
    await page
      .getByText(/on its way/)
      .first()
      .waitFor();
    await office.page
      .getByText(/Processing/)
      .first()
      .waitFor();

    await page.goto(bank);
    await page.getByRole('button', { name: 'Let it clear' }).click();
    await office.page.locator('main').getByText('Paid', { exact: true }).first().waitFor();
    await page.goto(links[1] ?? '');
    expect(await page.locator('body').innerText()).toMatch(/\bPaid\b/);
    await customer.context.close();
  });

  test('what was paid cannot be canceled; another invoice can be corrected and replaced', async () => {
    const { page } = office;
    const id = /inv_\w+/.exec(invoiceUrl)?.[0] ?? '';
    const headers = (key: string): Record<string, string> => ({ 'idempotency-key': key, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' });
    const refused = await page.request.post(to(`/api/v1/invoices/${id}/void`), { headers: headers('void-1'), data: { reason: 'Wrong hours' } });
    expect(refused.status()).toBe(409);
    expect(((await refused.json()) as { code: string }).code).toBe('void_refused_paid');

    const copy = (await (await page.request.post(to(`/api/v1/invoices/${id}/duplicate`), { headers: headers('copy-1') })).json()) as { id: string };
    await page.goto(to(`/office/invoices/${copy.id}/send`));
    await page.getByRole('button', { name: /^Send to/ }).click();
    await page.getByText('Who can open this').waitFor();
    const old = page.url();
    await page.getByRole('button', { name: 'More about this invoice' }).click();
    await page.getByRole('menuitem', { name: 'Correct and replace' }).click();
    await page.getByLabel('What was wrong').fill('Wrong price');
    await page.getByRole('button', { name: 'Begin the correction' }).click();
    await page.getByRole('heading', { name: /Correction of/ }).waitFor();
    await page.getByLabel('Price').first().fill('90.00');
    await page.getByLabel('Price').first().press('Tab');
    await page.getByRole('button', { name: 'Review and send' }).click();
    await page.getByRole('button', { name: /^Send to/ }).click();
    await page.getByText('Who can open this').waitFor();
    await page.goto(old);
    await page
      .getByText(/Replaced/)
      .first()
      .waitFor();
  });

  test('the books add up', async () => {
    const verify = runVerb(['verify'], env);
    expect(await verify.ended, verify.said()).toBe(0);
    expect(verify.said()).toContain('0 differences');
    expect(office.errors).toEqual([]);
  });
});
