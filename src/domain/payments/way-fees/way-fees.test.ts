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
import {
  askProcessor,
  openCheckout,
  readPayment,
  readReceipt,
  recordPayment,
  type StartPayment,
  sendRefund,
  settleAttempt,
  settleRefund,
  startPayment,
  storeNotices,
  workNotice,
} from '../payments.ts';
import { ruleFor } from '../way-rule.ts';

setLogLevel('silent');
const database = testDatabase(24);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());
beforeEach(() => desk.knobs({}));

type Rule = 'card_fee' | 'bank_saving' | 'none';
type Home = Readonly<{ books: Books; invoice: Issued }>;

const setRule = (books: Books, rule: Rule) =>
  books.office(({ tx }) =>
    sql`update business_profiles set way_rule = ${rule}, card_fee_ppm = 30000, card_fee_fixed_minor = 0, bank_saving_ppm = 20000
      where business_id = ${books.business}`.execute(tx),
  );

/** A business with a fee of 3% on cards, or a saving of 2% on bank debits, that is owed 186.00. */
async function home(rule: Rule, amounts: readonly number[] = [18_600]): Promise<Home> {
  const books = await booksWithTill(database().database);
  await setRule(books, rule);
  return { books, invoice: await issued(books, amounts) };
}

const start = (books: Books, pay: StartPayment) => asDana(books, (scope) => startPayment(scope, pay));

/** Pays in the sandbox, and answers the payment's id. */
async function paid({ books, invoice }: Home, method: 'card' | 'bank', instrument = method === 'card' ? 'card_success' : 'bank_clears'): Promise<string> {
  const pay = payFor(books, invoice, invoice.totalMinor, { method });
  await openCheckout(desk.till, await start(books, pay), place);
  await desk.pay((await desk.truth(books, pay.id))?.session ?? '', instrument);
  await askProcessor(desk.till, books.business, pay.id);
  return pay.id;
}

async function decide(books: Books, payment: string, how: 'clear' | 'return'): Promise<void> {
  await desk.decide((await desk.truth(books, payment))?.payment?.id ?? '', how);
  await askProcessor(desk.till, books.business, payment);
}

/** What the books hold on an account. Fees are below it, savings above. */
async function on(books: Books, account: 'card_fees' | 'bank_savings' | 'bad_debt' | 'clearing_card' | 'clearing_bank'): Promise<bigint> {
  const { rows } = await books.system(({ tx }) =>
    sql<{ sum: bigint }>`select coalesce(sum(case when debit = ${account} then amount_minor else -amount_minor end), 0)::bigint as sum
      from ledger where business_id = ${books.business} and ${account} in (debit, credit)`.execute(tx),
  );
  return rows[0]?.sum ?? 0n;
}

const sound = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const shown = (books: Books, payment: string) => books.office((scope) => readPayment(scope, payment));
const receipt = (books: Books, payment: string) => books.office((scope) => readReceipt(scope, payment));

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

