import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWithTill } from '../../../test/portal-till.ts';
import type { Browser, PortalWorld, SentInvoice } from '../../../test/portal-world.ts';
import type { SandboxTill } from '../../../test/till.ts';
import { testWeb } from '../../../test/web.ts';
import { publicId } from '../../core/ids.ts';
import { listEvents } from '../../domain/events/events.ts';
import { readInvoice } from '../../domain/invoices/invoices.ts';
import { inbox } from '../../domain/messages/messages.ts';

const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;

beforeAll(async () => {
  ({ world, till } = await portalWithTill(web()));
});
afterAll(() => till.close());

const facts = async (id: string) => {
  const view = await world.house.office((scope) => readInvoice(scope, id));
  if (!view.whole) throw new Error('the office sees whole invoices');
  return view.facts;
};
const actIn = (html: string): string => /name="act" value="([^"]+)"/.exec(html)?.[1] ?? '';

async function opened(sent: SentInvoice, at = 0): Promise<Browser> {
  const browser = world.browser();
  await browser.open(world.house.slug, sent.tokens[at] ?? '');
  return browser;
}

/** Presses "Continue to pay" as the page offers it. Answers where the payer is sent. */
async function press(browser: Browser, path: string): Promise<{ to: string; fields: [string, string][] }> {
  const html = await (await browser.go(`${path}/pay`)).text();
  const fields = [...html.matchAll(/<input type="hidden" name="(act|amountMinor|part)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as [string, string],
  );
  fields.push(['method', 'card']);
  const answer = await browser.post(`${path}/pay`, fields);
  return { to: answer.headers.get('location') ?? `${answer.status}`, fields };
}

const sessionIn = (url: string): string => /cs_\w+/.exec(url)?.[0] ?? '';

describe('paying by a link', () => {
  test('C10 pays once, however often the form is sent, and the receipt says what is left', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const { to, fields } = await press(browser, sent.path);
    const again = await browser.post(`${sent.path}/pay`, fields);
    expect(again.headers.get('location')).toBe(to);
    expect(await till.pay(sessionIn(to), 'card_success')).toBe('done');
    const payment = publicId('payment', fields.find(([name]) => name === 'act')?.[1] ?? '');
    const back = await browser.go(`${sent.path}/pay/${payment}/return`);
    expect([back.status, back.headers.get('location')]).toEqual([303, `${sent.path}/receipts/${payment}`]);
    const receipt = await (await browser.go(`${sent.path}/receipts/${payment}`)).text();
    expect(receipt).toContain('$186.00');
    expect(receipt).toMatch(/Left to pay.*\$0\.00/s);
    expect((await facts(sent.id)).paidMinor).toBe(18_600n);
    const page = await (await browser.go(sent.path)).text();
    for (const text of ['Payment of $186.00 received', 'Paid', 'Download receipt']) expect(page).toContain(text);
    // Back in the browser, and the form once more: it leads to what became of it.
    const late = await browser.post(`${sent.path}/pay`, fields);
    expect(late.headers.get('location')).toBe(`${sent.path}/pay/${payment}/return`);
    expect((await facts(sent.id)).paidMinor).toBe(18_600n);
  });

  test('P12 a return address settles nothing by itself', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const { fields } = await press(browser, sent.path);
    const payment = publicId('payment', fields.find(([name]) => name === 'act')?.[1] ?? '');
    const back = await browser.go(`${sent.path}/pay/${payment}/return?success=true&status=paid`);
    expect(back.status).toBe(200);
    expect(await back.text()).toContain('Your payment is being confirmed');
    expect((await facts(sent.id)).paidMinor).toBe(0n);
    expect((await browser.go(`${sent.path}/pay/${publicId('payment', '01900000-0000-7000-8000-000000000000')}/return`)).status).toBe(404);
  });

  test('another amount is shown with what it pays before anything is paid', async () => {
    const sent = await world.send([world.people.dana.id], { amounts: [10_000, 20_000, 30_000], spread: true });
    const browser = await opened(sent);
    const page = await (await browser.go(`${sent.path}/pay?amount=60.00`)).text();
    for (const text of ['Continue to pay $60.00', 'Court LK-01', '$10.00', '$20.00', '$30.00', '$540.00']) expect(page).toContain(text);
    const parts = [...(await (await browser.go(`${sent.path}/pay?other=1`)).text()).matchAll(/name="part" value="([^"]+)"/g)].map(([, part]) => part);
    const chosen = await (await browser.go(`${sent.path}/pay?part=${parts[1]}`)).text();
    expect(chosen).toContain('Continue to pay $200.00');
    expect(chosen).not.toContain('$300.00');
  });

  test('M11 amounts that are not amounts come back with 422 and write nothing', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const act = actIn(await (await browser.go(`${sent.path}/pay`)).text());
    for (const amountMinor of ['NaN', '1e3', '1,000', '-1', '0', '0.1', '9007199254740993', '１２', '', '18601']) {
      const answer = await browser.post(`${sent.path}/pay`, { act, amountMinor, method: 'card' });
      expect([amountMinor, answer.status]).toEqual([amountMinor, 422]);
      expect(await answer.text()).toContain('aria-');
    }
    for (const amount of ['0.10', '999', 'abc', '1e3']) expect((await browser.go(`${sent.path}/pay?amount=${amount}`)).status).toBe(422);
    expect(await world.house.office(async (scope) => (await listEvents(scope, { documentId: sent.id, kinds: ['payment.started'], limit: 5 })).length)).toBe(0);
  });

  test('rule 30 a person of one property pays that part and no more', async () => {
    const sent = await world.send([world.people.dana.id, world.people.edgar.id], { amounts: [10_000, 20_000, 30_000], spread: true });
    const edgar = await opened(sent, 1);
    const act = actIn(await (await edgar.go(`${sent.path}/pay`)).text());
    expect((await edgar.post(`${sent.path}/pay`, { act, amountMinor: '60000', method: 'card' })).status).toBe(422);
    const { to, fields } = await press(edgar, sent.path);
    expect(await till.pay(sessionIn(to), 'card_success')).toBe('done');
    const payment = publicId('payment', fields.find(([name]) => name === 'act')?.[1] ?? '');
    await edgar.go(`${sent.path}/pay/${payment}/return`);
    expect((await facts(sent.id)).paidMinor).toBe(10_000n);
  });
});

