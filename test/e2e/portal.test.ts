import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { correctsPhone, findsInvoices, readsFigures, readsReceipts, signInByCode } from './portal-account.ts';
import { axeDayAndNight, type Demo, isWider, payWith, startDemo, tabTo } from './portal-visits.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
}, 240_000);
afterAll(async () => demo?.end());

const otter = '/paper-otter';
const says = (page: Page): Promise<string> => page.locator('main').innerText();

/** Nothing axe objects to by day or by night, and nothing wider than the phone. */
async function looksRight(page: Page): Promise<void> {
  expect(await axeDayAndNight(page), page.url()).toEqual([]);
  expect(await isWider(page), `${page.url()} is wider than the phone`).toBe(false);
}

describe('the account of a property manager', { timeout: 300_000 }, () => {
  test.each([
    ['en', true],
    ['es', false],
    ['fr', true],
  ] as const)('opens by a mailed code, with six figures, lists, receipts and own details (%s, JavaScript %s)', async (locale, javaScriptEnabled) => {
    const { page, context, errors } = await demo.person({ javaScriptEnabled });
    const look = async (): Promise<void> => (javaScriptEnabled ? looksRight(page) : undefined);
    await signInByCode(demo, page, locale);
    await readsFigures(page, locale);
    await look();
    await findsInvoices(page, locale);
    await look();
    await page.goto(demo.to(`${otter}/invoices?tab=all`));
    await look();
    await readsReceipts(demo, page, locale);
    await look();
    await correctsPhone(demo, page, locale);
    await look();
    expect(errors).toEqual([]);
    await context.close();
  });

  test('rule 13 leads from the head of each page to the same person’s other accounts', async () => {
    const { page, context } = await demo.person();
    await page.goto(demo.to('/demo'));
    await page.locator('main button[value=dana]').click();
    await page.goto(demo.to(`${otter}/payments`));
    await page.getByText('Account of Larkspur').click();
    await page.getByRole('link', { name: 'Left Boot Lawn (demo)' }).click();
    expect(new URL(page.url()).pathname).toBe('/left-boot-lawn/home');
    await page.getByRole('heading', { name: 'Hello Dana Whitlock' }).waitFor();
    await context.close();
  });

  test('rule 29 Edgar sees his property’s part and may pay it, and nothing of the others is on his pages', async () => {
    const { page, context } = await demo.person();
    await page.goto(demo.to('/demo'));
    await page.locator('main button[value=edgar]').click();
    await page.getByRole('link', { name: /^Your part of invoice/ }).click();
    await page.getByRole('link', { name: 'Pay your part, $511.00' }).waitFor();
    const html = await page.content();
    expect(html).toContain('LK-04');
    expect(html).not.toMatch(/LK-0[1235-9]|LK-1\d|2,310\.00|Old Mill Lofts|5 properties/);
    await looksRight(page);
    for (const elsewhere of [`${page.url()}/pay?other=1`, demo.to(`${otter}/invoices?tab=all`), demo.to(`${otter}/payments`)]) {
      await page.goto(elsewhere);
      expect(await page.content(), elsewhere).not.toMatch(/LK-0[1235-9]|LK-1\d|2,310\.00/);
    }
    await context.close();
  });
});

describe('links', { timeout: 60_000 }, () => {
  test('L15 the front door mails the link of an invoice to the address it knows', async () => {
    const { page, context } = await demo.opened('Opened');
    const heading = await page.getByRole('heading', { level: 1 }).innerText();
    const before = await demo.newest('marlowes@example.com');
    await page.goto(demo.to(otter));
    await looksRight(page);
    await page.getByLabel('Invoice number').fill(heading.replace('Invoice ', ''));
    await page.getByLabel('Your e-mail address').last().fill('marlowes@example.com');
    await page.getByRole('button', { name: 'Mail me the link' }).click();
    await page.getByRole('heading', { name: 'Please look in your mailbox' }).waitFor();
    await looksRight(page);
    const { link } = await demo.mail('marlowes@example.com', /./, before);
    await page.goto(link);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading);
    await context.close();
  });

  test('rule 8 an ended link sends a new one in one press, and that one works', async () => {
    const { page, context } = await demo.opened('The link has ended', { javaScriptEnabled: false });
    expect(await page.content()).not.toContain('Total');
    expect(await says(page)).toMatch(/to \w•••@example\.com/);
    const before = await demo.newest('');
    await page.getByRole('button', { name: 'Send me a new link' }).click();
    await page.getByRole('heading', { name: 'A new link is on its way' }).waitFor();
    const { link } = await demo.mail('', /./, before);
    await page.goto(link);
    await page.getByRole('heading', { name: /^Invoice \d+/ }).waitFor();
    await context.close();
  });

  test('rule 5 the link of a replaced invoice opens the new one and says what changed', async () => {
    const { page, context } = await demo.opened('Replaced');
    const text = await says(page);
    expect(text).toMatch(/This replaces invoice \d+/);
    expect(text).toContain('Plumber labor: $312.50 → $250.00');
    expect(text).toContain('Total: $401.50 → $339.00');
    expect(text).not.toContain('Service call: ');
    await looksRight(page);
    await context.close();
  });
});

