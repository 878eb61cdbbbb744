import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { asDana, booksWithTill, type Issued, issued, payFor, tillKeys } from '../../../../test/till.ts';
import type { AttemptOutcome } from '../../../core/gateways.ts';
import { firstText } from '../../../db/compile.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import {
  attemptViewOf,
  attemptViewQuery,
  listPayments,
  payFactsOf,
  payFactsQuery,
  paymentNeeds,
  portalPayments,
  portalPaymentsOf,
  readPayment,
  readReceipt,
  recordPayment,
  reversePayment,
  settleAttempt,
  showPaymentHistory,
  startPayment,
} from '../payments.ts';

const database = testDatabase(6);
const bank = { method: 'bank', currency: 'USD', reference: 'pm_1', label: 'Bank •••• 6789' } as const;

async function paidByBank(books: Books, invoice: Issued, amountMinor: bigint, ...kinds: readonly ('processing' | 'succeeded' | 'returned')[]): Promise<string> {
  const pay = payFor(books, invoice, amountMinor, { method: 'bank' });
  await asDana(books, (scope) => startPayment(scope, pay));
  for (const kind of kinds) {
    const outcome = { kind, amountMinor, ...bank, ...(kind === 'returned' ? { failure: 'returned_by_bank' } : {}) } as AttemptOutcome;
    await books.system((scope) => settleAttempt(scope, tillKeys, pay.id, outcome));
  }
  return pay.id;
}

async function check(books: Books, amountMinor: bigint, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = newId();
  const form = {
    id,
    customerId: books.customer,
    method: 'check' as const,
    amountMinor,
    currency: 'USD',
    receivedOn: '2026-01-05',
    targets: null,
    reference: `No. ${amountMinor}`,
    ...more,
  };
  await books.office((scope) => recordPayment(scope, form));
  return id;
}

const portalList = (books: Books, granted: Parameters<Books['portal']>[0], limit = 10) =>
  books.portal(granted, async (scope: Scope) => portalPaymentsOf(await firstText(scope, portalPayments(books.business, { limit })), limit));

