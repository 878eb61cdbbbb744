import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { chargesOf, questionable } from './questioned.ts';

const line = (id: string, netMinor: bigint, rateId: string | null = null, documentDiscountMinor = 0n) => ({ id, netMinor, rateId, documentDiscountMinor });

describe('what a line costs', () => {
  it('is its amount less its share of the discount, and its share of the tax', () => {
    const part = { lines: [line('a', 9_000n, 'r'), line('b', 1_000n, 'r', 100n), line('c', 500n)], taxes: [{ rateId: 'r', taxMinor: 817n }], inclusive: false };
    expect([...chargesOf(part)]).toEqual([
      ['a', 9_743n],
      ['b', 974n],
      ['c', 500n],
    ]);
  });

  it('holds the tax already where prices include it, and leaves out what costs nothing', () => {
    const part = { lines: [line('a', 9_000n, 'r'), line('gift', 0n), line('back', -500n, 'r')], taxes: [{ rateId: 'r', taxMinor: 648n }], inclusive: true };
    expect([...chargesOf(part)]).toEqual([['a', 9_000n]]);
  });

  it('M6 adds up to the whole to the cent, whatever the lines', () => {
    const lines = fc.array(fc.tuple(fc.bigInt(1n, 100_000n), fc.boolean()), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lines, fc.bigInt(0n, 50_000n), (given, tax) => {
        const taxed = given.some(([, rated]) => rated);
        const part = {
          lines: given.map(([net, rated], at) => line(String(at), net, rated ? 'r' : null)),
          taxes: [{ rateId: 'r', taxMinor: taxed ? tax : 0n }],
          inclusive: false,
        };
        const sum = [...chargesOf(part).values()].reduce((total, each) => total + each, 0n);
        expect(sum).toBe(given.reduce((total, [net]) => total + net, 0n) + (taxed ? tax : 0n));
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['a line of an open bill', { chargeMinor: 9_000n, balanceMinor: 20_000n, billedMinor: 20_000n, askedMinor: 0n }, 9_000n],
  ['no more than is left beside another question', { chargeMinor: 9_000n, balanceMinor: 20_000n, billedMinor: 20_000n, askedMinor: 15_000n }, 5_000n],
  ['what is left of a bill paid in part', { chargeMinor: null, balanceMinor: 6_000n, billedMinor: 20_000n, askedMinor: 0n }, 6_000n],
  ['what was paid, once it is', { chargeMinor: null, balanceMinor: 0n, billedMinor: 20_000n, askedMinor: 4_000n }, 16_000n],
  ['nothing more', { chargeMinor: 9_000n, balanceMinor: 20_000n, billedMinor: 20_000n, askedMinor: 20_000n }, 0n],
])('rule 24 %s can be questioned', (_, of, most) => expect(questionable(of)).toBe(most));
