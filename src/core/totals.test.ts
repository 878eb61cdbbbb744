import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { amount, documentOf, line, percent, rates } from './golden/blocks.ts';
import { goldenInvoices } from './golden/golden.ts';
import { limits } from './limits.ts';
import { divideHalfUp } from './money.ts';
import type { Refusal } from './refusal.ts';
import { addUp, type Discount, type PricedDocument, type PricedLine, type Totals } from './totals.ts';

const golden = goldenInvoices();

describe('golden invoices', () => {
  it('are at least forty, each with a name of its own', () => {
    expect(golden.length).toBeGreaterThanOrEqual(40);
    expect(new Set(golden.map((one) => one.name)).size).toBe(golden.length);
  });

  it.each(golden.map((one) => [one.name, one] as const))('M5 %s', (_, { document, expected }) => {
    const totals = addUp(document);
    const { subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor } = totals;
    const figures = { subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor };
    expect({ ...figures, taxes: Object.fromEntries(totals.taxes.map((tax) => [tax.rateId, [tax.taxableMinor, tax.taxMinor]])) }).toEqual({
      subtotalMinor: expected.subtotalMinor,
      discountMinor: expected.discountMinor,
      netMinor: expected.netMinor,
      taxMinor: expected.taxMinor,
      totalMinor: expected.totalMinor,
      taxes: expected.taxes,
    });
    for (const [id, shares] of Object.entries(expected.components ?? {})) {
      expect(totals.taxes.find((tax) => tax.rateId === id)?.components.map((component) => component.taxMinor)).toEqual(shares);
    }
    if (expected.documentDiscounts) expect(totals.lines.map((one) => one.documentDiscountMinor)).toEqual(expected.documentDiscounts);
    if (expected.parts) expect(totals.parts.map((p) => [p.part, p.subtotalMinor, p.discountMinor, p.taxMinor, p.totalMinor])).toEqual(expected.parts);
    expectToAddUp(totals, document);
  });
});

