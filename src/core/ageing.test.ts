import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { type Ageing, ageOf, bucketOf, type OpenItem } from './ageing.ts';
import { addDays } from './calendar.ts';

const day = '2026-11-30';
const bill: OpenItem = { openMinor: 10_000n, totalMinor: 10_000n, dueOn: '2026-10-30', installments: null, heldBackMinor: 0n };
const none: Ageing = { current: 0n, days30: 0n, days60: 0n, days90: 0n, over90: 0n };

describe('ageing', () => {
  it('counts the days after the due day: 1–30, 31–60, 61–90, more', () => {
    const limits = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 4000] as const;
    expect(limits.map(bucketOf)).toEqual(['current', 'current', 'days30', 'days30', 'days60', 'days60', 'days90', 'days90', 'over90', 'over90']);
    expect(ageOf([bill], day)).toEqual({ ...none, days60: 10_000n });
  });

  it('rule 21: each installment is late by its own day, what was settled closes the oldest, and what is held back is never late', () => {
    const installments = ['2026-08-31', '2026-10-31', '2026-12-31'].map((dueOn) => ({ dueOn, amountMinor: 5_000n }));
    const plan = { ...bill, openMinor: 12_000n, totalMinor: 15_000n, installments };
    expect(ageOf([plan], day)).toEqual({ ...none, over90: 2_000n, days30: 5_000n, current: 5_000n });
    expect(ageOf([{ ...plan, openMinor: 5_001n }], day)).toEqual({ ...none, days30: 1n, current: 5_000n });
    expect(ageOf([{ ...bill, heldBackMinor: 4_000n }], day)).toEqual({ ...none, current: 4_000n, days60: 6_000n });
    expect(ageOf([{ ...plan, totalMinor: 7_500n, openMinor: 6_000n }], day)).toEqual({ ...none, over90: 1_000n, days30: 2_500n, current: 2_500n });
  });

  it('M6 puts every cent of what is open in exactly one bucket', () => {
    const amount = fc.bigInt({ min: -10_000n, max: 1_000_000n });
    const when = fc.integer({ min: -400, max: 400 }).map((days) => addDays(day, days));
    const rows = fc.array(fc.record({ dueOn: when, amountMinor: fc.bigInt({ min: 1n, max: 1_000_000n }) }), { minLength: 2, maxLength: 6 });
    const item = fc.record({
      ...{ openMinor: amount, totalMinor: amount, dueOn: when, installments: fc.option(rows) },
      heldBackMinor: fc.bigInt({ min: 0n, max: 500_000n }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const { current, days30, days60, days90, over90 } = ageOf(items, day);
        expect(current + days30 + days60 + days90 + over90).toBe(items.reduce((sum, { openMinor }) => sum + openMinor, 0n));
      }),
    );
  });
});
