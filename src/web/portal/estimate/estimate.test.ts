import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { kitchen, maybe, offer, offered, type SentEstimate } from '../../../../test/estimate-world.ts';
import { type PortalWorld, portalWorld } from '../../../../test/portal-world.ts';
import { testWeb } from '../../../../test/web.ts';
import { portalSession } from '../../../../test/world.ts';
import { publicId } from '../../../core/ids.ts';
import { reviseEstimate, withdrawEstimate } from '../../../domain/estimates/estimates.ts';
import { revokeLink } from '../../../domain/links/links.ts';

const web = testWeb();
let world: PortalWorld;
let sent: SentEstimate;

beforeAll(async () => {
  world = await portalWorld(web());
  sent = await offer(world, [world.people.rosa], { customer: world.other });
});

const opened = async (estimate: SentEstimate) => {
  const browser = world.browser();
  expect(await browser.open(world.house.slug, estimate.tokens[0] ?? '')).toBe(estimate.path);
  return browser;
};
const page = async (estimate: SentEstimate, query = '') => {
  const answer = await (await opened(estimate)).go(estimate.path + query);
  return { status: answer.status, html: await answer.text() };
};
/** The largest amount on the page. */
const total = (html: string): string => /<p class="big[^"]*">([^<]+)</.exec(html)?.[1] ?? '';
const expire = (id: string) =>
  world.house.system(({ tx, business }) =>
    sql`update estimate_standings set valid_until = '2020-01-02' where business_id = ${business} and document_id = ${id}`.execute(tx),
  );

