import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { paidOnline, refund } from '../../../../test/refunding.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithStripe, type StripeTill, stripeTill } from '../../../../test/stripe-till.ts';
import { asDana, booksWithTill, issued, payFor, place, type SandboxTill, sandboxTill } from '../../../../test/till.ts';
import type { BalanceEntry, PayoutNews } from '../../../core/gateways.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import {
  fetchFees,
  fetchPayouts,
  type ListedPayout,
  listPayoutEntries,
  listPayouts,
  openCheckout,
  readPayment,
  readPayout,
  reconcilePayments,
  recordPayout,
  sendRefund,
  startPayment,
} from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(12);
let desk: SandboxTill;
let stripe: StripeTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database, { timeoutMs: 3_000 });
  stripe = await stripeTill(database().database, 3_000);
});
beforeEach(() => desk.knobs({}));
afterAll(() => Promise.all([desk.close(), stripe.close()]));

const all = async (books: Books): Promise<readonly ListedPayout[]> => (await books.office((scope) => listPayouts(scope, { limit: 50 }))).rows;
const first = async (books: Books): Promise<ListedPayout> => {
  const [payout] = await all(books);
  if (payout === undefined) throw new Error('no payout was kept');
  return payout;
};
const kindsOf = (books: Books): Promise<string[]> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<{ kind: string }>`select kind from events where business_id = ${books.business} and kind like 'payout.%' order by seq`.execute(
      tx,
    );
    return rows.map(({ kind }) => kind);
  });
const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const news = (changes: Partial<PayoutNews> = {}): PayoutNews => ({
  ...{
    reference: 'po_1',
    state: 'pending',
    amountMinor: 9_680n,
    currency: 'USD',
    arrivesUnixS: 1_790_000_000,
    createdUnixS: 1_789_900_000,
    failure: '',
    manual: false,
  },
  ...changes,
});
const entry = (changes: Partial<BalanceEntry> = {}): BalanceEntry => ({
  ...{ reference: 'txn_1', kind: 'payment', payment: 'pm_strange', amountMinor: 10_000n, feeMinor: 320n, currency: 'USD', createdUnixS: 1_789_800_000 },
  ...changes,
});
const record = (books: Books, said: PayoutNews, entries: readonly BalanceEntry[] | null): Promise<void> =>
  books.system((scope) => recordPayout(scope, 'sandbox', said, entries));

