import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { shareDocument } from '../../src/domain/links/links.ts';
import { recordPayment } from '../../src/domain/payments/payments.ts';
import { addPerson, type Rights } from '../../src/domain/people/people.ts';
import { setLogLevel } from '../../src/log.ts';
import { offer } from '../estimate-world.ts';
import { formOf, knock } from '../many-callers.ts';
import { type PortalWorld, portalWorld, type SentInvoice } from '../portal-world.ts';
import { testKeys } from '../small-business.ts';
import { testWeb } from '../web.ts';
import { portalSession } from '../world.ts';

setLogLevel('silent');
const web = testWeb();
let otter: PortalWorld;
let mop: PortalWorld;
type Paid = SentInvoice & { payment: string };
let danas: Paid;
let danasOther: Paid;
let rosas: Paid;
let mops: Paid;
/** Of one property of Dana's company, for whom only. */
let first: Paid;
let second: Paid;
/** Estimates: of another customer, and of another business. */
let offers: string[] = [];
const nowhere = publicId('invoice', newId());
const noOffer = publicId('estimate', newId());
const noPayment = publicId('payment', newId());
const noFile = publicId('file', newId());
/** Cookies of everybody who may come by. */
let visitors: Record<string, string> = {};

async function paid(world: PortalWorld, to: string, customer: string, extra: Readonly<Record<string, unknown>> = {}): Promise<Paid> {
  const sent = await world.send([to], { customer, extra });
  const payment = newId();
  await world.house.office((scope) =>
    recordPayment(scope, {
      id: payment,
      customerId: customer,
      method: 'check',
      amountMinor: 100n,
      currency: 'USD',
      receivedOn: '2026-01-05',
      targets: [{ documentId: sent.id, amountMinor: 100n }],
    }),
  );
  return { ...sent, payment: publicId('payment', payment) };
}

async function session(world: PortalWorld, person: string): Promise<string> {
  const { rows } = await world.house.office(({ tx }) =>
    sql<{ id: string }>`select identity_id as id from people where business_id = ${world.house.id} and id = ${person}`.execute(tx),
  );
  return `portal=${(await portalSession(web(), rows[0]?.id ?? '')).cookies?.['portal']}`;
}

const somebody = (name: string, rights: Partial<Rights>): Promise<string> =>
  otter.house.office(
    async (scope) => (await addPerson(scope, { name, email: `${name.toLowerCase()}.${newId().slice(-6)}@example.com`, customerId: otter.customer, rights })).id,
  );

/** The token of a link that Dana sent on to somebody else. */
async function sharedBy(sent: SentInvoice): Promise<string> {
  const sharing = { documentId: sent.id, byLink: null, name: 'Olive', email: 'olive@example.com', language: 'en', mayPay: true, days: 30, note: '' } as const;
  const actor = { kind: 'person', id: otter.people.dana.id, name: 'Dana Whitlock' } as const;
  const { linkId } = await otter.house.system((scope) => shareDocument({ ...scope, actor }, testKeys, sharing));
  return testKeys.linkToken(otter.house.id, linkId);
}

beforeAll(async () => {
  otter = await portalWorld(web());
  mop = await portalWorld(web());
  danas = await paid(otter, otter.people.dana.id, otter.customer);
  danasOther = await paid(otter, otter.people.dana.id, otter.customer);
  rosas = await paid(otter, otter.people.rosa.id, otter.other);
  mops = await paid(mop, mop.people.dana.id, mop.customer);
  const [lk01 = '', lk02 = ''] = otter.properties;
  first = await paid(otter, otter.people.dana.id, otter.customer, { propertyId: lk01 });
  second = await paid(otter, otter.people.dana.id, otter.customer, { propertyId: lk02 });
  offers = [(await offer(otter, [otter.people.rosa], { customer: otter.other })).path, (await offer(mop, [mop.people.dana])).path].map(
    (path) => path.split('/').at(-1) ?? '',
  );
  visitors = {
    nobody: '',
    'a customer with a link of their own invoice': `link=${danas.tokens[0]}`,
    'a customer who is signed in': await session(otter, otter.people.dana.id),
    'a person of one property who manages people there': await session(otter, await somebody('Manager', { propertyIds: [lk01], canManage: true })),
    'a person of one property who pays there': await session(otter, await somebody('Payer', { propertyIds: [lk01], canAsk: false })),
    'a person of one property who only looks': await session(otter, await somebody('Looker', { propertyIds: [lk01], canAsk: false, canPay: false })),
    'somebody an invoice was sent on to': `link=${await sharedBy(danas)}`,
    'a customer of another business': await session(mop, mop.people.dana.id),
    'somebody with a made-up link': `link=${'A'.repeat(43)}`,
    'somebody with a made-up session': `portal=${'A'.repeat(43)}`,
  };
}, 60_000);