describe('asking and telling', { timeout: 60_000 }, () => {
  test.each([true, false])('a question lands in the office’s inbox, and its answer on the customer’s page (JavaScript %s)', async (javaScriptEnabled) => {
    const { page, context } = await demo.opened('Sixty lines', { javaScriptEnabled });
    const question = `Why sixty of them? ${javaScriptEnabled}`;
    await page.getByRole('link', { name: 'Ask a question' }).click();
    if (javaScriptEnabled) await looksRight(page);
    await page.getByLabel('What is it about?').selectOption({ index: 3 });
    await page.getByLabel('Your question').fill(question);
    await page.getByRole('button', { name: 'Send question' }).click();
    await page.getByText(question).waitFor();
    const office = await demo.person();
    await office.page.goto(demo.to('/demo'));
    await office.page.locator('main button[value=theo]').click();
    await office.page.goto(demo.to('/office/inbox'));
    await office.page.getByText(question).first().waitFor();
    const threads = (await (await office.page.request.get(demo.to('/api/v1/threads?waitingFor=office'))).json()) as {
      items: { id: string; excerpt: string }[];
    };
    const id = threads.items.find(({ excerpt }) => excerpt.includes(question))?.id ?? '';
    const headers = { 'idempotency-key': `answer-${javaScriptEnabled}`, 'sec-fetch-site': 'same-origin' };
    const data = { body: `One for each fixture, ${javaScriptEnabled}.` };
    expect((await office.page.request.post(demo.to(`/api/v1/threads/${id}/messages`), { headers, data })).status()).toBe(201);
    // With JavaScript the open page hears of it by itself.
    if (!javaScriptEnabled) await page.reload();
    await page.getByText(data.body).waitFor();
    await office.context.close();
    await context.close();
  });

  test('rule 18 a check that was announced is told beside the status, and warns before paying twice', async () => {
    const { page, context } = await demo.opened('A name of sixty letters');
    await looksRight(page);
    await page.getByRole('link', { name: 'I already paid' }).click();
    await looksRight(page);
    await page.getByRole('button', { name: 'Tell us' }).click();
    await page.getByRole('heading', { name: 'Thank you, we will look out for it' }).waitFor();
    await page.getByRole('link', { name: 'Back to the invoice' }).click();
    expect(await says(page)).toContain('check announced for');
    await page
      .getByRole('link', { name: /^Pay \$/ })
      .first()
      .click();
    expect(await says(page)).toContain('Pay here only if you changed your mind.');
    await context.close();
  });
});

describe('paying', { timeout: 60_000 }, () => {
  test('a declined card charges nothing; a card that asks for confirmation pays when the payer says yes', async () => {
    const { page, context } = await demo.opened('Overdue for 75 days');
    await payWith(page, /declined/);
    await page.getByText('You have not been charged').waitFor();
    await looksRight(page);
    await page.getByRole('link', { name: /^Back to/ }).click();
    await looksRight(page);
    expect(await says(page)).toContain('You have not been charged');
    await page.getByRole('link', { name: 'Back to the invoice' }).click();
    await payWith(page, /asks your bank/);
    await looksRight(page);
    await page.getByRole('button', { name: 'Yes, pay' }).click();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await says(page)).toMatch(/Left to pay\s+\$0\.00/);
    await looksRight(page);
    await context.close();
  });

  test('M6 a double press, going back and loading again have one effect', async () => {
    const { page, context } = await demo.opened('Mail came back');
    const invoice = page.url();
    await page
      .getByRole('link', { name: /^Pay \$/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Continue to pay/ }).dblclick();
    await page.getByRole('button', { name: /^Pay \$/ }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /^Continue to pay/ }).click();
    await page.getByRole('button', { name: /^Pay \$/ }).dblclick();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    await page.reload();
    await page.goBack();
    await page.goForward();
    await page.goto(invoice);
    expect(await page.locator('[data-live=payments] li').count()).toBe(1);
    expect(await page.locator('.sum .tag').innerText()).toBe('Paid');
    await context.close();
  });

  test('by keyboard alone, from the invoice to the receipt', async () => {
    const { page, context } = await demo.opened('Sent, not opened', { isMobile: false, hasTouch: false });
    await tabTo(page, /^Skip to content/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Pay \$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Pay invoice/ }).waitFor();
    await tabTo(page, /^Continue to pay/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pay Paper Otter Plumbing (demo)' }).waitFor();
    await tabTo(page, /^Pay \$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await says(page)).toMatch(/Left to pay\s+\$0\.00/);
    await context.close();
  });
});

test('photos come as small pictures without moving anything, and the books add up', { timeout: 60_000 }, async () => {
  const { page, context } = await demo.opened('In Spanish, with a photo');
  const photo = page.getByRole('img', { name: 'fregadero-despues.jpg' });
  await photo.scrollIntoViewIfNeeded();
  await expect.poll(() => photo.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBeGreaterThan(100);
  const small = await page.request.get(demo.to((await photo.getAttribute('src')) ?? ''));
  expect([small.headers()['content-type'], small.headers()['content-security-policy']]).toEqual(['image/webp', expect.stringContaining('sandbox')]);
  expect((await small.body()).length).toBeLessThan(30_000);
  const nobody = await fetch(demo.to((await photo.getAttribute('src')) ?? ''));
  expect(nobody.status).toBe(404);
  const shift = await page.evaluate(
    () =>
      new Promise<number>((tell) => {
        let moved = 0;
        const watch = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved += (entry as PerformanceEntry & { value: number }).value;
        });
        watch.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => tell(moved), 300);
      }),
  );
  expect(shift).toBe(0);
  await context.close();
  expect(await demo.verify()).toContain('0 differences');
});
