import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { backOf, paidOnline, refund } from '../../../../test/refunding.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithTill, creditOf, type Issued, issued, type SandboxTill, sandboxTill, standingOf, tillKeys } from '../../../../test/till.ts';
import type { DisputeNews } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { paymentNeeds, readPayment, storeNotices, workNotice } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(4);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());

async function paid(): Promise<{ books: Books; invoice: Issued; payment: string }> {
  const books = await booksWithTill(database().database);
  const invoice = await issued(books, [10_000]);
  return { books, invoice, payment: await paidOnline(desk, books, invoice) };
}
const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);

async function hear(books: Books, payment: string, state: DisputeNews['state'], more: Partial<DisputeNews> = {}): Promise<unknown> {
  const news: DisputeNews = {
    reference: 'dp_1',
    state,
    amountMinor: 10_000n,
    currency: 'USD',
    reason: 'product_not_received',
    answerByUnixS: 1_800_000_000,
    feeMinor: 1_500n,
    ...more,
  };
  const id = `evt_${newId().replaceAll('-', '')}`;
  const event = {
    kind: 'event',
    id,
    account: books.business,
    liveMode: false,
    attempt: payment,
    payment: null,
    outcome: null,
    refund: null,
    dispute: news,
    type: 'test',
    createdUnixS: 0,
  } as const;
  await books.system((scope) => storeNotices(scope, 'sandbox', [{ event, door: { account: books.business, live: false } }]));
  return books.system((scope) => workNotice(scope, tillKeys, { gateway: 'sandbox', eventId: id }));
}

describe('chargebacks', () => {
  it('P13 an open dispute takes the money away, the invoice is owed again, and the office sees until when to answer', async () => {
    const { books, invoice, payment } = await paid();
    expect(await hear(books, payment, 'open')).toBe('settled');
    expect(await hear(books, payment, 'open')).toBe('no_change');
    expect([await backOf(books, payment), await standingOf(books, invoice.id)]).toMatchObject([
      { disputed: 10_000n, state: 'disputed' },
      { paid: 0n, balance: 10_000n },
    ]);
    const [need] = await books.office((scope) => paymentNeeds(scope));
    expect(need).toMatchObject({ kind: 'payment_disputed', paymentId: payment, amountMinor: 10_000n, expectedOn: '2027-01-15' });
    const shown = await books.office((scope) => readPayment(scope, payment));
    expect(shown).toMatchObject({ state: 'disputed', refundableMinor: 0n, disputes: [{ state: 'open', feeMinor: 1_500n }] });
    expect((await refusalOf(refund(books, payment, 1n))).code).toBe('payment_state');
    await sound(books);
  });

  it('P13 won, the money is back on its invoice; lost, it stays away; and neither end is changed by late news', async () => {
    const [one, two] = [await paid(), await paid()];
    for (const state of ['open', 'won', 'lost'] as const) await hear(one.books, one.payment, state);
    expect([await backOf(one.books, one.payment), await standingOf(one.books, one.invoice.id)]).toMatchObject([
      { disputed: 0n, state: 'cleared' },
      { paid: 10_000n },
    ]);
    for (const state of ['lost', 'won', 'open'] as const) await hear(two.books, two.payment, state);
    expect([await backOf(two.books, two.payment), await standingOf(two.books, two.invoice.id)]).toMatchObject([
      { disputed: 10_000n, state: 'disputed' },
      { balance: 10_000n },
    ]);
    await sound(one.books);
    await sound(two.books);
  });

  it('M15 what was refunded before it was disputed is lost, and comes back with a dispute that is won', async () => {
    const { books, invoice, payment } = await paid();
    await refund(books, payment, 4_000n);
    await hear(books, payment, 'open');
    expect(await backOf(books, payment)).toMatchObject({ refunded: 4_000n, disputed: 6_000n });
    await sound(books);
    await hear(books, payment, 'won');
    expect([await standingOf(books, invoice.id), await creditOf(books)]).toMatchObject([{ paid: 6_000n, balance: 4_000n }, 0n]);
    await sound(books);
  });

  it('P13 a payment that was refunded whole says so again once a dispute over it is won', async () => {
    const { books, invoice, payment } = await paid();
    await refund(books, payment, 10_000n);
    await hear(books, payment, 'open');
    expect(await backOf(books, payment)).toMatchObject({ refunded: 10_000n, disputed: 0n, state: 'disputed' });
    await hear(books, payment, 'won');
    expect(await backOf(books, payment)).toMatchObject({ refunded: 10_000n, disputed: 0n, state: 'refunded' });
    expect([await standingOf(books, invoice.id), await creditOf(books)]).toMatchObject([{ paid: 0n, balance: 10_000n }, 0n]);
    await sound(books);
  });

  it('M12 a dispute in another currency, or of another payment, is kept aside', async () => {
    const { books, payment } = await paid();
    expect(await hear(books, payment, 'open', { currency: 'EUR' })).toBe('quarantined: dispute');
    await hear(books, payment, 'open');
    const other = await paidOnline(desk, books, await issued(books, [5_000]));
    expect(await hear(books, other, 'open')).toBe('quarantined: dispute');
    await sound(books);
  });
});
