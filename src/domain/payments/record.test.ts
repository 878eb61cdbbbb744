import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { refusalOf } from '../../../test/small-business.ts';
import { booksWithTill, countOf, creditOf, issued, standingOf } from '../../../test/till.ts';
import { newId } from '../../db/fresh.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { type OfflinePayment, recordPayment, reversePayment, spreadPayment } from './payments.ts';

const database = testDatabase(12);

const check = (books: Books, amountMinor: bigint, more: Partial<OfflinePayment> = {}): OfflinePayment => ({
  id: newId(),
  customerId: books.customer,
  method: 'check',
  amountMinor,
  currency: 'USD',
  receivedOn: '2026-01-05',
  targets: null,
  ...more,
});

async function fits(books: Books): Promise<void> {
  expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
}

describe('payments the office records', () => {
  it('a check over several invoices pays the oldest due first and stops where the money ends', async () => {
    const books = await booksWithTill(database().database);
    const [first, second] = [await issued(books, [10_000]), await issued(books, [5_000])];
    const paid = await books.office((scope) => recordPayment(scope, check(books, 12_000n)));
    expect(paid.receiptNumber).toBe('R-0001');
    expect([(await standingOf(books, first.id)).balance, (await standingOf(books, second.id)).balance]).toEqual([0n, 3_000n]);
    await fits(books);
  });

  it('rule 31 an amount without chosen parts is spread in proportion to what each part owes, and always sums to the whole', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000, 3_333, 1], { spread: true });
    const paid = await books.office((scope) => recordPayment(scope, check(books, 7_001n, { targets: [{ documentId: invoice.id, amountMinor: 7_001n }] })));
    expect(paid.shares.map((share) => share.amountMinor)).toEqual([5_250n, 1_750n, 1n]);
    await fits(books);
  });

  it('parts the office chose are paid as chosen', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000, 3_333], { spread: true });
    const [, second] = invoice.parts;
    const parts = [{ partId: second?.id ?? '', amountMinor: 3_333n }];
    await books.office((scope) => recordPayment(scope, check(books, 3_333n, { targets: [{ documentId: invoice.id, amountMinor: 3_333n, parts }] })));
    const [open] = await books.system((scope) =>
      sql<{ paid: bigint }>`select paid_minor as paid from part_standings where part_id = ${second?.id ?? ''}`.execute(scope.tx).then(({ rows }) => rows),
    );
    expect(open?.paid).toBe(3_333n);
    await fits(books);
  });

  it('rule 22 more than is owed is refused, unless the rest is kept as credit on purpose', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    expect(await refusalOf(books.office((scope) => recordPayment(scope, check(books, 10_001n))))).toMatchObject({ code: 'above_balance' });
    const paid = await books.office((scope) => recordPayment(scope, check(books, 10_001n, { keepCredit: true })));
    expect([paid.creditMinor, await creditOf(books)]).toEqual([1n, 1n]);
    await fits(books);
  });

  it('C10 the same form sent twice, also at the same moment, records one payment and answers the same', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    const form = check(books, 10_000n);
    const answers = await Promise.all(Array.from({ length: 8 }, () => books.office((scope) => recordPayment(scope, form))));
    expect(new Set(answers.map((answer) => answer.receiptNumber))).toEqual(new Set(['R-0001']));
    expect(await countOf(books, 'payments')).toBe(1);
    expect(await refusalOf(books.office((scope) => recordPayment(scope, { ...form, amountMinor: 9_999n })))).toMatchObject({ code: 'id_taken' });
    await fits(books);
  });

  it('C5 fifty at once on one invoice pay it exactly once over', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const tries = Array.from({ length: 50 }, () =>
      books.office((scope) => recordPayment(scope, check(books, 1_000n, { targets: [{ documentId: invoice.id, amountMinor: 1_000n }] }))),
    );
    const results = await Promise.allSettled(tries);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []));
    expect(refused).toEqual(Array(40).fill('nothing_to_pay'));
    const receipts = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.receiptNumber] : []));
    expect(receipts.sort()).toEqual(Array.from({ length: 10 }, (_, at) => `R-${String(at + 1).padStart(4, '0')}`));
    await fits(books);
  });

  it('M11 amounts outside 1…99,999,999 minor units change nothing', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    for (const amountMinor of [0n, -1n, 100_000_000n, 2n ** 53n + 1n]) {
      expect((await refusalOf(books.office((scope) => recordPayment(scope, check(books, amountMinor, { keepCredit: true }))))).code).toMatch(/^amount_too_/);
    }
    expect(await countOf(books, 'payments')).toBe(0);
  });

  it('M12 a payment in another currency never settles: thirty combinations are refused', async () => {
    const currencies = ['USD', 'EUR', 'JPY', 'KWD', 'CAD', 'GBP'];
    for (const bill of currencies) {
      const books = await booksWithTill(database().database, { currency: bill });
      const invoice = await issued(books, [10_000]);
      for (const paid of currencies.filter((each) => each !== bill)) {
        const targets = [{ documentId: invoice.id, amountMinor: 10_000n }];
        expect(await refusalOf(books.office((scope) => recordPayment(scope, check(books, 10_000n, { currency: paid, targets }))))).toMatchObject({
          code: 'currency_mismatch',
        });
      }
      expect(await countOf(books, 'payments')).toBe(0);
    }
  });

  it('money of one customer never lands on the invoice of another', async () => {
    const books = await booksWithTill(database().database);
    const other = await issued(books, [10_000], { customer: books.exempt });
    const targets = [{ documentId: other.id, amountMinor: 10_000n }];
    expect(await refusalOf(books.office((scope) => recordPayment(scope, check(books, 10_000n, { targets }))))).toMatchObject({
      code: 'allocation_other_customer',
    });
  });

  it('a check from tomorrow is refused', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    expect(await refusalOf(books.office((scope) => recordPayment(scope, check(books, 1n, { receivedOn: '2199-01-01' }))))).toMatchObject({
      code: 'payment_day_in_future',
    });
  });

  it('taking a payment back owes the invoices again by new transfers, once', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const form = check(books, 12_000n, { keepCredit: true });
    await books.office((scope) => recordPayment(scope, form));
    const before = await countOf(books, 'ledger');
    await books.office((scope) => reversePayment(scope, { paymentId: form.id, reason: 'The check bounced' }));
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 0n, balance: 10_000n });
    expect([await creditOf(books), await countOf(books, 'ledger')]).toEqual([0n, before + 2]);
    expect(await refusalOf(books.office((scope) => reversePayment(scope, { paymentId: form.id, reason: 'again' })))).toMatchObject({
      code: 'payment_already_reversed',
    });
    await fits(books);
  });

  it('field crew and customers record nothing', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    await books.office(({ tx }) => sql`update staff set role = 'field' where business_id = ${books.business}`.execute(tx));
    expect(await refusalOf(books.office((scope) => recordPayment(scope, check(books, 100n))))).toMatchObject({ code: 'not_allowed' });
    expect(await refusalOf(books.portal({ customers: [books.customer] }, (scope) => recordPayment(scope, check(books, 100n))))).toMatchObject({
      code: 'not_allowed',
    });
  });

  it('shows before recording how an amount would be spread, every open invoice of the customer with it', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    await issued(books, [5_000]);
    const spread = await books.office((scope) => spreadPayment(scope, { customerId: books.customer, currency: 'USD', amountMinor: 16_000n }));
    expect(spread.on.map((each) => each.amountMinor)).toEqual([10_000n, 5_000n]);
    expect(spread.restMinor).toBe(1_000n);
  });
});