describe('any invoice', () => {
  it('M6 lines, rates, components and parts always sum to the whole', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const totals = tryAddUp(document);
        fc.pre(totals !== null);
        if (totals !== null) expectToAddUp(totals, document);
      }),
      { numRuns: 3_000 },
    );
  });

  it('M6 has the same figures, also per property, with its lines in another order', () => {
    fc.assert(
      fc.property(anyDocument, fc.infiniteStream(fc.nat()), (document, order) => {
        const keyed = document.lines.map((one) => ({ one, key: order.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        const shuffled = { ...document, lines: keyed.map(({ one }) => one) };
        expect(figuresOf(tryAddUp(shuffled))).toEqual(figuresOf(tryAddUp(document)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('comes apart into the same net and tax when its sums are priced with tax included', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10_000_000_000n), fc.constantFrom(...Object.values(rates)), (netMinor, rate) => {
        const without = addUp(documentOf([line(1_000n, netMinor * 1_000n, { tax: rate })]));
        const included = addUp(documentOf([line(1_000n, without.totalMinor * 1_000n, { tax: rate })], { inclusive: true }));
        expect(included.totalMinor).toBe(without.totalMinor);
        expect(included.taxes).toEqual(without.taxes);
        expect(included.netMinor).toBe(without.netMinor);
      }),
      { numRuns: 5_000 },
    );
  });

  it('M5 follows EN 16931: each tax is its base × rate, rounded once, half away from zero', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const totals = tryAddUp(document);
        for (const tax of totals?.taxes ?? []) {
          const [base, parts] = document.pricesIncludeTax ? [tax.taxableMinor + tax.taxMinor, 1_000_000n + tax.ratePpm] : [tax.taxableMinor, 1_000_000n];
          // |tax × parts − base × rate| ≤ half of parts is rounding to the nearest, without dividing.
          const off = tax.taxMinor * parts - base * tax.ratePpm;
          expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(parts);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what cannot be billed is refused', () => {
  const one = line(1_000n, 1_000_000n);
  const cases: readonly (readonly [string, PricedDocument, string])[] = [
    ['M11 a line above the limit', documentOf([line(2_000n, limits.unitPriceMaxMilli)]), 'line_too_large'],
    ['M11 a price above the limit', documentOf([line(1n, limits.unitPriceMaxMilli + 1n)]), 'line_too_large'],
    ['M11 lines that are too much together', documentOf([line(1_000n, limits.unitPriceMaxMilli), one]), 'document_too_large'],
    ['M11 a total that tax lifts above the limit', documentOf([line(1_000n, limits.unitPriceMaxMilli, { tax: rates.ten })]), 'document_too_large'],
    ['a quantity above a million', documentOf([line(limits.quantityMaxMilli + 1n, 1n)]), 'quantity_invalid'],
    ['501 lines', documentOf(Array.from({ length: 501 }, () => one)), 'too_many_lines'],
    ['a total below zero', documentOf([line(-1_000n, 1_000n)]), 'total_negative'],
    ['a line discount above the line', documentOf([line(1_000n, 1_000_000n, { discount: amount(1_001n) })]), 'discount_too_large'],
    ['an amount off a credit line', documentOf([one, line(-1_000n, 1_000n, { discount: amount(1n) })]), 'discount_too_large'],
    ['a document discount above the lines', documentOf([one], { discount: amount(1_001n) }), 'discount_too_large'],
    ['a discount below zero', documentOf([one], { discount: amount(-1n) }), 'amount_too_small'],
    ['a discount above 100 %', documentOf([one], { discount: percent(1_000_001n) }), 'rate_invalid'],
    ['a tax rate nobody knows', documentOf([{ ...one, taxRateId: 'other' }]), 'tax_rate_unknown'],
    ['a currency that does not exist', documentOf([one], { currency: 'XXX' }), 'currency_unknown'],
    ['a tax rate without components', { ...documentOf([one]), taxRates: [{ id: 'x', name: 'X', components: [] }] }, 'rate_invalid'],
  ];
  it.each(cases)('%s', (_, document, code) => {
    expect(refusalOf(document)).toBe(code);
  });
});

const anyDiscount: fc.Arbitrary<Discount | null> = fc.oneof(fc.constant(null), fc.bigInt(0n, 1_000_000n).map(percent), fc.bigInt(0n, 500n).map(amount));

const anyLine: fc.Arbitrary<Omit<PricedLine, 'id'>> = fc
  .record({
    part: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
    quantityMilli: fc.oneof({ weight: 4, arbitrary: fc.bigInt(0n, 20_000n) }, { weight: 3, arbitrary: fc.constant(1_000n) }, fc.bigInt(-3_000n, 0n)),
    unitPriceMilli: fc.oneof(
      fc.bigInt(0n, 9n).map((cents) => cents * 1_000n),
      fc.bigInt(0n, 90_000_000n),
    ),
    discount: anyDiscount,
    taxRateId: fc.constantFrom(null, ...Object.keys(rates)),
  })
  .map((one) => ({ ...one, discount: within(one.discount, divideHalfUp(one.quantityMilli * one.unitPriceMilli, 1_000_000n)) }));

/** Mostly billable: amounts off are cut to what they are taken from; what still comes out below zero is skipped by the tests. */
const anyDocument: fc.Arbitrary<PricedDocument> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 14 }),
    inclusive: fc.boolean(),
    exempt: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    discount: anyDiscount,
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  })
  .map(({ lines, discount, ...more }) => {
    const document = documentOf(lines, more);
    return { ...document, discount: within(discount, tryAddUp(document)?.subtotalMinor ?? 0n) };
  });

function within(discount: Discount | null, fromMinor: bigint): Discount | null {
  if (discount?.kind !== 'amount' || discount.amountMinor <= fromMinor) return discount;
  return amount(fromMinor > 0n ? fromMinor : 0n);
}

function tryAddUp(document: PricedDocument): Totals | null {
  return refusalOf(document) === null ? addUp(document) : null;
}

function refusalOf(document: PricedDocument): string | null {
  try {
    addUp(document);
    return null;
  } catch (error) {
    return (error as Refusal).code;
  }
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => a + b, 0n);
}

function expectToAddUp(totals: Totals, document: PricedDocument): void {
  expect(sum(totals.lines.map((one) => one.netMinor))).toBe(totals.subtotalMinor);
  expect(sum(totals.lines.map((one) => one.documentDiscountMinor))).toBe(totals.discountMinor);
  expect(sum(totals.taxes.map((tax) => tax.taxMinor))).toBe(totals.taxMinor);
  expect(totals.netMinor + totals.taxMinor).toBe(totals.totalMinor);
  expect(totals.subtotalMinor - totals.discountMinor + (document.pricesIncludeTax ? 0n : totals.taxMinor)).toBe(totals.totalMinor);
  for (const tax of totals.taxes) {
    expect(sum(tax.components.map((component) => component.taxMinor))).toBe(tax.taxMinor);
    const shares = totals.parts.flatMap((part) => part.taxes.filter((share) => share.rateId === tax.rateId));
    expect(sum(shares.map((share) => share.taxMinor))).toBe(tax.taxMinor);
    expect(sum(shares.map((share) => share.taxableMinor))).toBe(tax.taxableMinor);
  }
  for (const figure of ['subtotalMinor', 'discountMinor', 'netMinor', 'taxMinor', 'totalMinor'] as const) {
    expect(sum(totals.parts.map((part) => part[figure]))).toBe(totals[figure]);
  }
}

function figuresOf(totals: Totals | null): unknown {
  if (totals === null) return null;
  const { lines: _, parts, ...figures } = totals;
  return { ...figures, parts: parts.toSorted((a, b) => ((a.part ?? '') < (b.part ?? '') ? -1 : 1)) };
}
