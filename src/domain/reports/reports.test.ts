import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Books, oneOf } from '../../../test/books.ts';
import fc from '../../../test/chance.ts';
import { testDatabase } from '../../../test/db.ts';
import { booksWithTill } from '../../../test/till.ts';
import { addDays, todayIn } from '../../core/calendar.ts';
import { newId } from '../../db/fresh.ts';
import { type Scope, systemActor } from '../../db/scope.ts';
import { addOpening } from '../imports/imports.ts';
import { createDraft, issueInvoice, voidInvoice } from '../invoices/invoices.ts';
import { recordPayment } from '../payments/payments.ts';
import { monthsOf, readAging, readComing, readPace, readPaid, readPortalUse, readSales, readTaxes } from './reports.ts';

const db = testDatabase();
const today = todayIn('America/Chicago', Temporal.Now.instant());

type Bill = Readonly<{ on: string; due: string; lines: Record<string, unknown>[]; customerId?: string; more?: Record<string, unknown> }>;

/** An invoice of a day, shown to the customer. */
async function bill(scope: Scope, books: Books, of: Bill): Promise<{ id: string; totalMinor: bigint }> {
  const draft = await createDraft(scope, { customerId: of.customerId ?? books.customer, issuedOn: of.on, dueOn: of.due, lines: of.lines, ...of.more });
  const { totalMinor } = await issueInvoice(scope, draft.id, { show: true });
  return { id: draft.id, totalMinor };
}

async function pay(scope: Scope, books: Books, invoice: { id: string; totalMinor: bigint }, on: string): Promise<void> {
  const targets = [{ documentId: invoice.id, amountMinor: invoice.totalMinor }];
  await recordPayment(scope, {
    id: newId(),
    customerId: books.customer,
    method: 'check',
    amountMinor: invoice.totalMinor,
    currency: 'USD',
    receivedOn: on,
    targets,
  });
}

