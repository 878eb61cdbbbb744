import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Books, oneOf } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { asDana, booksWithTill, standingOf, tillKeys } from '../../../test/till.ts';
import type { AttemptOutcome } from '../../core/gateways.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { createDraft, issueInvoice, readDraft, readInvoice, replaceInvoice, voidInvoice } from '../invoices/invoices.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { sendInvoice } from '../links/send.ts';
import { answerCharge, questionCharge } from '../messages/charges.ts';
import { recordPayment, reversePayment, settleAttempt, startPayment } from '../payments/payments.ts';
import {
  applyDeposit,
  changeAgreed,
  changeChargeRules,
  chargeLateFees,
  creditDeposit,
  lateBills,
  listDeposits,
  readDeposit,
  refundDeposit,
  requestDeposit,
} from './charges.ts';

const database = testDatabase(8);
const lateFee = { fee: { kind: 'amount', amountMinor: 2_500n }, graceDays: 5, every: 'once', capMinor: null };
const monthly = { fee: { kind: 'percent', ratePpm: 15_000n }, graceDays: 0, every: 'month', capMinor: null };
const early = { ratePpm: 20_000n, days: 10 };

/** Noon in Chicago on a day, as the scope's time. */
const on = (scope: Scope, day: string): Scope => ({ ...scope, now: Temporal.Instant.from(`${day}T18:00:00Z`) });

type Words = Readonly<Record<string, unknown>>;
async function billed(books: Books, amounts: readonly number[], words: Words = {}): Promise<string> {
  return books.office(async (scope) => {
    const lines = amounts.map((amount) => oneOf(amount, { taxRateId: null }));
    const draft = await createDraft(scope, { customerId: books.customer, lines, issuedOn: '2026-01-05', termsDays: 5, ...words });
    await issueInvoice(scope, draft.id, { show: true });
    return draft.id;
  });
}

/** What the tick does on a day. */
async function judge(books: Books, day: string): Promise<number> {
  const bills = await books.system((scope) => lateBills(on(scope, day), null));
  let charged = 0;
  for (const { id } of bills) charged += await books.system((scope) => chargeLateFees(on(scope, day), tillKeys, id));
  return charged;
}

type FeeRow = { period: number; amount: bigint; state: string; about: string; canceled: boolean };
async function feesOf(books: Books, documentId: string): Promise<FeeRow[]> {
  return books.system(async ({ tx }) => {
    const { rows } = await sql<FeeRow>`select f.period, f.amount_minor as amount, s.state, s.purpose as about, s.canceled_at is not null as canceled
      from late_fees f join invoice_standings s on s.business_id = ${books.business} and s.document_id = f.fee_id
      where f.business_id = ${books.business} and f.document_id = ${documentId} order by f.period`.execute(tx);
    return rows;
  });
}

type Marks = { processing_minor?: bigint; announced_minor?: bigint; in_question_minor?: bigint; held_back_minor?: bigint };
const mark = (books: Books, documentId: string, marks: Marks) =>
  books.system(({ tx, business }) =>
    tx.updateTable('invoice_standings').set(marks).where('business_id', '=', business).where('document_id', '=', documentId).execute(),
  );

const paying = (books: Books, documentId: string, amountMinor: bigint, receivedOn: string, more: Words = {}) => ({
  ...{ id: newId(), customerId: books.customer, method: 'check' as const, amountMinor, currency: 'USD', receivedOn },
  targets: [{ documentId, amountMinor }],
  ...more,
});
const pay = (books: Books, documentId: string, amountMinor: bigint, receivedOn: string) =>
  books.office((scope) => recordPayment(scope, paying(books, documentId, amountMinor, receivedOn)));

const clean = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);
const view = async (books: Books, documentId: string, day: string) => {
  const read = await books.office((scope) => readInvoice(scope, documentId));
  if (!read.whole) throw new Error('the office sees the whole');
  return { ...read.facts, day };
};

