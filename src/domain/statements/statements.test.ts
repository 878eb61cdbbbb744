import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Books } from '../../../test/books.ts';
import { oneOf } from '../../../test/books.ts';
import fc from '../../../test/chance.ts';
import { testDatabase } from '../../../test/db.ts';
import { booksWithTill } from '../../../test/till.ts';
import { ageingBuckets } from '../../core/ageing.ts';
import { addDays } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { firstText } from '../../db/compile.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { createDraft, issueInvoice, voidInvoice } from '../invoices/invoices.ts';
import { recordPayment, reversePayment, writeCreditNote } from '../payments/payments.ts';
import { readStatement, type Statement, type StatementPage, statementOf, statementQueryOf } from './statements.ts';

const database = testDatabase();
const firstDay = '2026-01-05';
type Asked = Partial<StatementPage>;
type Granted = Parameters<Books['portal']>[0];

const pageOf = (asked: Asked): StatementPage => ({ limit: 10_000, ...asked });
const read = (books: Books, granted: Granted, asked: Asked = {}): Promise<Statement> =>
  books.portal(granted, async (scope) => statementOf(await firstText(scope, statementQueryOf(books.business, pageOf(asked))), pageOf(asked)));
const ofOffice = (books: Books, asked: Asked = {}): Promise<Statement> => books.office((scope) => readStatement(scope, books.customer, pageOf(asked)));

/** One act of the office on a day of its own; what it writes may count for a day before. */
type Act = Readonly<{ act: 'bill' | 'check' | 'reverse' | 'void' | 'note'; pick: number; amounts: readonly number[]; days: number; back: number }>;
const acts = fc.array(
  fc.record({
    act: fc.constantFrom('bill', 'bill', 'check', 'check', 'reverse', 'void', 'note'),
    ...{ pick: fc.nat(10_000), amounts: fc.array(fc.integer({ min: 100, max: 90_000 }), { minLength: 1, maxLength: 4 }) },
    ...{ days: fc.integer({ min: 0, max: 20 }), back: fc.integer({ min: 0, max: 30 }) },
  }),
  { minLength: 8, maxLength: 14, size: 'max' },
);

type Kept = { bills: string[]; checks: string[] };

async function step(books: Books, kept: Kept, each: Act, today: string): Promise<void> {
  const at = Temporal.PlainDate.from(today).toZonedDateTime({ timeZone: 'America/Chicago', plainTime: '12:00' }).toInstant();
  const office = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => books.office((scope) => work({ ...scope, now: at }));
  const day = addDays(today, -each.back);
  const [amount = 0] = each.amounts;
  const oneOfAll = (ids: readonly string[]): string => ids[each.pick % Math.max(1, ids.length)] ?? newId();
  if (each.act === 'bill')
    return office(async (scope) => {
      const lines = each.amounts.map((minor, place) => oneOf(minor, { propertyId: [...books.properties, null][(each.pick + place * (each.pick % 3)) % 4] }));
      const dueOn = addDays(day, each.pick % 40);
      const half =
        each.pick % 5 === 0
          ? [
              { dueOn, amountMinor: null },
              { dueOn: addDays(dueOn, 45), amountMinor: null },
            ]
          : null;
      const draft = await createDraft(scope, { customerId: books.customer, lines, issuedOn: day, dueOn, ...(half ? { installments: half } : {}) });
      await issueInvoice(scope, draft.id, { show: true });
      kept.bills.push(draft.id);
    });
  if (each.act === 'check')
    return office(async (scope) => {
      const targets = kept.bills.length === 0 ? [] : [{ documentId: oneOfAll(kept.bills), amountMinor: BigInt(amount) }];
      const id = newId();
      const form = {
        id,
        customerId: books.customer,
        method: 'check',
        amountMinor: BigInt(amount) + 50n,
        currency: 'USD',
        receivedOn: day,
        targets,
        keepCredit: true,
      } as const;
      await recordPayment(scope, form);
      kept.checks.push(id);
    });
  if (each.act === 'reverse') return void (await office((scope) => reversePayment(scope, { paymentId: oneOfAll(kept.checks), reason: 'Typed twice' })));
  if (each.act === 'void') return void (await office((scope) => voidInvoice(scope, { documentId: oneOfAll(kept.bills), reason: 'Wrong' })));
  const note = { id: newId(), documentId: oneOfAll(kept.bills), choice: { kind: 'amount', amountMinor: BigInt(amount) }, reason: 'Not needed' } as const;
  await office((scope) => writeCreditNote(scope, note));
}