describe('reports', () => {
  it('aging puts each balance under its days late, and adds up to what the ledger says is owed', async () => {
    const books = await booksWithTill(db().database);
    const ages = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 400];
    const report = await books.office(async (scope) => {
      for (const [at, late] of ages.entries()) {
        await bill(scope, books, { on: addDays(today, -late - 14), due: addDays(today, -late), lines: [oneOf(100 * 2 ** at, { taxRateId: null })] });
      }
      const paid = await bill(scope, books, { on: addDays(today, -20), due: addDays(today, -6), lines: [oneOf(77_000, { taxRateId: null })] });
      await pay(scope, books, paid, addDays(today, -1));
      return readAging(scope);
    });
    expect(report.rows).toHaveLength(1);
    const [row] = report.rows;
    expect(row).toMatchObject({ invoices: 10, notDueMinor: 300n, days30Minor: 1_200n, days60Minor: 4_800n, days90Minor: 19_200n, over90Minor: 76_800n });
    expect(row?.oldestDueOn).toBe(addDays(today, -400));
    const ledger = await books.office(async ({ tx, business }) => {
      const { rows } = await sql<{ owed: bigint }>`select (coalesce(sum(amount_minor) filter (where debit = 'receivable'), 0)
        - coalesce(sum(amount_minor) filter (where credit = 'receivable'), 0))::bigint as owed from ledger l where l.business_id = ${business}`.execute(tx);
      return rows[0]?.owed;
    });
    expect(row?.balanceMinor).toBe(ledger);
  });

  it('what falls due is told day by day, and what is late stands apart', async () => {
    const books = await booksWithTill(db().database);
    const report = await books.office(async (scope) => {
      for (const days of [0, 3, 7, 8, 30, 31, -2]) {
        await bill(scope, books, { on: addDays(today, -10), due: addDays(today, days), lines: [oneOf(1_000, { taxRateId: null })] });
      }
      return readComing(scope);
    });
    expect(report).toMatchObject({ in7Minor: 3_000n, in30Minor: 5_000n, overdueMinor: 1_000n, overdueInvoices: 1 });
    expect(report.rows.map((row) => row.on)).toEqual([0, 3, 7, 8, 30].map((days) => addDays(today, days)));
  });

  it('a canceled invoice is not a sale, and a payment counts in the month it came', async () => {
    const books = await booksWithTill(db().database);
    await books.office(async (scope) => {
      const paid = await bill(scope, books, { on: '2026-03-30', due: '2026-04-13', lines: [oneOf(10_000, { taxRateId: books.salesTax })] });
      const wrong = await bill(scope, books, { on: '2026-04-02', due: '2026-04-16', lines: [oneOf(50_000, { taxRateId: books.salesTax })] });
      await pay(scope, books, paid, '2026-04-20');
      await voidInvoice(scope, { documentId: wrong.id, reason: 'Billed twice' });
      const period = { from: '2026-03-01', to: '2026-04-30' };
      const sales = await readSales(scope, { ...period, by: 'month' });
      expect(sales.rows).toMatchObject([{ key: '2026-03', invoices: 1, netMinor: 10_000n, taxMinor: 825n }]);
      expect(sales.total).toMatchObject({ invoices: 1, netMinor: 10_000n, taxMinor: 825n, totalMinor: 10_825n });
      expect((await readPaid(scope, period)).rows).toEqual([{ month: '2026-04', method: 'check', online: false, amountMinor: 10_825n, payments: 1 }]);
      const pace = await readPace(scope, period);
      expect(pace.months).toEqual([{ month: '2026-04', invoices: 1, medianDays: 21, onTime: 0 }]);
      expect(pace.customers).toMatchObject([{ customerId: books.customer, invoices: 1, medianDays: 21, late: 1 }]);
      const use = await readPortalUse(scope, period);
      expect(use.months).toMatchObject([
        { month: '2026-03', sent: 1, opened: 0, paid: 1, payments: 0 },
        { month: '2026-04', sent: 0, payments: 1, online: 0, outsideHours: 0, amountMinor: 10_825n },
      ]);
    });
  });

  it('what was owed before the business began here is owed and falls due, but is no sale, no tax and no pace', async () => {
    const books = await booksWithTill(db().database);
    await books.office(async (scope) => {
      await bill(scope, books, { on: '2026-03-02', due: '2026-03-16', lines: [oneOf(4_000, { taxRateId: null })] });
      const before = { customerId: books.customer, asOf: '2026-03-01', owedMinor: 90_000n, creditMinor: 700n, note: '' };
      await addOpening({ ...scope, actor: systemActor }, before);
      const period = { from: '2026-01-01', to: '2026-12-31' };
      for (const by of ['month', 'customer', 'property', 'item'] as const) {
        const { rows, total } = await readSales(scope, { ...period, by });
        expect(rows.map(({ invoices, netMinor }) => [invoices, netMinor])).toEqual([[1, 4_000n]]);
        expect(total).toMatchObject({ invoices: 1, netMinor: 4_000n, totalMinor: 4_000n, leftOut: 0 });
      }
      expect((await readTaxes(scope, period)).untaxedMinor).toBe(4_000n);
      expect((await readAging(scope)).rows).toMatchObject([{ invoices: 2, balanceMinor: 94_000n, creditMinor: 700n }]);
      const { rows } = await sql<{ id: string }>`select document_id as id from invoice_standings where number = 'OB-1'`.execute(scope.tx);
      await pay(scope, books, { id: rows[0]?.id ?? '', totalMinor: 90_000n }, '2026-04-20');
      expect((await readPace(scope, period)).months).toEqual([]);
      expect((await readPaid(scope, period)).rows).toMatchObject([{ month: '2026-04', amountMinor: 90_000n }]);
    });
  });

  it('tax stands by rate and by authority, and what is not taxed makes up the rest', async () => {
    const books = await booksWithTill(db().database);
    await books.office(async (scope) => {
      const lines = [oneOf(20_000, { taxRateId: books.salesTax }), oneOf(3_000, { taxRateId: books.reducedTax }), oneOf(500, { taxRateId: null })];
      await bill(scope, books, { on: '2026-02-03', due: '2026-02-17', lines });
      await bill(scope, books, { on: '2026-02-04', due: '2026-02-18', lines: [oneOf(9_000, { taxRateId: books.salesTax })], customerId: books.exempt });
      const report = await readTaxes(scope, { from: '2026-02-01', to: '2026-02-28' });
      expect(report.rows.map(({ name, taxableMinor, taxMinor }) => [name, taxableMinor, taxMinor])).toEqual([
        ['Sales tax', 20_000n, 1_650n],
        ['Reduced', 3_000n, 150n],
      ]);
      expect(report.authorities.map(({ name, taxMinor }) => [name, taxMinor])).toEqual([
        ['State', 1_250n],
        ['City', 400n],
        ['Reduced', 150n],
      ]);
      expect(report.total.exemptMinor).toBe(9_000n);
      expect(report.untaxedMinor).toBe(9_500n);
    });
  });

  it('M6 sales by month, customer, property and item add up to the same net, prices with or without tax', async () => {
    const discount = fc.constantFrom(null, { kind: 'percent', ratePpm: 333_333n }, { kind: 'amount', amountMinor: 101n });
    const line = fc.record({
      amount: fc.integer({ min: 150, max: 99_999 }),
      rate: fc.constantFrom('sales', 'reduced', 'none'),
      at: fc.integer({ min: 0, max: 2 }),
    });
    const invoice = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 5 }), discount, included: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 4 }), async (invoices) => {
        const books = await booksWithTill(db().database);
        const rates = { sales: books.salesTax, reduced: books.reducedTax, none: null };
        await books.office(async (scope) => {
          for (const { lines, discount: off, included } of invoices) {
            const written = lines.map(({ amount, rate, at }) =>
              oneOf(amount, { taxRateId: rates[rate as keyof typeof rates], propertyId: books.properties[at], name: ['Visit', 'visit', 'Parts'][at] }),
            );
            await bill(scope, books, { on: '2026-05-05', due: '2026-05-19', lines: written, more: { discount: off, pricesIncludeTax: included } });
          }
          const period = { from: '2026-05-01', to: '2026-05-31' };
          const nets = [];
          for (const by of ['month', 'customer', 'property', 'item'] as const) {
            const { rows, total } = await readSales(scope, { ...period, by });
            nets.push(rows.reduce((all, row) => all + row.netMinor, 0n) - total.netMinor);
          }
          expect(nets).toEqual([0n, 0n, 0n, 0n]);
        });
      }),
      { numRuns: 12 },
    );
  });

  it('a period that ends before it begins, or is longer than five years, is refused', async () => {
    const books = await booksWithTill(db().database);
    await books.office(async (scope) => {
      await expect(readPaid(scope, { from: '2026-02-02', to: '2026-02-01' })).rejects.toMatchObject({ code: 'period_invalid' });
      await expect(readPaid(scope, { from: '2016-02-02', to: '2026-02-01' })).rejects.toMatchObject({ code: 'period_invalid' });
      await expect(readPaid(scope, { from: '2026-02-30', to: '2026-03-01' })).rejects.toMatchObject({ code: 'date_invalid' });
    });
    expect(monthsOf({ from: '2025-11-30', to: '2026-02-01' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  });
});
