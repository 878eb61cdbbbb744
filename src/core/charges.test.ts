import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { addDays, addMonths, daysBetween } from './calendar.ts';
import { earlyOffer, feeDay, judgeLateness, type LateFee, lateFeeOf, splitBilled } from './charges.ts';

const flat = (more: Partial<LateFee> = {}): LateFee => ({ fee: { kind: 'amount', amountMinor: 2_500n }, graceDays: 5, every: 'once', capMinor: null, ...more });
const percent = (more: Partial<LateFee> = {}): LateFee => flat({ fee: { kind: 'percent', ratePpm: 15_000n }, every: 'month', ...more });

/** Looks on these days, twice each, as schedulers do; answers the periods charged in their order. */
function lookingOn(
  rule: LateFee,
  dueOn: string,
  days: readonly string[],
  overdueMinor: (day: string) => bigint,
): { period: number; on: string; amountMinor: bigint }[] {
  let nextOn: string | null = feeDay(rule, dueOn, 0);
  const charged: { period: number; on: string; amountMinor: bigint }[] = [];
  for (const today of days.flatMap((day) => [day, day])) {
    if (nextOn === null) break;
    const judged = judgeLateness(rule, {
      dueOn,
      today,
      nextOn,
      overdueMinor: overdueMinor(today),
      chargedMinor: charged.reduce((sum, fee) => sum + fee.amountMinor, 0n),
    });
    charged.push(...judged.fees.map((fee) => ({ ...fee, on: today })));
    nextOn = judged.nextOn;
  }
  return charged;
}

describe('late fees', () => {
  it('44 begin the day after the days of grace, and a flat one is charged once', () => {
    expect(feeDay(flat(), '2026-12-04', 0)).toBe('2026-12-10');
    const days = Array.from({ length: 90 }, (_, at) => addDays('2026-12-01', at));
    expect(lookingOn(flat(), '2026-12-04', days, () => 20_000n)).toEqual([{ period: 0, on: '2026-12-10', amountMinor: 2_500n }]);
  });

  it('44 take a share of what is overdue each month, never more than the cap in all', () => {
    const days = Array.from({ length: 200 }, (_, at) => addDays('2026-12-01', at));
    const fees = lookingOn(percent({ capMinor: 700n }), '2026-12-04', days, () => 20_000n);
    expect(fees.map(({ on, amountMinor }) => [on, amountMinor])).toEqual([
      ['2026-12-10', 300n],
      ['2027-01-10', 300n],
      ['2027-02-10', 100n],
    ]);
  });

  it('J5 M13 come once for each period, oldest first, whenever anybody looks: doubled, days down, or a year at once', () => {
    const run = fc.record({
      dueOn: fc.integer({ min: 0, max: 1_200 }).map((at) => addDays('2026-01-01', at)),
      graceDays: fc.integer({ min: 0, max: 30 }),
      steps: fc.array(fc.oneof(fc.constant(1), fc.constant(3), fc.integer({ min: 0, max: 70 })), { minLength: 30, maxLength: 120 }),
    });
    fc.assert(
      fc.property(run, ({ dueOn, graceDays, steps }) => {
        const rule = percent({ graceDays });
        const days: string[] = [];
        steps.reduce((day, step) => {
          const next = addDays(day, step);
          days.push(next);
          return next;
        }, dueOn);
        const fees = lookingOn(rule, dueOn, days, () => 10_000n);
        const last = days.at(-1) ?? dueOn;
        const begun = Array.from({ length: 200 }, (_, period) => period).filter(
          (period) => period < 120 && daysBetween(feeDay(rule, dueOn, period), last) >= 0,
        );
        expect(fees.map(({ period }) => period)).toEqual(begun);
        for (const { period, on } of fees) expect(daysBetween(feeDay(rule, dueOn, period), on)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  it('M13 fall on the same day of each month, and on its last day where there is none', () => {
    for (const anchor of [28, 29, 30, 31]) {
      const days = Array.from({ length: 36 }, (_, at) => addMonths(`2026-01-${anchor}`, at));
      for (const [at, day] of days.entries()) {
        expect(day.slice(0, 7)).toBe(`${2026 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`);
        expect(Number(day.slice(8))).toBeLessThanOrEqual(anchor);
      }
      expect(days[0]?.slice(8)).toBe(String(anchor));
    }
  });

  it('23 wait while nothing may be charged, and let a month go that passed so', () => {
    const days = Array.from({ length: 130 }, (_, at) => addDays('2026-12-01', at));
    // In question until February 20: December's and January's periods pass, February's is charged when the question is answered.
    const fees = lookingOn(percent(), '2026-12-04', days, (day) => (day < '2027-02-20' ? 0n : 20_000n));
    expect(fees.map(({ period, on }) => [period, on])).toEqual([
      [2, '2027-02-20'],
      [3, '2027-03-10'],
    ]);
    expect(lookingOn(flat(), '2026-12-04', days, (day) => (day < '2027-02-20' ? 0n : 20_000n)).map(({ on }) => on)).toEqual(['2027-02-20']);
  });

  it('are nothing on nothing, and never below zero', () => {
    expect(lateFeeOf(flat(), 0n, 0n)).toBe(0n);
    expect(lateFeeOf(percent(), 10n, 0n)).toBe(0n);
    expect(lateFeeOf(flat({ capMinor: 1_000n }), 5_000n, 1_200n)).toBe(0n);
  });
});

describe('paying early', () => {
  it('44 saves a share of the total until a day', () => {
    expect(earlyOffer({ ratePpm: 20_000n, days: 10 }, 20_000n, '2026-11-24')).toEqual({ ratePpm: 20_000n, days: 10, untilOn: '2026-12-04', saveMinor: 400n });
    expect(earlyOffer({ ratePpm: 20_000n, days: 10 }, 10n, '2026-11-24')).toBeNull();
    expect(earlyOffer(null, 20_000n, '2026-11-24')).toBeNull();
  });

  it('M6 takes net and each tax back in proportion: the parts always sum to the whole, each within a cent of exact', () => {
    const billed = fc.record({
      net: fc.bigInt({ min: 1n, max: 10_000_000n }),
      taxes: fc.array(fc.bigInt({ min: 0n, max: 900_000n }), { maxLength: 5 }),
      ppm: fc.bigInt({ min: 1n, max: 999_999n }),
    });
    fc.assert(
      fc.property(billed, ({ net, taxes, ppm }) => {
        const whole = net + taxes.reduce((sum, tax) => sum + tax, 0n);
        const off = (whole * ppm) / 1_000_000n;
        const split = splitBilled(off, { netMinor: net, taxes: taxes.map((taxMinor, at) => ({ rateId: String(at), taxMinor })) });
        expect(split.netMinor + split.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0n)).toBe(off);
        for (const [at, tax] of split.taxes.entries()) {
          const exact = off * (taxes[at] ?? 0n);
          expect(tax.taxMinor * whole - exact < whole && exact - tax.taxMinor * whole < whole).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
