import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { backOf, refund, refundState } from '../../../../test/refunding.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import {
  asDana,
  booksWithTill,
  creditOf,
  type Issued,
  issued,
  payFor,
  place,
  type SandboxTill,
  sandboxTill,
  standingOf,
  tillKeys,
} from '../../../../test/till.ts';
import type { DisputeNews, GatewayEvent, RefundNews } from '../../../core/gateways.ts';
import { newId } from '../../../db/fresh.ts';
import { setLogLevel } from '../../../log.ts';
import { post, verifyBooks } from '../../ledger/ledger.ts';
import { readPaid, readTips } from '../../reports/reports.ts';
import {
  askProcessor,
  openCheckout,
  readPayment,
  readReceipt,
  recordPayment,
  type StartPayment,
  sendRefund,
  settleRefund,
  startPayment,
  storeNotices,
  workNotice,
} from '../payments.ts';
import { giveTip, offerOn } from './tips.ts';

setLogLevel('silent');
const database = testDatabase(24);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

/** A business that takes tips, and a household that owes 100.00. */
async function household(changes: { tips?: boolean; kind?: string } = {}): Promise<{ books: Books; invoice: Issued }> {
  const books = await booksWithTill(database().database);
  await books.office(async ({ tx }) => {
    await sql`update customers set kind = ${changes.kind ?? 'residential'} where business_id = ${books.business} and id = ${books.customer}`.execute(tx);
    await sql`update business_profiles set tips_offered = ${changes.tips ?? true}, tip_cap_percent = 50 where business_id = ${books.business}`.execute(tx);
  });
  return { books, invoice: await issued(books, [10_000]) };
}

const start = (books: Books, pay: StartPayment) => asDana(books, (scope) => startPayment(scope, pay));

/** Pays the whole with a tip in the sandbox, and answers the payment's id. */
async function paid({ books, invoice }: { books: Books; invoice: Issued }, tipMinor = 1_500n, instrument = 'card_success'): Promise<string> {
  const pay = payFor(books, invoice, invoice.totalMinor, { method: instrument.startsWith('bank') ? 'bank' : 'card', tipMinor });
  await openCheckout(desk.till, await start(books, pay), place);
  await desk.pay((await desk.truth(books, pay.id))?.session ?? '', instrument);
  await askProcessor(desk.till, books.business, pay.id);
  return pay.id;
}

const tipsOf = (books: Books): Promise<bigint> =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<{ tips: bigint }>`select coalesce(sum(case when credit = 'tips' then amount_minor else -amount_minor end), 0)::bigint as tips
      from ledger where business_id = ${books.business} and 'tips' in (debit, credit)`.execute(tx);
    return rows[0]?.tips ?? 0n;
  });
const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const shown = (books: Books, payment: string) => books.office((scope) => readPayment(scope, payment));

async function hear(books: Books, payment: string, about: { dispute?: DisputeNews; refund?: RefundNews }): Promise<unknown> {
  const event: GatewayEvent = {
    ...{ kind: 'event', id: `evt_${newId().replaceAll('-', '')}`, account: books.business, liveMode: false, attempt: payment, payment: null },
    ...{ outcome: null, refund: null, dispute: null, type: 'test', createdUnixS: 0 },
    ...about,
  };
  await books.system((scope) => storeNotices(scope, 'sandbox', [{ event, door: { account: books.business, live: false } }]));
  return books.system((scope) => workNotice(scope, tillKeys, { gateway: 'sandbox', eventId: event.id }));
}
const dispute = (payment: string, state: DisputeNews['state'], amountMinor: bigint): DisputeNews => ({
  ...{ reference: `dp_${payment}`, state, amountMinor, currency: 'USD', reason: 'general', answerByUnixS: null, feeMinor: 1_500n },
});

