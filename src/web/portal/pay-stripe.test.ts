import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StandIn, startStandIn } from '../../../test/fakes/stripe/stand-in.ts';
import { type Browser, type PortalWorld, portalWorld } from '../../../test/portal-world.ts';
import { testWeb } from '../../../test/web.ts';
import { publicId } from '../../core/ids.ts';
import { accountOf, changeOffered, connectProcessor, setSigningSecret } from '../../domain/processors/processors.ts';
import { setLogLevel } from '../../log.ts';
import { stripeGateway, stripePlace } from '../../outside/cards/stripe-gateway.ts';
import { createApp } from '../app.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn();
  const { database, keys } = web().deps;
  const stripe = stripeGateway({
    ...stripePlace(standIn.url),
    payOrigin: 'https://checkout.stripe.com',
    accountOf: (of) => accountOf(database, keys, 'stripe', of),
  });
  const deps = { ...web().deps, cards: { stripe } };
  world = await portalWorld({ ...web(), deps, app: createApp(deps) }, { gateway: false });
  await world.house.office(async (scope) => {
    await connectProcessor(scope, keys, { key: 'rk_test_portalworld_1', found: { kind: 'fine', account: 'acct_portalworld', name: 'Otter', live: false } });
    await setSigningSecret(scope, keys, { secret: 'whsec_portal_world_0000000' });
    await changeOffered(scope, { gateway: 'stripe' }, { sandbox: false });
  });
});
afterAll(() => standIn.close());

async function pressPay(browser: Browser, path: string, method = 'card'): Promise<{ answer: Response; act: string; html: string; headers: Headers }> {
  const page = await browser.go(`${path}/pay`);
  const html = await page.text();
  const act = /name="act" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const amount = /name="amountMinor" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return { answer: await browser.post(`${path}/pay`, { act, amountMinor: amount, method }), act, html, headers: page.headers };
}

describe('paying through Stripe', () => {
  test('P15 our pages have no field for a card and no foreign script, and send the payer to Stripe alone', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = world.browser();
    await browser.open(world.house.slug, sent.tokens[0] ?? '');
    const { html, headers, answer } = await pressPay(browser, sent.path);
    const names = [...html.matchAll(/<input[^>]*name="([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(names)).toEqual(new Set(['act', 'amountMinor', 'method']));
    expect(html).not.toMatch(/cc-number|cardnumber|cvc|autocomplete="cc/i);
    for (const [, src = ''] of html.matchAll(/<(?:script|iframe|link)[^>]*(?:src|href)="([^"]+)"/g)) expect(src).toMatch(/^(\/(?!\/)|data:image\/svg)/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("form-action 'self' https://checkout.stripe.com");
    expect(policy).not.toContain('unsafe-inline');
    expect(answer.headers.get('location')).toMatch(/\/c\/pay\/cs_test_/);
  });

  test('what is not offered is not shown, and refused from an old form; amounts below both floors are not paid online', async () => {
    await world.house.office((scope) => changeOffered(scope, { bank: false, cardFloorMinor: 5_000n }, { sandbox: false }));
    const [large, small] = [await world.send([world.people.dana.id]), await world.send([world.people.dana.id], { amounts: [1_000] })];
    const browser = world.browser();
    for (const sent of [large, small]) await browser.open(world.house.slug, sent.tokens[0] ?? '');
    const page = await (await browser.go(`${large.path}/pay`)).text();
    expect([page.includes('value="card"'), page.includes('value="bank"')]).toEqual([true, false]);
    expect((await pressPay(browser, large.path, 'bank')).answer.status).toBe(422);
    expect((await pressPay(browser, large.path)).answer.status).toBe(303);
    const few = await (await browser.go(`${small.path}/pay`)).text();
    expect(few).toContain('too small to be paid online');
    expect(few).not.toContain('type="submit"');
    const created = await standIn.things('checkout.session');
    expect(created.at(0)?.['allowed_payment_method_types']).toEqual(['card', 'link']);
    await world.house.office((scope) => changeOffered(scope, { bank: true, cardFloorMinor: 50n }, { sandbox: false }));
  });

  test('P3 while Stripe is silent the page says checking, pays nothing twice, and finds the truth afterwards', async () => {
    const sent = await world.send([world.people.dana.id]);
    const browser = world.browser();
    await browser.open(world.house.slug, sent.tokens[0] ?? '');
    await standIn.knobs({ trouble: 'error_after', only: 'POST /v1/checkout' });
    const { answer, act } = await pressPay(browser, sent.path);
    await standIn.knobs({});
    expect(answer.headers.get('location') ?? '').toContain(publicId('payment', act));
    const { rows } = await world.house.office(({ tx }) =>
      sql<{ state: string }>`select state from payments where business_id = ${world.house.id} and id = ${act}`.execute(tx),
    );
    expect(rows).toEqual([{ state: 'unknown' }]);
    expect(await (await browser.go(`${sent.path}/pay`)).text()).toMatch(/checking/i);
    const second = await pressPay(browser, sent.path);
    expect([200, 303, 422, 409]).toContain(second.answer.status);
    const sessions = (await standIn.things('checkout.session')).filter((each) => each['client_reference_id'] === act);
    expect(sessions).toHaveLength(1);
  });
});
