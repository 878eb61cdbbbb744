import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree, chargesOf, keep, payerOf, todayHere } from '../../../../test/autopay-world.ts';
import { type Books, oneOf } from '../../../../test/books.ts';
import { testDatabase } from '../../../../test/db.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { booksWithTill, type SandboxTill, sandboxTill, tillKeys } from '../../../../test/till.ts';
import { addDays } from '../../../core/calendar.ts';
import { newId } from '../../../db/fresh.ts';
import { chargeLateFees, requestDeposit } from '../../charges/charges.ts';
import { readDesk } from '../../desk/desk.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { planBills, recordPayment, reversePayment } from '../../payments/payments.ts';
import { readAging, readComing } from '../../reports/reports.ts';
import { createDraft, issueInvoice, planInstallments, readDraft, replaceInvoice } from '../invoices.ts';

const database = testDatabase(8);
let desk: SandboxTill;
beforeAll(async () => {
  desk = await sandboxTill(database().database);
});
afterAll(() => desk.close());

const today = todayHere();
const inDays = (days: number): string => addDays(today, days);
const dueOn = (...days: readonly number[]) => days.map((day) => ({ dueOn: inDays(day), amountMinor: null }));

async function billed(books: Books, totalMinor: number, more: Readonly<Record<string, unknown>>): Promise<string> {
  return books.office(async (scope) => {
    const lines = [oneOf(totalMinor, { taxRateId: null })];
    const draft = await createDraft(scope, { customerId: books.customer, lines, issuedOn: inDays(-60), ...more });
    await issueInvoice(scope, draft.id, { show: true });
    return draft.id;
  });
}

async function pay(books: Books, documentId: string, amountMinor: bigint): Promise<string> {
  const id = newId();
  const payment = { id, customerId: books.customer, method: 'check', amountMinor, currency: 'USD', receivedOn: today } as const;
  await books.office((scope) => recordPayment(scope, { ...payment, targets: [{ documentId, amountMinor }] }));
  return id;
}

const standing = async (books: Books, documentId: string) => (await books.office((scope) => readDesk(scope, documentId))).standing;
const states = async (books: Books, documentId: string) =>
  (await standing(books, documentId)).installments?.map(({ amountMinor, openMinor, state }) => [amountMinor, openMinor, state]);
const dueDay = (books: Books, documentId: string) =>
  books.system(async ({ tx }) => {
    const { rows } = await sql<{
      on: string;
    }>`select due_on as on from invoice_standings where business_id = ${books.business} and document_id = ${documentId}`.execute(tx);
    return rows[0]?.on;
  });
const clean = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);

describe('an invoice in installments', () => {
  it('M6 21 is due one after the other, and what is paid or taken back moves it by itself', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, 100_000, { installments: dueOn(-30, 0, 30) });
    expect(await states(books, id)).toEqual([
      [33_334n, 33_334n, 'overdue'],
      [33_333n, 33_333n, 'due'],
      [33_333n, 33_333n, 'later'],
    ]);
    expect(await standing(books, id)).toMatchObject({
      balanceMinor: 100_000n,
      dueNowMinor: 66_667n,
      overdueMinor: 33_334n,
      dueLaterMinor: 33_333n,
      daysLate: 30,
    });
    const payment = await pay(books, id, 40_000n);
    expect(await standing(books, id)).toMatchObject({ status: 'partly_paid', dueNowMinor: 26_667n, overdueMinor: 0n, dueLaterMinor: 33_333n });
    expect(await dueDay(books, id)).toBe(today);
    await clean(books);
    await books.office((scope) => reversePayment(scope, { paymentId: payment, reason: 'Wrong customer' }));
    expect([await dueDay(books, id), (await standing(books, id)).overdueMinor]).toEqual([inDays(-30), 33_334n]);
    await pay(books, id, 100_000n);
    expect(await standing(books, id)).toMatchObject({ status: 'paid', balanceMinor: 0n, nextMinor: null });
    await clean(books);
  });

  it('21 counts each at its own day where the office asks who owes and what comes', async () => {
    const books = await booksWithTill(database().database);
    await billed(books, 90_000, { installments: dueOn(-40, -5, 10) });
    const { rows } = await books.office((scope) => readAging(scope));
    expect(rows).toMatchObject([{ days60Minor: 30_000n, days30Minor: 30_000n, notDueMinor: 30_000n, balanceMinor: 90_000n, invoices: 1 }]);
    const coming = await books.office((scope) => readComing(scope));
    expect(coming).toMatchObject({ overdueMinor: 60_000n, in30Minor: 30_000n, rows: [{ on: inDays(10), amountMinor: 30_000n }] });
  });

  it('40 a deposit already paid closes the first of them', async () => {
    const books = await booksWithTill(database().database);
    const deposit = await books.office(async (scope) => {
      const asked = { kind: 'amount', amountMinor: 40_000n } as const;
      const draft = await requestDeposit(scope, { customerId: books.customer, propertyId: null, title: 'Roof', description: '', asked, dueOn: null });
      await issueInvoice(scope, draft.id, { show: true });
      return draft.id;
    });
    await pay(books, deposit, 40_000n);
    const id = await billed(books, 90_000, { issuedOn: today, installments: dueOn(0, 30, 60) });
    expect(await states(books, id)).toEqual([
      [30_000n, 0n, 'paid'],
      [30_000n, 20_000n, 'due'],
      [30_000n, 30_000n, 'later'],
    ]);
    expect(await standing(books, id)).toMatchObject({ dueNowMinor: 0n, dueLaterMinor: 50_000n, nextMinor: 20_000n, depositMinor: 40_000n });
    await clean(books);
  });

  it('is refused when amounts and days cannot be kept', async () => {
    const books = await booksWithTill(database().database);
    const fixed = (...amounts: readonly (bigint | null)[]) => amounts.map((amountMinor, at) => ({ dueOn: inDays(30 * at), amountMinor }));
    const refused = (installments: unknown) => refusalOf(billed(books, 10_000, { issuedOn: today, installments }));
    expect(await refused(fixed(4_000n, 5_000n))).toMatchObject({ code: 'installments_wrong', field: 'installments' });
    expect(await refused(fixed(10_000n, null))).toMatchObject({ code: 'installments_wrong' });
    expect(await refused(fixed(null))).toMatchObject({ code: 'installments_wrong' });
    expect(await refused(dueOn(10, 10))).toMatchObject({ code: 'installments_order', field: 'installments[1].dueOn' });
    expect(await refused(dueOn(-1, 10))).toMatchObject({ code: 'due_before_issue', field: 'installments[0].dueOn' });
    expect(await refused(fixed(0n, null))).toMatchObject({ code: 'amount_too_small', field: 'installments[0].amountMinor' });
  });

  it('keeps its plan in the invoice that takes its place, the last one open to what changes', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, 90_000, { issuedOn: today, installments: dueOn(10, 20, 30) });
    const draft = await books.office((scope) => replaceInvoice(scope, id));
    expect((await books.office((scope) => readDraft(scope, draft.id))).body.installments?.map(({ amountMinor }) => amountMinor)).toEqual([
      30_000n,
      30_000n,
      null,
    ]);
  });
});