describe('a tip', () => {
  it('rule 42 is charged with its invoice in one sum and is no part of invoice, balance or credit', async () => {
    const home = await household();
    const { books, invoice } = home;
    const payment = await paid(home);
    expect(await desk.truth(books, payment)).toMatchObject({ amount: '11500' });
    expect([await tipsOf(books), await creditOf(books)]).toEqual([1_500n, 0n]);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 10_000n, balance: 0n });
    expect(await shown(books, payment)).toMatchObject({
      amountMinor: 10_000n,
      tipMinor: 1_500n,
      refundableMinor: 10_000n,
      refundableTipMinor: 1_500n,
      creditMinor: 0n,
    });
    const receipt = await books.office((scope) => readReceipt(scope, payment));
    expect(receipt).toMatchObject({ amountMinor: 11_500n, tipMinor: 1_500n, creditMinor: 0n, leftMinor: 0n, paidFor: [{ amountMinor: 10_000n }] });
    await sound(books);
  });

  it('rule 42 posts when the money clears, and a bank that returns the payment takes it back', async () => {
    const home = await household();
    const { books, invoice } = home;
    const payment = await paid(home, 1_500n, 'bank_clears');
    expect([(await shown(books, payment)).state, await tipsOf(books)]).toEqual(['pending', 0n]);
    const at = (await desk.truth(books, payment))?.payment?.id ?? '';
    await desk.decide(at, 'clear');
    await askProcessor(desk.till, books.business, payment);
    expect(await tipsOf(books)).toBe(1_500n);
    await desk.decide(at, 'return');
    await askProcessor(desk.till, books.business, payment);
    expect([(await shown(books, payment)).state, await tipsOf(books), (await standingOf(books, invoice.id)).balance]).toEqual(['returned', 0n, 10_000n]);
    await sound(books);
  });

  it('rule 42 is not taken where it is off, from commercial accounts, with a part, with several invoices, or above the cap', async () => {
    const { books, invoice } = await household();
    const other = await issued(books, [5_000]);
    const refused = async (of: Books, pay: StartPayment): Promise<string> => (await refusalOf(start(of, pay))).code;
    const tip = { tipMinor: 1_000n };
    expect(await refused(books, payFor(books, invoice, 9_000n, tip))).toBe('tip_not_offered');
    const both = [invoice, other].map(({ id, totalMinor }) => ({ documentId: id, amountMinor: totalMinor }));
    expect(await refused(books, { ...payFor(books, invoice, 10_000n, tip), targets: both })).toBe('tip_not_offered');
    expect(await refused(books, payFor(books, invoice, 10_000n, { ...tip, keepCreditMinor: 100n }))).toBe('tip_not_offered');
    expect(await refused(books, payFor(books, invoice, 10_000n, { tipMinor: 5_001n }))).toBe('tip_too_large');
    expect(await refused(books, payFor(books, invoice, 10_000n, { tipMinor: -1n }))).toBe('amount_too_small');
    for (const changes of [{ tips: false }, { kind: 'commercial' }, { kind: 'property_manager' }]) {
      const home = await household(changes);
      expect(await refused(home.books, payFor(home.books, home.invoice, 10_000n, tip))).toBe('tip_not_offered');
    }
  });

  it('C10 the same form with another tip is another act, and is refused', async () => {
    const { books, invoice } = await household();
    const pay = payFor(books, invoice, 10_000n, { tipMinor: 1_000n });
    const first = await start(books, pay);
    expect(await start(books, pay)).toEqual(first);
    expect((await refusalOf(start(books, { ...pay, tipMinor: 2_000n }))).code).toBe('id_taken');
  });

  it('suggestions are rounded once, and none is above the cap', () => {
    const offer = offerOn({ percents: [10, 15, 20], capPercent: 15 }, 10_005n);
    expect(offer).toEqual({
      amountMinor: 10_005n,
      mostMinor: 1_500n,
      choices: [{ percent: 10, tipMinor: 1_001n }],
    });
    expect(giveTip(offer, 1_500n)).toEqual({ tipMinor: 1_500n, totalMinor: 11_505n });
    expect(() => giveTip(offer, 1_501n)).toThrow();
  });
});

