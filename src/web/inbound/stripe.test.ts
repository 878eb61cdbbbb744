import { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, testDatabase } from '../../../test/db.ts';
import { type Held, signed } from '../../../test/fakes/stripe/notices.ts';
import { booksWithStripe, type StripeBooks, type StripeTill, stripeTill } from '../../../test/stripe-till.ts';
import { asDana, countOf, issued, payFor, paymentOf, place, standingOf, tillKeys } from '../../../test/till.ts';
import { publicId } from '../../core/ids.ts';
import { handleNotice, openCheckout, startPayment } from '../../domain/payments/payments.ts';
import { dropOldSecret, setSigningSecret } from '../../domain/processors/processors.ts';
import { setLogLevel } from '../../log.ts';
import type { Deps, WebEnv } from '../context.ts';
import { translateError } from '../errors.ts';
import { inboundRoutes } from './inbound.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: StripeTill;

beforeAll(async () => {
  desk = await stripeTill(database().database, 3_000);
  await desk.standIn.knobs({ notices: 'hold' });
});
afterAll(() => desk.close());

const nowS = (): number => Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);

function app(changes: Partial<Deps> = {}): Hono<WebEnv> {
  const deps = { database: database().database, keys: tillKeys, cards: desk.till.cards, now: () => Temporal.Now.instant(), ...changes } as Deps;
  const made = new Hono<WebEnv>();
  made.onError((error, c) => translateError(error, c));
  return made.route('/inbound', inboundRoutes(deps));
}
async function send(books: StripeBooks, body: string, header: string | null, to = app()): Promise<number> {
  const headers = header === null ? {} : { 'stripe-signature': header };
  return (await to.request(`/inbound/stripe/${publicId('business', books.business)}`, { method: 'POST', body, headers })).status;
}
const work = (books: StripeBooks, eventId: string): Promise<string> => handleNotice(desk.till, books.business, { gateway: 'stripe', eventId });

type Paid = Readonly<{ books: StripeBooks; attempt: string; invoice: string; events: readonly Held[]; charge: Held }>;

/** A payment made at Stripe, and everything Stripe would say of it. */
async function paid(options: { live?: boolean; books?: StripeBooks; numbers?: readonly string[] } = {}): Promise<Paid> {
  const books = options.books ?? (await booksWithStripe(database().database, { live: options.live ?? false }));
  if (!options.books) await desk.standIn.endpoint(books.account, 'http://127.0.0.1:9', books.secret, options.live ?? false);
  await desk.standIn.held();
  const invoice = await issued(books, [10_000]);
  const pay = payFor(books, invoice);
  const answer = await openCheckout(desk.till, await asDana(books, (scope) => startPayment(scope, pay)), place);
  if (answer.kind !== 'redirect') throw new Error(`the checkout was ${answer.kind}`);
  for (const number of options.numbers ?? ['4242424242424242']) await desk.standIn.pay(answer.url.split('/').at(-1) ?? '', number);
  await new Promise((done) => setTimeout(done, 250));
  const events = await desk.standIn.held();
  const charge = events.find(({ type }) => type === 'charge.succeeded') ?? events[0];
  if (!charge) throw new Error('Stripe said nothing');
  return { books, attempt: pay.id, invoice: invoice.id, events, charge };
}
/** An event as it came, to be bent. */
type Loose = { account?: string; id: string; livemode: boolean; data: { object: { metadata: Record<string, string>; amount: number; currency: string } } };
const changed = (body: string, change: (event: Loose) => void): string => {
  const event = JSON.parse(body) as Loose;
  change(event);
  return JSON.stringify(event);
};

