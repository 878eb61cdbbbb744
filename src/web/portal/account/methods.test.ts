import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWithTill, signedIn } from '../../../../test/portal-till.ts';
import type { Browser, PortalWorld } from '../../../../test/portal-world.ts';
import type { SandboxTill } from '../../../../test/till.ts';
import { testWeb } from '../../../../test/web.ts';
import { publicId } from '../../../core/ids.ts';
import { en } from '../../../core/words/en.ts';
import { words } from '../../../core/words/words.ts';
import { setLogLevel } from '../../../log.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let till: SandboxTill;
let at = '';

beforeAll(async () => {
  ({ world, till } = await portalWithTill(web(), 400));
  at = `/${world.house.slug}`;
});
afterAll(() => till.close());

const text = (answer: Response): Promise<string> => answer.text();
const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
const toldIn = (answer: Response): string => new URL(answer.headers.get('location') ?? '', 'http://x').search;

/** Adds a card as a person does: the press, the processor's page, and back. */
async function add(browser: Browser, instrument: string): Promise<string> {
  const page = await text(await browser.go(`${at}/methods`));
  const away = await browser.post(`${at}/methods`, { act: hidden(page, 'act'), do: 'add' });
  const session = /st_\w+/.exec(away.headers.get('location') ?? '')?.[0] ?? '';
  await till.save(session, instrument);
  return publicId('method', hidden(page, 'act'));
}

