/** `npm run pictures`: takes the README's pictures from the running demo, so that none is ever drawn or edited. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import type { DemoFile } from '../src/demo-file.ts';
import { chromiumArgs, chromiumPath } from '../test/chromium.ts';
import { freePort, startServer } from '../test/running-server.ts';

const to = join(import.meta.dirname, '..', 'docs', 'pictures');
const phone = { width: 390, height: 780 };
const desk = { width: 1280, height: 800 };

const dataDir = mkdtempSync(join(tmpdir(), 'pictures-'));
const port = String(await freePort());
const url = `http://127.0.0.1:${port}`;
const server = await startServer({ DATA_DIR: dataDir, PORT: port, APP_URL: url });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
try {
  const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as DemoFile;
  mkdirSync(to, { recursive: true });
  await ofCustomer(browser, demo);
  await ofOffice(browser, demo);
} finally {
  await browser.close();
  await server.end('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}

async function ofCustomer(from: Browser, demo: DemoFile): Promise<void> {
  const page = await (await from.newContext({ viewport: phone, deviceScaleFactor: 2, isMobile: true, locale: 'en-US' })).newPage();
  await page.goto(demo.customerLink);
  await page.goto(`${page.url()}?lang=en`);
  await keep(page, 'invoice-phone');
  await page
    .getByRole('link', { name: /^Pay \$/ })
    .first()
    .click();
  await keep(page, 'pay-phone');
  await page.getByRole('button', { name: /^Continue to pay/ }).click();
  await page.getByRole('button', { name: /^Pay \$/ }).click();
  await page.getByText(/^Received on/).waitFor();
  await keep(page, 'receipt-phone');
}

async function ofOffice(from: Browser, { office }: DemoFile): Promise<void> {
  const page = await (await from.newContext({ viewport: desk, deviceScaleFactor: 2, locale: 'en-US' })).newPage();
  await page.goto(`${office.url}sign-in`);
  await page.getByLabel('E-mail').fill(office.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(office.password);
  await page.getByRole('button', { name: /^Sign in/ }).click();
  await page.getByText('Owed to you').waitFor();
  await keep(page, 'office-home');
  await page.goto(`${office.url}invoices`);
  await page
    .getByRole('link', { name: /^1\d\d\d/ })
    .first()
    .waitFor();
  await keep(page, 'office-invoices');
  await page.goto(`${office.url}invoices?q=1437`);
  await page.getByRole('link', { name: /1437/ }).first().click();
  await page.getByText('Who can open this').waitFor();
  await page.getByText('Paid in full').first().waitFor();
  await keep(page, 'office-invoice');
}

/** Small enough for a README, sharp enough to read. */
async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600);
  const png = await page.screenshot();
  const webp = await sharp(png)
    .resize({ width: page.viewportSize()?.width === phone.width ? 520 : 1600 })
    .webp({ quality: 78 })
    .toBuffer();
  writeFileSync(join(to, `${name}.webp`), webp);
  process.stdout.write(`  docs/pictures/${name}.webp  ${Math.ceil(webp.length / 1024)} KB\n`);
}