const documentRoutes = (): { method: string; path: string }[] =>
  web().app.routes.filter(({ method, path }) => /^\/:business\/d\/:document/.test(path) && ['GET', 'POST'].includes(method));
const idOf = (sent: SentInvoice): string => sent.path.split('/').at(-1) ?? '';

type Names = Readonly<{ business: string; document: string; payment?: string; file?: string }>;
const addressOf = (path: string, names: Names): string =>
  path.replace(/:(\w+)/g, (_, name: string) => ({ payment: noPayment, file: noFile, ...names })[name as keyof Names] ?? 'x');

/** All of an answer that a stranger can compare, with the ids they asked for themselves taken out. */
async function seen(method: string, path: string, cookie: string, names: Names): Promise<string> {
  const form = formOf({ act: newId(), text: 'hello', amountMinor: '100', method: 'check', amount: '1.00', day: '2027-01-01' });
  const headers: Record<string, string> = { ...(method === 'POST' ? (form.headers as Record<string, string>) : {}), ...(cookie === '' ? {} : { cookie }) };
  const answer = await knock(web(), addressOf(path, names), method === 'POST' ? { ...form, headers } : { method, headers });
  const type = answer.headers.get('content-type') ?? '';
  const body = type.includes('event-stream') ? 'a stream' : await answer.text();
  const kept = [...answer.headers].filter(([name]) => !['x-request-id', 'date', 'content-security-policy'].includes(name));
  return JSON.stringify([answer.status, kept, body])
    .replaceAll(/(inv|est|pay|fil)_[0-9a-z]{26}/g, '$1')
    .replaceAll(/nonce=\\?"[\w-]+\\?"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '');
}

