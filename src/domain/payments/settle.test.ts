import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { asDana, booksWithTill, countOf, creditOf, type Issued, issued, payFor, paymentOf, standingOf, tillKeys } from '../../../test/till.ts';
import type { AttemptOutcome } from '../../core/gateways.ts';
import { newId } from '../../db/fresh.ts';
import { setLogLevel } from '../../log.ts';
import { voidInvoice } from '../invoices/invoices.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { postIn } from './books.ts';
import { recordPayment, type Settlement, settleAttempt, startPayment } from './payments.ts';

setLogLevel('error');

const database = testDatabase(16);

const money = (amountMinor: bigint, currency = 'USD') => ({ method: 'bank', amountMinor, currency, reference: 'pm_1', label: 'Bank •••• 6789' }) as const;
const opened: AttemptOutcome = { kind: 'open', session: 'cs_1', url: 'http://127.0.0.1:9/pay' };
const openedAs = (attempt: string): AttemptOutcome => ({ kind: 'open', session: `cs_${attempt}`, url: 'http://127.0.0.1:9/pay' });
const processing = (amount: bigint): AttemptOutcome => ({ kind: 'processing', ...money(amount) });
const succeeded = (amount: bigint, currency?: string): AttemptOutcome => ({ kind: 'succeeded', ...money(amount, currency) });
const returned = (amount: bigint): AttemptOutcome => ({ kind: 'returned', failure: 'returned_by_bank', ...money(amount) });
const declined: AttemptOutcome = { kind: 'failed', failure: 'declined' };
const expired: AttemptOutcome = { kind: 'expired', session: 'cs_1' };

type Begun = { books: Books; invoice: Issued; attempt: string };

async function begun(amounts: readonly number[] = [10_000], pays?: bigint, reuse?: Books): Promise<Begun> {
  const books = reuse ?? (await booksWithTill(database().database));
  const invoice = await issued(books, amounts, { spread: amounts.length > 1 });
  const { attempt } = await asDana(books, (scope) => startPayment(scope, payFor(books, invoice, pays)));
  return { books, invoice, attempt };
}

const settle = ({ books, attempt }: Begun, outcome: AttemptOutcome): Promise<Settlement> =>
  books.system((scope) => settleAttempt(scope, tillKeys, attempt, outcome));

/** Everything that must be the same whatever order the news came in. */
const refundsOf = (one: Awaited<ReturnType<typeof begun>>): Promise<object[]> =>
  one.books.system(async ({ tx }) => {
    const { rows } = await sql<object>`select amount_minor as amount, state, origin from refunds where business_id = ${one.books.business}`.execute(tx);
    return rows;
  });

async function books(begunOne: Begun): Promise<unknown> {
  const { books: own, invoice, attempt } = begunOne;
  const [standing, payment, credit] = [await standingOf(own, invoice.id), await paymentOf(own, attempt), await creditOf(own)];
  const sums = await own.system(async ({ tx }) => {
    const { rows } = await sql`select debit, credit, sum(amount_minor)::bigint as amount from ledger
      where business_id = ${own.business} and document_id is not distinct from coalesce(document_id, null) and (payment_id = ${attempt}) group by 1, 2 order by 1, 2`.execute(
      tx,
    );
    return rows;
  });
  expect(await own.system((scope) => verifyBooks(scope))).toEqual([]);
  return { standing, state: payment?.state, receipt: payment?.receipt !== null, method: payment?.method, failure: payment?.failure, credit, sums };
}

function* ordersOf<T>(items: readonly T[]): Generator<T[]> {
  if (items.length <= 1) {
    yield [...items];
    return;
  }
  const seen = new Set<T>();
  for (const [at, item] of items.entries()) {
    if (seen.has(item)) continue;
    seen.add(item);
    for (const rest of ordersOf(items.toSpliced(at, 1))) yield [item, ...rest];
  }
}

