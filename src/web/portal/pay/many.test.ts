import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWithTill, signedIn } from '../../../../test/portal-till.ts';
import type { Browser, PortalWorld, SentInvoice } from '../../../../test/portal-world.ts';
import type { SandboxTill } from '../../../../test/till.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { createCustomer } from '../../../domain/customers/customers.ts';
import { readInvoice } from '../../../domain/invoices/invoices.ts';
import { verifyBooks } from '../../../domain/ledger/ledger.ts';
import { recordPayment } from '../../../domain/payments/payments.ts';
import { addPerson } from '../../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;

beforeAll(async () => {
  ({ world, till } = await portalWithTill(web()));
});
afterAll(() => till.close());

type Person = Readonly<{ id: string }>;

/** A customer of their own with somebody of all of it, so that "all due" is this test's alone. */
async function account(amounts: readonly number[]): Promise<{ customer: string; person: Person; sent: SentInvoice[]; browser: Browser }> {
  const made = await world.house.office(async (scope) => {
    const { id: customer } = await createCustomer(scope, { kind: 'commercial', name: 'Sampleton School' });
    const email = `ap.${newId().slice(-8)}@example.com`;
    return { customer, person: { id: (await addPerson(scope, { name: 'Ana Paz', email, customerId: customer })).id } };
  });
  const sent: SentInvoice[] = [];
  for (const amount of amounts) sent.push(await world.send([made.person.id], { amounts: [amount], customer: made.customer }));
  return { ...made, sent, browser: await signedIn(world, made.person.id) };
}

const at = (path: string): string => `/${world.house.slug}${path}`;
const id = (sent: SentInvoice | undefined): string => publicId('invoice', sent?.id ?? '');
const facts = async (sent: SentInvoice | undefined) => {
  const view = await world.house.office((scope) => readInvoice(scope, sent?.id ?? ''));
  if (!view.whole) throw new Error('the office sees whole invoices');
  return view.facts;
};
const text = async (browser: Browser, path: string): Promise<string> => (await browser.go(path)).text();

