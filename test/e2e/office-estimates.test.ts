import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type RunningServer, startServer } from '../running-server.ts';
import { axeProblems, openBrowser, phone, type Visit, visitor } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'office-estimates-'));
const port = String(await freePort());
const env = { DATA_DIR: join(folder, 'data'), PORT: port, APP_URL: `http://127.0.0.1:${port}`, DEMO: '0' };
let server: RunningServer;
let browser: Browser;
let desk: Visit;

const to = (path: string): string => server.url + path;

async function codeSaid(): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const code = /Code for .*: (\d{6})/.exec(server.said())?.[1];
    if (code !== undefined) return code;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the console said no code');
}

async function post(path: string, data: unknown): Promise<{ id: string }> {
  const headers = { 'idempotency-key': crypto.randomUUID(), 'sec-fetch-site': 'same-origin' };
  const answer = await desk.page.request.post(to(`/api/v1${path}`), { headers, data });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as { id: string };
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
  await post('/customers', { kind: 'residential', name: 'Rosa Quill', contact: { name: 'Rosa Quill', email: 'rosa.quill@example.com', phone: '' } });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const lineOf = (page: Page, at: number) => page.locator('[data-line]').nth(at);

async function write(page: Page, at: number, name: string, price: string): Promise<void> {
  if (at > 0) await page.getByRole('button', { name: 'Add line' }).click();
  await lineOf(page, at).getByLabel('What').fill(name);
  await page.keyboard.press('Escape');
  await lineOf(page, at).getByLabel('Price').fill(price);
}

/** Makes a line part of a choice between packages. */
async function asPackage(page: Page, at: number): Promise<void> {
  await lineOf(page, at)
    .getByRole('button', { name: /^Choice/ })
    .click();
  await page.locator('label', { hasText: 'Package' }).first().click();
  await page.getByRole('combobox', { name: 'Choice between' }).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}

describe('estimates in the office', { timeout: 240_000 }, () => {
  test('one is written with packages, sent, revised, and tells what changed', async () => {
    const { page, errors } = desk;
    await page.goto(to('/office/estimates'));
    await page.getByText('No estimates yet').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press('q');
    await page.getByRole('heading', { level: 1, name: 'New estimate' }).waitFor();
    await page.getByRole('option', { name: /Rosa Quill/ }).click();
    await page.getByRole('button', { name: 'Review and send' }).waitFor();
    await write(page, 0, 'Work', '100.00');
    await write(page, 1, 'Chrome faucet', '50.00');
    await write(page, 2, 'Steel faucet', '80.00');
    await asPackage(page, 1);
    await asPackage(page, 2);
    const total = page.getByRole('status', { name: 'As suggested' });
    await expect.poll(() => total.innerText()).toContain('$162.38');
    await page.getByText('Draft saved').waitFor();
    await page.getByLabel('Deposit on approval').fill('30%');
    await page.getByText('$48.71').waitFor();
    expect(await axeProblems(page)).toEqual([]);

    await page.getByRole('button', { name: 'Review and send' }).click();
    await page.getByRole('button', { name: 'Send to 1 person' }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send to 1 person' }).click();
    await page.getByRole('heading', { level: 1, name: /^E-1001/ }).waitFor();
    await page.getByText('rosa.quill@example.com').first().waitFor();
    expect(await axeProblems(page)).toEqual([]);

    await page.getByRole('button', { name: 'Revise' }).click();
    await page.getByRole('heading', { level: 1, name: 'E-1001, version 2' }).waitFor();
    await lineOf(page, 0).getByLabel('Price').fill('120.00');
    await page.getByText('Draft saved').waitFor();
    await page.getByRole('button', { name: 'Review and send' }).click();
    await page.getByRole('button', { name: 'Send to 1 person' }).click();
    await page.getByText('Changed: Work, $100.00 → $120.00').waitFor();
    await page.getByText('Total: $162.38 → $184.03').waitFor();
    expect(errors).toEqual([]);
  });

  test('an approval by phone is recorded with what was chosen, and undone', async () => {
    const { page, errors } = desk;
    const fromMenu = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: 'More about this estimate' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await page.goto(to('/office/estimates?tab=follow_up'));
    await page.getByRole('link', { name: 'E-1001 R2' }).first().click();
    await fromMenu('Record an approval');
    await page.getByRole('button', { name: 'Record approval of $184.03' }).waitFor();
    expect(await page.getByLabel('Name they gave').inputValue()).toBe('Rosa Quill');
    await page.getByRole('radio', { name: /^Better/ }).check();
    const record = page.getByRole('button', { name: 'Record approval of $216.50' });
    await record.waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await record.click();
    await page.getByText('Approved for $216.50 by Rosa Quill').waitFor();
    await page.getByText('Recorded by Ida Brandt').waitFor();
    const signed = page.locator('.signed');
    await expect.poll(() => signed.innerText()).toMatch(/Signed: \$216\.50 of what was chosen\s+Work\s+\$120\.00\s+Steel faucet\s+\$80\.00/);
    expect(await axeProblems(page)).toEqual([]);

    await fromMenu('Undo the approval');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByLabel('Why').fill('She wants to ask her brother first.');
    await page.getByRole('button', { name: 'Undo the approval', exact: true }).click();
    await page.getByText('Its approval was taken back').waitFor();
    await page.getByText('She wants to ask her brother first.').first().waitFor();
    expect(errors).toEqual([]);
  });

  test('the list and the board show the newest version alone, also on a phone, and one is withdrawn with the reason', async () => {
    const { page } = desk;
    await page.goto(to('/office/estimates?tab=follow_up'));
    await page.getByRole('link', { name: 'E-1001 R2' }).first().waitFor();
    await page.goto(to('/office/estimates?view=board'));
    const waiting = page.getByRole('region', { name: /^Waiting/ });
    await waiting.getByRole('link', { name: /Rosa Quill/ }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.setViewportSize(phone);
    for (const path of ['/office/estimates', '/office/estimates?view=board', '/office/settings/estimates']) {
      await page.goto(to(path));
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    }
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(to('/office/estimates?view=board'));
    await waiting.getByRole('link', { name: /Rosa Quill/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'More about this estimate' }).click();
    await page.getByRole('menuitem', { name: 'Withdraw estimate' }).click();
    await page.getByLabel('Why').fill('The tenant moved out.');
    await page.getByRole('button', { name: 'Withdraw E-1001' }).click();
    await page.getByText('Withdrawn by Ida Brandt').waitFor();
    await page.getByText('The tenant moved out.').first().waitFor();
  });
});
