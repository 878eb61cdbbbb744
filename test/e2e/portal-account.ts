import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Locale } from '../../src/core/locale.ts';
import { formatMoney } from '../../src/core/money-format.ts';
import { words } from '../../src/core/words/words.ts';
import type { Demo } from './portal-visits.ts';

const otter = '/paper-otter';
const dana = 'dana.whitlock@example.com';

/** By the code that was just mailed. */
export async function signInByCode(demo: Demo, page: Page, locale: Locale): Promise<void> {
  const { frontDoor, signIn: text } = words(locale);
  const before = await demo.newest(dana);
  await page.goto(demo.to(`${otter}?lang=${locale}`));
  await page.getByLabel(text.emailLabel).first().fill(dana);
  await page.getByRole('button', { name: frontDoor.sendCode }).click();
  await page.getByRole('heading', { name: text.codeTitle }).waitFor();
  const { text: mail } = await demo.mail(dana, /sign in code/, before);
  await page.getByLabel(text.codeLabel).fill(/\b\d{6}\b/.exec(mail)?.[0] ?? '');
  await page.getByRole('button', { name: text.enter }).click();
  await page.getByRole('heading', { name: words(locale).home.greeting('Dana Whitlock') }).waitFor();
}

/** Each of the six figures as this reader reads it. */
export async function readsFigures(page: Page, locale: Locale): Promise<void> {
  const { home } = words(locale);
  const money = (minor: bigint): string => formatMoney(minor, 'USD', locale, { homeCurrency: 'USD' });
  const shown = new Map<string, string>();
  for (const row of await page.locator('dl.figures > div').all()) shown.set(await row.locator('dt').innerText(), await row.locator('dd').innerText());
  const told = [
    [home.balance, 615_240n],
    [home.dueNow, 481_240n],
    [home.onItsWay, 125_000n],
    [home.inQuestion, 9_000n],
    [home.creditAvailable, 7_500n],
  ] as const;
  expect([...shown]).toEqual(told.map(([label, minor]) => [label, money(minor)]));
  expect(await page.locator('main').innerText()).toContain(home.overdueOf(money(64_000n)));
}

/** Pages, filters and searches, and opens the one that was found. */
export async function findsInvoices(page: Page, locale: Locale): Promise<void> {
  const { home, invoices, common, invoice } = words(locale);
  await page.getByRole('link', { name: home.allInvoices }).click();
  const rows = page.locator('ul.rows > li');
  expect(await rows.count()).toBe(25);
  const first = await rows.first().innerText();
  await page.getByRole('link', { name: common.nextPage }).click();
  await expect.poll(() => rows.first().innerText()).not.toBe(first);
  await page.getByLabel(invoices.property, { exact: true }).selectOption({ label: 'Ferry Steps · LK-09' });
  await page.getByRole('button', { name: common.search }).click();
  for (const row of await rows.all()) expect(await row.innerText()).toContain('LK-09');
  await page.getByLabel(invoices.searchLabel).fill('zzzz');
  await page.getByRole('button', { name: common.search }).click();
  expect(await page.locator('main').innerText()).toContain(invoices.noneFound);
  await page.getByRole('link', { name: invoices.clearFilters }).click();
  const number = /\d{4}/.exec(first)?.[0] ?? '';
  await page.getByLabel(invoices.searchLabel).fill(number);
  await page.getByRole('button', { name: common.search }).click();
  await page.getByRole('link', { name: invoice.title(number) }).click();
  await page.getByRole('heading', { name: invoice.title(number) }).waitFor();
}

/** From the list of payments to one receipt and its PDF. */
export async function readsReceipts(demo: Demo, page: Page, locale: Locale): Promise<void> {
  const { payments, receipt } = words(locale);
  await page.goto(demo.to(`${otter}/payments`));
  await page.getByRole('heading', { name: payments.receipts }).waitFor();
  await page.locator('ul.rows a').nth(1).click();
  expect(await page.locator('main').innerText()).toContain(receipt.leftToPay);
  const href = (await page.getByRole('link', { name: receipt.download }).getAttribute('href')) ?? '';
  expect((await page.request.get(demo.to(href))).headers()['content-type']).toBe('application/pdf');
}

/** Corrects the phone number where a phone has it, behind More, sees it kept, and leaves. */
export async function correctsPhone(demo: Demo, page: Page, locale: Locale): Promise<void> {
  const { profile, common, home, signIn: text } = words(locale);
  await page.getByRole('link', { name: new RegExp(`^${home.nav.more}`) }).click();
  await page.getByRole('link', { name: home.nav.profile }).click();
  await page.getByLabel(profile.phone).fill('(512) 555-0199');
  await page.getByRole('button', { name: profile.save }).click();
  await page.getByText(profile.saved).waitFor();
  expect(await page.getByLabel(profile.phone).inputValue()).toBe('(512) 555-0199');
  await page.getByRole('button', { name: common.signOut }).click();
  await page.getByText(text.signedOut).waitFor();
  await page.goto(demo.to(`${otter}/home`));
  expect(new URL(page.url()).pathname).toBe(otter);
}
