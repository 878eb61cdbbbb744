import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { chargedPart, type WayRule, wayLimits, wayMinorOf, wayShareOf } from './way-fee.ts';

const amount = fc.bigInt({ min: 1n, max: 99_999_999n });
const cardFee: fc.Arbitrary<WayRule> = fc.record({
  kind: fc.constant('card_fee' as const),
  ratePpm: fc.bigInt({ min: 0n, max: wayLimits.cardFeePpm }),
  fixedMinor: fc.bigInt({ min: 0n, max: wayLimits.cardFeeFixedMinor }),
  mostMinor: fc.option(fc.bigInt({ min: 1n, max: 10_000n }), { nil: null }),
});
const bankSaving: fc.Arbitrary<WayRule> = fc.record({
  kind: fc.constant('bank_saving' as const),
  ratePpm: fc.bigInt({ min: 1n, max: wayLimits.bankSavingPpm }),
});
const rule = fc.oneof(cardFee, bankSaving);

describe('what a way of paying adds or takes off', () => {
  it.each([
    [18_600n, { kind: 'card_fee', ratePpm: 30_000n, fixedMinor: 0n, mostMinor: null }, 558n, 0n],
    [18_600n, { kind: 'card_fee', ratePpm: 29_000n, fixedMinor: 30n, mostMinor: null }, 569n, 0n],
    [18_600n, { kind: 'card_fee', ratePpm: 30_000n, fixedMinor: 30n, mostMinor: 500n }, 500n, 0n],
    [50n, { kind: 'card_fee', ratePpm: 30_000n, fixedMinor: 0n, mostMinor: null }, 2n, 0n],
    [16n, { kind: 'card_fee', ratePpm: 30_000n, fixedMinor: 0n, mostMinor: null }, 0n, 0n],
    [18_600n, { kind: 'bank_saving', ratePpm: 20_000n }, 0n, -372n],
    [25n, { kind: 'bank_saving', ratePpm: 20_000n }, 0n, -1n],
    [18_600n, null, 0n, 0n],
  ] as const)('of %s under %o is %s by card and %s by bank', (amountMinor, of, card, bank) => {
    expect([wayMinorOf(of, 'card', amountMinor), wayMinorOf(of, 'bank', amountMinor)]).toEqual([card, bank]);
  });

  it('is a fee on cards or a saving on bank debits, never both, never above its most, and leaves something to charge', () => {
    fc.assert(
      fc.property(rule, amount, (of, amountMinor) => {
        const [card, bank] = [wayMinorOf(of, 'card', amountMinor), wayMinorOf(of, 'bank', amountMinor)];
        expect([card >= 0n, bank <= 0n, card === 0n || bank === 0n]).toEqual([true, true, true]);
        expect(amountMinor + bank).toBeGreaterThan(0n);
        if (of.kind === 'card_fee' && of.mostMinor !== null) expect(card).toBeLessThanOrEqual(of.mostMinor);
      }),
    );
  });

  it('never falls when more is paid', () => {
    fc.assert(
      fc.property(rule, amount, amount, (of, one, more) => {
        expect(wayMinorOf(of, 'card', one + more)).toBeGreaterThanOrEqual(wayMinorOf(of, 'card', one));
        expect(wayMinorOf(of, 'bank', one + more)).toBeLessThanOrEqual(wayMinorOf(of, 'bank', one));
      }),
    );
  });
});

describe('what goes back of it', () => {
  const sign = fc.constantFrom(1n, -1n);
  const charged = fc.tuple(amount, fc.bigInt({ min: 0n, max: 1_000n }), sign).map(([amountMinor, ppt, by]) => ({
    amountMinor,
    wayMinor: (by * amountMinor * ppt) / 10_000n,
  }));

  it('M6 goes back in proportion, whatever the parts: together the whole, at no time more, and never the other sign', () => {
    fc.assert(
      fc.property(charged, fc.array(fc.bigInt({ min: 1n, max: 5_000_000n }), { maxLength: 12 }), ({ amountMinor, wayMinor }, cuts) => {
        let left = { amountMinor, wayMinor };
        const positive = wayMinor >= 0n;
        for (const cut of [...cuts, amountMinor]) {
          const part = cut < left.amountMinor ? cut : left.amountMinor;
          const share = wayShareOf(left, part);
          expect(positive ? share >= 0n && share <= left.wayMinor : share <= 0n && share >= left.wayMinor).toBe(true);
          left = { amountMinor: left.amountMinor - part, wayMinor: left.wayMinor - share };
        }
        expect(left).toEqual({ amountMinor: 0n, wayMinor: 0n });
      }),
    );
  });

  it('M6 a sum as charged is taken apart into both, exactly, and all of it into all', () => {
    fc.assert(
      fc.property(charged, amount, (left, sumMinor) => {
        const part = chargedPart(left, sumMinor);
        const wholeMinor = left.amountMinor + left.wayMinor;
        expect(part.amountMinor + part.wayMinor).toBe(sumMinor < wholeMinor ? sumMinor : wholeMinor);
        expect(part.amountMinor >= 0n && part.amountMinor <= left.amountMinor).toBe(true);
        expect(left.wayMinor >= 0n ? part.wayMinor >= 0n && part.wayMinor <= left.wayMinor : part.wayMinor <= 0n && part.wayMinor >= left.wayMinor).toBe(true);
        expect(chargedPart(left, wholeMinor)).toEqual(left);
      }),
    );
  });
});