describe('the page of an estimate', () => {
  test('opens at an address of its own with the total as suggested, its last day and its status in words', async () => {
    const { status, html } = await page(sent);
    expect(status).toBe(200);
    expect(sent.path).toContain('/d/est_');
    expect(total(html)).toBe('$690.00');
    expect(html).toMatch(/Waiting for you.*Valid until .*in 30 days/s);
    for (const line of ['Take out the old one', 'Forty gallons', 'Sixty gallons', 'Second sieve']) expect(html).toContain(line);
    expect(html).not.toContain(sent.tokens[0]);
  });

  test.each([
    ['?c=1&p0=0', '$640.00', 'nothing of what is optional'],
    ['?c=1&o=3&o=4&p0=1&q5=6', '$1,200.00', 'the best of all'],
    ['?c=1&o=3&p0=7&o=99&o=x', '$690.00', 'packages and items that are not there'],
    ['', '$690.00', 'as suggested'],
  ])('adds up the choices of its address without a script: %s', async (query, amount) => {
    const { status, html } = await page(sent, query);
    expect([status, total(html)]).toEqual([200, amount]);
  });

  test('says at the field that a quantity cannot be had, and shows the total with the suggested one', async () => {
    for (const typed of ['7', '2.5', 'many']) {
      const { status, html } = await page(sent, `?c=1&o=3&p0=0&q5=${typed}`);
      expect([typed, status, total(html)]).toEqual([typed, 422, '$690.00']);
      expect(html).toContain('aria-invalid="true"');
    }
  });

  test('shows deposit and stages of what is chosen', async () => {
    const plan = [
      { label: 'On approval', ratePpm: 500_000n },
      { label: 'At the end', ratePpm: 500_000n },
    ];
    const estimate = await offer(world, [world.people.rosa], { customer: world.other, extra: { deposit: { kind: 'percent', ratePpm: 250_000n }, plan } });
    expect((await page(estimate)).html).toMatch(/Deposit of \$172\.50 when you approve/);
    const { html } = await page(estimate, '?c=1&p0=0');
    expect(html).toMatch(/Deposit of \$160\.00/);
    expect(html).toMatch(/On approval.*\$320\.00.*At the end.*\$320\.00/s);
  });

  test('of one that has expired says so and offers to ask for a new one', async () => {
    const estimate = await offer(world, [world.people.rosa], { customer: world.other });
    await expire(estimate.id);
    const { html } = await page(estimate);
    expect(html).toContain('This estimate has expired');
    expect(html).not.toContain('name="p0"');
    const ask = await (await opened(estimate)).go(`${estimate.path}/ask?renew=1`);
    expect(await ask.text()).toContain('Please renew this estimate');
  });

  test('of one that was withdrawn keeps saying so', async () => {
    const estimate = await offer(world, [world.people.rosa], { customer: world.other });
    await world.house.office((scope) => withdrawEstimate(scope, { documentId: estimate.id, reason: 'We cannot come.' }));
    const { status, html } = await page(estimate);
    expect(status).toBe(200);
    expect(html).toMatch(/withdrawn this estimate.*We cannot come\./s);
  });

  test('the link of a former version leads to the newest, which says what changed', async () => {
    const first = await offer(world, [world.people.rosa], { customer: world.other, lines: [offered('Sink', 10_000), offered('Tap', 5_000, maybe(true))] });
    const browser = await opened(first);
    const { id } = await world.house.office((scope) => reviseEstimate(scope, first.id));
    const second = await offer(world, [world.people.rosa], { documentId: id, customer: world.other });
    const moved = await browser.go(first.path);
    expect([moved.status, moved.headers.get('location')]).toEqual([303, second.path]);
    const html = await (await browser.go(second.path)).text();
    expect(html).toMatch(/version 2.*takes the place of the one before/s);
  });

  test('questions about a line go to the office and come back to the page', async () => {
    const browser = await opened(sent);
    const form = await (await browser.go(`${sent.path}/ask`)).text();
    const [, line = ''] = /<option value="(lin_[^"]+)">Sieve/.exec(form) ?? [];
    const asked = await browser.post(`${sent.path}/ask`, { line, text: 'Which make is it?' });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `${sent.path}?asked=1#questions`]);
    expect(await (await browser.go(sent.path)).text()).toMatch(/Sieve.*Which make is it\?/s);
  });

  test('its paper is a tagged PDF, the same bytes each time, kept with its fingerprint', async () => {
    const browser = await opened(sent);
    const papers = await Promise.all([browser.go(`${sent.path}/pdf`), browser.go(`${sent.path}/pdf`)]);
    const [first, second] = await Promise.all(papers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
    expect(papers[0]?.headers.get('content-disposition')).toMatch(/filename="E-\d+\.pdf"/);
    expect(first?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('an estimate and those it is not for', () => {
  test('nothing that only invoices have is under its address, and no invoice is under an estimate’s', async () => {
    const browser = await opened(sent);
    for (const sub of ['/pay', '/announce', '/question']) expect([sub, (await browser.go(sent.path + sub)).status]).toEqual([sub, 404]);
    const bill = await world.send([world.people.rosa.id], { customer: world.other });
    const reader = world.browser();
    await reader.open(world.house.slug, bill.tokens[0] ?? '');
    expect((await reader.go(bill.path.replace('inv_', 'est_'))).status).toBe(404);
  });

  test('whoever has no link, another’s, or one that was taken back sees nothing of it', async () => {
    const other = await offer(world, [world.people.dana]);
    const ended = await offer(world, [world.people.rosa], { customer: world.other });
    await world.house.office((scope) => revokeLink(scope, ended.links[0] ?? ''));
    const rosa = await opened(sent);
    for (const sub of ['', '/pdf', '/ask', '/people', '/events']) {
      expect([sub, (await world.browser().go(sent.path + sub)).status]).toEqual([sub, 404]);
      expect([sub, (await rosa.go(other.path + sub)).status]).toEqual([sub, 404]);
    }
    const late = world.browser();
    const answer = await late.go(`/${world.house.slug}/l/${ended.tokens[0]}`);
    expect([answer.status, (await answer.text()).includes('$690.00')]).toEqual([410, false]);
  });

  test('a draft does not exist for the customer', async () => {
    const { id } = await world.house.office((scope) => reviseEstimate(scope, sent.id));
    const browser = await opened(sent);
    expect((await browser.go(sent.path.replace(/est_.*/, publicId('estimate', id)))).status).toBe(404);
    expect(kitchen).toHaveLength(6);
  });
});

describe('the estimates of an account', () => {
  const signedIn = async (person: { id: string }, headers: Record<string, string> = {}) => {
    const { rows } = await world.house.office(({ tx }) =>
      sql<{ id: string }>`select identity_id as id from people where business_id = ${world.house.id} and id = ${person.id}`.execute(tx),
    );
    return world.browser({ ...headers, cookie: `portal=${(await portalSession(web(), rows[0]?.id ?? '')).cookies?.['portal']}` });
  };

  test('show what waits before what was answered or ended, and nothing of another customer', async () => {
    const { house, people } = world;
    const [waiting, ended] = [await offer(world, [people.rosa], { customer: world.other }), await offer(world, [people.rosa], { customer: world.other })];
    await expire(ended.id);
    const other = await offer(world, [people.dana]);
    const rosa = await signedIn(people.rosa);
    const html = await (await rosa.go(`/${house.slug}/estimates`)).text();
    const places = [waiting, ended].map(({ path }) => html.indexOf(path));
    expect(places[0]).toBeGreaterThan(0);
    expect(places[1]).toBeGreaterThan(places[0] ?? 0);
    expect(html).toMatch(/Waiting for an answer.*Answered and ended.*Expired/s);
    expect(html).not.toContain(other.path);
    expect((await rosa.go(waiting.path)).status).toBe(200);
    expect((await rosa.go(other.path)).status).toBe(404);
    expect((await rosa.go(`/${house.slug}/estimates?cursor=x`)).status).toBe(400);
  });

  test('are a section and on the home only where there are any', async () => {
    const none = await portalWorld(web());
    const { rows } = await none.house.office(({ tx }) =>
      sql<{ id: string }>`select identity_id as id from people where business_id = ${none.house.id} and id = ${none.people.rosa.id}`.execute(tx),
    );
    const stranger = none.browser({ cookie: `portal=${(await portalSession(web(), rows[0]?.id ?? '')).cookies?.['portal']}` });
    expect(await (await stranger.go(`/${none.house.slug}/home`)).text()).not.toContain('/estimates');
    const rosa = await signedIn(world.people.rosa);
    const home = await (await rosa.go(`/${world.house.slug}/home`)).text();
    expect(home).toMatch(/What needs you.*E-\d+.*Waiting for you/s);
    for (const sub of ['home', 'invoices', 'payments', 'profile', 'account', 'methods'])
      expect([sub, (await (await rosa.go(`/${world.house.slug}/${sub}`)).text()).includes(`href="/${world.house.slug}/estimates"`)]).toEqual([sub, true]);
  });
});
