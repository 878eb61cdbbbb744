import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { desk } from './browser.ts';
import { axeDayAndNight, type Demo, isWider, startDemo, tabTo } from './portal-visits.ts';

let demo: Demo;
let office: Page;
beforeAll(async () => {
  demo = await startDemo();
  const { page } = await demo.person({ viewport: desk, isMobile: false, hasTouch: false });
  await page.goto(demo.to('/demo'));
  await page.locator('main button[value=ida]').first().click();
  await page.waitForURL(/\/office/);
  office = page;
}, 240_000);
afterAll(async () => demo?.end());

/** What the office's own pages ask, asked directly to set the scene. */
async function ask<T>(method: 'get' | 'post', path: string, data?: unknown): Promise<T> {
  const headers = { 'idempotency-key': crypto.randomUUID(), 'sec-fetch-site': 'same-origin', 'if-match': '"1"' };
  const answer = await office.request[method](demo.to(`/api/v1${path}`), { headers, ...(data === undefined ? {} : { data }) });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

const line = (name: string, amountMinor: number, choice: unknown = null) => ({
  ...{ id: publicId('line', newId()), name, quantityMilli: 1000, unitPriceMilli: amountMinor * 1000, choice },
});

/** An estimate for Rosa with a heater to choose and a sensor to add; answers the address of her link. */
async function offered(): Promise<string> {
  const [rosa] = (await ask<{ items: { id: string }[] }>('get', '/customers?q=Rosa&limit=1')).items;
  const [person] = (await ask<{ items: { id: string }[] }>('get', `/customers/${rosa?.id}/people`)).items;
  const pack = (name: string, chosen: boolean) => ({ kind: 'package', group: 'Heater', package: name, chosen });
  const lines = [line('Old heater out', 10_000), line('Forty gallons', 40_000, pack('Good', true)), line('Sixty gallons', 70_000, pack('Best', false))];
  const sensor = line('Leak sensor', 5_000, { kind: 'optional', chosen: false });
  const draft = await ask<{ id: string }>('post', '/estimates', { customerId: rosa?.id, lines: [...lines, sensor], terms: 'Paid within 30 days.' });
  await ask('post', `/estimates/${draft.id}/issue`, { show: true });
  return (await ask<{ url: string }>('post', `/estimates/${draft.id}/links`, { personId: person?.id })).url;
}

const total = (page: Page): Promise<string> => page.locator('.big').innerText();

describe('an estimate on a phone', { timeout: 240_000 }, () => {
  test('without scripts: choose, see the total, read the terms, sign, and have the record', async () => {
    const { page, context, errors } = await demo.person({ javaScriptEnabled: false });
    await page.goto(await offered());
    await page.goto(`${page.url()}?lang=en`);
    expect(await total(page)).toBe('$500.00');
    await page.getByRole('radio', { name: /Best/ }).check();
    await page.getByRole('checkbox', { name: /Leak sensor/ }).check();
    await page.getByRole('button', { name: 'Update total' }).click();
    expect(await total(page)).toBe('$850.00');
    await page.getByRole('button', { name: 'Review and approve' }).click();
    expect(await page.locator('main').innerText()).toMatch(/Sixty gallons[\s\S]*Leak sensor[\s\S]*Paid within 30 days\./);
    await page.getByRole('checkbox', { name: /accept/ }).check();
    await page.getByLabel('Your full name').fill('Rosa Quill');
    await page.getByRole('button', { name: 'Approve $850.00' }).click();
    const said = await page.locator('main').innerText();
    expect(said).toMatch(/Approved by Rosa Quill[\s\S]*\$850\.00[\s\S]*Record of approval/);
    expect(errors).toEqual([]);
    await context.close();
  });

  test('with scripts the total follows each choice, the keyboard reaches all of it, and axe finds nothing', async () => {
    const { page, context, errors } = await demo.person();
    await page.goto(await offered());
    await page.goto(`${page.url()}?lang=en`);
    await page.getByRole('radio', { name: /Best/ }).check();
    await expect.poll(() => total(page)).toBe('$800.00');
    await page.getByRole('checkbox', { name: /Leak sensor/ }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => total(page)).toBe('$850.00');
    await page.reload();
    expect(await total(page)).toBe('$850.00');
    expect(await axeDayAndNight(page)).toEqual([]);
    expect(await isWider(page)).toBe(false);
    await tabTo(page, /^Review and approve$/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Approve $850.00' }).waitFor();
    expect(await axeDayAndNight(page)).toEqual([]);
    expect(await isWider(page)).toBe(false);
    await page.getByRole('link', { name: 'Ask for changes' }).click();
    expect(await axeDayAndNight(page)).toEqual([]);
    await page.getByLabel('What should be different?').fill('A gas one, please.');
    await page.getByRole('button', { name: 'Ask for changes' }).click();
    await page.getByText('asked for changes').waitFor();
    expect(await axeDayAndNight(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
