import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/db.ts';
import { booksWithStripe, type StripeBooks, type StripeTill, stripeTill } from '../../../../test/stripe-till.ts';
import { asDana, countOf, issued, payFor, paymentOf, place, standingOf } from '../../../../test/till.ts';
import type { ListedAtProcessor } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { handleNotice, openCheckout, reconcilePayments, startPayment } from '../../payments/payments.ts';
import { catchUp, compareBooks, differencesOf, readComparison } from './compare.ts';
import type { OurPayment } from './queries.ts';

setLogLevel('silent');
const database = testDatabase(8);
let desk: StripeTill;

beforeAll(async () => {
  desk = await stripeTill(database().database, 4_000);
  await desk.standIn.knobs({ notices: 'drop' });
});
afterAll(() => desk.close());

async function pay(books: StripeBooks, number: string): Promise<{ attempt: string; invoice: string }> {
  const invoice = await issued(books, [10_000]);
  const wish = payFor(books, invoice, undefined, number.startsWith('000') ? { method: 'bank' } : {});
  const answer = await openCheckout(desk.till, await asDana(books, (scope) => startPayment(scope, wish)), place);
  if (answer.kind !== 'redirect') throw new Error(answer.kind);
  await desk.standIn.pay(answer.url.split('/').at(-1) ?? '', number);
  return { attempt: wish.id, invoice: invoice.id };
}
const intentOf = async (attempt: string) =>
  (await desk.standIn.things('payment_intent')).find((each) => (each['metadata'] as { attempt?: string }).attempt === attempt)?.id ?? '';

/** What the worker does with stored notices. */
async function workAll(books: StripeBooks): Promise<void> {
  const { rows } = await books.system(({ tx }) =>
    sql<{ id: string }>`select event_id as id from inbound_events where business_id = ${books.business} and handled_at is null order by received_at`.execute(
      tx,
    ),
  );
  for (const { id } of rows) await handleNotice(desk.till, books.business, { gateway: 'stripe', eventId: id });
}

describe('comparing with Stripe', () => {
  it('P11 with every notice lost the books equal Stripe’s after the next rounds, also for a bank debit that came back after it had cleared', async () => {
    const books = await booksWithStripe(database().database);
    const [card, declined, clears, back, late] = [
      await pay(books, '4242424242424242'),
      await pay(books, '4000000000000002'),
      await pay(books, '000123456789'),
      await pay(books, '000111111113'),
      await pay(books, '000222222227'),
    ];
    await desk.standIn.decide(await intentOf(clears.attempt), 'clear');
    await desk.standIn.decide(await intentOf(back.attempt), 'account_closed');
    await desk.standIn.decide(await intentOf(late.attempt), 'clear');
    await reconcilePayments(desk.till, books.business, 0);
    const states = async () => Promise.all([card, declined, clears, back, late].map(async ({ attempt }) => (await paymentOf(books, attempt))?.state));
    expect(await states()).toEqual(['cleared', 'initiated', 'cleared', 'returned', 'cleared']);
    await desk.standIn.decide(await intentOf(late.attempt), 'insufficient_funds');
    expect(await catchUp(desk.till, books.business)).toBe(true);
    await workAll(books);
    expect(await states()).toEqual(['cleared', 'initiated', 'cleared', 'returned', 'returned']);
    expect(await standingOf(books, late.invoice)).toMatchObject({ paid: 0n, balance: 10_000n });
    expect(await compareBooks(desk.till, books.business, 90)).toBe(0);
    const before = await countOf(books, 'inbound_events');
    await catchUp(desk.till, books.business);
    expect(await countOf(books, 'inbound_events')).toBe(before);
  });

  it('P11 what only the comparison sees is settled by it, and what differs is named row by row', async () => {
    const books = await booksWithStripe(database().database);
    const { attempt } = await pay(books, '000123456789');
    await desk.standIn.decide(await intentOf(attempt), 'clear');
    await reconcilePayments(desk.till, books.business, 0);
    await desk.standIn.decide(await intentOf(attempt), 'insufficient_funds');
    expect(await compareBooks(desk.till, books.business, 3)).toBe(0);
    expect((await paymentOf(books, attempt))?.state).toBe('returned');
    const other = await pay(books, '4242424242424242');
    await reconcilePayments(desk.till, books.business, 0);
    await books.system(({ tx }) =>
      sql`update payments set gateway_payment = 'pi_lost' where business_id = ${books.business} and id = ${other.attempt}`.execute(tx),
    );
    expect(await compareBooks(desk.till, books.business, 3)).toBe(2);
    const { check, differences } = await books.office(readComparison);
    expect(check).toMatchObject({ reached: true, theirs: 2 });
    expect(differences.map(({ what, customerName }) => [what, customerName !== '']).sort()).toEqual([
      ['missing_there', true],
      ['unknown_here', true],
    ]);
  });

  it('a silent Stripe changes nothing and is told', async () => {
    const books = await booksWithStripe(database().database);
    await desk.standIn.knobs({ notices: 'drop', trouble: 'error', only: '/v1/', times: 3 });
    expect(await compareBooks(desk.till, books.business, 3)).toBe(0);
    expect((await books.office(readComparison)).check).toMatchObject({ reached: false });
    await desk.standIn.knobs({ notices: 'drop' });
  });

  it('names each way two lists can differ', () => {
    const [id, at] = [newId(), '2026-11-29T10:00:00Z'];
    const our: OurPayment = { id, state: 'cleared', reference: 'pi_1', amountMinor: 100n, currency: 'USD', customerId: newId(), createdAt: at };
    const their: ListedAtProcessor = {
      reference: 'pi_1',
      attempt: id,
      business: null,
      state: 'succeeded',
      amountMinor: 100n,
      currency: 'USD',
      createdUnixS: 1,
    };
    const what = (ours: readonly OurPayment[], theirs: readonly ListedAtProcessor[]) => differencesOf(ours, theirs).map((each) => each.what);
    expect(what([our], [their])).toEqual([]);
    expect(what([], [their])).toEqual(['unknown_here']);
    expect(what([our], [])).toEqual(['missing_there']);
    expect(what([our], [{ ...their, amountMinor: 99n }])).toEqual(['amount']);
    expect(what([our], [{ ...their, currency: 'EUR' }])).toEqual(['currency']);
    expect(what([{ ...our, state: 'failed' }], [their])).toEqual(['state']);
    expect(what([our], [their, { ...their, reference: 'pi_2' }])).toEqual(['unknown_here']);
    expect(what([{ ...our, state: 'expired', reference: null }], [{ ...their, state: 'open' }])).toEqual([]);
  });
});