describe('what processors say', () => {
  it('a payment that clears is on the invoice, in the ledger, and has the next receipt number', async () => {
    const one = await begun();
    await settle(one, opened);
    expect((await settle(one, succeeded(10_000n))).kind).toBe('changed');
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n, processing: 0n });
    expect(await paymentOf(one.books, one.attempt)).toMatchObject({ state: 'cleared', receipt: 'R-0001', method: 'bank' });
    expect(await books(one)).toMatchObject({ credit: 0n });
  });

  it('P5 all orders of opened, processing, cleared and returned, each twice, end in the same books', async () => {
    const outcomes = [opened, processing(10_000n), succeeded(10_000n), returned(10_000n)];
    const twice = [...outcomes, ...outcomes];
    const results = new Map<string, string>();
    const home = await booksWithTill(database().database);
    const text = (value: unknown): string => JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
    // All 24 orders, each followed by each other order: every event twice, early and late, and always after any other.
    const orders = [...ordersOf(outcomes)];
    const runs = orders.map((order, at) => [...order, ...(orders[(at * 7 + 5) % orders.length] ?? [])]);
    for (const order of [...runs, twice, twice.toReversed()]) {
      const one = await begun([10_000], undefined, home);
      for (const outcome of order) await settle(one, outcome === opened ? openedAs(one.attempt) : outcome);
      results.set(text(await books(one)), order.map((each) => each.kind).join(' '));
    }
    expect([...results.keys()]).toHaveLength(1);
    expect(JSON.parse([...results.keys()][0] ?? '')).toMatchObject({ state: 'returned', receipt: true, standing: { balance: '10000n', returned: true } });
  });

  it('P5 the same news tripled and ten at once ends in the same books, with one receipt', async () => {
    const outcomes = [opened, processing(10_000n), succeeded(10_000n)];
    for (let round = 0; round < 5; round += 1) {
      const one = await begun();
      const all = [...outcomes, ...outcomes, ...outcomes].map((outcome, at) => ({ outcome, key: (at * 7 + round * 5) % 9 })).sort((a, b) => a.key - b.key);
      await Promise.all(all.map(({ outcome }) => settle(one, outcome)));
      expect(await paymentOf(one.books, one.attempt)).toMatchObject({ state: 'cleared', receipt: 'R-0001' });
      expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n, processing: 0n });
      expect(await books(one)).toMatchObject({ credit: 0n });
    }
  });

  it('a bank debit on its way blocks its amount and lowers nothing until it clears', async () => {
    const one = await begun([10_000], 4_000n);
    await settle(one, processing(4_000n));
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ processing: 4_000n, balance: 10_000n, paid: 0n });
    await settle(one, succeeded(4_000n));
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ processing: 0n, balance: 6_000n, paid: 4_000n });
  });

  it('a debit that comes back before it cleared marks the invoice and leaves the ledger untouched', async () => {
    const one = await begun();
    await settle(one, processing(10_000n));
    const before = await countOf(one.books, 'ledger');
    await settle(one, { kind: 'failed', failure: 'returned_by_bank', ...money(10_000n) });
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ processing: 0n, balance: 10_000n, returned: true });
    expect([await countOf(one.books, 'ledger'), (await paymentOf(one.books, one.attempt))?.state]).toEqual([before, 'returned']);
  });

  it('a declined card ends nothing, and the next card on the same checkout pays', async () => {
    const one = await begun();
    await settle(one, opened);
    await settle(one, declined);
    expect(await paymentOf(one.books, one.attempt)).toMatchObject({ state: 'initiated', failure: 'declined' });
    await settle(one, succeeded(10_000n));
    expect(await paymentOf(one.books, one.attempt)).toMatchObject({ state: 'cleared', failure: '' });
  });

  it('C2 a card’s decline that is told after the payer went on with a bank debit takes nothing of the debit back', async () => {
    const late: readonly AttemptOutcome[] = [declined, { kind: 'failed', failure: 'insufficient_funds', method: 'card', reference: 'pm_1' }];
    for (const news of late) {
      const one = await begun();
      for (const each of [opened, processing(10_000n)]) await settle(one, each);
      expect(await settle(one, news)).toEqual({ kind: 'illegal', state: 'pending' });
      expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ processing: 10_000n, balance: 10_000n, returned: false });
      await settle(one, succeeded(10_000n));
      expect(await books(one)).toMatchObject({ state: 'cleared', failure: '', standing: { paid: 10_000n, balance: 0n } });
    }
    const debit = await begun();
    await settle(debit, processing(10_000n));
    await settle(debit, { kind: 'failed', failure: 'insufficient_funds', method: 'bank', reference: 'pm_1' });
    expect(await standingOf(debit.books, debit.invoice.id)).toMatchObject({ processing: 0n, balance: 10_000n, returned: true });
  });

  it('P14 M15 money for an invoice that was paid meanwhile goes back by itself, and is accounted to the cent', async () => {
    const one = await begun();
    await settle(one, processing(10_000n));
    const check = { id: newId(), customerId: one.books.customer, method: 'check', amountMinor: 7_000n, currency: 'USD', receivedOn: '2026-01-05' } as const;
    await one.books.office((scope) => recordPayment(scope, { ...check, targets: [{ documentId: one.invoice.id, amountMinor: 7_000n }] }));
    await settle(one, succeeded(10_000n));
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n, processing: 0n });
    expect(await books(one)).toMatchObject({ state: 'cleared', credit: 0n });
    expect(await refundsOf(one)).toEqual([{ amount: 7_000n, state: 'requested', origin: 'automatic' }]);
    await settle(one, returned(10_000n));
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ paid: 7_000n, balance: 3_000n, returned: true });
    expect(await books(one)).toMatchObject({ credit: 0n });
  });

  it('P14 M15 money for an invoice that was canceled meanwhile goes back by itself, whole', async () => {
    const one = await begun();
    await one.books.office((scope) => voidInvoice(scope, { documentId: one.invoice.id, reason: 'Wrong house' }));
    await settle(one, succeeded(10_000n));
    expect(await books(one)).toMatchObject({ state: 'refunded', credit: 0n, standing: { paid: 0n } });
    expect(await refundsOf(one)).toMatchObject([{ amount: 10_000n }]);
  });

  it('M15 a bank debit that went back by itself and is then returned came in once: no credit is left of it, and what went out twice is lost', async () => {
    const one = await begun();
    await one.books.office((scope) => voidInvoice(scope, { documentId: one.invoice.id, reason: 'Wrong house' }));
    for (const news of [succeeded(10_000n), returned(10_000n), returned(10_000n)]) await settle(one, news);
    expect(await books(one)).toMatchObject({
      ...{ state: 'returned', credit: 0n, standing: { paid: 0n } },
      sums: [
        { debit: 'bad_debt', credit: 'clearing_bank', amount: 10_000n },
        { debit: 'clearing_bank', credit: 'customer_credit', amount: 10_000n },
        { debit: 'customer_credit', credit: 'clearing_bank', amount: 10_000n },
      ],
    });
  });

  it('M4 M15 money that stands in the books a second time is found by re-adding them, though every stored balance agrees', async () => {
    const one = await begun();
    await settle(one, succeeded(10_000n));
    const { customer: customerId } = one.books;
    const again = { paymentId: one.attempt, customerId, method: 'bank', amountMinor: 10_000n, currency: 'USD', effectiveOn: '2026-01-05' } as const;
    await one.books.system((scope) => postIn(scope, again, [], []));
    expect(await one.books.system((scope) => verifyBooks(scope))).toEqual([
      { what: 'money of a payment', id: one.attempt, stored: '10000', recomputed: '20000' },
    ]);
  });

  it('M15 money that comes after the checkout had ended is taken into the books all the same', async () => {
    const one = await begun();
    await settle(one, expired);
    expect((await paymentOf(one.books, one.attempt))?.state).toBe('expired');
    await settle(one, succeeded(10_000n));
    expect(await books(one)).toMatchObject({ state: 'cleared', standing: { paid: 10_000n } });
  });

  it('P9 another amount, currency or checkout than our own changes nothing and is told to the office', async () => {
    const one = await begun();
    await settle(one, opened);
    expect(await settle(one, succeeded(9_999n))).toEqual({ kind: 'mismatch', why: 'amount' });
    expect(await settle(one, succeeded(10_000n, 'EUR'))).toEqual({ kind: 'mismatch', why: 'currency' });
    expect(await settle(one, { kind: 'expired', session: 'cs_2' })).toEqual({ kind: 'mismatch', why: 'session' });
    expect((await paymentOf(one.books, one.attempt))?.state).toBe('initiated');
    const { rows } = await one.books.system(({ tx }) =>
      sql`select 1 from events where business_id = ${one.books.business} and kind = 'payment.quarantined'`.execute(tx),
    );
    expect(rows).toHaveLength(3);
  });

  it('M12 news in another currency never settles: thirty combinations', async () => {
    const currencies = ['USD', 'EUR', 'JPY', 'KWD', 'CAD', 'GBP'];
    for (const bill of currencies) {
      const own = await booksWithTill(database().database, { currency: bill });
      const invoice = await issued(own, [10_000]);
      const { attempt } = await asDana(own, (scope) => startPayment(scope, payFor(own, invoice, 10_000n, { currency: bill })));
      const one = { books: own, invoice, attempt };
      for (const other of currencies.filter((each) => each !== bill))
        expect(await settle(one, succeeded(10_000n, other))).toEqual({ kind: 'mismatch', why: 'currency' });
      expect((await standingOf(own, invoice.id)).paid).toBe(0n);
    }
  });

  it('P10 an attempt of one business is unknown in another', async () => {
    const [one, other] = [await begun(), await begun()];
    expect(await settle({ ...other, attempt: one.attempt }, succeeded(10_000n))).toEqual({ kind: 'foreign' });
    expect((await paymentOf(one.books, one.attempt))?.state).toBe('initiated');
  });

  it('receipts, processing and returns are mailed once each to the recorded address', async () => {
    const one = await begun();
    for (const outcome of [processing(10_000n), processing(10_000n), succeeded(10_000n), succeeded(10_000n), returned(10_000n), returned(10_000n)])
      await settle(one, outcome);
    const { rows } = await one.books.system(({ tx }) =>
      sql<{ kind: string; to: string }>`select kind, to_address as "to" from mails order by created_at, id`.execute(tx),
    );
    expect(rows).toEqual(['payment_processing', 'receipt', 'payment_returned'].map((kind) => ({ kind, to: 'dana@example.com' })));
  });

  it('a part payment over three properties is spread, kept, and comes back part by part', async () => {
    const one = await begun([10_000, 3_333, 6_667], 10_000n);
    await settle(one, succeeded(10_000n));
    const parts = () =>
      one.books.system(async ({ tx }) => {
        const { rows } = await sql<{
          paid: bigint;
        }>`select s.paid_minor as paid from part_standings s join document_parts p on p.id = s.part_id where s.document_id = ${one.invoice.id} order by p.position`.execute(
          tx,
        );
        return rows.map((row) => row.paid);
      });
    expect(await parts()).toEqual([5_000n, 1_667n, 3_333n]);
    await settle(one, returned(10_000n));
    expect(await parts()).toEqual([0n, 0n, 0n]);
    expect(await books(one)).toMatchObject({ credit: 0n });
  });
});