describe('a card fee', () => {
  it('rule 43 is charged with the payment, belongs to it and not to the invoice, and is frozen with the attempt', async () => {
    const at = await home('card_fee');
    const { books, invoice } = at;
    const pay = payFor(books, invoice, 18_600n, { wayMinor: 558n });
    await openCheckout(desk.till, await start(books, pay), place);
    await setRule(books, 'none');
    expect(await desk.truth(books, pay.id)).toMatchObject({ amount: '19158' });
    await desk.pay((await desk.truth(books, pay.id))?.session ?? '', 'card_success');
    await askProcessor(desk.till, books.business, pay.id);
    expect([await on(books, 'card_fees'), await on(books, 'clearing_card'), await creditOf(books)]).toEqual([-558n, 19_158n, 0n]);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 18_600n, balance: 0n });
    expect(await shown(books, pay.id)).toMatchObject({ amountMinor: 18_600n, wayMinor: 558n, refundableMinor: 18_600n, refundableWayMinor: 558n });
    expect(await receipt(books, pay.id)).toMatchObject({ amountMinor: 19_158n, wayMinor: 558n, leftMinor: 0n, paidFor: [{ amountMinor: 18_600n }] });
    await sound(books);
  });

  it('rule 43 is added once, also when a payment is for several bills, and on what is kept as credit', async () => {
    const { books, invoice } = await home('card_fee', [33]);
    const other = await issued(books, [33]);
    const targets = [invoice, other].map(({ id, totalMinor }) => ({ documentId: id, amountMinor: totalMinor }));
    const pay = { ...payFor(books, invoice, 33n, { keepCreditMinor: 134n }), targets };
    // Of 0.33 three percent are 0.01 each; of 2.00 together they are 0.06.
    await start(books, pay);
    expect((await shown(books, pay.id)).wayMinor).toBe(6n);
  });

  it.each(['card', 'bank'] as const)('is absent when paid by bank, and the processor’s page offers only the way that was chosen (%s)', async (method) => {
    const { books, invoice } = await home('card_fee');
    const asked: (readonly string[])[] = [];
    const card = desk.till.cards['sandbox'];
    if (card === undefined) throw new Error('the sandbox is there');
    const listening: typeof card.createCheckout = (request) => {
      asked.push(request.methods);
      return card.createCheckout(request);
    };
    const till = { ...desk.till, cards: { sandbox: { ...card, createCheckout: listening } } };
    const pay = payFor(books, invoice, 18_600n, { method });
    await openCheckout(till, await start(books, pay), place);
    expect([asked, (await shown(books, pay.id)).wayMinor]).toEqual([[[method]], method === 'card' ? 558n : 0n]);
    await setRule(books, 'none');
    const free = payFor(books, invoice, 18_600n, { method });
    await openCheckout(till, await start(books, free), place);
    expect(asked[1]?.length).toBe(2);
  });

  it('decision 0140 a press that saw another fee starts nothing, and the same form by another way is another act', async () => {
    const { books, invoice } = await home('card_fee');
    const pay = payFor(books, invoice, 18_600n, { wayMinor: 0n });
    expect((await refusalOf(start(books, pay))).code).toBe('charge_changed');
    const first = await start(books, { ...pay, wayMinor: 558n });
    expect(await start(books, { ...pay, wayMinor: 558n })).toEqual(first);
    expect((await refusalOf(start(books, { ...pay, method: 'bank', wayMinor: 0n }))).code).toBe('id_taken');
  });

  it('holds for payments in the business’s own currency alone', () => {
    const stored = { kind: 'card_fee', ratePpm: 30_000, fixedMinor: 30, mostMinor: null } as const;
    expect(ruleFor(stored, 'USD', 'USD')).toEqual({ kind: 'card_fee', ratePpm: 30_000n, fixedMinor: 30n, mostMinor: null });
    expect(ruleFor(stored, 'USD', 'EUR')).toBeNull();
  });

  it('rule 43 goes back in proportion, to the cent and never above it', async () => {
    const at = await home('card_fee', [10_001]);
    const { books } = at;
    const payment = await paid(at, 'card');
    expect(await on(books, 'card_fees')).toBe(-300n);
    const parts = [1n, 3_333n, 3_333n, 3_334n];
    for (const part of parts) {
      const { id } = await refund(books, payment, part);
      await sendRefund(desk.till, books.business, id);
      expect((await refundState(books, id)).state).toBe('succeeded');
      await sound(books);
    }
    const { refunds, refundableWayMinor } = await shown(books, payment);
    expect(refunds.map(({ wayMinor }) => wayMinor)).toEqual([0n, 100n, 100n, 100n]);
    expect([refundableWayMinor, await on(books, 'card_fees'), await on(books, 'clearing_card')]).toEqual([0n, 0n, 0n]);
    expect(await receipt(books, payment)).toMatchObject({ amountMinor: 10_301n, refundedMinor: 10_301n });
  });

  it('is here again when a refund fails, and the next refund is of the same share', async () => {
    const at = await home('card_fee');
    const { books } = at;
    const payment = await paid(at, 'card');
    const { id } = await refund(books, payment, 9_300n);
    expect(await on(books, 'card_fees')).toBe(-279n);
    await books.system((scope) => settleRefund(scope, tillKeys, id, { kind: 'failed', reference: null, reason: 'account_closed' }));
    expect(await on(books, 'card_fees')).toBe(-558n);
    await sound(books);
    expect((await refund(books, payment, 18_600n)).way_minor).toBe(558n);
    expect([await on(books, 'card_fees'), (await backOf(books, payment)).state]).toEqual([0n, 'refunded']);
    await sound(books);
  });

  it('P14 goes back whole with a payment for what was paid meanwhile', async () => {
    const { books, invoice } = await home('card_fee');
    const pay = payFor(books, invoice, 18_600n);
    await openCheckout(desk.till, await start(books, pay), place);
    await books.office(async (scope) => {
      const check = { id: newId(), customerId: books.customer, method: 'check', amountMinor: 18_600n, currency: 'USD', receivedOn: '2026-01-05' } as const;
      await recordPayment(scope, { ...check, targets: [{ documentId: invoice.id, amountMinor: 18_600n }] });
    });
    await desk.pay((await desk.truth(books, pay.id))?.session ?? '', 'card_success');
    await askProcessor(desk.till, books.business, pay.id);
    expect((await shown(books, pay.id)).refunds).toMatchObject([{ amountMinor: 18_600n, wayMinor: 558n, origin: 'automatic' }]);
    expect([await on(books, 'card_fees'), await on(books, 'clearing_card')]).toEqual([0n, 0n]);
    await sound(books);
  });

  it('P13 is taken whole by a chargeback of all, in proportion by one of a part, and comes back with a won one', async () => {
    const at = await home('card_fee');
    const { books, invoice } = at;
    const payment = await paid(at, 'card');
    expect(await hear(books, payment, { dispute: dispute(payment, 'open', 19_158n) })).toBe('settled');
    expect([await on(books, 'card_fees'), (await standingOf(books, invoice.id)).balance, await on(books, 'bad_debt')]).toEqual([0n, 18_600n, 0n]);
    await sound(books);
    expect(await hear(books, payment, { dispute: dispute(payment, 'won', 19_158n) })).toBe('settled');
    expect([await on(books, 'card_fees'), (await standingOf(books, invoice.id)).balance]).toEqual([-558n, 0n]);
    await sound(books);
    const half = await home('card_fee');
    const other = await paid(half, 'card');
    await hear(half.books, other, { dispute: dispute(other, 'open', 9_579n) });
    expect([await on(half.books, 'card_fees'), (await standingOf(half.books, half.invoice.id)).balance]).toEqual([-279n, 9_300n]);
    await sound(half.books);
  });

  it('P13 of a refund that fails under a chargeback was the chargeback’s', async () => {
    const at = await home('card_fee');
    const { books, invoice } = at;
    const payment = await paid(at, 'card');
    const { id } = await refund(books, payment, 9_300n);
    await hear(books, payment, { dispute: dispute(payment, 'open', 19_158n) });
    await sound(books);
    await books.system((scope) => settleRefund(scope, tillKeys, id, { kind: 'failed', reference: null, reason: 'account_closed' }));
    expect([await on(books, 'card_fees'), await on(books, 'bad_debt'), await backOf(books, payment)]).toMatchObject([0n, 0n, { disputed: 18_600n }]);
    await sound(books);
    await hear(books, payment, { dispute: dispute(payment, 'won', 19_158n) });
    expect([await on(books, 'card_fees'), (await standingOf(books, invoice.id)).balance]).toEqual([-558n, 0n]);
    await sound(books);
  });

  it('a refund made in the dashboard is of both in proportion, and of more than was charged is kept aside', async () => {
    const at = await home('card_fee');
    const { books } = at;
    const payment = await paid(at, 'card');
    const news = (amountMinor: bigint): RefundNews => ({
      ...{ refund: null, reference: `re_${payment}_${amountMinor}`, state: 'succeeded', amountMinor, currency: 'USD', reason: '' },
    });
    expect(await hear(books, payment, { refund: news(19_159n) })).toBe('quarantined: refund');
    expect(await hear(books, payment, { refund: news(9_579n) })).toBe('settled');
    expect((await shown(books, payment)).refunds).toMatchObject([{ amountMinor: 9_300n, wayMinor: 279n, origin: 'processor' }]);
    await sound(books);
  });

  it('M15 in the books that no payment brought is a difference', async () => {
    const at = await home('card_fee');
    const paymentId = await paid(at, 'card');
    const stray = { kind: 'card_fee', debit: 'clearing_card', credit: 'card_fees', amountMinor: 1n, currency: 'USD', effectiveOn: '2026-01-05' } as const;
    await at.books.system((scope) => post(scope, newId(), [{ ...stray, customerId: at.books.customer, paymentId }]));
    const found = await at.books.system((scope) => verifyBooks(scope));
    expect(found).toEqual([{ what: 'card fee or saving of a payment', id: paymentId, stored: '558', recomputed: '559' }]);
  });
});

