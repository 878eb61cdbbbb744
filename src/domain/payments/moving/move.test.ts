import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { paidByCheck, paidOnline, refund } from '../../../../test/refunding.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithTill, creditOf, issued, type SandboxTill, sandboxTill, standingOf } from '../../../../test/till.ts';
import { setLogLevel } from '../../../log.ts';
import { closeInvoice, reopenInvoice, voidInvoice } from '../../invoices/invoices.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { movePayment, readPayment } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(4);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());

const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const fresh = (): Promise<Books> => booksWithTill(database().database);
type Wanted = Parameters<typeof movePayment>[1]['wanted'];
const move = (books: Books, paymentId: string, wanted: Wanted) => books.office((scope) => movePayment(scope, { paymentId, wanted }));
const close = (books: Books, documentId: string) => books.office((scope) => closeInvoice(scope, { documentId, reason: 'Moved away' }));

describe('moving what a payment pays', () => {
  it('M15 money moves from one invoice to others of the same customer, and what is left over is credit', async () => {
    const books = await fresh();
    const [wrong, right] = [await issued(books, [10_000]), await issued(books, [3_000, 4_000], { spread: true })];
    const payment = await paidByCheck(books, wrong);
    await move(books, payment, [
      { documentId: right.id, amountMinor: 7_000n },
      { documentId: wrong.id, amountMinor: 1_000n },
    ]);
    expect([await standingOf(books, wrong.id), await standingOf(books, right.id), await creditOf(books)]).toMatchObject([
      { paid: 1_000n },
      { paid: 7_000n, balance: 0n },
      2_000n,
    ]);
    const shown = await books.office((scope) => readPayment(scope, payment));
    expect([shown.creditMinor, shown.shares.map(({ amountMinor }) => amountMinor).sort()]).toEqual([2_000n, [1_000n, 7_000n]]);
    await sound(books);
  });

  it('its credit goes on what is owed, oldest due first, and nothing to move is said so', async () => {
    const books = await fresh();
    const [one, two, three] = [await issued(books, [1_000]), await issued(books, [4_000]), await issued(books, [5_000])];
    const payment = await paidByCheck(books, one, 6_000n, true);
    await move(books, payment, null);
    expect([(await standingOf(books, two.id)).paid, (await standingOf(books, three.id)).paid, await creditOf(books)]).toEqual([4_000n, 1_000n, 0n]);
    expect((await refusalOf(move(books, payment, null))).code).toBe('already_done');
    await sound(books);
  });

  it('M12 more than came, invoices of others and what was refunded are refused, and nothing moves', async () => {
    const books = await fresh();
    const [invoice, foreign] = [await issued(books, [10_000]), await issued(books, [10_000], { customer: books.exempt })];
    const payment = await paidOnline(desk, books, invoice);
    await refund(books, payment, 4_000n);
    const to = await issued(books, [10_000]);
    expect((await refusalOf(move(books, payment, [{ documentId: to.id, amountMinor: 6_001n }]))).code).toBe('allocation_exceeds_payment');
    expect((await refusalOf(move(books, payment, [{ documentId: foreign.id, amountMinor: 100n }]))).code).toBe('allocation_other_customer');
    await move(books, payment, [{ documentId: to.id, amountMinor: 6_000n }]);
    expect([(await standingOf(books, invoice.id)).paid, (await standingOf(books, to.id)).paid]).toEqual([0n, 6_000n]);
    await sound(books);
  });
});

describe('giving a bill up', () => {
  it('closes what is left of it in the books, and takes it up again', async () => {
    const books = await fresh();
    const invoice = await issued(books, [3_000, 4_000], { spread: true });
    await paidByCheck(books, invoice, 1_000n);
    await close(books, invoice.id);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 1_000n, balance: 0n });
    expect((await refusalOf(close(books, invoice.id))).code).toBe('already_closed');
    expect((await refusalOf(books.office((scope) => voidInvoice(scope, { documentId: invoice.id, reason: 'x' })))).code).toBe('already_closed');
    await sound(books);
    await books.office((scope) => reopenInvoice(scope, invoice.id));
    expect(await standingOf(books, invoice.id)).toMatchObject({ balance: 6_000n });
    expect((await refusalOf(books.office((scope) => reopenInvoice(scope, invoice.id)))).code).toBe('not_closed');
    await sound(books);
  });

  it('rule 22 a closed bill can still be paid, by check and by card, and as much as is paid is taken up again', async () => {
    const books = await fresh();
    const invoice = await issued(books, [10_000]);
    await close(books, invoice.id);
    await paidByCheck(books, invoice, 4_000n);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 4_000n, balance: 0n });
    await sound(books);
    await paidOnline(desk, books, invoice, 6_000n);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n });
    expect((await refusalOf(books.office((scope) => reopenInvoice(scope, invoice.id)))).code).toBe('not_closed');
    await sound(books);
  });
});