describe('telling the business', () => {
  test('C10 a question is asked once, is on both timelines and waits for the office', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const act = actIn(await (await browser.go(`${sent.path}/ask`)).text());
    const fields = { act, line: '', text: 'Why two drains?\r\nWe have one.' };
    for (let times = 0; times < 2; times += 1) {
      expect((await browser.post(`${sent.path}/ask`, fields)).headers.get('location')).toBe(`${sent.path}?asked=1#questions`);
    }
    const page = await (await browser.go(sent.path)).text();
    expect(page).toContain('We have one.');
    expect(page).toContain('You asked a question');
    const threads = await world.house.office((scope) => inbox(scope, { waiting: true, documentId: sent.id, limit: 10 }));
    expect(threads.map((thread) => [thread.last_body, thread.last_author])).toEqual([['Why two drains?\nWe have one.', 'Dana Whitlock']]);
    expect(await world.house.office(async (scope) => (await listEvents(scope, { documentId: sent.id, kinds: ['invoice.opened'], limit: 5 })).length)).toBe(1);
  });

  test('an empty question comes back filled, with 422', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const answer = await browser.post(`${sent.path}/ask`, { act: '', line: '', text: ' ' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Please write your question first.');
  });

  test('rule 18 "I already paid" warns, lowers nothing and is told once', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const html = await (await browser.go(`${sent.path}/announce`)).text();
    const day = /name="day"[^>]*value="([^"]+)"|value="(\d{4}-\d\d-\d\d)"/.exec(html);
    const fields = { act: actIn(html), method: 'check', amount: '50.00', day: day?.[1] ?? day?.[2] ?? '', note: 'No. 1188' };
    for (let times = 0; times < 2; times += 1) expect((await browser.post(`${sent.path}/announce`, fields)).status).toBe(303);
    const page = await (await browser.go(sent.path)).text();
    expect(page).toContain('check announced for');
    expect(page).toContain('You told us that $50.00 is on its way');
    const { standing, payments } = await facts(sent.id);
    expect([standing.balanceMinor, payments.filter((payment) => payment.state === 'announced').length]).toEqual([18_600n, 1]);
  });

  test('L11 a form from elsewhere, of another kind or by GET changes nothing', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = await opened(sent);
    const body = 'act=01900000-0000-7000-8000-000000000001&line=&text=hello';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const tries = [
      { method: 'POST', body, headers: { ...form, 'sec-fetch-site': 'cross-site' } },
      { method: 'POST', body, headers: { ...form, origin: 'https://evil.example.com' } },
      { method: 'POST', body, headers: { 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' } },
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' } },
      { method: 'POST', body, headers: form },
    ];
    for (const init of tries) expect((await browser.go(`${sent.path}/ask`, init)).status).toBeGreaterThanOrEqual(400);
    await browser.go(`${sent.path}/ask?${body}`);
    expect(await world.house.office((scope) => inbox(scope, { documentId: sent.id, limit: 5 }))).toEqual([]);
  });
});
