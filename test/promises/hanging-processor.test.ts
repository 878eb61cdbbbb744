import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckout, startPayment } from '../../src/domain/payments/payments.ts';
import { setLogLevel } from '../../src/log.ts';
import { booksWithStripe, type StripeTill, stripeTill } from '../stripe-till.ts';
import { asDana, issued, payFor, paymentOf, place } from '../till.ts';
import { testWeb } from '../web.ts';

setLogLevel('silent');
const web = testWeb({ DATABASE_POOL: '4' });
let desk: StripeTill;

beforeAll(async () => {
  desk = await stripeTill(web().database, 10_000);
});
afterAll(() => desk.close());

describe('a processor that hangs', () => {
  it('C12 while sixteen payers wait for Stripe, pages and the database answer as before, and nobody was charged', async () => {
    const books = await booksWithStripe(web().database);
    const pays = await Promise.all(Array.from({ length: 16 }, async () => payFor(books, await issued(books, [10_000]))));
    const started = await Promise.all(pays.map((pay) => asDana(books, (scope) => startPayment(scope, pay))));
    await desk.standIn.knobs({ trouble: 'hang', only: 'POST /v1/checkout' });
    const waiting = started.map((attempt) => openCheckout(desk.till, attempt, place));
    let over = false;
    const ends = Promise.all(waiting).finally(() => {
      over = true;
    });
    const times: number[] = [];
    while (!over && times.length < 200) {
      const began = performance.now();
      const page = await web().app.request(`${web().deps.config.appUrl}/office/sign-in`);
      await page.arrayBuffer();
      await books.office(({ tx }) => tx.selectFrom('payments').select('id').where('business_id', '=', books.business).limit(1).execute());
      times.push(performance.now() - began);
      await new Promise((done) => setTimeout(done, 25));
    }
    times.sort((a, b) => a - b);
    expect(times.length).toBeGreaterThan(100);
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(1_000);
    expect(new Set((await ends).map(({ kind }) => kind))).toEqual(new Set(['checking']));
    for (const { id } of pays) expect((await paymentOf(books, id))?.state).toBe('unknown');
    expect(await desk.standIn.things('payment_intent')).toEqual([]);
  }, 60_000);
});
