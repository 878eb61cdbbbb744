import { sql } from 'kysely';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { setLogLevel } from '../../src/log.ts';
import type { Operation } from '../../src/web/api/schemas/operation.ts';
import { apiOperations } from '../../src/web/api/schemas/operations.ts';
import { formOf, knock } from '../many-callers.ts';
import { type PortalWorld, portalWorld, type SentInvoice } from '../portal-world.ts';
import { testOrigin, testWeb } from '../web.ts';
import { officeSession } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let world: PortalWorld;
let bill: SentInvoice;
let at = '';

beforeAll(async () => {
  world = await portalWorld(web());
  bill = await world.send([world.people.dana.id]);
  at = `/${world.house.slug}`;
});
const ask = (url: string, init?: RequestInit): Promise<Response> => knock(web(), url, init);
const addressOf = (path: string): string =>
  path
    .replace(':business', world.house.slug)
    .replace(':document', bill.path.split('/').at(-1) ?? '')
    .replace(':token', bill.tokens[0] ?? '')
    .replace(/:\w+/g, 'x');

const elsewhere = [
  '//evil.org',
  '///evil.org',
  '\\\\evil.org',
  '/\\evil.org',
  'https:evil.org',
  'https://evil.org',
  'http://evil.org%2f@localhost',
  '//localhost@evil.org',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  '/%2f/evil.org',
  '/%5cevil.org',
  '/%09/evil.org',
  '/.//evil.org',
  '/..//evil.org',
  '//evil.org/%2e%2e',
  '\t//evil.org',
  '/ /evil.org',
  '//evil%E3%80%82org',
  'https:/evil.org',
  'https:\\evil.org',
  '//[::1]@evil.org',
  '/?//evil.org',
  '#//evil.org',
  '////evil.org//',
  '/;@evil.org',
  'http:///evil.org',
  '@evil.org',
  '.evil.org',
  '%2f%2fevil.org',
  '%5c%5cevil.org',
];
const asked = [
  'next',
  'return',
  'returnTo',
  'return_to',
  'redirect',
  'redirect_uri',
  'url',
  'to',
  'continue',
  'go',
  'lang',
  'sent',
  'amount',
  'part',
  'failed',
];

describe('L12 where a redirect leads', () => {
  test('is always a path of ours, whatever stands in the address or a form', async () => {
    expect(elsewhere.length).toBeGreaterThanOrEqual(30);
    const cookie = `link=${bill.tokens[0]}`;
    const routes = [
      ...new Set(
        web()
          .app.routes.filter(({ method }) => method === 'GET')
          .map(({ path }) => path),
      ),
    ].filter((path) => path.startsWith('/:business') || path === '/');
    const leads = new Set<string>();
    const follow = async (path: string, init: RequestInit): Promise<void> => {
      const answer = await ask(path, init).catch(() => null);
      const location = answer?.headers.get('location');
      if (location) leads.add(location);
      if (answer) expect([path, answer.status < 500]).toEqual([path, true]);
    };
    for (const target of elsewhere) {
      const query = asked.map((name) => `${name}=${encodeURIComponent(target)}`).join('&');
      for (const path of routes) await follow(`${addressOf(path)}?${query}`, { headers: { cookie, 'x-forwarded-host': 'evil.org' } });
      await follow(`/${encodeURIComponent(target)}/l/${bill.tokens[0]}`, {});
      await follow(`/${target.replace(/^\/*/, '/')}/home`, {});
      await follow(`${at}/code/enter?next=${encodeURIComponent(target)}`, formOf({ code: '000000', next: target, return: target }));
    }
    expect(leads.size).toBeGreaterThanOrEqual(2);
    for (const lead of leads) expect([lead, /^\/(?![/\\])/.test(lead) && new URL(lead, testOrigin).origin === testOrigin]).toEqual([lead, true]);
  }, 60_000);
});

/** Posts that take no body at all: a beacon, or one button. */
const bodyless = /\/(seen|close|new-link|sign-out)$|\/l\/:token$/;
const signed = /^\/(inbound|sandbox|csp-report)/;

describe('L11 each route that changes something', () => {
  // A use of a link is written down once an hour, a moment after its page left. It is waited for here, so that everything counted below is counted whole.
  beforeAll(async () => {
    await ask(`${at}/l/${bill.tokens[0]}`);
    await vi.waitFor(async () => expect(await visits()).toBe(1), { timeout: 10_000, interval: 100 });
  });
  const visits = (): Promise<number | undefined> =>
    world.house.office(async ({ tx }) => {
      const { rows } = await sql<{
        count: number;
      }>`select count(*)::int from events where business_id = ${world.house.id} and kind = 'invoice.visited'`.execute(tx);
      return rows[0]?.count;
    });
  const changes = async (): Promise<number[]> =>
    world.house.office(async ({ tx }) => {
      const { rows } = await sql<{ counts: number[] }>`select array[(select count(*) from events where business_id = ${world.house.id}),
          (select count(*) from payments where business_id = ${world.house.id}), (select count(*) from mails where business_id = ${world.house.id}),
          (select count(*) from customers where business_id = ${world.house.id})]::int[] as counts`.execute(tx);
      return rows[0]?.counts ?? [];
    });

  test('refuses a foreign origin, another kind of body, a form instead of JSON, and nobody', async () => {
    const routes = web().app.routes.filter(({ method, path }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && !signed.test(path));
    expect(routes.length).toBeGreaterThan(60);
    const owner = await officeSession(web(), world.house.id, world.house.ownerIdentity);
    const cookie = `link=${bill.tokens[0]}; office=${owner.cookies?.['office']}`;
    const before = await changes();
    const open = new Set(
      (Object.values(apiOperations) as Operation[])
        .filter(({ access }) => access === 'anyone')
        .map(({ path }) => `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    for (const { method, path } of routes) {
      const url = addressOf(path);
      const send = async (headers: Record<string, string>, body: string | null): Promise<number> =>
        (await ask(url, { method, headers: { 'idempotency-key': 'one', 'if-match': '"1"', ...headers }, ...(body === null ? {} : { body }) })).status;
      const own = { cookie, 'sec-fetch-site': 'same-origin' };
      for (const from of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.org' }, {}])
        expect([method, path, from, await send({ cookie, ...(from as Record<string, string>), 'content-type': 'application/json' }, '{}')]).toEqual([
          method,
          path,
          from,
          403,
        ]);
      if (bodyless.test(path) || method === 'DELETE') continue;
      const wanted = path.startsWith('/api/')
        ? ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']
        : ['text/plain', 'application/json', 'multipart/form-data; boundary=x'];
      for (const type of wanted)
        expect([method, path, type, await send({ ...own, 'content-type': type }, 'a=1')]).toEqual([
          method,
          path,
          type,
          expect.toSatisfy((status: number) => status >= 400 && status < 500),
        ]);
      if (path.startsWith('/api/') && !open.has(path))
        expect([
          method,
          path,
          [401, 404, 415, 422].includes(await send({ 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, '{}')),
        ]).toEqual([method, path, true]);
    }
    expect(await changes()).toEqual(before);
  }, 60_000);

  test('does nothing by GET, HEAD or OPTIONS', async () => {
    const before = await changes();
    const cookie = `link=${bill.tokens[0]}`;
    for (const { path } of web().app.routes.filter(({ method }) => method === 'POST')) {
      const url = addressOf(path);
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await ask(`${url}?act=1&text=x&amountMinor=100&method=check`, { method, headers: { cookie } });
    }
    expect(await changes()).toEqual(before);
  }, 60_000);
});
