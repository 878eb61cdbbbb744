import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Books, makeBooks } from '../../../test/books.ts';
import { testDatabase } from '../../../test/db.ts';
import { goldenInvoices } from '../../core/golden/golden.ts';
import type { PricedDocument, TaxRate } from '../../core/totals.ts';
import { newId } from '../../db/fresh.ts';
import { verifyBooks } from '../ledger/ledger.ts';
import { createDraft, issueInvoice, readInvoice } from './invoices.ts';

const database = testDatabase();

/** The document as the office would write it, its rates and properties made in this business. */
async function typedIn(books: Books, document: PricedDocument): Promise<{ input: Record<string, unknown>; rateOf: (id: string) => string }> {
  // Ids in the order of the golden ones: the last cent of a tie goes by id.
  const fresh = (ids: readonly string[]): Map<string, string> => {
    const made = ids.map(newId).sort();
    return new Map(ids.toSorted().map((id, at) => [id, made[at] ?? '']));
  };
  const rates = fresh(document.taxRates.map((rate) => rate.id));
  const customerId = document.taxExempt ? books.exempt : books.customer;
  const parts = fresh([...new Set(document.lines.flatMap((line) => line.part ?? []))]);
  const ppm = (rate: TaxRate): string => JSON.stringify(rate.components, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
  await books.office(async ({ tx, business, now }) => {
    for (const rate of document.taxRates) {
      await sql`insert into tax_rates (business_id, id, name, components, created_at)
        values (${business}, ${rates.get(rate.id)}, ${rate.name}, ${ppm(rate)}::jsonb, ${now.toString()})`.execute(tx);
    }
    for (const [code, id] of parts) {
      await sql`insert into properties (business_id, id, customer_id, code, created_at) values (${business}, ${id}, ${customerId}, ${code}, ${now.toString()})`.execute(
        tx,
      );
    }
  });
  const lines = document.lines.map(({ part, quantityMilli, unitPriceMilli, discount, taxRateId }) => ({
    name: 'Work',
    propertyId: part === null ? null : parts.get(part),
    quantityMilli,
    unitPriceMilli,
    discount,
    taxRateId: taxRateId === null ? null : rates.get(taxRateId),
  }));
  const { pricesIncludeTax, discount } = document;
  return { input: { customerId, lines, pricesIncludeTax, discount }, rateOf: (id) => document.taxRates.find((rate) => rate.id === id)?.name ?? '' };
}

/** One of them has no lines, which is a total but no invoice. */
const byCurrency = Map.groupBy(
  goldenInvoices().filter(({ document }) => document.lines.length > 0),
  (golden) => golden.document.currency,
);

it.each([...byCurrency])('M6 M7 every golden invoice in %s is issued and read back to the cent', async (currency, goldens) => {
  const books = await makeBooks(database().database, { currency });
  for (const { name, document, expected } of goldens) {
    const { input, rateOf } = await typedIn(books, document);
    const id = await books.office(async (scope) => (await issueInvoice(scope, (await createDraft(scope, input)).id)).id);
    const view = await books.office((scope) => readInvoice(scope, id));
    if (!view.whole) throw new Error('the office sees the whole');
    const { subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes, parts, lines } = view.facts;
    expect({ name, subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor }).toEqual({
      name,
      subtotalMinor: expected.subtotalMinor,
      discountMinor: expected.discountMinor,
      netMinor: expected.netMinor,
      taxMinor: expected.taxMinor,
      totalMinor: expected.totalMinor,
    });
    expect(taxes.map((tax) => `${tax.name} ${tax.taxableMinor} ${tax.taxMinor}`).toSorted()).toEqual(
      Object.entries(expected.taxes)
        .map(([rate, [taxable, tax]]) => `${rateOf(rate)} ${taxable} ${tax}`)
        .toSorted(),
    );
    expect(parts.reduce((sum, part) => sum + part.totalMinor, 0n)).toBe(totalMinor);
    expect(lines.reduce((sum, line) => sum + line.netMinor, 0n)).toBe(subtotalMinor);
    if (expected.parts)
      expect(parts.map((part) => [part.subtotalMinor, part.discountMinor, part.taxMinor, part.totalMinor])).toEqual(
        expected.parts.map((part) => part.slice(1)),
      );
  }
  expect(await books.office((scope) => verifyBooks(scope))).toEqual([]);
});
