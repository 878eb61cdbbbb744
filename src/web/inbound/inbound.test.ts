import { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Books } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { asDana, booksWithTill, countOf, issued, payFor, paymentOf, place, type SandboxTill, sandboxTill, tillKeys } from '../../../test/till.ts';
import { publicId } from '../../core/ids.ts';
import { openCheckout, startPayment, workNotice } from '../../domain/payments/payments.ts';
import { setLogLevel } from '../../log.ts';
import type { Notice } from '../../outside/cards/sandbox/model.ts';
import { sign, signatureHeader } from '../../outside/cards/signature.ts';
import type { Deps, WebEnv } from '../context.ts';
import { translateError } from '../errors.ts';
import { endpointSecret, inboundRoutes } from './inbound.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;

beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());

const clock = Temporal.Instant.from('2026-11-23T12:00:00Z');
const nowS = clock.epochMilliseconds / 1000;

function app(changes: Partial<Deps> = {}): Hono<WebEnv> {
  const deps = { database: database().database, keys: tillKeys, cards: desk.till.cards, now: () => clock, ...changes } as Deps;
  const made = new Hono<WebEnv>();
  made.onError((error, c) => translateError(error, c));
  return made.route('/inbound', inboundRoutes(deps));
}

type Sent = { books: Books; body: string; header?: string | undefined; to?: Books };

async function send({ books, body, header, to = books }: Sent): Promise<number> {
  const secret = endpointSecret(tillKeys, 'sandbox', books.business);
  const signature = header ?? sign(secret, nowS, Buffer.from(body));
  const headers = signature === '' ? {} : { [signatureHeader]: signature };
  return (await app().request(`/inbound/sandbox/${publicId('business', to.business)}`, { method: 'POST', body, headers })).status;
}

/** A payment made in the sandbox, and the notice about it as the sandbox would write it. */
async function paid(): Promise<{ books: Books; attempt: string; notice: Notice }> {
  const books = await booksWithTill(database().database);
  const pay = payFor(books, await issued(books, [10_000]));
  await openCheckout(desk.till, await asDana(books, (scope) => startPayment(scope, pay)), place);
  await desk.pay((await desk.truth(books, pay.id))?.session ?? '', 'card_success');
  const data = await desk.truth(books, pay.id);
  if (!data) throw new Error('the sandbox forgot the attempt');
  return {
    books,
    attempt: pay.id,
    notice: { id: `evt_${pay.id.replaceAll('-', '')}`, type: 'payment.succeeded', account: books.business, livemode: false, created: nowS, data },
  };
}

const work = (books: Books, eventId: string): Promise<unknown> => books.system((scope) => workNotice(scope, tillKeys, { gateway: 'sandbox', eventId }));