describe('a late fee', () => {
  it('44 is a small invoice of its own, made once and left for review, whoever looks and how often', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, [20_000], { lateFee });
    expect([await judge(books, '2026-01-15'), await judge(books, '2026-01-16')]).toEqual([0, 1]);
    const [bill] = await Promise.all(Array.from({ length: 4 }, () => judge(books, '2026-01-17')));
    expect(bill).toBe(0);
    expect(await feesOf(books, id)).toEqual([{ period: 0, amount: 2_500n, state: 'draft', about: 'late_fee', canceled: false }]);
    const [fee] = await books.system(({ tx, business }) => tx.selectFrom('late_fees').select('fee_id').where('business_id', '=', business).execute());
    const draft = await books.office((scope) => readDraft(scope, fee?.fee_id ?? ''));
    expect(draft.body.lines[0]?.name).toBe('Late fee for invoice 1001');
    expect([draft.totals.totalMinor, draft.totals.taxMinor, draft.body.about?.id, draft.body.lateFee]).toEqual([2_500n, 0n, id, null]);
    expect((await standingOf(books, id)).balance).toBe(20_000n);
    await clean(books);
  });

  it('J5 comes for each month once, oldest first, with two schedulers at once, three days down, and a clock that jumps a year and back', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, [20_000], { lateFee: monthly });
    const both = async (day: string): Promise<void> => void (await Promise.all([judge(books, day), judge(books, day)]));
    await both('2026-01-11');
    await both('2026-01-14');
    await both('2026-02-13');
    expect((await feesOf(books, id)).map(({ period }) => period)).toEqual([0, 1]);
    await both('2027-01-13');
    await both('2026-02-14');
    const fees = await feesOf(books, id);
    expect(fees.map(({ period, amount }) => [period, amount])).toEqual(Array.from({ length: 13 }, (_, period) => [period, 300n]));
    await clean(books);
  });

  it('18 23 19 is never charged on what is processing, announced, in question or held back, nor for money started in time', async () => {
    const books = await booksWithTill(database().database);
    const asked = await billed(books, [20_000], { lateFee });
    await mark(books, asked, { in_question_minor: 20_000n });
    const announced = await billed(books, [20_000], { lateFee });
    await mark(books, announced, { announced_minor: 20_000n });
    const held = await billed(books, [20_000], { lateFee: { ...monthly, every: 'once' } });
    await mark(books, held, { held_back_minor: 15_000n });
    const sent = await billed(books, [20_000], { lateFee });
    const attempt = newId();
    await asDana(books, (scope) =>
      startPayment(on(scope, '2026-01-10'), {
        id: attempt,
        customerId: books.customer,
        method: 'bank',
        currency: 'USD',
        targets: [{ documentId: sent, amountMinor: 20_000n }],
        personId: books.person,
      }),
    );
    await books.system((scope) =>
      settleAttempt(on(scope, '2026-01-10'), tillKeys, attempt, { kind: 'processing', method: 'bank', amountMinor: 20_000n, currency: 'USD', reference: 'p1' }),
    );
    expect(await judge(books, '2026-01-20')).toBe(1);
    expect((await feesOf(books, held)).map(({ amount }) => amount)).toEqual([75n]);
    await books.system((scope) =>
      settleAttempt(on(scope, '2026-01-21'), tillKeys, attempt, { kind: 'succeeded', method: 'bank', amountMinor: 20_000n, currency: 'USD', reference: 'p1' }),
    );
    expect(await judge(books, '2026-01-22')).toBe(0);
    await mark(books, asked, { in_question_minor: 0n });
    expect(await judge(books, '2026-01-23')).toBe(1);
    expect((await feesOf(books, sent)).length).toBe(0);
  });

  it('23 is never charged on a questioned amount, nor in the days of rest after its answer', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, [20_000], { lateFee: { ...monthly, every: 'once' } });
    const question = { id: newId(), documentId: id, lineId: null, amountMinor: 9_000n, reason: 'quality', text: '', language: 'en' } as const;
    await asDana(books, (scope) => questionCharge(on(scope, '2026-01-05'), question));
    expect(await judge(books, '2026-01-20')).toBe(1);
    expect((await feesOf(books, id)).map(({ amount }) => amount)).toEqual([165n]);
    const all = await billed(books, [20_000], { lateFee });
    const whole = { ...question, id: newId(), documentId: all, amountMinor: 20_000n };
    await asDana(books, (scope) => questionCharge(on(scope, '2026-01-05'), whole));
    expect(await judge(books, '2026-01-22')).toBe(0);
    await books.office((scope) => answerCharge(on(scope, '2026-01-25'), tillKeys, { id: whole.id, kind: 'explanation', text: 'It was done.' }));
    expect([await judge(books, '2026-01-29'), await judge(books, '2026-01-30')]).toEqual([0, 1]);
    await clean(books);
  });

  it('44 is sent by itself where the business says so, is waived by canceling it, and no fee is ever charged on a fee', async () => {
    const books = await booksWithTill(database().database);
    await books.office((scope) => changeChargeRules(scope, { version: 1, sendFees: true, lateFee }));
    const id = await billed(books, [20_000]);
    await books.office((scope) => sendInvoice(scope, tillKeys, { documentId: id, personIds: [books.person] }));
    expect(await judge(books, '2026-01-16')).toBe(1);
    expect(await feesOf(books, id)).toEqual([{ period: 0, amount: 2_500n, state: 'issued', about: 'late_fee', canceled: false }]);
    expect(await judge(books, '2027-01-16')).toBe(0);
    const [row] = await books.system(({ tx, business }) => tx.selectFrom('late_fees').select('fee_id').where('business_id', '=', business).execute());
    const facts = await view(books, row?.fee_id ?? '', '2026-01-16');
    expect([facts.document.purpose, facts.document.about?.number, facts.document.number]).toEqual(['late_fee', '1001', '1002']);
    await books.office((scope) => voidInvoice(scope, { documentId: row?.fee_id ?? '', reason: 'Waived' }));
    expect((await standingOf(books, id)).balance).toBe(20_000n);
    await clean(books);
  });

  it('44 follows what the invoice says, then the customer, then the business; an issued one keeps what it said', async () => {
    const books = await booksWithTill(database().database);
    await books.office((scope) => changeChargeRules(scope, { version: 1, lateFee, earlyDiscount: early }));
    const usual = await billed(books, [20_000]);
    const never = await billed(books, [20_000], { lateFee: null, earlyDiscount: null });
    await books.office((scope) =>
      changeAgreed(scope, { customerId: books.customer, version: 1, lateFee: 'off', earlyDiscount: { ratePpm: 50_000n, days: 3 } }),
    );
    const customers = await billed(books, [20_000]);
    const said = await Promise.all([usual, never, customers].map((id) => view(books, id, '2026-01-05')));
    expect(said.map(({ document }) => [document.lateFee?.fee, document.early?.saveMinor])).toEqual([
      [lateFee.fee, 400n],
      [undefined, undefined],
      [undefined, 1_000n],
    ]);
    await expect(books.office((scope) => changeChargeRules(scope, { version: 1, lateFee: null }))).rejects.toMatchObject({ code: 'stale_version' });
  });
});

