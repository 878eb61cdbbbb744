import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../../test/books.ts';
import fc from '../../../../test/chance.ts';
import { testDatabase } from '../../../../test/db.ts';
import { refusalOf } from '../../../../test/small-business.ts';
import { asDana, booksWithTill, creditOf, type Issued, issued, payFor, standingOf, tillKeys } from '../../../../test/till.ts';
import { shareOut } from '../../../core/money.ts';
import { firstText } from '../../../db/compile.ts';
import { newId } from '../../../db/fresh.ts';
import { verifyBooks } from '../../ledger/ledger.ts';
import { type Statement, type StatementPage, statementOf, statementQueryOf } from '../../statements/statements.ts';
import { allocate, type PayChoice, seenOf } from '../allocate/allocation.ts';
import { recordPayment, reversePayment, settleAttempt, spendCredit, startAllocated, startPayment } from '../payments.ts';
import { readBills } from '../view/pay-facts.ts';

const database = testDatabase(8);
const withCredit: PayChoice = { documentIds: [], also: [], amountMinor: null, keepCredit: false, useCredit: true };

async function check(books: Books, amountMinor: bigint, invoice?: Issued): Promise<string> {
  const id = newId();
  const targets = invoice === undefined ? [] : [{ documentId: invoice.id, amountMinor: invoice.totalMinor }];
  const form = { id, customerId: books.customer, method: 'check', amountMinor, currency: 'USD', receivedOn: '2026-01-05', targets, keepCredit: true } as const;
  await books.office((scope) => recordPayment(scope, form));
  return id;
}

/** Sees what credit would pay, and presses. Answers the id of the use. */
async function press(books: Books, choice: PayChoice, id = newId()): Promise<string> {
  const begun = await asDana(books, async (scope) => {
    const { bills, credits } = await readBills(scope, null);
    return startAllocated(scope, { id, choice, seen: seenOf(allocate(bills, choice, credits)), method: 'card', personId: books.person });
  });
  if (begun.kind === 'credit') await spendCredit(database().database, begun);
  return id;
}

const account = async (books: Books, granted: Parameters<Books['portal']>[0], limit = 1_000) => {
  const filter = { currency: null, from: null, to: null, cursor: null, limit };
  return books.portal(granted, async (scope) => statementOf(await firstText(scope, statementQueryOf(books.business, filter)), filter));
};
const clean = async (books: Books): Promise<void> => expect(await books.system((scope) => verifyBooks(scope))).toEqual([]);

describe('using credit', () => {
  it('C10 pays a bill once with it, alone, however often the same form is sent', async () => {
    const books = await booksWithTill(database().database);
    const bill = await issued(books, [7_500]);
    await check(books, 10_000n);
    const id = await press(books, withCredit);
    await press(books, withCredit, id).catch((error: unknown) => expect(error).toMatchObject({ code: 'nothing_to_pay' }));
    expect([(await standingOf(books, bill.id)).paid, await creditOf(books)]).toEqual([7_500n, 2_500n]);
    await clean(books);
  });

  it('never uses a cent twice: twenty presses at once on twenty bills use what there is', async () => {
    const books = await booksWithTill(database().database);
    const bills = await Promise.all(Array.from({ length: 20 }, () => issued(books, [1_000])));
    await check(books, 4_500n);
    const begun = [];
    for (const bill of bills) {
      const choice = { ...withCredit, documentIds: [bill.id], amountMinor: null };
      const id = newId();
      begun.push(
        await asDana(books, async (scope) => {
          const found = await readBills(scope, [bill.id]);
          return startAllocated(scope, { id, choice, seen: seenOf(allocate(found.bills, choice, found.credits)), method: 'card', personId: books.person });
        }),
      );
    }
    const ends = await Promise.all(
      begun.map((each) =>
        each.kind === 'credit'
          ? spendCredit(database().database, each).then(
              () => 'used',
              (error: { code: string }) => error.code,
            )
          : 'no credit',
      ),
    );
    expect(ends.filter((end) => end === 'used').length).toBe(4);
    expect(ends.filter((end) => end === 'allocation_changed').length).toBe(16);
    const paid = await Promise.all(bills.map(async (bill) => (await standingOf(books, bill.id)).paid));
    expect(paid.reduce((total, each) => total + each, 0n) + (await creditOf(books))).toBe(4_500n);
    expect(await creditOf(books)).toBe(500n);
    await clean(books);
  });

  it('M15 money that goes back takes its credit along, off the bills it was used on, the newest use first', async () => {
    const books = await booksWithTill(database().database);
    const [first, second] = [await issued(books, [3_000]), await issued(books, [4_000])];
    const payment = await check(books, 10_000n);
    await press(books, { ...withCredit, documentIds: [first.id] });
    await press(books, { ...withCredit, documentIds: [second.id] });
    await check(books, 2_000n);
    expect(await creditOf(books)).toBe(5_000n);
    await books.office((scope) => reversePayment(scope, { paymentId: payment, reason: 'The check bounced.' }));
    expect([(await standingOf(books, first.id)).paid, (await standingOf(books, second.id)).paid, await creditOf(books)]).toEqual([2_000n, 0n, 0n]);
    await clean(books);
  });

  it('M15 a bank payment returned after its credit was used does the same, and the books still agree', async () => {
    const books = await booksWithTill(database().database);
    const [paid, later] = [await issued(books, [5_000]), await issued(books, [2_500])];
    const pay = payFor(books, paid, 5_000n, { method: 'bank', keepCreditMinor: 2_500n });
    await asDana(books, (scope) => startPayment(scope, pay));
    const news = { amountMinor: 7_500n, method: 'bank', currency: 'USD', reference: 'pm_1' } as const;
    await books.system((scope) => settleAttempt(scope, tillKeys, pay.id, { kind: 'succeeded', ...news }));
    await press(books, withCredit);
    expect((await standingOf(books, later.id)).balance).toBe(0n);
    await books.system((scope) => settleAttempt(scope, tillKeys, pay.id, { kind: 'returned', failure: 'returned_by_bank', ...news }));
    expect([(await standingOf(books, paid.id)).balance, (await standingOf(books, later.id)).balance, await creditOf(books)]).toEqual([5_000n, 2_500n, 0n]);
    await clean(books);
  });

  it('rule 34 nobody of some properties only can ask for it, not even past the pages', async () => {
    const books = await booksWithTill(database().database);
    const bill = await issued(books, [1_000, 2_000], { spread: true });
    await check(books, 500n);
    const seen = await books.portal({ properties: [books.properties[0]] }, (scope) => readBills(scope, null));
    expect(seen.credits).toEqual([]);
    const insert = books.portal({ properties: [books.properties[0]] }, ({ tx, now }) =>
      sql`insert into credit_uses (business_id, id, customer_id, currency, amount_minor, state, used_on, created_at)
        values (${books.business}, ${newId()}, ${books.customer}, 'USD', 500, 'asked', '2026-01-05', ${now.toString()})`.execute(tx),
    );
    await expect(insert).rejects.toMatchObject({ code: '42501' });
    expect((await refusalOf(asDana(books, (scope) => spendBySelf(scope)))).code).toBe('not_allowed');
    expect((await standingOf(books, bill.id)).paid).toBe(0n);
  });
});