/** The fields of the form that pays, as the page wrote them. */
function fieldsIn(html: string, method = 'card'): [string, string][] {
  const form = html.slice(html.indexOf(`<form method="post" action="${at('/pay"')}`));
  const fields = [...form.slice(0, form.indexOf('</form>')).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return [...fields.map(([, name = '', value = '']) => [name, value] as [string, string]), ['method', method]];
}
const attemptOf = (fields: readonly (readonly [string, string])[]): string => publicId('payment', fields.find(([name]) => name === 'act')?.[1] ?? '');
const sessionIn = (url: string | null): string => /cs_\w+/.exec(url ?? '')?.[0] ?? '';
const countPayments = (customer: string) =>
  world.house.office(async ({ tx }) => {
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from payments where business_id = ${world.house.id} and customer_id = ${customer}`.execute(tx);
    return rows[0]?.count ?? 0;
  });

async function payAndReturn(browser: Browser, html: string): Promise<string> {
  const fields = fieldsIn(html);
  const answer = await browser.post(at('/pay'), fields);
  expect(answer.status).toBe(303);
  expect(await till.pay(sessionIn(answer.headers.get('location')), 'card_success')).toBe('done');
  const back = await browser.go(at(`/pay/${attemptOf(fields)}/return`));
  expect([back.status, back.headers.get('location')]).toEqual([303, at(`/payments/${attemptOf(fields)}`)]);
  return text(browser, at(`/payments/${attemptOf(fields)}`));
}

describe('paying several invoices at once', () => {
  test('C10 the ticked ones are one payment with one receipt, however often the form is sent', async () => {
    const { customer, browser, sent } = await account([10_000, 20_000, 30_000]);
    const list = await text(browser, at('/invoices'));
    expect([...list.matchAll(/type="checkbox" name="invoice"/g)].length).toBe(3);
    const html = await text(browser, at(`/pay?invoice=${id(sent[0])}&invoice=${id(sent[2])}`));
    for (const said of ['Continue to pay $400.00', 'Nothing left after this', '$100.00', '$300.00']) expect(html).toContain(said);
    const fields = fieldsIn(html);
    const [one, two] = [await browser.post(at('/pay'), fields), await browser.post(at('/pay'), fields)];
    expect([two.status, two.headers.get('location')]).toEqual([303, one.headers.get('location')]);
    const receipt = await payAndReturn(browser, html);
    for (const said of ['$400.00', 'Left to pay', '$0.00']) expect(receipt).toContain(said);
    expect((await browser.post(at('/pay'), fields)).headers.get('location')).toBe(at(`/pay/${attemptOf(fields)}/return`));
    expect([(await facts(sent[0])).paidMinor, (await facts(sent[1])).paidMinor, (await facts(sent[2])).paidMinor]).toEqual([10_000n, 0n, 30_000n]);
    expect(await countPayments(customer)).toBe(1);
  });

  test('nothing ticked pays all that is due, and home offers just that', async () => {
    const { browser, sent } = await account([10_000, 20_000]);
    expect(await text(browser, at('/home'))).toMatch(/href="[^"]*\/pay"[^>]*>Pay \$300\.00 due now/);
    await payAndReturn(browser, await text(browser, at('/pay')));
    for (const each of sent) expect((await facts(each)).standing.balanceMinor).toBe(0n);
    const after = await browser.go(at('/pay'));
    expect([after.status, (await after.text()).includes('There is nothing left to pay')]).toEqual([422, true]);
  });

  test('an amount of their own goes oldest first, as shown, and what is left is told', async () => {
    const { browser, sent } = await account([10_000, 20_000, 30_000]);
    const html = await text(browser, at('/pay?amount=150.00'));
    for (const said of ['Continue to pay $150.00', '$50.00', '$150.00 left after this']) expect(html).toContain(said);
    await payAndReturn(browser, html);
    expect(await Promise.all(sent.map(async (each) => (await facts(each)).paidMinor))).toEqual([10_000n, 5_000n, 0n]);
  });

  test('rule 22 M15 more than is owed is kept as credit on purpose only', async () => {
    const { browser, sent, customer } = await account([10_000]);
    const over = await browser.go(at('/pay?amount=125.00'));
    const asked = await over.text();
    expect(over.status).toBe(422);
    expect(asked).toContain('Keep $25.00 as credit');
    expect(asked).not.toContain('Continue to pay');
    const receipt = await payAndReturn(browser, await text(browser, at('/pay?amount=125.00&keep=1')));
    expect(receipt).toContain('Kept as credit');
    expect((await facts(sent[0])).paidMinor).toBe(10_000n);
    const { rows } = await world.house.office(({ tx }) =>
      sql<{ credit: bigint }>`select credit_minor as credit from customer_balances where business_id = ${world.house.id} and customer_id = ${customer}`.execute(
        tx,
      ),
    );
    expect(rows.map(({ credit }) => credit)).toEqual([2_500n]);
    expect(await text(browser, at('/home'))).toMatch(/Credit available<\/dt><dd[^>]*>\$25\.00/);
  });

  test('what was shown is what is charged: something changed meanwhile, and the page comes back with the new allocation', async () => {
    const { browser, sent, customer } = await account([10_000, 20_000]);
    const html = await text(browser, at('/pay?amount=150.00'));
    const targets = [{ documentId: sent[0]?.id ?? '', amountMinor: 4_000n }];
    const check = { id: newId(), customerId: customer, method: 'check', amountMinor: 4_000n, currency: 'USD', receivedOn: '2026-01-05', targets } as const;
    await world.house.office((scope) => recordPayment(scope, check));
    const answer = await browser.post(at('/pay'), fieldsIn(html));
    const again = await answer.text();
    expect(answer.status).toBe(409);
    for (const said of ['has changed since you looked', 'You have not been charged', '$60.00', '$90.00', 'Continue to pay $150.00'])
      expect(again).toContain(said);
    expect(await countPayments(customer)).toBe(1);
    await payAndReturn(browser, again);
    expect(await Promise.all(sent.map(async (each) => (await facts(each)).paidMinor))).toEqual([10_000n, 9_000n]);
  });

  test('T5 invoices of somebody else, of nobody and amounts that are none write nothing', async () => {
    const mine = await account([10_000]);
    const rosas = await world.send([world.people.rosa.id], { customer: world.other });
    const nowhere = publicId('invoice', newId());
    const [foreign, none] = await Promise.all(
      [id(rosas), nowhere].map(async (invoice) => {
        const answer = await mine.browser.go(at(`/pay?invoice=${invoice}`));
        return [answer.status, (await answer.text()).replaceAll(invoice, '').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')];
      }),
    );
    expect(foreign).toEqual(none);
    expect(foreign?.[0]).toBe(422);
    const html = await text(mine.browser, at('/pay?amount=50.00'));
    const sneaky = fieldsIn(html).map(([name, value]): [string, string] => [name, name === 'seen' ? value.replace(mine.sent[0]?.id ?? '', rosas.id) : value]);
    expect((await mine.browser.post(at('/pay'), [...sneaky, ['invoice', id(rosas)]])).status).toBe(409);
    for (const amountMinor of ['NaN', '1e3', '1,000', '-1', '0', '0.1', '9007199254740993', '１２']) {
      const fields = fieldsIn(html).map(([name, value]): [string, string] => [name, name === 'amountMinor' ? amountMinor : value]);
      expect([amountMinor, (await mine.browser.post(at('/pay'), fields)).status]).toEqual([amountMinor, 422]);
    }
    expect(await countPayments(mine.customer)).toBe(0);
    expect((await world.browser().go(at('/pay'))).headers.get('location')).toContain(`/${world.house.slug}`);
  });

  test('rule 30 a person of one property pays their parts of several invoices, and keeps no credit', async () => {
    const both = [
      await world.send([world.people.dana.id], { amounts: [10_000, 20_000, 30_000], spread: true }),
      await world.send([world.people.dana.id], { amounts: [4_000, 5_000, 6_000], spread: true }),
    ];
    const edgar = await signedIn(world, world.people.edgar.id);
    const html = await text(edgar, at('/pay'));
    for (const said of ['Continue to pay $140.00', 'Your part of invoice']) expect(html).toContain(said);
    expect(html).not.toMatch(/600\.00|LK-02|LK-03/);
    expect((await edgar.go(at('/pay?amount=200.00&keep=1'))).status).toBe(422);
    await payAndReturn(edgar, html);
    expect(await Promise.all(both.map(async (each) => (await facts(each)).paidMinor))).toEqual([10_000n, 4_000n]);
  });

  test('one payment is for one account: bills of two are paid one after the other', async () => {
    const [one, two] = [await account([10_000]), await account([20_000])];
    await world.house.office(({ tx }) =>
      sql`insert into grants (business_id, id, person_id, customer_id, created_at) values (${world.house.id}, ${newId()}, ${one.person.id}, ${two.customer}, now())`.execute(
        tx,
      ),
    );
    const answer = await one.browser.go(at('/pay'));
    const html = await answer.text();
    expect([answer.status, html.includes('One payment for each'), html.includes('Continue to pay')]).toEqual([422, true, false]);
    for (const said of ['$100.00', '$200.00']) expect(html).toContain(said);
    const [, first = ''] = /href="([^"]*\/pay\?invoice=[^"]*)"/.exec(html) ?? [];
    expect(await text(one.browser, first)).toContain('Continue to pay $');
  });

  test('rule 34 credit pays first, the rest is charged; credit alone needs no processor', async () => {
    const { browser, sent, customer } = await account([10_000, 5_000]);
    const check = {
      id: newId(),
      customerId: customer,
      method: 'check',
      amountMinor: 12_000n,
      currency: 'USD',
      receivedOn: '2026-01-05',
      targets: [],
      keepCredit: true,
    } as const;
    await world.house.office((scope) => recordPayment(scope, check));
    expect(await text(browser, at('/pay'))).toContain('Use $120.00 credit');
    const html = await text(browser, at('/pay?credit=1'));
    for (const said of ['$120.00 credit is used first', 'Continue to pay $30.00', '−$120.00']) expect(html).toContain(said);
    const fields = fieldsIn(html);
    const [one, two] = await Promise.all([browser.post(at('/pay'), fields), browser.post(at('/pay'), fields)]);
    expect([one.status, two.headers.get('location')]).toEqual([303, one.headers.get('location')]);
    await till.pay(sessionIn(one.headers.get('location')), 'card_success');
    await browser.go(at(`/pay/${attemptOf(fields)}/return`));
    expect(await Promise.all(sent.map(async (each) => (await facts(each)).standing.balanceMinor))).toEqual([0n, 0n]);
    expect(await countPayments(customer)).toBe(2);
    const again = await account([4_000]);
    await world.house.office((scope) => recordPayment(scope, { ...check, id: newId(), customerId: again.customer, amountMinor: 4_500n }));
    const alone = await text(again.browser, at('/pay?credit=1'));
    expect(alone).not.toContain('Continue to pay');
    const used = await again.browser.post(at('/pay'), fieldsIn(alone));
    expect([used.status, used.headers.get('location')]).toEqual([303, expect.stringContaining('/account?used=')]);
    const page = await text(again.browser, used.headers.get('location') ?? '');
    for (const said of ['Your credit was used', '$5.00', 'Payment']) expect(page).toContain(said);
    expect(await text(again.browser, at('/account/csv'))).toContain('-45.00');
    expect((await facts(again.sent[0])).standing.balanceMinor).toBe(0n);
  });

  test('the books agree with all of it', async () => {
    expect(await world.house.system((scope) => verifyBooks(scope))).toEqual([]);
  });
});
