import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { backOf, paidOnline, refund, refundState } from '../../../../test/refunding.ts';
import { booksWithTill, creditOf, type Issued, issued, paymentOf, type SandboxTill, sandboxTill, standingOf, tillKeys } from '../../../../test/till.ts';
import type { DisputeNews, RefundOutcome } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { paymentNeeds, reconcileRefunds, sendRefund, settleAttempt, settleRefund, storeNotices, type Till, workNotice } from '../payments.ts';

setLogLevel('silent');
const database = testDatabase(8);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

type Standing = Readonly<{ books: Books; invoice: Issued; payment: string; refundId: string }>;

/** A payment of 100.00 of which 40.00 is to go back, not yet handed over. */
async function asked(instrument = 'bank_clears', amountMinor = 4_000n): Promise<Standing> {
  const books = await booksWithTill(database().database);
  const invoice = await issued(books, [10_000]);
  const payment = await paidOnline(desk, books, invoice, 10_000n, instrument);
  const { id } = await refund(books, payment, amountMinor);
  return { books, invoice, payment, refundId: id };
}

/** The bank takes the debit back; the sandbox is not told, so that it would still give the money out. */
async function comesBack({ books, payment }: Standing): Promise<void> {
  const money = { method: 'bank', amountMinor: 10_000n, currency: 'USD', reference: `pm_${payment}` } as const;
  const said = await books.system((scope) => settleAttempt(scope, tillKeys, payment, { kind: 'returned', failure: 'returned_by_bank', ...money }));
  expect(said).toEqual({ kind: 'changed', state: 'returned' });
}

async function disputed({ books, payment }: Standing, state: DisputeNews['state'], amountMinor = 10_000n): Promise<void> {
  const dispute = { reference: `dp_${payment}`, state, amountMinor, currency: 'USD', reason: 'general', answerByUnixS: null, feeMinor: 1_500n };
  const id = `evt_${newId().replaceAll('-', '')}`;
  const about = { attempt: payment, payment: null, outcome: null, refund: null, dispute } as const;
  const event = { kind: 'event', id, account: books.business, liveMode: false, type: 'test', createdUnixS: 0, ...about } as const;
  await books.system((scope) => storeNotices(scope, 'sandbox', [{ event, door: { account: books.business, live: false } }]));
  expect(await books.system((scope) => workNotice(scope, tillKeys, { gateway: 'sandbox', eventId: id }))).toBe('settled');
}

const settle = ({ books, refundId }: Standing, outcome: RefundOutcome): Promise<unknown> =>
  books.system((scope) => settleRefund(scope, tillKeys, refundId, outcome));
const failed = { kind: 'failed', reference: null, reason: 'account_closed' } as const;

/** The till with an ear at the processor: how often a refund was handed over, and what happens while it works on it. */
function heard(meanwhile: () => Promise<void> = async () => {}): { till: Till; handed: () => number } {
  let count = 0;
  const card = desk.till.cards['sandbox'];
  if (card === undefined) throw new Error('the sandbox is there');
  const refunds: typeof card.refund = async (of) => {
    count += 1;
    const outcome = await card.refund(of);
    await meanwhile();
    return outcome;
  };
  return { till: { ...desk.till, cards: { sandbox: { ...card, refund: refunds } } }, handed: () => count };
}

/** Nothing came of the payment in the end: nothing is on the bill, nothing is credit, and the books add up. */
async function nothingKept({ books, invoice, payment }: Standing, back: object): Promise<void> {
  expect([await standingOf(books, invoice.id), await creditOf(books)]).toMatchObject([{ paid: 0n, balance: 10_000n, processing: 0n }, 0n]);
  expect(await backOf(books, payment)).toMatchObject(back);
  expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
}

/** What the books call lost, the fee of a chargeback aside. */
async function lostOf({ books, payment }: Standing): Promise<bigint> {
  const rows = await books.system(({ tx }) =>
    tx.selectFrom('ledger').select(['debit', 'credit', 'amount_minor']).where('business_id', '=', books.business).where('payment_id', '=', payment).execute(),
  );
  const sum = (side: 'debit' | 'credit'): bigint => rows.reduce((total, row) => total + (row[side] === 'bad_debt' ? row.amount_minor : 0n), 0n);
  return sum('debit') - sum('credit');
}