describe('a saving for a bank debit', () => {
  it('is given when the debit clears: the bill is paid in full, and what was charged is less', async () => {
    const at = await home('bank_saving');
    const { books, invoice } = at;
    const payment = await paid(at, 'bank');
    expect(await desk.truth(books, payment)).toMatchObject({ amount: '18228' });
    expect([(await shown(books, payment)).state, await on(books, 'bank_savings')]).toEqual(['pending', 0n]);
    await decide(books, payment, 'clear');
    expect([await on(books, 'bank_savings'), await on(books, 'clearing_bank'), await creditOf(books)]).toEqual([372n, 18_228n, 0n]);
    expect(await standingOf(books, invoice.id)).toMatchObject({ paid: 18_600n, balance: 0n });
    expect(await receipt(books, payment)).toMatchObject({ amountMinor: 18_228n, wayMinor: -372n, leftMinor: 0n, paidFor: [{ amountMinor: 18_600n }] });
    await sound(books);
  });

  it('a returned debit never leaves one, and one that expires never had one', async () => {
    const at = await home('bank_saving');
    const { books, invoice } = at;
    const payment = await paid(at, 'bank');
    await decide(books, payment, 'clear');
    await decide(books, payment, 'return');
    expect([await on(books, 'bank_savings'), await on(books, 'clearing_bank'), (await standingOf(books, invoice.id)).balance]).toEqual([0n, 0n, 18_600n]);
    const left = payFor(books, invoice, 18_600n, { method: 'bank' });
    await openCheckout(desk.till, await start(books, left), place);
    await books.system((scope) => settleAttempt(scope, tillKeys, left.id, { kind: 'none' }));
    expect([await on(books, 'bank_savings'), (await shown(books, left.id)).state]).toEqual([0n, 'expired']);
    await sound(books);
  });

  it('a refund gives back what was charged, not what was saved, and a return after it loses exactly what went out twice', async () => {
    const at = await home('bank_saving');
    const { books } = at;
    const payment = await paid(at, 'bank');
    await decide(books, payment, 'clear');
    const half = await refund(books, payment, 9_300n);
    await sendRefund(desk.till, books.business, half.id);
    expect([half.way_minor, await on(books, 'clearing_bank'), await on(books, 'bank_savings')]).toEqual([-186n, 9_114n, 186n]);
    expect(await receipt(books, payment)).toMatchObject({ refundedMinor: 9_114n });
    await sound(books);
    const { kind, ...money } = { kind: 'returned', method: 'bank', amountMinor: 18_228n, currency: 'USD', reference: `pm_${payment}` } as const;
    const gone = await books.system(async (scope) => {
      const { rows } = await sql<{
        reference: string;
      }>`select gateway_payment as reference from payments where business_id = ${books.business} and id = ${payment}`.execute(scope.tx);
      return settleAttempt(scope, tillKeys, payment, { kind, failure: 'returned_by_bank', ...money, reference: rows[0]?.reference ?? '' });
    });
    expect(gone).toEqual({ kind: 'changed', state: 'returned' });
    expect([await on(books, 'bank_savings'), await on(books, 'bad_debt'), await on(books, 'clearing_bank')]).toEqual([0n, 9_114n, -9_114n]);
    await sound(books);
  });

  it('is not given on what is kept as credit, nor to cards', async () => {
    const { books, invoice } = await home('bank_saving', [10_000]);
    const pay = payFor(books, invoice, 10_000n, { method: 'bank', keepCreditMinor: 5_000n });
    await start(books, pay);
    const card = payFor(books, await issued(books, [10_000]), 10_000n);
    await start(books, card);
    expect([(await shown(books, pay.id)).wayMinor, (await shown(books, card.id)).wayMinor]).toEqual([-200n, 0n]);
  });
});