describe('what a processor sends to the bank', () => {
  it('is kept with its payments, refunds and fees, and adds up; a payment leads to its payout', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const payment = await paidOnline(desk, books, invoice);
    const { id } = await refund(books, payment, 2_500n);
    await sendRefund(desk.till, books.business, id);
    await desk.payOut(books);
    expect(await fetchPayouts(desk.till, books.business)).toBe(1);
    expect(await fetchPayouts(desk.till, books.business)).toBe(0);
    const payout = await first(books);
    expect(payout).toMatchObject({
      state: 'paid',
      amountMinor: 10_000n - 320n - 2_500n,
      listed: true,
      sums: { count: 2, foundMinor: 7_180n, paymentsMinor: 10_000n, refundsMinor: -2_500n, feesMinor: 320n, strangers: 0, differing: 0 },
    });
    const { rows } = await books.office((scope) => listPayoutEntries(scope, payout.id, { limit: 10 }));
    // Both may be of the same second.
    const found = new Map(rows.map(({ kind, paymentId, amountMinor }) => [kind as string, [paymentId, amountMinor]]));
    expect(rows).toHaveLength(2);
    expect([found.get('payment'), found.get('refund')]).toEqual([
      [payment, 10_000n],
      [payment, -2_500n],
    ]);
    expect(await books.office((scope) => readPayment(scope, payment))).toMatchObject({ payoutId: payout.id, feeMinor: 320n });
    expect(await kindsOf(books)).toEqual(['payout.paid']);
    await fetchFees(desk.till, books.business);
    await sound(books);
  });

  it('comes from Stripe with what is in it, found by its own list', async () => {
    const books = await booksWithStripe(database().database);
    const wanted = payFor(books, await issued(books, [10_000]));
    const answer = await openCheckout(stripe.till, await asDana(books, (scope) => startPayment(scope, wanted)), place);
    if (answer.kind !== 'redirect') throw new Error(`the checkout was ${answer.kind}`);
    await stripe.standIn.pay(answer.url.split('/').at(-1) ?? '');
    await reconcilePayments(stripe.till, books.business, 0);
    await new Promise((done) => setTimeout(done, 400));
    await stripe.standIn.does('payout', { account: books.account });
    await fetchPayouts(stripe.till, books.business);
    expect(await first(books)).toMatchObject({
      state: 'paid',
      amountMinor: 9_680n,
      manual: false,
      sums: { foundMinor: 9_680n, feesMinor: 320n, strangers: 0 },
    });
    expect((await books.office((scope) => readPayment(scope, wanted.id))).payoutId).toBe((await first(books)).id);
    await sound(books);
  });

  it('C10 told twice, by two at once and out of order, it is one payout in its latest state', async () => {
    const books = await booksWithTill(database().database);
    await Promise.all([record(books, news(), [entry()]), record(books, news(), [entry()]), record(books, news({ state: 'paid' }), null)]);
    await record(books, news(), null);
    expect(await all(books)).toHaveLength(1);
    expect(await first(books)).toMatchObject({ state: 'paid', listed: true, sums: { count: 1 } });
    expect(await kindsOf(books)).toEqual(['payout.paid']);
  });

  it('one that comes back is told, stays so, and what was in it stays with the payout it was in first', async () => {
    const books = await booksWithTill(database().database);
    await record(books, news({ state: 'paid' }), [entry()]);
    await record(books, news({ state: 'failed', failure: 'account_closed' }), null);
    await record(books, news({ state: 'paid' }), null);
    await record(books, news({ reference: 'po_2', createdUnixS: 1_789_950_000 }), [entry()]);
    expect((await all(books)).map(({ reference, state, failure, sums }) => [reference, state, failure, sums.count])).toEqual([
      ['po_2', 'pending', '', 0],
      ['po_1', 'failed', 'account_closed', 1],
    ]);
    expect(await kindsOf(books)).toEqual(['payout.paid', 'payout.failed']);
  });

  it('says what does not match: money that is not explained, payments not made here, and another amount than here', async () => {
    const books = await booksWithTill(database().database);
    const payment = await paidOnline(desk, books, await issued(books, [10_000]));
    const reference = (await desk.truth(books, payment))?.payment?.id ?? '';
    await record(books, news({ amountMinor: 20_000n }), [entry(), entry({ reference: 'txn_2', payment: reference, amountMinor: 9_000n, feeMinor: 0n })]);
    expect(await first(books)).toMatchObject({ amountMinor: 20_000n, sums: { foundMinor: 18_680n, strangers: 1, differing: 1 } });
  });

  it('a list and what is in one are paged without one twice or missing', async () => {
    const books = await booksWithTill(database().database);
    const entries = Array.from({ length: 5 }, (_, at) => entry({ reference: `txn_${at}` }));
    for (let at = 0; at < 5; at += 1) await record(books, news({ reference: `po_${at}` }), at === 0 ? entries : []);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await books.office((scope) => listPayouts(scope, { limit: 2, ...(cursor ? { cursor } : {}) }));
      seen.push(...page.rows.map(({ reference }) => reference));
      cursor = page.next;
    }
    expect(seen.toSorted()).toEqual(['po_0', 'po_1', 'po_2', 'po_3', 'po_4']);
    const [whole] = (await all(books)).filter(({ reference }) => reference === 'po_0');
    const within: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await books.office((scope) => listPayoutEntries(scope, whole?.id ?? '', { limit: 2, ...(cursor ? { cursor } : {}) }));
      within.push(...page.rows.map(({ reference }) => reference));
      cursor = page.next;
    }
    expect(within.toSorted()).toEqual(entries.map(({ reference }) => reference));
    expect(await refusalOf(books.office((scope) => listPayouts(scope, { limit: 2, cursor: 'nonsense' })))).toMatchObject({ code: 'cursor_invalid' });
  });

  it('T4 is nobody else’s: another business sees neither the payout nor what is in it', async () => {
    const [books, other] = [await booksWithTill(database().database), await booksWithTill(database().database)];
    await record(books, news(), [entry()]);
    const { id } = await first(books);
    expect(await all(other)).toEqual([]);
    expect(await refusalOf(other.office((scope) => readPayout(scope, id)))).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(other.office((scope) => listPayoutEntries(scope, id, { limit: 5 })))).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(asDana(books, (scope) => readPayout(scope, id)))).not.toBeNull();
  });
});