describe('a refund whose payment the bank takes back', () => {
  it.each([4_000n, 10_000n])('M10 M15 before it is handed over is never handed over, and says why (%s)', async (amountMinor) => {
    const one = await asked('bank_clears', amountMinor);
    await comesBack(one);
    expect(await lostOf(one)).toBe(amountMinor);
    const { till, handed } = heard();
    await sendRefund(till, one.books.business, one.refundId);
    await sendRefund(till, one.books.business, one.refundId);
    await reconcileRefunds(till, one.books.business, 0);
    expect([handed(), await refundState(one.books, one.refundId)]).toMatchObject([0, { state: 'failed', failure: 'payment_returned', reference: null }]);
    expect(await one.books.office((scope) => paymentNeeds(scope))).toContainEqual(
      expect.objectContaining({ kind: 'refund_failed', paymentId: one.payment, failure: 'payment_returned' }),
    );
    expect(await lostOf(one)).toBe(0n);
    await nothingKept(one, { refunded: 0n, state: 'returned' });
  });

  it('M10 M15 several hands and the return at the same moment: handed over before it and lost, or after it and not sent', async () => {
    const ends = { lost: 0, kept: 0 };
    for (let round = 0; round < 6; round += 1) {
      const one = await asked();
      const { till, handed } = heard();
      const send = (): Promise<void> => sendRefund(till, one.books.business, one.refundId);
      const first = round % 2 === 0 ? [comesBack(one), send(), send()] : [send(), comesBack(one), send()];
      await Promise.all([...first, send()]);
      const { state } = await refundState(one.books, one.refundId);
      expect([handed() > 0, await lostOf(one)]).toEqual(state === 'failed' ? [false, 0n] : [true, 4_000n]);
      ends[state === 'failed' ? 'kept' : 'lost'] += 1;
      await nothingKept(one, { refunded: state === 'failed' ? 0n : 4_000n, state: 'returned' });
    }
    expect(ends.lost + ends.kept).toBe(6);
  });

  it('M15 between its handing over and the answer is lost once, and found again when the refund does not arrive', async () => {
    const one = await asked();
    const { till, handed } = heard(() => comesBack(one));
    await sendRefund(till, one.books.business, one.refundId);
    expect([handed(), await refundState(one.books, one.refundId), await lostOf(one)]).toMatchObject([1, { state: 'pending' }, 4_000n]);
    await nothingKept(one, { refunded: 4_000n, state: 'returned' });
    expect(await settle(one, failed)).toBe('changed');
    expect(await settle(one, failed)).toBe('same');
    expect(await lostOf(one)).toBe(0n);
    await nothingKept(one, { refunded: 0n, state: 'returned' });
  });

  it('after a silence is asked about and not sent again, and is called failed once its key may be forgotten', async () => {
    const one = await asked();
    await desk.knobs({ refund: 'hang' });
    const { till, handed } = heard();
    await sendRefund(till, one.books.business, one.refundId);
    await desk.knobs({});
    await comesBack(one);
    await reconcileRefunds(till, one.books.business, 0);
    expect([handed(), (await refundState(one.books, one.refundId)).state, await lostOf(one)]).toEqual([1, 'requested', 4_000n]);
    await one.books.system(({ tx, now }) =>
      tx
        .updateTable('refunds')
        .set({ sent_at: now.subtract({ hours: 24 }).toString() })
        .where('business_id', '=', one.books.business)
        .where('id', '=', one.refundId)
        .execute(),
    );
    await reconcileRefunds(till, one.books.business, 0);
    expect([handed(), await refundState(one.books, one.refundId), await lostOf(one)]).toMatchObject([1, { state: 'failed', failure: 'never_sent' }, 0n]);
    await nothingKept(one, { refunded: 0n, state: 'returned' });
  });

  it('that fails before the bank takes the payment back leaves the whole payment to be returned', async () => {
    const one = await asked();
    await settle(one, failed);
    await comesBack(one);
    expect([await lostOf(one), (await paymentOf(one.books, one.payment))?.state]).toEqual([0n, 'returned']);
    await nothingKept(one, { refunded: 0n, state: 'returned' });
  });
});

describe('a refund whose payment is disputed', () => {
  it.each([4_000n, 10_000n])('M10 M15 for the whole is not handed over; the chargeback holds that much, lost or not (%s)', async (amountMinor) => {
    const one = await asked('card_success', amountMinor);
    await disputed(one, 'open');
    expect(await lostOf(one)).toBe(amountMinor);
    const { till, handed } = heard();
    await sendRefund(till, one.books.business, one.refundId);
    expect([handed(), await refundState(one.books, one.refundId)]).toMatchObject([0, { state: 'failed', failure: 'payment_disputed' }]);
    expect(await lostOf(one)).toBe(0n);
    await nothingKept(one, { refunded: 0n, disputed: 10_000n, state: 'disputed' });
    await disputed(one, 'lost');
    await nothingKept(one, { refunded: 0n, disputed: 10_000n, state: 'disputed' });
  });

  it('M15 and is won: the bill is paid again, with what was to go back', async () => {
    const one = await asked('card_success');
    await disputed(one, 'open');
    await sendRefund(desk.till, one.books.business, one.refundId);
    await disputed(one, 'won');
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n });
    expect([await creditOf(one.books), await lostOf(one), await backOf(one.books, one.payment)]).toMatchObject([
      0n,
      0n,
      { refunded: 0n, disputed: 0n, state: 'cleared' },
    ]);
    expect(await one.books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('in part is handed over as long as the rest of the payment bears it', async () => {
    const one = await asked('card_success');
    await disputed(one, 'open', 5_000n);
    const { till, handed } = heard();
    await sendRefund(till, one.books.business, one.refundId);
    expect([handed(), (await refundState(one.books, one.refundId)).state]).toEqual([1, 'succeeded']);
    expect(await standingOf(one.books, one.invoice.id)).toMatchObject({ paid: 1_000n, balance: 9_000n });
    expect(await one.books.system((scope) => verifyBooks(scope))).toEqual([]);
  });

  it('M15 and fails at the processor leaves nothing lost twice and no credit of money that is not here', async () => {
    const one = await asked('card_success');
    await sendRefund(desk.till, one.books.business, one.refundId);
    await disputed(one, 'open');
    await disputed(one, 'lost');
    expect(await lostOf(one)).toBe(4_000n);
    await settle(one, failed);
    expect(await lostOf(one)).toBe(0n);
    await nothingKept(one, { refunded: 0n, disputed: 10_000n, state: 'disputed' });
  });
});