describe('notices of processors', () => {
  it('P8 a signed notice is stored with its task before it is acknowledged, and settles when worked', async () => {
    const { books, attempt, notice } = await paid();
    expect(await send({ books, body: JSON.stringify(notice) })).toBe(200);
    expect((await paymentOf(books, attempt))?.state).toBe('initiated');
    expect(await work(books, notice.id)).toBe('settled');
    expect((await paymentOf(books, attempt))?.state).toBe('cleared');
  });

  it('J2 the same notice again is kept once and worked once, also at the same moment', async () => {
    const { books, attempt, notice } = await paid();
    const body = JSON.stringify(notice);
    expect(await Promise.all(Array.from({ length: 6 }, () => send({ books, body })))).toEqual(Array(6).fill(200));
    expect(await countOf(books, 'inbound_events')).toBe(1);
    const ends = await Promise.all(Array.from({ length: 6 }, () => work(books, notice.id)));
    expect(ends.filter((end) => end === 'settled')).toHaveLength(1);
    expect((await paymentOf(books, attempt))?.receipt).toBe('R-0001');
    const { rows } = await books.system(({ tx }) => sql`select 1 from ledger where payment_id = ${attempt} and kind = 'clear'`.execute(tx));
    expect(rows).toHaveLength(1);
  });

  it('P6 missing, wrong, stale, future, foreign and re-written signatures are refused and store nothing', async () => {
    const [{ books, notice }, other] = [await paid(), await paid()];
    const body = JSON.stringify(notice);
    const secret = endpointSecret(tillKeys, 'sandbox', books.business);
    const at = (seconds: number, text = body, key = secret): string => sign(key, nowS + seconds, Buffer.from(text));
    const rewritten = JSON.stringify(JSON.parse(body), null, 1);
    const bad: readonly Sent[] = [
      { books, body, header: '' },
      { books, body, header: 'nonsense' },
      { books, body, header: at(0).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) },
      { books, body, header: at(-301) },
      { books, body, header: at(301) },
      { books, body, header: at(0, body, endpointSecret(tillKeys, 'stripe', books.business)) },
      { books, body: rewritten, header: at(0) },
      { books, body: `${body} `, header: at(0) },
      { books, body, to: other.books },
    ];
    for (const each of bad) expect(await send(each)).toBe(400);
    expect([await countOf(books, 'inbound_events'), await countOf(other.books, 'inbound_events')]).toEqual([0, 0]);
    expect(await send({ books, body, header: at(-300) })).toBe(200);
    expect(await send({ books, body, header: at(300) })).toBe(200);
  });

  it('P6 an endpoint never has an empty or short secret', () => {
    expect(endpointSecret(tillKeys, 'sandbox', 'x').length).toBeGreaterThanOrEqual(24);
    expect(() => sign('', nowS, Buffer.from('x'))).toThrow(/24 characters/);
    expect(() => sign('short', nowS, Buffer.from('x'))).toThrow(/24 characters/);
  });

  it('P9 P10 an account, mode, attempt, amount or currency that is not ours is kept aside and changes nothing', async () => {
    const [mine, theirs] = [await paid(), await paid()];
    const { notice, books, attempt } = mine;
    const cases: readonly (readonly [string, Notice])[] = [
      ['quarantined: account', { ...notice, account: theirs.books.business }],
      ['quarantined: mode', { ...notice, livemode: true }],
      ['quarantined: attempt', { ...notice, data: { ...notice.data, attempt: theirs.attempt } }],
      ['quarantined: attempt', { ...notice, data: { ...notice.data, attempt: 'not-an-id' } }],
      ['quarantined: amount', { ...notice, data: { ...notice.data, amount: '9999' } }],
      ['quarantined: currency', { ...notice, data: { ...notice.data, currency: 'EUR' } }],
    ];
    for (const [at, [expected, forged]] of cases.entries()) {
      const event = { ...forged, id: `evt_forged${at}` };
      expect(await send({ books, body: JSON.stringify(event) })).toBe(200);
      expect(await work(books, event.id)).toBe(expected);
    }
    expect([(await paymentOf(books, attempt))?.state, (await paymentOf(theirs.books, theirs.attempt))?.state]).toEqual(['initiated', 'initiated']);
    const { rows } = await books.system(({ tx }) => sql`select 1 from events where kind = 'payment.quarantined'`.execute(tx));
    expect(rows).toHaveLength(cases.length);
  });

  it('unknown processors, businesses and kinds of notice do no harm', async () => {
    const { books, notice } = await paid();
    const body = JSON.stringify({ ...notice, id: 'evt_other', type: 'account.updated' });
    expect(await send({ books, body })).toBe(200);
    expect(await work(books, 'evt_other')).toBe('ignored');
    for (const path of ['/inbound/sandbox/biz_nobody', '/inbound/constructor/x', `/inbound/stripe/${publicId('business', books.business)}`]) {
      expect((await app().request(path, { method: 'POST', body })).status).toBe(404);
    }
  });

  it('P12 forged return addresses and bare visits to the door settle nothing', async () => {
    const { books, attempt } = await paid();
    for (const path of [`/inbound/sandbox/${publicId('business', books.business)}?status=succeeded&attempt=${attempt}`, '/inbound/sandbox']) {
      expect((await app().request(path)).status).toBe(404);
    }
    expect((await paymentOf(books, attempt))?.state).toBe('initiated');
  });
});