describe('paying early', () => {
  it('44 M7 grants the discount when the money of the whole was started in time, with tax in proportion, and the six figures hold', async () => {
    const books = await booksWithTill(database().database);
    const id = await books.office(async (scope) => {
      const lines = [oneOf(10_000, { taxRateId: books.salesTax }), oneOf(7_000, { taxRateId: books.reducedTax }), oneOf(1_825, { taxRateId: null })];
      const draft = await createDraft(scope, { customerId: books.customer, lines, issuedOn: '2026-01-05', earlyDiscount: early });
      await issueInvoice(scope, draft.id, { show: true });
      return draft.id;
    });
    const { totalMinor } = await view(books, id, '2026-01-05');
    expect(totalMinor).toBe(20_000n);
    await pay(books, id, 19_600n, '2026-01-15');
    const { creditedMinor, discountedMinor, paidMinor, standing } = await view(books, id, '2026-01-15');
    expect([creditedMinor, discountedMinor, paidMinor, standing.balanceMinor, standing.status]).toEqual([400n, 400n, 19_600n, 0n, 'paid']);
    const taken = await books.system(({ tx, business }) =>
      tx
        .selectFrom('ledger')
        .select(['kind', 'debit', 'amount_minor', 'tax_rate_id'])
        .where('business_id', '=', business)
        .where('kind', 'in', ['discount', 'discount_tax'])
        .orderBy('amount_minor')
        .execute(),
    );
    expect(taken.map((row) => [row.debit, row.amount_minor, row.tax_rate_id])).toEqual([
      ['tax_payable', 7n, books.reducedTax],
      ['tax_payable', 16n, books.salesTax],
      ['revenue', 377n, null],
    ]);
    await clean(books);
  });

  it('44 19 counts the day a payment was started: after it the full amount is owed, and what is under way in time asks for nothing more', async () => {
    const books = await booksWithTill(database().database);
    const late = await billed(books, [20_000], { earlyDiscount: early });
    await pay(books, late, 19_600n, '2026-01-16');
    expect((await standingOf(books, late)).balance).toBe(400n);
    const id = await billed(books, [20_000], { earlyDiscount: early, termsDays: 30 });
    const attempt = {
      id: newId(),
      customerId: books.customer,
      method: 'bank' as const,
      currency: 'USD',
      targets: [{ documentId: id, amountMinor: 19_600n }],
      personId: books.person,
    };
    await books.office(({ tx, business }) => tx.updateTable('business_profiles').set({ part_payment: false }).where('business_id', '=', business).execute());
    await expect(asDana(books, (scope) => startPayment(on(scope, '2026-01-16'), { ...attempt, id: newId() }))).rejects.toMatchObject({
      code: 'part_payment_off',
    });
    await asDana(books, (scope) => startPayment(on(scope, '2026-01-15'), attempt));
    const told = (outcome: AttemptOutcome, day: string) => books.system((scope) => settleAttempt(on(scope, day), tillKeys, attempt.id, outcome));
    const money = { method: 'bank', amountMinor: 19_600n, currency: 'USD', reference: 'p1' } as const;
    await told({ kind: 'processing', ...money }, '2026-01-15');
    const moving = (await view(books, id, '2026-01-18')).standing;
    expect([moving.status, moving.onItsWayMinor, moving.dueNowMinor, moving.payableMinor]).toEqual(['processing', 20_000n, 0n, 0n]);
    await expect(
      asDana(books, (scope) => startPayment(on(scope, '2026-01-17'), { ...attempt, id: newId(), targets: [{ documentId: id, amountMinor: 400n }] })),
    ).rejects.toMatchObject({ code: 'payment_processing' });
    await told({ kind: 'succeeded', ...money }, '2026-01-20');
    expect((await view(books, id, '2026-01-20')).standing.status).toBe('paid');
    await told({ kind: 'returned', failure: 'returned_by_bank', ...money }, '2026-01-22');
    const back = await view(books, id, '2026-01-22');
    expect([back.creditedMinor, back.standing.balanceMinor, back.standing.early]).toEqual([0n, 20_000n, null]);
    await clean(books);
  });

  it('44 adds up parts paid in time, not those with a late one among them, and goes when a payment is taken back', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, [12_345, 7_655], { earlyDiscount: early });
    await pay(books, id, 5_000n, '2026-01-08');
    expect((await view(books, id, '2026-01-08')).standing.balanceMinor).toBe(15_000n);
    const last = await pay(books, id, 14_600n, '2026-01-15');
    expect((await standingOf(books, id)).balance).toBe(0n);
    await books.office((scope) => reversePayment(scope, { paymentId: last.id, reason: 'Bounced' }));
    expect((await standingOf(books, id)).balance).toBe(15_000n);
    const mixed = await billed(books, [20_000], { earlyDiscount: early });
    await pay(books, mixed, 5_000n, '2026-01-20');
    await pay(books, mixed, 14_600n, '2026-01-15');
    expect((await standingOf(books, mixed)).balance).toBe(400n);
    await clean(books);
  });
});

