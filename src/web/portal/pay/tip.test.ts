import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWithTill, sessionOf, signedIn } from '../../../../test/portal-till.ts';
import type { Browser, PortalWorld, SentInvoice } from '../../../../test/portal-world.ts';
import type { SandboxTill } from '../../../../test/till.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';

const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;

beforeAll(async () => {
  ({ world, till } = await portalWithTill(web()));
  await world.house.office(({ tx }) =>
    sql`update business_profiles set tips_offered = true, tip_cap_percent = 50 where business_id = ${world.house.id}`.execute(tx),
  );
});
afterAll(() => till.close());

/** A bill of 186.00 of a household, opened by its link. */
async function bill(options: { extra?: Readonly<Record<string, unknown>>; locale?: string } = {}): Promise<{ browser: Browser; sent: SentInvoice }> {
  const sent = await world.send([world.people.rosa.id], { customer: world.other });
  const browser = world.browser(options.locale ? { 'accept-language': options.locale } : {});
  await browser.open(world.house.slug, sent.tokens[0] ?? '');
  return { browser, sent };
}
const pageOf = async (browser: Browser, path: string): Promise<string> => (await browser.go(path)).text();
const fieldsOf = (html: string): [string, string][] =>
  [...html.matchAll(/<input type="hidden" name="(act|amountMinor|tipMinor|part)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);

describe('a tip in the portal', () => {
  test('rule 42 is offered with the whole bill of a household, chosen without a script, and stands on the receipt on its own line', async () => {
    const { browser, sent } = await bill();
    const first = await pageOf(browser, `${sent.path}/pay`);
    for (const text of ['Add a tip?', 'No tip', '10% · $18.60', '15% · $27.90', '20% · $37.20', 'Continue to pay $186.00']) expect(first).toContain(text);
    expect(fieldsOf(first).map(([name]) => name)).not.toContain('tipMinor');
    const link = /href="([^"]*tip=15[^"]*)"/.exec(first)?.[1] ?? '';
    const chosen = await pageOf(browser, link.replaceAll('&amp;', '&'));
    for (const text of ['Continue to pay $213.90', '$186.00 for the invoice and $27.90 tip']) expect(chosen).toContain(text);
    const fields = fieldsOf(chosen);
    expect(fields).toEqual(
      expect.arrayContaining([
        ['amountMinor', '18600'],
        ['tipMinor', '2790'],
      ]),
    );
    const answer = await browser.post(`${sent.path}/pay`, [...fields, ['method', 'card']]);
    const act = fields.find(([name]) => name === 'act')?.[1] ?? '';
    const session = /cs_\w+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '';
    expect(await till.pay(session, 'card_success')).toBe('done');
    const payment = publicId('payment', act);
    await browser.go(`${sent.path}/pay/${payment}/return`);
    const receipt = await pageOf(browser, `${sent.path}/receipts/${payment}`);
    expect(receipt).toMatch(/\$213\.90.*Paid for.*\$186\.00.*Tip.*\$27\.90.*Left to pay.*\$0\.00/s);
    expect(await pageOf(browser, sent.path)).toContain('Payment of $186.00 received');
  });

  test('rule 42 may be an amount of their own up to the cap, and what cannot be taken comes back marked', async () => {
    const { browser, sent } = await bill();
    expect(await pageOf(browser, `${sent.path}/pay?tip=own&own=5`)).toContain('Continue to pay $191.00');
    expect(await pageOf(browser, `${sent.path}/pay?tip=own&own=`)).toContain('Continue to pay $186.00');
    for (const [own, says] of [
      ['abc', 'Please write an amount'],
      ['93.01', 'more than the largest tip we take'],
      ['-1', 'This amount is too small'],
    ] as const) {
      const answer = await browser.go(`${sent.path}/pay?tip=own&own=${own}`);
      const html = await answer.text();
      expect([own, answer.status]).toEqual([own, 422]);
      expect(html).toContain(says);
      expect(html).toMatch(/name="own"[^>]*aria-invalid="true"/);
      expect(html).toContain('Continue to pay $186.00');
    }
  });

  test('rule 42 is not offered with a part, nor to commercial accounts, whatever a form says', async () => {
    const { browser, sent } = await bill();
    const part = await pageOf(browser, `${sent.path}/pay?amount=50.00&tip=15`);
    expect(part).toContain('Continue to pay $50.00');
    expect(part).not.toContain('Add a tip?');
    const act = fieldsOf(part).find(([name]) => name === 'act')?.[1] ?? '';
    expect((await browser.post(`${sent.path}/pay`, { act, amountMinor: '5000', tipMinor: '500', method: 'card' })).status).toBe(422);
    const managed = await world.send([world.people.dana.id]);
    const dana = world.browser();
    await dana.open(world.house.slug, managed.tokens[0] ?? '');
    const page = await pageOf(dana, `${managed.path}/pay?tip=15`);
    expect(page).toContain('Continue to pay $186.00');
    expect(page).not.toContain('Add a tip?');
    const own = fieldsOf(page).find(([name]) => name === 'act')?.[1] ?? '';
    expect((await dana.post(`${managed.path}/pay`, { act: own, amountMinor: '18600', tipMinor: '100', method: 'card' })).status).toBe(422);
    for (const tipMinor of ['-1', '1e3', '0.5', 'NaN']) {
      expect((await browser.post(`${sent.path}/pay`, { act, amountMinor: '18600', tipMinor, method: 'card' })).status).toBe(422);
    }
  });

  test('rule 42 a kept card is charged bill and tip in one press, and what the processor is told names both', async () => {
    const { sent } = await bill();
    const browser = await signedIn(world, world.people.rosa.id);
    const methods = `/${world.house.slug}/methods`;
    const act = /name="act" value="([^"]+)"/.exec(await pageOf(browser, methods))?.[1] ?? '';
    const away = await browser.post(methods, { act, do: 'add' });
    await till.save(/st_\w+/.exec(away.headers.get('location') ?? '')?.[0] ?? '', 'card_success');
    await browser.go(`${methods}/${publicId('method', act)}/added`);
    const page = await pageOf(browser, `${sent.path}/pay?tip=15`);
    expect(page).toContain('Pay $213.90 with Visa •••• 4242');
    const form = page.split('<form').find((part) => part.includes('Visa •••• 4242')) ?? '';
    const saved = /name="saved" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const answer = await browser.post(`${sent.path}/pay`, [...fieldsOf(form), ['saved', saved]]);
    const receipt = (await browser.go(answer.headers.get('location') ?? '')).headers.get('location') ?? '';
    expect(receipt).toContain('/receipts/');
    expect(await pageOf(browser, receipt)).toMatch(/\$213\.90.*\$186\.00.*Tip.*\$27\.90/s);
    const mail = await world.house.office(({ tx }) =>
      sql<{ amount: string; tip: string }>`select facts->>'amountMinor' as amount, facts->>'tipMinor' as tip from mails
        where business_id = ${world.house.id} and kind = 'receipt' order by created_at desc limit 1`.execute(tx),
    );
    expect(mail.rows).toEqual([{ amount: '21390', tip: '2790' }]);
    // Somebody else's bill, opened by its link in the same browser, is none a session may charge: the card is not offered there.
    const other = await world.send([world.people.dana.id]);
    const both = world.browser({ cookie: `link=${other.tokens[0]}; ${await sessionOf(world, world.people.rosa.id)}` });
    const theirs = await pageOf(both, `${other.path}/pay`);
    expect([theirs.includes('Continue to pay $186.00'), theirs.includes('Visa')]).toEqual([true, false]);
  });

  test.each([
    ['es', '¿Añadir una propina?', 'Sin propina'],
    ['fr', 'Ajouter un pourboire ?', 'Sans pourboire'],
  ])('is asked for in %s', async (locale, ...texts) => {
    const { browser, sent } = await bill({ locale });
    const page = await pageOf(browser, `${sent.path}/pay?tip=20`);
    for (const text of texts) expect(page).toContain(text);
  });
});