describe('a tip that goes back', () => {
  it('rule 42 stays when its payment is refunded, and goes back only on purpose', async () => {
    const home = await household();
    const { books } = home;
    const payment = await paid(home);
    await refund(books, payment, 10_000n);
    expect([await tipsOf(books), (await backOf(books, payment)).state]).toEqual([1_500n, 'refunded']);
    expect(await shown(books, payment)).toMatchObject({ refundableMinor: 0n, refundableTipMinor: 1_500n });
    expect((await refusalOf(refund(books, payment, 0n, { tipMinor: 1_501n }))).code).toBe('refund_too_large');
    const { id } = await refund(books, payment, 0n, { tipMinor: 1_500n });
    await sendRefund(desk.till, books.business, id);
    expect([await tipsOf(books), (await refundState(books, id)).state, (await shown(books, payment)).refundableTipMinor]).toEqual([0n, 'succeeded', 0n]);
    await sound(books);
  });

  it('rule 42 goes to the processor in one sum with its amount, and is here again when that fails', async () => {
    const home = await household();
    const { books, invoice } = home;
    const payment = await paid(home);
    const { id } = await refund(books, payment, 4_000n, { tipMinor: 500n });
    await sendRefund(desk.till, books.business, id);
    expect([await tipsOf(books), (await standingOf(books, invoice.id)).balance]).toEqual([1_000n, 4_000n]);
    expect(await books.office((scope) => readReceipt(scope, payment))).toMatchObject({ amountMinor: 11_500n, refundedMinor: 4_500n });
    await sound(books);
    await books.system((scope) => settleRefund(scope, tillKeys, id, { kind: 'failed', reference: null, reason: 'account_closed' }));
    expect([await tipsOf(books), (await standingOf(books, invoice.id)).balance]).toEqual([1_500n, 0n]);
    await sound(books);
  });

  it('P13 a chargeback of all takes the tip too, and a won one brings it back', async () => {
    const home = await household();
    const { books, invoice } = home;
    const payment = await paid(home);
    expect(await hear(books, payment, { dispute: dispute(payment, 'open', 11_500n) })).toBe('settled');
    expect([await tipsOf(books), (await backOf(books, payment)).disputed, (await standingOf(books, invoice.id)).balance]).toEqual([0n, 10_000n, 10_000n]);
    await sound(books);
    expect(await hear(books, payment, { dispute: dispute(payment, 'won', 11_500n) })).toBe('settled');
    expect([await tipsOf(books), (await backOf(books, payment)).state, (await standingOf(books, invoice.id)).balance]).toEqual([1_500n, 'cleared', 0n]);
    await sound(books);
  });

  it('P13 a refund with a tip that fails under a chargeback of all was the chargeback’s, and a won one brings everything back once', async () => {
    const home = await household();
    const { books, invoice } = home;
    const payment = await paid(home);
    const { id } = await refund(books, payment, 4_000n, { tipMinor: 500n });
    expect(await hear(books, payment, { dispute: dispute(payment, 'open', 11_500n) })).toBe('settled');
    expect([await tipsOf(books), (await backOf(books, payment)).disputed]).toEqual([0n, 6_000n]);
    await sound(books);
    await books.system((scope) => settleRefund(scope, tillKeys, id, { kind: 'failed', reference: null, reason: 'account_closed' }));
    expect([await tipsOf(books), await backOf(books, payment)]).toMatchObject([0n, { refunded: 0n, disputed: 10_000n, state: 'disputed' }]);
    await sound(books);
    expect(await hear(books, payment, { dispute: dispute(payment, 'won', 11_500n) })).toBe('settled');
    expect([await tipsOf(books), (await standingOf(books, invoice.id)).balance, await creditOf(books)]).toEqual([1_500n, 0n, 0n]);
    await sound(books);
  });

  it('P13 a refund of all made in the dashboard is of both, and of more than that is kept aside', async () => {
    const home = await household();
    const { books } = home;
    const payment = await paid(home);
    const news = (amountMinor: bigint): RefundNews => ({
      refund: null,
      reference: `re_${payment}_${amountMinor}`,
      state: 'succeeded',
      amountMinor,
      currency: 'USD',
      reason: '',
    });
    expect(await hear(books, payment, { refund: news(11_501n) })).toBe('quarantined: refund');
    expect(await hear(books, payment, { refund: news(11_500n) })).toBe('settled');
    expect([await tipsOf(books), await backOf(books, payment)]).toEqual([0n, { refunded: 10_000n, waiting: 0n, disputed: 0n, state: 'refunded' }]);
    await sound(books);
  });

  it('P14 a payment for what was paid meanwhile goes back with its tip', async () => {
    const home = await household();
    const { books, invoice } = home;
    const pay = payFor(books, invoice, 10_000n, { tipMinor: 1_500n });
    await openCheckout(desk.till, await start(books, pay), place);
    await books.office(async (scope) => {
      const check = { id: newId(), customerId: books.customer, method: 'check', amountMinor: 10_000n, currency: 'USD', receivedOn: '2026-01-05' } as const;
      await recordPayment(scope, { ...check, targets: [{ documentId: invoice.id, amountMinor: 10_000n }] });
    });
    await desk.pay((await desk.truth(books, pay.id))?.session ?? '', 'card_success');
    await askProcessor(desk.till, books.business, pay.id);
    expect([await tipsOf(books), await creditOf(books)]).toEqual([0n, 0n]);
    expect((await shown(books, pay.id)).refunds).toMatchObject([{ amountMinor: 10_000n, tipMinor: 1_500n, origin: 'automatic' }]);
    await sound(books);
  });
});