describe('notices of Stripe', () => {
  it('P8 a signed notice is stored with its task before it is acknowledged, and settles when worked', async () => {
    const { books, attempt, charge } = await paid();
    expect(await send(books, charge.body, charge.header)).toBe(200);
    expect((await paymentOf(books, attempt))?.state).toBe('initiated');
    expect(await work(books, charge.id)).toBe('settled');
    expect(await paymentOf(books, attempt)).toMatchObject({ state: 'cleared', method: 'card', receipt: 'R-0001' });
  });

  it('P8 while the database is down a notice is answered 5xx, never 2xx', async () => {
    const { books, charge } = await paid();
    const broken = await createTestDatabase(1);
    await broken.close();
    const answered = await send(books, charge.body, charge.header, app({ database: broken.database }));
    expect(answered).toBeGreaterThanOrEqual(500);
    expect(await countOf(books, 'inbound_events')).toBe(0);
  });

  it('P6 missing, wrong, stale, future, other-endpoint, test-mode-on-live and re-serialised notices are refused with 400 and store nothing', async () => {
    const [one, other, live] = [await paid(), await paid(), await paid({ live: true })];
    const { books, charge } = one;
    const sign = (atS: number, body = charge.body, secret = books.secret): string => signed(secret, body, atS);
    const bad: readonly (readonly [StripeBooks, string, string | null])[] = [
      [books, charge.body, null],
      [books, charge.body, ''],
      [books, charge.body, 'nonsense'],
      [books, charge.body, sign(nowS()).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))],
      [books, charge.body, sign(nowS(), charge.body, 'whsec_not_the_secret_of_anybody')],
      [books, charge.body, sign(nowS() - 301)],
      [books, charge.body, sign(nowS() + 310)],
      [other.books, charge.body, charge.header],
      [books, charge.body, sign(nowS(), charge.body, other.books.secret)],
      [live.books, changed(live.charge.body, (event) => (event.livemode = false)), null],
      [books, JSON.stringify(JSON.parse(charge.body)), charge.header],
      [books, `${charge.body}\n`, charge.header],
    ];
    for (const [at, [to, body, header]] of bad.entries()) {
      // The test-mode one is signed well: only its mode is wrong.
      const given = to === live.books ? signed(live.books.secret, body) : header;
      expect([at, await send(to, body, given)]).toEqual([at, 400]);
    }
    for (const { books: each } of [one, other, live]) expect(await countOf(each, 'inbound_events')).toBe(0);
    expect(await send(live.books, live.charge.body, live.charge.header)).toBe(200);
    expect(await work(live.books, live.charge.id)).toBe('settled');
  });

  it('P7 two secrets hold while one is exchanged, and the old one ends at the next notice after it is dropped', async () => {
    const { books, events } = await paid();
    const next = `${books.secret}next`;
    await books.office((scope) => setSigningSecret(scope, tillKeys, { secret: next }));
    const [first, second, third] = events;
    if (!first || !second || !third) throw new Error('too few notices');
    expect(await send(books, first.body, signed(books.secret, first.body))).toBe(200);
    expect(await send(books, second.body, signed(next, second.body))).toBe(200);
    await books.office(dropOldSecret);
    expect(await send(books, third.body, signed(books.secret, third.body))).toBe(400);
    expect(await send(books, third.body, signed(next, third.body))).toBe(200);
  });

  it('P9 P10 an account, mode, business, attempt, amount or currency that is not ours is kept aside, told to the office, and changes nothing', async () => {
    const [{ books, attempt, charge }, theirs] = [await paid(), await paid()];
    const cases: readonly (readonly [string, (event: Loose) => void])[] = [
      ['quarantined: account', (event) => (event.account = theirs.books.account)],
      ['quarantined: account', (event) => (event.data.object.metadata['business'] = theirs.books.business)],
      ['quarantined: mode', (event) => (event.livemode = true)],
      ['quarantined: attempt', (event) => (event.data.object.metadata['attempt'] = theirs.attempt)],
      ['quarantined: attempt', (event) => (event.data.object.metadata['attempt'] = 'not-an-id')],
      ['quarantined: amount', (event) => (event.data.object.amount = 9_999)],
      ['quarantined: currency', (event) => (event.data.object.currency = 'eur')],
    ];
    for (const [at, [expected, change]] of cases.entries()) {
      const id = `evt_forged${at}`;
      const body = changed(charge.body, (event) => {
        event.id = id;
        change(event);
      });
      expect(await send(books, body, signed(books.secret, body))).toBe(200);
      expect([at, await work(books, id)]).toEqual([at, expected]);
    }
    expect([(await paymentOf(books, attempt))?.state, (await paymentOf(theirs.books, theirs.attempt))?.state]).toEqual(['initiated', 'initiated']);
    const { rows } = await books.system(({ tx }) =>
      sql`select 1 from events where business_id = ${books.business} and kind = 'payment.quarantined'`.execute(tx),
    );
    expect(rows).toHaveLength(cases.length);
  });

  it('notices of what is none of ours do no harm, and a business without an account has no door', async () => {
    const { books, charge } = await paid();
    const body = changed(charge.body, (event) => {
      event.id = 'evt_foreign';
      event.data.object.metadata = {};
    });
    expect(await send(books, body, signed(books.secret, body))).toBe(200);
    expect(await work(books, 'evt_foreign')).toBe('ignored');
    const nobody = `/inbound/stripe/${publicId('business', '01890000-0000-7000-8000-000000000000')}`;
    expect((await app().request(nobody, { method: 'POST', body })).status).toBe(404);
    expect((await app().request(`/inbound/stripe/${publicId('business', books.business)}`)).status).toBe(404);
  });

  it('P5 twelve orders of six notices of one payment, each tripled and ten at once, end in the same books', async () => {
    const { books } = await paid();
    const ends = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const { attempt, invoice, events } = await paid({ books, numbers: ['4000000000000002', '4242424242424242'] });
      const six = events.filter(({ type }) => type !== 'payment_intent.created').slice(0, 6);
      expect(six).toHaveLength(6);
      const order = Array.from({ length: 18 }, (_, at) => six[(((at + 1) * (round * 5 + 1)) % 7) % 6] ?? six[0]).concat(six);
      for (const each of six) expect(await send(books, each.body, each.header)).toBe(200);
      const waiting = [...order];
      const lane = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await work(books, next.id);
      };
      await Promise.all(Array.from({ length: 10 }, lane));
      const { receipt, ...rest } = (await paymentOf(books, attempt)) ?? { receipt: null };
      expect(receipt).not.toBeNull();
      const { paid: paidMinor, balance, processing } = await standingOf(books, invoice);
      ends.add(
        JSON.stringify({ ...rest, url: null, paid: String(paidMinor), balance: String(balance), processing: String(processing) }, (_, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        ),
      );
    }
    expect([...ends]).toHaveLength(1);
    expect([...ends][0]).toContain('"state":"cleared"');
    const { rows } = await books.system(({ tx }) => sql`select 1 from ledger where business_id = ${books.business} and kind = 'clear'`.execute(tx));
    expect(rows).toHaveLength(12);
  }, 180_000);

  it('P13 a bank debit that comes back after it had cleared is taken out of the books by the notice of it', async () => {
    const { books, attempt, invoice } = await paid({ numbers: ['000123456789'] });
    const [intent] = (await desk.standIn.things('payment_intent')).filter((each) => (each['metadata'] as { attempt?: string }).attempt === attempt);
    await desk.standIn.decide(intent?.id ?? '', 'clear');
    await desk.standIn.decide(intent?.id ?? '', 'insufficient_funds');
    const events = await desk.standIn.held();
    for (const event of events) {
      expect(await send(books, event.body, signed(books.secret, event.body))).toBe(200);
      await work(books, event.id);
    }
    expect(await paymentOf(books, attempt)).toMatchObject({ state: 'returned', method: 'bank' });
    expect(await standingOf(books, invoice)).toMatchObject({ paid: 0n, balance: 10_000n, returned: true });
  });
});