const asked = { customerId: '', propertyId: null, title: '', description: '', dueOn: null };
async function deposited(books: Books, amountMinor: bigint, paidMinor: bigint, more: Words = {}): Promise<string> {
  return books.office(async (scope) => {
    const draft = await requestDeposit(scope, { ...asked, customerId: books.customer, asked: { kind: 'amount', amountMinor }, ...more });
    await issueInvoice(scope, draft.id, { show: true });
    if (paidMinor > 0n) await recordPayment(scope, paying(books, draft.id, paidMinor, '2026-01-06'));
    return draft.id;
  });
}

describe('a deposit', () => {
  it('40 is asked without tax, held and no revenue, and comes off the first bill by itself, which shows all its lines and tax', async () => {
    const books = await booksWithTill(database().database);
    const draft = await books.office((scope) =>
      requestDeposit(scope, { ...asked, customerId: books.customer, asked: { kind: 'percent', ratePpm: 250_000n, ofMinor: 200_000n } }),
    );
    expect([draft.totals.totalMinor, draft.totals.taxMinor, draft.body.lines[0]?.description]).toEqual([50_000n, 0n, '25% of $2,000.00']);
    await books.office((scope) => issueInvoice(scope, draft.id, { show: true }));
    await pay(books, draft.id, 50_000n, '2026-01-06');
    const revenue = () =>
      books.system(({ tx, business }) => tx.selectFrom('ledger').select('id').where('business_id', '=', business).where('credit', '=', 'revenue').execute());
    expect((await revenue()).length).toBe(0);
    const id = await billed(books, [184_758], { lines: [oneOf(184_758, { taxRateId: books.salesTax })] });
    const facts = await view(books, id, '2026-01-07');
    expect([facts.document.number, facts.totalMinor, facts.depositMinor, facts.standing.balanceMinor]).toEqual(['1001', 200_001n, 50_000n, 150_001n]);
    expect(facts.document.deposits).toEqual([{ id: draft.id, number: 'D-1001', amountMinor: 50_000n }]);
    expect((await books.office((scope) => readDeposit(scope, draft.id))).heldMinor).toBe(0n);
    await clean(books);
  });

  it('40 larger than the bill leaves the rest as credit; of two that fit none is taken unless it is chosen', async () => {
    const books = await booksWithTill(database().database);
    await deposited(books, 50_000n, 50_000n);
    const small = await billed(books, [20_000]);
    expect((await view(books, small, '2026-01-07')).standing.status).toBe('paid');
    const credit = () =>
      books.system(({ tx, business }) => tx.selectFrom('customer_balances').select(['credit_minor']).where('business_id', '=', business).executeTakeFirst());
    expect((await credit())?.credit_minor).toBe(30_000n);
    const first = await deposited(books, 10_000n, 10_000n);
    await deposited(books, 10_000n, 10_000n, { propertyId: books.properties[0] });
    const elsewhere = await billed(books, [40_000], { propertyId: books.properties[1] });
    expect((await standingOf(books, elsewhere)).balance).toBe(30_000n);
    await deposited(books, 10_000n, 10_000n);
    const both = await billed(books, [40_000], { propertyId: books.properties[0] });
    expect((await standingOf(books, both)).balance).toBe(40_000n);
    const held = await books.office((scope) => listDeposits(scope, books.customer));
    expect(held.map(({ heldMinor }) => heldMinor)).toEqual([10_000n, 10_000n, 0n, 0n]);
    const chosen = await billed(books, [40_000], { propertyId: books.properties[0], depositIds: held.map(({ id }) => id) });
    expect((await standingOf(books, chosen)).balance).toBe(20_000n);
    expect((await books.office((scope) => readDeposit(scope, first))).uses.map(({ kind }) => kind)).toEqual(['applied']);
    await clean(books);
  });

  it('6 40 is held again when its bill is canceled, follows a bill that is replaced, and can be put on one by hand', async () => {
    const books = await booksWithTill(database().database);
    const bill = await billed(books, [40_000]);
    const deposit = await deposited(books, 10_000n, 10_000n);
    await books.office((scope) => applyDeposit(scope, { depositId: deposit, documentId: bill }));
    expect((await standingOf(books, bill)).balance).toBe(30_000n);
    await expect(books.office((scope) => voidInvoice(scope, { documentId: deposit, reason: 'x' }))).rejects.toMatchObject({ code: 'void_refused_paid' });
    const better = await books.office((scope) => replaceInvoice(scope, bill, 'Wrong hours'));
    await books.office((scope) => issueInvoice(scope, better.id));
    expect([(await standingOf(books, bill)).balance, (await standingOf(books, better.id)).balance]).toEqual([0n, 30_000n]);
    await books.office((scope) => voidInvoice(scope, { documentId: better.id, reason: 'Not done' }));
    expect((await books.office((scope) => readDeposit(scope, deposit))).heldMinor).toBe(10_000n);
    await clean(books);
  });

  it('40 that is not needed is given back or kept as credit, never more than is held; one that is unpaid is canceled', async () => {
    const books = await booksWithTill(database().database);
    const deposit = await deposited(books, 10_000n, 10_000n);
    const refund = { depositId: deposit, method: 'check' as const, reference: '1204', refundedOn: '2026-01-07' };
    await expect(books.office((scope) => refundDeposit(scope, { ...refund, amountMinor: 10_001n }))).rejects.toMatchObject({ code: 'above_balance' });
    expect((await books.office((scope) => refundDeposit(scope, { ...refund, amountMinor: 4_000n }))).heldMinor).toBe(6_000n);
    expect((await books.office((scope) => creditDeposit(scope, { depositId: deposit }))).heldMinor).toBe(0n);
    await expect(books.office((scope) => creditDeposit(scope, { depositId: deposit }))).rejects.toMatchObject({ code: 'deposit_nothing_held' });
    const unpaid = await deposited(books, 10_000n, 0n);
    await books.office((scope) => voidInvoice(scope, { documentId: unpaid, reason: 'No job' }));
    expect((await standingOf(books, unpaid)).balance).toBe(0n);
    await clean(books);
  });

  it('40 whose payment comes back after it was used is owed again, and the bill it paid stays as it was', async () => {
    const books = await booksWithTill(database().database);
    const deposit = await deposited(books, 10_000n, 0n);
    const { id } = await books.office((scope) => recordPayment(scope, paying(books, deposit, 10_000n, '2026-01-06')));
    const bill = await billed(books, [40_000]);
    await books.office((scope) => reversePayment(scope, { paymentId: id, reason: 'Bounced' }));
    expect([(await standingOf(books, deposit)).balance, (await standingOf(books, bill)).balance]).toEqual([10_000n, 30_000n]);
    await expect(books.office((scope) => voidInvoice(scope, { documentId: deposit, reason: 'x' }))).rejects.toMatchObject({ code: 'deposit_used' });
    await clean(books);
  });
});

