import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { splitLines } from './split-lines.ts';
import { addUp, type PricedDocument } from './totals.ts';

const rates = [
  { id: 'sales', name: 'Sales tax', components: [{ name: 'State', ratePpm: 62_500n }] },
  { id: 'reduced', name: 'Reduced', components: [{ name: 'City', ratePpm: 31_250n }] },
];
const line = fc.record({
  part: fc.constantFrom('LK-01', 'LK-02', null),
  quantityMilli: fc.bigInt(1n, 9_999n),
  unitPriceMilli: fc.bigInt(1n, 99_999_999n),
  taxRateId: fc.constantFrom('sales', 'reduced', null),
});
const document = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 12 }), pricesIncludeTax: fc.boolean(), ratePpm: fc.bigInt(0n, 500_000n) });

describe('the lines of a bill by property', () => {
  it('M6 add up to each section and to the bill, net, tax and total, whatever rates, discount and mode', () => {
    fc.assert(
      fc.property(document, ({ lines, pricesIncludeTax, ratePpm }) => {
        const priced: PricedDocument = {
          ...{ currency: 'USD', pricesIncludeTax, taxExempt: false, taxRates: rates, discount: { kind: 'percent', ratePpm } },
          lines: lines.map((each, at) => ({ ...each, id: String(at), discount: null })),
        };
        const totals = addUp(priced);
        for (const part of totals.parts) {
          const own = totals.lines.filter((each) => each.part === part.part);
          const shares = splitLines(part, own);
          const sum = (of: 'netMinor' | 'taxMinor' | 'totalMinor'): bigint => shares.reduce((total, each) => total + each[of], 0n);
          expect([sum('netMinor'), sum('taxMinor'), sum('totalMinor')]).toEqual([part.netMinor, part.taxMinor, part.totalMinor]);
        }
        expect(totals.parts.reduce((sum, { totalMinor }) => sum + totalMinor, 0n)).toBe(totals.totalMinor);
      }),
      { numRuns: 2_000 },
    );
  });

  it('puts tax of a rate no line names over all lines, and nothing on none', () => {
    const part = { subtotalMinor: 300n, discountMinor: 0n, netMinor: 300n, taxMinor: 10n, totalMinor: 310n, taxes: [{ rateId: 'gone', taxMinor: 10n }] };
    const plain = { documentDiscountMinor: 0n, taxRateId: null };
    expect(
      splitLines(part, [
        { netMinor: 100n, ...plain },
        { netMinor: 200n, ...plain },
      ]).map(({ taxMinor }) => taxMinor),
    ).toEqual([3n, 7n]);
    expect(splitLines(part, [])).toEqual([]);
  });
});
