import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { portalWithTill, signedIn } from '../../../../test/portal-till.ts';
import type { Browser, PortalWorld, SentInvoice } from '../../../../test/portal-world.ts';
import type { SandboxTill } from '../../../../test/till.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import { createCustomer } from '../../../domain/customers/customers.ts';
import { verifyBooks } from '../../../domain/ledger/ledger.ts';
import { askProcessor } from '../../../domain/payments/payments.ts';
import { addPerson } from '../../../domain/people/people.ts';

const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;

beforeAll(async () => {
  ({ world, till } = await portalWithTill(web()));
});
afterAll(() => till.close());
beforeEach(() => rule('card_fee'));

/** 3% on cards, at most 10.00; or 2% off bank debits. */
const rule = (kind: 'card_fee' | 'bank_saving' | 'none', fixedMinor = 0) =>
  world.house.office(({ tx }) =>
    sql`update business_profiles set way_rule = ${kind}, card_fee_ppm = 30000, card_fee_fixed_minor = ${fixedMinor}, card_fee_most_minor = 1000,
      bank_saving_ppm = 20000 where business_id = ${world.house.id}`.execute(tx),
  );

async function bill(locale?: string): Promise<{ browser: Browser; sent: SentInvoice }> {
  const sent = await world.send([world.people.rosa.id], { customer: world.other });
  const browser = world.browser(locale ? { 'accept-language': locale } : {});
  await browser.open(world.house.slug, sent.tokens[0] ?? '');
  return { browser, sent };
}

const paymentAt = async (fields: readonly (readonly [string, string])[]): Promise<string | undefined> => {
  const { rows } = await world.house.office(({ tx }) =>
    sql<{
      at: string;
    }>`select gateway_payment as at from payments where business_id = ${world.house.id} and id = ${fields.find(([name]) => name === 'act')?.[1] ?? ''}`.execute(
      tx,
    ),
  );
  return rows[0]?.at;
};