/** The customer's own transaction can ask, never carry out. */
async function spendBySelf(scope: Parameters<typeof startAllocated>[0]): Promise<unknown> {
  const { carryOutCredit } = await import('./credit.ts');
  return carryOutCredit(scope, newId());
}

describe('an account', () => {
  const act = fc.record({
    what: fc.constantFrom('bill', 'bill', 'check', 'credit', 'reverse'),
    amount: fc.integer({ min: 1, max: 20_000 }),
    pick: fc.nat(100),
  });

  it('M15 after any acts its movements add up to the ledger, line by line, and the properties with what is tied to none to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
        const books = await booksWithTill(database().database);
        const checks: string[] = [];
        for (const { what, amount, pick } of acts) {
          if (what === 'bill') await issued(books, shareOut(BigInt(amount) + 10n, [3n, 4n, 5n]), { spread: pick % 2 === 0 });
          else if (what === 'check') checks.push(await check(books, BigInt(amount)));
          else if (what === 'credit') await press(books, withCredit).catch(expected);
          else
            await books
              .office((scope) => reversePayment(scope, { paymentId: checks[pick % Math.max(1, checks.length)] ?? newId(), reason: 'x' }))
              .catch(expected);
        }
        await agrees(books);
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('pages by keyset: every movement once, and each balance follows from the one before', async () => {
    const books = await booksWithTill(database().database);
    for (let at = 0; at < 7; at += 1) await issued(books, [1_000 + at]);
    await check(books, 2_500n);
    const seen: bigint[] = [];
    let cursor: string | null = null;
    do {
      const filter: StatementPage = { currency: null, from: null, to: null, cursor, limit: 3 };
      const page: Statement = await asDana(books, async (scope) => statementOf(await firstText(scope, statementQueryOf(books.business, filter)), filter));
      seen.push(...page.rows.map((row) => row.balanceMinor - row.changeMinor));
      cursor = page.next;
    } while (cursor !== null);
    const all = (await account(books, { customers: [books.customer] })).rows;
    expect(seen).toEqual([...all.slice(1).map((row) => row.balanceMinor), 0n]);
  });
});

function expected(error: unknown): void {
  if (!(error instanceof Error && error.name === 'Refusal')) throw error;
}

async function agrees(books: Books): Promise<void> {
  const whole = await account(books, { customers: [books.customer] });
  const { rows } = await books.system(({ tx }) =>
    sql<{
      owed: bigint;
      none: bigint;
      credit: bigint;
    }>`select coalesce(sum(receivable_minor - credit_minor), 0)::bigint as owed, coalesce(sum(credit_minor), 0)::bigint as credit,
      (select coalesce(sum(case when debit = 'receivable' then amount_minor when credit = 'receivable' then -amount_minor else 0 end), 0)::bigint from ledger
        where business_id = ${books.business} and property_id is null) as none
      from customer_balances where business_id = ${books.business} and customer_id = ${books.customer}`.execute(tx),
  );
  const kept = rows[0] ?? { owed: 0n, none: 0n, credit: 0n };
  expect([whole.balanceMinor, whole.rows[0]?.balanceMinor ?? 0n, whole.creditMinor]).toEqual([kept.owed, kept.owed, kept.credit]);
  let owed = kept.none - kept.credit;
  for (const property of books.properties) {
    const part = await account(books, { properties: [property] });
    expect([part.whole, part.creditMinor]).toEqual([false, 0n]);
    owed += part.balanceMinor;
  }
  expect(owed).toBe(kept.owed);
  await clean(books);
}