it('M8 50 at once, of every purpose and a fifth of them given up, leave no number twice and no gap', async () => {
  const books = await booksWithTill(database().database);
  const purposes = ['bill', 'deposit', 'late_fee'] as const;
  const drafts = await books.office(async (scope) => {
    const ids: string[] = [];
    for (let at = 0; at < 50; at += 1) {
      const purpose = purposes[at % 3];
      ids.push((await createDraft(scope, { customerId: books.customer, purpose, lines: [oneOf(1_000 + at, { taxRateId: null })] })).id);
    }
    return ids;
  });
  const issue = (id: string, at: number): Promise<unknown> =>
    books.office(async (scope) => {
      await issueInvoice(scope, id);
      if (at % 5 === 0) throw new Error('given up');
    });
  const ended = await Promise.allSettled(drafts.map(issue));
  expect(ended.filter(({ status }) => status === 'rejected').length).toBe(10);
  const rows = await books.system(({ tx, business }) =>
    tx.selectFrom('invoices').select(['series', 'number_seq']).where('business_id', '=', business).execute(),
  );
  for (const series of ['invoice', 'deposit']) {
    const used = rows
      .filter((row) => row.series === series)
      .map((row) => Number(row.number_seq))
      .sort((a, b) => a - b);
    expect(used).toEqual(Array.from({ length: used.length }, (_, at) => 1001 + at));
  }
  expect(rows.length).toBe(40);
  await clean(books);
}, 30_000);