const text = async (browser: Browser, path: string): Promise<string> => (await browser.go(path)).text();
/** What is read, without its marks. */
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const fieldsOf = (html: string): [string, string][] =>
  [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
const formOf = (html: string): [string, string][] => fieldsOf(html.slice(html.lastIndexOf('<form method="post"')));
const attempt = (fields: readonly (readonly [string, string])[]): string => publicId('payment', fields.find(([name]) => name === 'act')?.[1] ?? '');

describe('what a way of paying costs, in the portal', () => {
  test('rule 43 each way says exactly what it costs before the choice, without a script, and that is what is charged and stands on the receipt', async () => {
    const { browser, sent } = await bill();
    const page = await text(browser, `${sent.path}/pay`);
    expect(plain(page)).toMatch(/Card \$186\.00 \+ \$5\.58 card fee Arrives at once\. \$191\.58/);
    expect(plain(page)).toMatch(/Bank account Takes up to five working days\. Counts from today\. \$186\.00/);
    expect(plain(page)).toContain('Paying by card adds a fee of 3%, at most $10.00. It is charged once for this payment and is not part of your invoice.');
    for (const button of ['Continue to pay $191.58', 'Continue to pay $186.00']) expect(page).toContain(button);
    const fields = formOf(page);
    expect(fields).toEqual(expect.arrayContaining([['cardWay', '558']]));
    const answer = await browser.post(`${sent.path}/pay`, [...fields, ['method', 'card']]);
    const session = /cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '';
    expect(await till.pay(session, 'card_success')).toBe('done');
    await browser.go(`${sent.path}/pay/${attempt(fields)}/return`);
    const receipt = plain(await text(browser, `${sent.path}/receipts/${attempt(fields)}`));
    expect(receipt).toMatch(/\$191\.58.*Paid for.*\$186\.00.*Card fee \$5\.58.*Left to pay \$0\.00/);
    expect(await text(browser, sent.path)).not.toContain('5.58');
    expect(await world.house.office((scope) => verifyBooks(scope))).toEqual([]);
  });

  test('by bank there is no fee, neither on the way nor on the receipt; where it is off nothing is said of one', async () => {
    const { browser, sent } = await bill();
    const fields = formOf(await text(browser, `${sent.path}/pay`));
    const answer = await browser.post(`${sent.path}/pay`, [...fields, ['method', 'bank']]);
    expect(answer.status).toBe(303);
    await till.pay(/cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '', 'bank_clears');
    await browser.go(`${sent.path}/pay/${attempt(fields)}/return`);
    expect(plain(await text(browser, `${sent.path}/receipts/${attempt(fields)}`))).not.toContain('Card fee');
    await rule('none');
    const off = await bill();
    const page = await text(off.browser, `${off.sent.path}/pay`);
    expect(page).not.toMatch(/card fee|cardWay|class="by/);
    expect([...page.matchAll(/Continue to pay \$186\.00/g)].length).toBe(1);
  });

  test('decision 0140 a fee that changed since the page was shown is not charged: the page comes back with the one of now', async () => {
    const { browser, sent } = await bill();
    const fields = formOf(await text(browser, `${sent.path}/pay`));
    await rule('card_fee', 30);
    const answer = await browser.post(`${sent.path}/pay`, [...fields, ['method', 'card']]);
    const html = await answer.text();
    expect([answer.status, plain(html).includes('What this way of paying costs has changed'), plain(html).includes('$186.00 + $5.88 card fee')]).toEqual([
      409,
      true,
      true,
    ]);
    for (const cardWay of ['1e3', '5.58', '--1', 'x'])
      expect(
        (await browser.post(`${sent.path}/pay`, [...fields.filter(([name]) => name !== 'cardWay'), ['cardWay', cardWay], ['method', 'card']])).status,
      ).toBe(422);
  });

  test('a bank saving is told before the choice, and the bill is paid in full with less', async () => {
    await rule('bank_saving');
    const { browser, sent } = await bill();
    const page = await text(browser, `${sent.path}/pay`);
    expect(plain(page)).toMatch(/Bank account \$186\.00 − \$3\.72 saving Takes up to five working days\. Counts from today\. \$182\.28/);
    expect(plain(page)).toContain('Paying from a bank account saves 2%.');
    const fields = formOf(page);
    const answer = await browser.post(`${sent.path}/pay`, [...fields, ['method', 'bank']]);
    await till.pay(/cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '', 'bank_clears');
    await browser.go(`${sent.path}/pay/${attempt(fields)}/return`);
    expect(plain(await text(browser, `${sent.path}/receipts/${attempt(fields)}`))).toMatch(/\$182\.28.*\$186\.00.*Bank account saving −\$3\.72/);
    await till.decide((await paymentAt(fields)) ?? '', 'clear');
    await browser.go(`${sent.path}/pay/${attempt(fields)}/return`);
    await askProcessor(till.till, world.house.id, fields.find(([name]) => name === 'act')?.[1] ?? '');
    const account = plain(await text(await signedIn(world, world.people.rosa.id), `/${world.house.slug}/account`));
    expect(account).toContain('$3.72 of it saved');
  });

  test('rule 43 one payment for several invoices carries the fee once', async () => {
    const made = await world.house.office(async (scope) => {
      const { id: customer } = await createCustomer(scope, { kind: 'commercial', name: 'Sampleton School' });
      return { customer, person: (await addPerson(scope, { name: 'Ana Paz', email: `ap.${newId().slice(-8)}@example.com`, customerId: customer })).id };
    });
    for (const amount of [3_333, 3_333]) await world.send([made.person], { amounts: [amount], customer: made.customer });
    const browser = await signedIn(world, made.person);
    const at = `/${world.house.slug}/pay`;
    const page = await text(browser, at);
    expect(plain(page)).toContain('$66.66 + $2.00 card fee');
    const fields = formOf(page);
    const answer = await browser.post(at, [...fields, ['method', 'card']]);
    await till.pay(/cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '', 'card_success');
    await browser.go(`${at}/${attempt(fields)}/return`);
    expect(plain(await text(browser, `/${world.house.slug}/payments/${attempt(fields)}`))).toMatch(/\$68\.66.*\$33\.33.*\$33\.33.*Card fee \$2\.00/);
  });

  test('a kept card says its fee on its button, and is charged that', async () => {
    const { sent } = await bill();
    const browser = await signedIn(world, world.people.rosa.id);
    const methods = `/${world.house.slug}/methods`;
    const act = /name="act" value="([^"]+)"/.exec(await text(browser, methods))?.[1] ?? '';
    const away = await browser.post(methods, { act, do: 'add' });
    await till.save(/st_\w+/.exec(away.headers.get('location') ?? '')?.[0] ?? '', 'card_success');
    await browser.go(`${methods}/${publicId('method', act)}/added`);
    const page = await text(browser, `${sent.path}/pay`);
    expect(plain(page)).toMatch(/Pay \$191\.58 with Visa •••• 4242 \$186\.00 \+ \$5\.58 card fee/);
    const fields = fieldsOf(page.split('<form').find((part) => part.includes('Visa •••• 4242')) ?? '');
    const without = fields.filter(([name]) => name !== 'cardWay');
    expect((await browser.post(`${sent.path}/pay`, without)).status).toBe(409);
    const answer = await browser.post(`${sent.path}/pay`, fields);
    const receipt = (await browser.go(answer.headers.get('location') ?? '')).headers.get('location') ?? '';
    expect(plain(await text(browser, receipt))).toMatch(/\$191\.58.*Card fee \$5\.58/);
  });

  test.each([
    ['es', '$186.00 + $5.58 de cargo por tarjeta', 'Pagar con tarjeta añade un cargo de 3%'],
    ['fr', '186,00 $ + 5,58 $ de frais de carte', 'Payer par carte ajoute des frais de 3 %'],
  ])('is told in %s', async (locale, ...texts) => {
    const { browser, sent } = await bill(locale);
    const page = plain(await text(browser, `${sent.path}/pay`))
      .replaceAll('\u00a0', ' ')
      .replaceAll('\u202f', ' ');
    for (const each of texts) expect(page).toContain(each);
  });
});