describe('tips in the books', () => {
  it('M15 a tip in the books that no payment brought is a difference', async () => {
    const home = await household();
    const { books } = home;
    const paymentId = await paid(home);
    const stray = { kind: 'tip', debit: 'clearing_card', credit: 'tips', amountMinor: 1n, currency: 'USD', effectiveOn: '2026-01-05' } as const;
    await books.system((scope) => post(scope, newId(), [{ ...stray, customerId: books.customer, paymentId }]));
    const found = await books.system((scope) => verifyBooks(scope));
    expect(found).toEqual([{ what: 'tip of a payment', id: paymentId, stored: '1500', recomputed: '1501' }]);
  });

  it('rule 42 are reported by month and by who of the crew made the invoice, beside what was paid', async () => {
    const home = await household();
    const { books } = home;
    const payment = await paid(home);
    await refund(books, payment, 0n, { tipMinor: 500n });
    const invoice = await issued(books, [10_000]);
    const crew = newId();
    await books.office(async ({ tx, now }) => {
      await sql`insert into staff (business_id, id, identity_id, name, email, role, created_at)
        values (${books.business}, ${crew}, ${newId()}, 'Marco Field', 'marco@example.com', 'field', ${now.toString()})`.execute(tx);
      await sql`insert into field_drafts (business_id, document_id, customer_id, staff_id, created_at)
        values (${books.business}, ${invoice.id}, ${books.customer}, ${crew}, ${now.toString()})`.execute(tx);
    });
    await paid({ books, invoice }, 2_000n);
    const { rows } = await books.office((scope) => readTips(scope, {}));
    expect(rows).toMatchObject([
      { staffId: '', name: '', tips: 1, amountMinor: 1_500n, backMinor: 500n },
      { staffId: crew, name: 'Marco Field', tips: 1, amountMinor: 2_000n, backMinor: 0n },
    ]);
    const { rows: money } = await books.office((scope) => readPaid(scope, {}));
    expect(money.reduce((all, row) => all + row.amountMinor, 0n)).toBe(20_000n);
  });
});