describe('payments to look at', () => {
  it('lists the office’s payments newest first, by tab, word, customer and day, without one twice or missing', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [100_000]);
    const checks: string[] = [];
    for (let at = 1; at <= 5; at += 1) checks.unshift(await check(books, BigInt(at * 100)));
    const debit = await paidByBank(books, invoice, 50_000n, 'processing');
    const all: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listPayments>> = await books.office((scope) => listPayments(scope, { tab: 'all', limit: 2, cursor }));
      all.push(...page.rows.map((row) => row.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(all).toEqual([debit, ...checks]);
    const ids = async (filter: Partial<Parameters<typeof listPayments>[1]>) =>
      (await books.office((scope) => listPayments(scope, { tab: 'all', limit: 50, ...filter }))).rows.map((row) => row.id);
    expect(await ids({ tab: 'processing' })).toEqual([debit]);
    expect(await ids({ search: 'No. 300' })).toEqual([checks[2]]);
    expect(await ids({ search: '%' })).toEqual([]);
    expect(await ids({ method: 'bank' })).toEqual([debit]);
    expect(await ids({ to: '2026-01-31' })).toEqual(checks);
    expect(await ids({ customerId: books.exempt })).toEqual([]);
    expect(await ids({ documentId: invoice.id })).toHaveLength(6);
    expect(await refusalOf(ids({ cursor: 'nonsense' }))).toMatchObject({ code: 'cursor_invalid' });
  });

  it('says of one payment what it paid, who recorded it and whether it can be taken back', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    const id = await check(books, 12_000n, { keepCredit: true });
    expect(await books.office((scope) => readPayment(scope, id))).toMatchObject({
      state: 'cleared',
      recordedBy: 'Ida Brandt',
      canReverse: true,
      creditMinor: 2_000n,
      receiptNumber: 'R-0001',
      shares: [{ amountMinor: 10_000n, balanceMinor: 0n }],
    });
    await books.office((scope) => reversePayment(scope, { paymentId: id, reason: 'Bounced' }));
    expect(await books.office((scope) => readPayment(scope, id))).toMatchObject({
      state: 'reversed',
      canReverse: false,
      reason: 'Bounced',
      shares: [{ balanceMinor: 10_000n }],
    });
  });

  it('a returned payment needs the office until something happens on its invoice', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const id = await paidByBank(books, invoice, 10_000n, 'succeeded', 'returned');
    expect((await books.office((scope) => paymentNeeds(scope))).map((need) => [need.kind, need.paymentId, need.amountMinor])).toEqual([
      ['payment_returned', id, 10_000n],
    ]);
    await check(books, 10_000n);
    expect(await books.office((scope) => paymentNeeds(scope))).toEqual([]);
  });

  it('rule 29 a person of one property sees what went on it, and neither the whole amount nor another property', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000, 3_000], { spread: true });
    const id = await paidByBank(books, invoice, 13_000n, 'succeeded');
    const [own] = books.properties;
    expect((await portalList(books, { customers: [books.customer] })).rows.map((row) => [row.id, row.amountMinor])).toEqual([[id, 13_000n]]);
    expect((await portalList(books, { properties: [own] })).rows.map((row) => [row.amountMinor, row.paidFor.length])).toEqual([[10_000n, 1]]);
    const receipt = await books.portal({ properties: [own] }, (scope) => readReceipt(scope, id));
    expect(receipt).toMatchObject({ amountMinor: 10_000n, number: 'R-0001', leftMinor: 0n, creditMinor: 0n, paidBy: '' });
    expect(JSON.stringify(receipt, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))).not.toContain('13000');
    expect((await portalList(books, { properties: [books.properties[2]] })).rows).toEqual([]);
    expect(await refusalOf(books.portal({ properties: [books.properties[2]] }, (scope) => readReceipt(scope, id)))).toMatchObject({ code: 'not_found' });
  });

  it('P14 a receipt shows what was paid, what is left, and what of it went back because it was paid twice', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const id = await paidByBank(books, invoice, 4_000n, 'processing');
    const read = () => asDana(books, (scope) => readReceipt(scope, id));
    expect(await read()).toMatchObject({ state: 'pending', amountMinor: 4_000n, leftMinor: 10_000n });
    await check(books, 8_000n, { targets: [{ documentId: invoice.id, amountMinor: 8_000n }] });
    await books.system((scope) => settleAttempt(scope, tillKeys, id, { kind: 'succeeded', amountMinor: 4_000n, ...bank }));
    expect(await read()).toMatchObject({
      state: 'cleared',
      number: 'R-0002',
      reference: 'Bank •••• 6789',
      paidBy: 'Dana Whitlock',
      leftMinor: 0n,
      creditMinor: 0n,
      refundedMinor: 2_000n,
      paidFor: [{ amountMinor: 2_000n, leftMinor: 0n }],
    });
    expect(await refusalOf(asDana(books, (scope) => readReceipt(scope, newId())))).toMatchObject({ code: 'not_found' });
  });

  it('the pay page knows the most and the least, part by part, by the rule of the payment itself', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000, 3_000], { spread: true });
    const facts = (granted: Parameters<Books['portal']>[0]) =>
      books.portal(granted, async (scope) => payFactsOf(await firstText(scope, payFactsQuery(books.business, invoice.id))));
    expect(await facts({ customers: [books.customer] })).toMatchObject({
      payableMinor: 13_000n,
      floorMinor: 100n,
      whole: true,
      gateway: 'sandbox',
      mayPay: true,
      checking: false,
    });
    await paidByBank(books, invoice, 6_500n, 'processing');
    expect(await facts({ customers: [books.customer] })).toMatchObject({ payableMinor: 6_500n, processingMinor: 6_500n });
    const own = await facts({ properties: [books.properties[0]] });
    expect([own.whole, own.parts.length, own.payableMinor, own.processingMinor]).toEqual([false, 1, 5_000n, 5_000n]);
    expect(await refusalOf(facts({ properties: [books.properties[2]] }))).toMatchObject({ code: 'not_found' });
  });

  it('P12 the page one comes back to only reads', async () => {
    const books = await booksWithTill(database().database);
    const invoice = await issued(books, [10_000]);
    const pay = payFor(books, invoice);
    await asDana(books, (scope) => startPayment(scope, pay));
    const view = await asDana(books, async (scope) => attemptViewOf(await firstText(scope, attemptViewQuery(books.business, pay.id))));
    expect(view).toMatchObject({ state: 'initiated', amountMinor: 10_000n, failure: '', documentIds: [invoice.id] });
  });

  it('rule 2 imported payments take no receipt number and are hidden until the history is shown', async () => {
    const books = await booksWithTill(database().database);
    await issued(books, [10_000]);
    const id = await check(books, 10_000n, { importId: newId() });
    const seen = () => asDana(books, ({ tx }) => sql`select 1 from payments where id = ${id}`.execute(tx).then(({ rows }) => rows.length));
    expect(await seen()).toBe(0);
    await books.office((scope) => showPaymentHistory(scope));
    expect([await seen(), (await books.office((scope) => readPayment(scope, id))).receiptNumber]).toEqual([1, null]);
  });
});