describe('what is left', () => {
  it('can be planned anew: what was settled stays closed, and the new rows come to the balance', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, 90_000, { installments: dueOn(-30, -1, 30) });
    await pay(books, id, 45_000n);
    const plan = (installments: unknown) => books.office((scope) => planInstallments(scope, { documentId: id, installments }));
    expect(await refusalOf(plan([{ dueOn: inDays(5), amountMinor: 40_000n }]))).toMatchObject({ code: 'installments_wrong' });
    await plan(dueOn(5, 20, 35));
    expect(await states(books, id)).toEqual([
      [30_000n, 0n, 'paid'],
      [15_000n, 0n, 'paid'],
      [15_000n, 15_000n, 'due'],
      [15_000n, 15_000n, 'later'],
      [15_000n, 15_000n, 'later'],
    ]);
    expect(await standing(books, id)).toMatchObject({ overdueMinor: 0n, dueNowMinor: 0n, dueLaterMinor: 45_000n, status: 'partly_paid' });
    expect(await dueDay(books, id)).toBe(inDays(5));
    await clean(books);
    await pay(books, id, 45_000n);
    expect(await refusalOf(plan(dueOn(5, 20)))).toMatchObject({ code: 'nothing_to_pay' });
    await clean(books);
  });

  it('of a plain invoice becomes installments, and money taken back afterwards is due with the first', async () => {
    const books = await booksWithTill(database().database);
    const id = await billed(books, 50_000, { termsDays: 5 });
    const payment = await pay(books, id, 20_000n);
    await books.office((scope) => planInstallments(scope, { documentId: id, installments: dueOn(10, 40) }));
    expect(await standing(books, id)).toMatchObject({ overdueMinor: 0n, dueLaterMinor: 30_000n, nextMinor: 15_000n });
    await books.office((scope) => reversePayment(scope, { paymentId: payment, reason: 'Came back' }));
    expect(await standing(books, id)).toMatchObject({ balanceMinor: 50_000n, dueNowMinor: 20_000n, dueLaterMinor: 30_000n, overdueMinor: 0n });
    await clean(books);
  });

  it('44 costs no late fee before the whole bill is due', async () => {
    const books = await booksWithTill(database().database);
    const lateFee = { fee: { kind: 'amount', amountMinor: 2_500n }, graceDays: 5, every: 'once', capMinor: null };
    const id = await billed(books, 90_000, { lateFee, installments: dueOn(-30, -10) });
    expect(await books.system((scope) => chargeLateFees(scope, tillKeys, id))).toBe(1);
    const other = await billed(books, 90_000, { lateFee, installments: dueOn(-30, 10) });
    expect(await books.system((scope) => chargeLateFees(scope, tillKeys, other))).toBe(0);
  });
});

it('25 autopay plans each installment by itself, for its own day and amount', async () => {
  const books = await booksWithTill(database().database);
  const dana = payerOf(books, database().database, { person: books.person, name: 'Dana Whitlock' });
  await agree(books, dana, { methodId: await keep(desk, books, dana, 'card_success'), noticeDays: 3 });
  const id = await billed(books, 90_000, { issuedOn: today, installments: dueOn(2, 32, 62) });
  const plan = () => books.system((scope) => planBills(scope, tillKeys, null));
  expect([await plan(), await plan()]).toEqual([1, 0]);
  expect(await chargesOf(books, id)).toMatchObject([{ state: 'planned', plannedOn: inDays(3), amount: 30_000n }]);
  await pay(books, id, 30_000n);
  await books.system(({ tx }) => sql`update autopay_charges set state = 'skipped', ended_at = now() where business_id = ${books.business}`.execute(tx));
  expect(await plan()).toBe(0);
  await books.office((scope) => planInstallments(scope, { documentId: id, installments: [{ dueOn: inDays(3), amountMinor: 10_000n }, ...dueOn(40)] }));
  expect(await plan()).toBe(0);
  await books.system(({ tx }) => sql`update autopay_charges set planned_on = ${inDays(-20)} where business_id = ${books.business}`.execute(tx));
  expect(await plan()).toBe(1);
  expect((await chargesOf(books, id)).at(-1)).toMatchObject({ state: 'planned', amount: 10_000n });
});