describe('T4 T6 every address of a document', () => {
  test('is covered: the routes come from the router', () => {
    expect(documentRoutes().length).toBeGreaterThanOrEqual(17);
  });

  test('answers about a document of somebody else exactly as about none, whoever asks', async () => {
    const at = otter.house.slug;
    let compared = 0;
    for (const { method, path } of documentRoutes()) {
      for (const [who, cookie] of Object.entries(visitors)) {
        const none = await seen(method, path, cookie, { business: at, document: nowhere });
        const foreign: [string, Names][] = [
          ['another customer’s', { business: at, document: idOf(rosas), payment: rosas.payment }],
          ['another business’s, under ours', { business: at, document: idOf(mops), payment: mops.payment }],
        ];
        if (who !== 'a customer who is signed in' && !who.startsWith('a person'))
          foreign.push(['the same customer’s, by another link', { business: at, document: idOf(danasOther), payment: danasOther.payment }]);
        if (who.startsWith('a person of one property'))
          foreign.push(
            ['the same customer’s, of another property', { business: at, document: idOf(second), payment: second.payment }],
            ['the same customer’s, of no property', { business: at, document: idOf(danas), payment: danas.payment }],
          );
        for (const [whose, names] of foreign) {
          expect([method, path, who, whose, await seen(method, path, cookie, names)]).toEqual([method, path, who, whose, none]);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  }, 60_000);

  test('answers about an estimate of somebody else exactly as about none', async () => {
    const at = otter.house.slug;
    for (const { method, path } of documentRoutes()) {
      for (const [who, cookie] of Object.entries(visitors)) {
        const none = await seen(method, path, cookie, { business: at, document: noOffer });
        for (const document of offers)
          expect([method, path, who, await seen(method, path, cookie, { business: at, document })]).toEqual([method, path, who, none]);
      }
    }
  }, 60_000);

  test('answers a foreign receipt, payment or file under one’s own document as one that does not exist', async () => {
    const at = otter.house.slug;
    for (const { method, path } of documentRoutes().filter(({ path: each }) => /:(payment|file)/.test(each))) {
      for (const cookie of [`link=${danas.tokens[0]}`, visitors['a customer who is signed in'] ?? '']) {
        const none = await seen(method, path, cookie, { business: at, document: idOf(danas) });
        for (const { payment } of [rosas, mops]) {
          expect([method, path, await seen(method, path, cookie, { business: at, document: idOf(danas), payment })]).toEqual([method, path, none]);
        }
      }
    }
  });

  test('opens to whoever has the right: by link, and signed in', async () => {
    for (const [who, cookie] of Object.entries(visitors).filter(([name]) => name.startsWith('a person of one property')))
      expect([who, (await seen('GET', '/:business/d/:document', cookie, { business: otter.house.slug, document: idOf(first) })).slice(0, 4)]).toEqual([
        who,
        '[200',
      ]);
    const names = { business: otter.house.slug, document: idOf(danas), payment: danas.payment };
    for (const path of ['/:business/d/:document', '/:business/d/:document/pay', '/:business/d/:document/receipts/:payment']) {
      for (const cookie of [`link=${danas.tokens[0]}`, visitors['a customer who is signed in'] ?? '']) {
        expect([path, (await seen('GET', path, cookie, names)).slice(0, 4)]).toEqual([path, '[200']);
      }
    }
  });
});

describe('T4 the pages of an account', () => {
  const accountRoutes = (): { method: string; path: string }[] =>
    web()
      .app.routes.filter(({ path }) => /^\/:business\/(?!d\/|l\/|code|enter\/|find|logo\/|verify|stop\/|join\/|sign-out)/.test(path))
      .filter(({ method }) => ['GET', 'POST'].includes(method));

  test('send whoever is nobody here to the door, all alike, and show nothing', async () => {
    expect(accountRoutes().length).toBeGreaterThanOrEqual(6);
    for (const { method, path } of accountRoutes()) {
      // Whoever sent a session is told that it ended; it is told alike whether it ever was one.
      const groups = [
        ['nobody', 'a customer with a link of their own invoice'],
        ['a customer of another business', 'somebody with a made-up session'],
      ];
      for (const group of groups) {
        const names = { business: otter.house.slug, document: '', payment: danas.payment };
        const answers = new Set(await Promise.all(group.map((who) => seen(method, path, visitors[who] ?? '', names))));
        expect([method, path, group, answers.size]).toEqual([method, path, group, 1]);
        expect([...answers][0]).not.toMatch(/186\.00|Larkspur|Dana/);
      }
    }
  });

  test('show a payment of another customer or business as one that does not exist', async () => {
    const cookie = visitors['a customer who is signed in'] ?? '';
    for (const { method, path } of accountRoutes().filter((route) => route.path.includes(':payment'))) {
      const [none, ...others] = await Promise.all(
        [noPayment, rosas.payment, mops.payment].map((payment) => seen(method, path, cookie, { business: otter.house.slug, document: '', payment })),
      );
      for (const other of others) expect([path, other]).toEqual([path, none]);
    }
  });
});

describe('T5 an id of somebody else inside a form', () => {
  test('pays, asks about and announces nothing: no row is written', async () => {
    const counts = async (): Promise<unknown> =>
      Promise.all(
        [otter, mop].map((world) =>
          world.house.office(
            async ({ tx }) =>
              (
                await sql`select (select count(*) from events where business_id = ${world.house.id}) as events,
        (select count(*) from payments where business_id = ${world.house.id}) as payments, (select count(*) from messages where business_id = ${world.house.id}) as messages`.execute(
                  tx,
                )
              ).rows,
          ),
        ),
      );
    const before = await counts();
    const cookie = `link=${danas.tokens[0]}`;
    const own = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', cookie };
    const lines = [publicId('line', newId()), 'lin_x', "' or 1=1 --"];
    for (const line of lines) {
      const asked = await knock(web(), `${danas.path}/ask`, { ...formOf({ act: newId(), line, text: 'x' }), headers: own });
      expect([line, asked.status >= 400 && asked.status < 500]).toEqual([line, true]);
    }
    const paying = await knock(web(), `${danas.path}/pay`, {
      ...formOf({ act: newId(), amountMinor: '100', part: publicId('part', newId()), method: 'card' }),
      headers: own,
    });
    expect(paying.status).toBe(422);
    expect(await counts()).toEqual(before);
  });
});
