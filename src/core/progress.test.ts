import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { progressLines, shareOfContract } from './progress.ts';
import { addUp } from './totals.ts';

const rates = [
  { id: 'a', name: 'Sales', components: [{ name: 'Sales', ratePpm: 82_500n }] },
  { id: 'b', name: 'Reduced', components: [{ name: 'Reduced', ratePpm: 50_000n }] },
];
const document = (lines: readonly { part: string | null; taxRateId: string | null; minor: bigint }[]) =>
  addUp({
    ...{ currency: 'USD', pricesIncludeTax: false, taxExempt: false, discount: null, taxRates: rates, mayLower: true },
    lines: lines.map(({ part, taxRateId, minor }, at) => ({
      id: String(at),
      part,
      taxRateId,
      quantityMilli: 1000n,
      unitPriceMilli: minor * 1000n,
      discount: null,
    })),
  });

describe('an amount of a contract', () => {
  it('M6 stands on its properties and rates in proportion, and the invoice with tax in its prices comes to exactly it', () => {
    const line = fc.record({
      part: fc.constantFrom(null, 'p1', 'p2'),
      taxRateId: fc.constantFrom(null, 'a', 'b'),
      minor: fc.bigInt({ min: 1n, max: 9_999_999n }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.bigInt({ min: 1n, max: 99_999_999n }), (lines, wanted) => {
        const whole = document(lines);
        const amountMinor = wanted % whole.totalMinor || 1n;
        const parts = progressLines(amountMinor, [whole.parts]);
        expect(parts.reduce((sum, each) => sum + each.amountMinor, 0n)).toBe(amountMinor);
        const bill = addUp({
          ...{ currency: 'USD', pricesIncludeTax: true, taxExempt: false, discount: null, taxRates: rates },
          lines: parts.map(({ part, taxRateId, amountMinor: minor }, at) => ({
            ...{ id: String(at), part, taxRateId, quantityMilli: 1000n, unitPriceMilli: minor * 1000n, discount: null },
          })),
        });
        expect(bill.totalMinor).toBe(amountMinor);
      }),
      { numRuns: 500 },
    );
  });

  it('is the whole contract when all of it is asked for, what was taken away off its own rate', () => {
    const first = document([
      { part: null, taxRateId: 'a', minor: 100_000n },
      { part: null, taxRateId: null, minor: 50_000n },
    ]);
    const less = document([{ part: null, taxRateId: 'a', minor: -40_000n }]);
    expect(progressLines(first.totalMinor + less.totalMinor, [first.parts, less.parts])).toEqual([
      { part: null, taxRateId: 'a', amountMinor: 64_950n },
      { part: null, taxRateId: null, amountMinor: 50_000n },
    ]);
    expect(shareOfContract(114_950n, 300_000n)).toBe(34_485n);
  });
});