describe('the page of payment methods and autopay', () => {
  test('autopay asks for something to pay with first', async () => {
    const answer = await (await signedIn(world, world.people.rosa.id)).go(`${at}/autopay`);
    expect([answer.status, new URL(answer.headers.get('location') ?? '', 'http://x').pathname]).toEqual([303, `${at}/methods`]);
  });

  test('a card is added at the processor, made to be used first, offered, taken back and removed', async () => {
    const browser = await signedIn(world, world.people.dana.id);
    const first = await add(browser, 'card_success');
    expect(toldIn(await browser.go(`${at}/methods/${first}/added`))).toBe('?told=added');
    const second = await add(browser, 'bank_clears');
    await browser.go(`${at}/methods/${second}/added`);
    for (const press of ['usual', 'usual', 'offer', 'take_back']) expect((await browser.post(`${at}/methods`, { do: press, method: second })).status).toBe(303);
    const page = await text(await browser.go(`${at}/methods`));
    expect([page.includes('Visa •••• 4242'), page.includes('Test Bank •••• 6789')]).toEqual([true, true]);
    const confirm = await text(await browser.go(`${at}/methods/${second}`));
    expect(confirm).toContain('Remove Test Bank •••• 6789?');
    expect(toldIn(await browser.post(`${at}/methods`, { do: 'remove', method: second }))).toBe('?told=removed');
    expect(await text(await browser.go(`${at}/methods`))).not.toContain('6789');
  });

  test('while the processor is silent it says that we are checking, and asking later finds the card', async () => {
    const browser = await signedIn(world, world.people.dana.id);
    const card = await add(browser, 'card_confirm');
    await till.knobs({ fetch: 'hang' });
    expect(toldIn(await browser.go(`${at}/methods/${card}/added`))).toBe('?told=checking');
    await till.knobs({});
    expect(toldIn(await browser.go(`${at}/methods/${card}/added`))).toBe('?told=added');
  });

  test('rule 27 a card is seen by others only while it is offered, and is nobody’s to change but its person’s', async () => {
    const [dana, edgar, rosa] = [
      await signedIn(world, world.people.dana.id),
      await signedIn(world, world.people.edgar.id),
      await signedIn(world, world.people.rosa.id),
    ];
    const card = await add(dana, 'card_success');
    await dana.go(`${at}/methods/${card}/added`);
    expect(await text(await edgar.go(`${at}/methods`))).not.toContain('added by');
    await dana.post(`${at}/methods`, { do: 'offer', method: card });
    expect(await text(await edgar.go(`${at}/methods`))).toContain('Visa •••• 4242, added by Dana Whitlock');
    expect(await text(await rosa.go(`${at}/methods`))).not.toContain('4242');
    for (const press of ['usual', 'offer', 'take_back', 'remove']) {
      for (const other of [edgar, rosa]) expect((await other.post(`${at}/methods`, { do: press, method: card })).status).toBe(404);
    }
    for (const other of [edgar, rosa])
      expect([(await other.go(`${at}/methods/${card}`)).status, (await other.go(`${at}/methods/${card}/added`)).status]).toEqual([404, 404]);
    await dana.post(`${at}/methods`, { do: 'take_back', method: card });
    expect(await text(await edgar.go(`${at}/methods`))).not.toContain('4242');
  });

  test('one agrees to the words one read, and turns it off in one press', async () => {
    const browser = await signedIn(world, world.people.dana.id);
    const card = await add(browser, 'card_success');
    await browser.go(`${at}/methods/${card}/added`);
    const asked = `${at}/autopay?review=1&for=${publicId('customer', world.customer)}&method=${card}&cap=${encodeURIComponent('$500.00')}&days=5`;
    const review = await text(await browser.go(asked));
    expect(review).toContain('at most $500.00 for one bill');
    expect((await browser.go(asked.replace('%24500.00', 'much'))).status).toBe(422);
    const fields = Object.fromEntries(['act', 'for', 'method', 'cap', 'days'].map((name) => [name, hidden(review, name)]));
    for (let times = 0; times < 2; times += 1) expect(toldIn(await browser.post(`${at}/autopay`, fields))).toBe('?told=on');
    const page = await text(await browser.go(`${at}/methods`));
    expect(page).toContain('Up to $500.00 for one bill');
    const mandate = hidden(page, 'mandate');
    expect((await (await signedIn(world, world.people.edgar.id)).post(`${at}/methods`, { do: 'stop', mandate })).status).toBe(404);
    expect(toldIn(await browser.post(`${at}/methods`, { do: 'stop', mandate }))).toBe('?told=off');
  });

  test('a bill is paid with a kept card in one press, twice pressed once, and only by who is signed in', async () => {
    const { dana } = world.people;
    const sent = await world.send([dana.id]);
    const guest = world.browser();
    await guest.open(world.house.slug, sent.tokens[0] ?? '');
    expect(await text(await guest.go(`${sent.path}/pay`))).not.toContain('4242');
    const browser = await signedIn(world, dana.id);
    const page = await text(await browser.go(`${sent.path}/pay`));
    expect(page).toContain('Pay $186.00 with Visa •••• 4242');
    const form = page.split('<form').find((part) => part.includes('Visa •••• 4242')) ?? '';
    const fields = { act: hidden(form, 'act'), amountMinor: '18600', saved: hidden(form, 'saved') };
    expect((await guest.post(`${sent.path}/pay`, fields)).status).toBe(422);
    const [one, two] = [await browser.post(`${sent.path}/pay`, fields), await browser.post(`${sent.path}/pay`, fields)];
    expect([one.status, one.headers.get('location')]).toEqual([303, two.headers.get('location')]);
    expect((await browser.go(one.headers.get('location') ?? '')).headers.get('location')).toContain('/receipts/');
  });

  test('a bank that wants to ask its payer first is asked at the processor’s page', async () => {
    const { edgar } = world.people;
    const browser = await signedIn(world, edgar.id);
    const card = await add(browser, 'card_confirm');
    await browser.go(`${at}/methods/${card}/added`);
    const [property = ''] = world.properties;
    const sent = await world.send([edgar.id], { extra: { propertyId: property } });
    const page = await text(await browser.go(`${sent.path}/pay`));
    const fields = { act: hidden(page, 'act'), amountMinor: hidden(page, 'amountMinor'), saved: card };
    expect((await browser.post(`${sent.path}/pay`, fields)).headers.get('location')).toContain('/sandbox/pay/cs_');
  });

  test.each(['es', 'fr'] as const)('in %s no plain English is left', async (locale) => {
    const browser = await signedIn(world, world.people.dana.id, { 'accept-language': locale });
    const own = words(locale).autopay;
    const english = Object.entries(en.autopay).flatMap(([key, said]) => (typeof said === 'string' && own[key as 'title'] !== said ? [said] : []));
    for (const path of ['/methods', '/autopay']) {
      const html = await text(await browser.go(`${at}${path}?lang=${locale}`));
      const texts = html.replace(/<style>.*?<\/style>/s, '').split(/<[^>]*>/);
      expect([path, english.filter((phrase) => texts.includes(phrase))]).toEqual([path, []]);
    }
  });
});
