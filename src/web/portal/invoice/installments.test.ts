import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { todayHere } from '../../../../test/autopay-world.ts';
import { portalWithTill } from '../../../../test/portal-till.ts';
import type { Browser, PortalWorld } from '../../../../test/portal-world.ts';
import { reminderWorld } from '../../../../test/reminder-world.ts';
import type { SandboxTill } from '../../../../test/till.ts';
import { testWeb } from '../../../../test/web.ts';
import { addDays, formatDay } from '../../../core/calendar.ts';
import { newId } from '../../../db/fresh.ts';
import { planInstallments, readInvoice } from '../../../domain/invoices/invoices.ts';
import { recordPayment } from '../../../domain/payments/payments.ts';

const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;
beforeAll(async () => {
  ({ world, till } = await portalWithTill(web()));
});
afterAll(() => till.close());

const today = todayHere();
const inDays = (days: number): string => addDays(today, days);
const rows = (...days: readonly number[]) => days.map((day) => ({ dueOn: inDays(day), amountMinor: null }));

async function opened(days: readonly number[], more: Readonly<Record<string, unknown>> = {}) {
  const sent = await world.send([world.people.dana.id], { amounts: [90_000], extra: { issuedOn: inDays(-60), installments: rows(...days), ...more } });
  const browser = world.browser();
  await browser.open(world.house.slug, sent.tokens[0] ?? '');
  return { sent, browser };
}
const text = async (browser: Browser, path: string): Promise<string> => (await (await browser.go(path)).text()).replaceAll('<!-- -->', '');
const standingOf = async (id: string) => {
  const view = await world.house.office((scope) => readInvoice(scope, id));
  if (!view.whole) throw new Error('the office sees whole invoices');
  return view.facts.standing;
};

describe('the page of a bill in installments', () => {
  test('21 says what is overdue, what is later, and offers what is due, all of it, or another amount', async () => {
    const { sent, browser } = await opened([-5, 20, 50]);
    const html = await text(browser, sent.path);
    for (const said of [
      'Installment 1 of 3',
      'Installment 2 of 3',
      'Installment 3 of 3',
      'Pay $300.00',
      'Pay all of it, $900.00',
      'Overdue · 5 days late',
      '$600.00 due later',
      'Balance $900.00',
    ])
      expect(html).toContain(said);
    expect(html).toContain(formatDay(inDays(20), 'en'));
    const pay = await text(browser, `${sent.path}/pay`);
    for (const said of ['Continue to pay $300.00', 'Pay all of it, $900.00', 'Installment 1 of 3', '$600.00']) expect(pay).toContain(said);
    const all = await text(browser, `${sent.path}/pay?rest=1`);
    for (const said of ['Continue to pay $900.00', 'Pay only $300.00 now', 'Installment 3 of 3']) expect(all).toContain(said);
  });

  test('each can be paid early, also where parts of an amount are not taken', async () => {
    await world.house.office(({ tx, business }) =>
      tx.updateTable('business_profiles').set({ part_payment: false }).where('business_id', '=', business).execute(),
    );
    const { sent, browser } = await opened([10, 20, 50]);
    const html = await text(browser, `${sent.path}/pay`);
    expect(html).toContain('Continue to pay $300.00');
    const form = html.slice(html.indexOf('<form method="post"'));
    const fields = [...form.slice(0, form.indexOf('</form>')).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const given = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
    expect((await browser.post(`${sent.path}/pay`, { ...given, method: 'card', amountMinor: '10000' })).status).toBe(422);
    const answer = await browser.post(`${sent.path}/pay`, { ...given, method: 'card' });
    expect(answer.status).toBe(303);
    await till.pay(/cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '', 'card_success');
    await browser.go(`${sent.path}/pay/pay_${given['act']}/return`);
    const { pathname } = new URL(answer.headers.get('location') ?? '', 'http://x');
    expect(pathname).toContain('cs_');
    await world.house.office(({ tx, business }) =>
      tx.updateTable('business_profiles').set({ part_payment: true }).where('business_id', '=', business).execute(),
    );
  });

  test('a change by the office is seen at once, in the history too, and in three languages', async () => {
    const { sent, browser } = await opened([-5, 20]);
    await world.house.office((scope) => planInstallments(scope, { documentId: sent.id, installments: rows(7, 14, 21) }));
    const html = await text(browser, sent.path);
    for (const said of ['Installment 1 of 3', formatDay(inDays(21), 'en'), 'Installments changed']) expect(html).toContain(said);
    expect(html).not.toContain('Overdue');
    expect((await standingOf(sent.id)).nextMinor).toBe(30_000n);
    for (const [lang, said] of [
      ['es', 'Cuota 1 de 3'],
      ['fr', 'Échéance 1 sur 3'],
    ] as const)
      expect(await text(browser, `${sent.path}?lang=${lang}`)).toContain(said);
  });
});

test('28 reminders go by the day of each installment, once each, and name what falls due with it', async () => {
  const reminding = await reminderWorld(web(), '2027-02-20');
  const bill = await reminding.bill('2027-03-09', { amountMinor: 90_000 });
  const installments = ['2027-03-09', '2027-04-13', '2027-05-11'].map((dueOn) => ({ dueOn, amountMinor: null }));
  await reminding.office((scope) => planInstallments(scope, { documentId: bill, installments }));
  const sentOn = async (from: string, days: number): Promise<[string, string][]> => {
    const sent: [string, string][] = [];
    for (let at = 0; at < days; at += 1) {
      reminding.clock.set(addDays(from, at));
      for (const mail of await reminding.round()) sent.push([addDays(from, at), mail.text]);
    }
    return sent;
  };
  const first = await sentOn('2027-03-01', 9);
  expect(first.length).toBeGreaterThan(0);
  for (const [, mail] of first) expect(mail).toContain('$300.00');
  for (const [, mail] of first) expect(mail).not.toContain('$900.00');
  expect(await sentOn('2027-03-09', 1)).toEqual([]);
  await reminding.office((scope) =>
    recordPayment(scope, {
      ...{ id: newId(), customerId: reminding.customer, method: 'check', amountMinor: 30_000n, currency: 'USD', receivedOn: '2027-03-09' },
      targets: [{ documentId: bill, amountMinor: 30_000n }],
    }),
  );
  expect(await sentOn('2027-03-20', 10)).toEqual([]);
  const second = await sentOn('2027-04-01', 14);
  expect(second.length).toBe(first.length);
});