/** What the ledger says was owed after a day, less credit, whoever reads it. */
async function ledgerOn(books: Books, day: string): Promise<{ owed: bigint; credit: bigint }> {
  const { rows } = await books.system(({ tx }) =>
    sql<{ owed: bigint; credit: bigint }>`select
      coalesce(sum(case when debit = 'receivable' then amount_minor when credit = 'receivable' then -amount_minor else 0 end), 0)::bigint as owed,
      coalesce(sum(case when credit = 'customer_credit' then amount_minor when debit = 'customer_credit' then -amount_minor else 0 end), 0)::bigint as credit
      from ledger where business_id = ${books.business} and effective_on <= ${day}`.execute(tx),
  );
  return rows[0] ?? { owed: 0n, credit: 0n };
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const aged = ({ ageing }: Statement): bigint => sum(ageingBuckets.map((bucket) => ageing[bucket]));

/** Every statement adds up in itself: before, movements, after; how late, credit, after. */
function addsUp(statement: Statement): void {
  const { openingMinor, chargedMinor, settledMinor, balanceMinor, creditMinor, rows } = statement;
  expect(openingMinor + chargedMinor - settledMinor).toBe(balanceMinor);
  expect(openingMinor + sum(rows.map((row) => row.changeMinor))).toBe(balanceMinor);
  expect(rows[0]?.balanceMinor ?? openingMinor).toBe(balanceMinor);
  expect(aged(statement) - creditMinor).toBe(balanceMinor);
}

/** The same of the whole, of each property, and of what is tied to none; together they are the whole (rule 33). */
async function placesAddUp(books: Books, period: Asked): Promise<void> {
  const dana = { customers: [books.customer] };
  const whole = await read(books, dana, period);
  const parts = await Promise.all(books.properties.map((id) => read(books, dana, { ...period, propertyIds: [id] })));
  const untied = await read(books, dana, { ...period, untied: true, propertyIds: [] });
  for (const each of [whole, untied, ...parts]) addsUp(each);
  for (const part of parts) expect(part.creditMinor).toBe(0n);
  for (const pick of ['openingMinor', 'balanceMinor', 'creditMinor'] as const) expect(sum([untied, ...parts].map((each) => each[pick]))).toBe(whole[pick]);
  const several = await read(books, dana, { ...period, propertyIds: books.properties.slice(0, 2) });
  addsUp(several);
  expect(several.balanceMinor).toBe(sum(parts.slice(0, 2).map((part) => part.balanceMinor)));
  const edgar = await read(books, { properties: [books.properties[0]] }, period);
  addsUp(edgar);
  expect([edgar.whole, edgar.balanceMinor, edgar.openingMinor]).toEqual([false, parts[0]?.balanceMinor, parts[0]?.openingMinor]);
  const office = await ofOffice(books, period);
  expect([office.balanceMinor, office.rows.map(({ id }) => id)]).toEqual([whole.balanceMinor, whole.rows.map(({ id }) => id)]);
}

describe('a statement', () => {
  it('M2 M15 equals the ledger after any history: of the whole, of each property, over any period, and of a past day as it was said then', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(60), fc.nat(60), async (history, first, length) => {
        const books = await booksWithTill(database().database);
        const kept: Kept = { bills: [], checks: [] };
        const said: { day: string; statement: Statement }[] = [];
        let today = firstDay;
        for (const [at, each] of history.entries()) {
          today = addDays(today, each.days);
          await step(books, kept, each, today).catch(expected);
          if (at % 3 === 2 && history[at + 1]?.days !== 0) said.push({ day: today, statement: await ofOffice(books, { to: today }) });
        }
        const from = addDays(firstDay, first);
        const to = addDays(from, length);
        await placesAddUp(books, { from, to });
        await placesAddUp(books, {});
        const now = await ofOffice(books, { from, to });
        const ledger = await ledgerOn(books, to);
        expect([now.balanceMinor, now.creditMinor]).toEqual([ledger.owed - ledger.credit, ledger.credit]);
        for (const { day, statement } of said) await saysWhatItSaid(books, day, statement);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);

  it('takes only whole accounts of the credit they hold, and names what is on its way, in question or late', async () => {
    const books = await booksWithTill(database().database);
    const bill = { act: 'bill', pick: 0, amounts: [10_000], days: 0, back: 0 } as const;
    await step(books, { bills: [], checks: [] }, bill, '2026-02-01');
    const statement = await ofOffice(books);
    expect([statement.whole, statement.places.length, statement.ageing.current, aged(statement)]).toEqual([true, 3, 0n, statement.balanceMinor]);
    expect(statement.ageing.over90).toBe(statement.balanceMinor);
  });

  it('A5 refuses a forged cursor, and T6 shows nothing to who was granted nothing', async () => {
    const books = await booksWithTill(database().database);
    await step(books, { bills: [], checks: [] }, { act: 'bill', pick: 1, amounts: [10_000], days: 0, back: 0 }, firstDay);
    expect(() => statementQueryOf(books.business, pageOf({ cursor: 'AAAA' }))).toThrow(Refusal);
    expect(() => statementQueryOf(books.business, pageOf({ from: '2026-02-01', to: '2026-01-01' }))).toThrow(Refusal);
    const nobody = await read(books, {});
    expect([nobody.rows, nobody.balanceMinor, nobody.places]).toEqual([[], 0n, []]);
    const elsewhere = read(books, { properties: [books.properties[2]] }, { propertyIds: [books.properties[1]] });
    await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** What came later is named beside it, and is the whole difference to what is known now. */
async function saysWhatItSaid(books: Books, day: string, said: Statement): Promise<void> {
  const again = await ofOffice(books, { to: day, asOf: day });
  const { late, next: _, currencies: __, ...same } = again;
  expect({ ...same, late: [], next: null, currencies: said.currencies }).toEqual({ ...said, late: [] });
  const now = await ofOffice(books, { to: day });
  expect(now.balanceMinor - again.balanceMinor).toBe(sum(late.map((row) => row.changeMinor)));
}

function expected(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
