import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { currencyCodes } from './currencies.ts';
import type { Locale } from './locale.ts';
import { decimalText, divideHalfUp, exponentOf, shareOut } from './money.ts';
import { formatMoney, formatQuantity, formatRate, formatUnitPrice } from './money-format.ts';
import { parseDecimal, parseMoney, parseQuantity, parseRate, parseUnitPrice } from './money-parse.ts';

const magnitude = (n: bigint) => (n < 0n ? -n : n);
/** A no-break space would not show in a table of expectations. */
const shown = (text: string) => text.replaceAll('\u00a0', '_');

describe('rounding', () => {
  it('takes a half away from zero, both ways', () => {
    const vectors = [
      [5n, 2n, 3n],
      [-5n, 2n, -3n],
      [5n, -2n, -3n],
      [4n, 3n, 1n],
      [-4n, 3n, -1n],
      [1n, 2n, 1n],
      [0n, 7n, 0n],
      [149n, 100n, 1n],
      [150n, 100n, 2n],
    ] as const;
    for (const [n, d, rounded] of vectors) expect(divideHalfUp(n, d)).toBe(rounded);
    expect(() => divideHalfUp(1n, 0n)).toThrow(RangeError);
  });

  it('never strays more than a half', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), (n, d) => {
        expect(2n * magnitude(divideHalfUp(n, d) * d - n)).toBeLessThanOrEqual(d);
      }),
    );
  });
});

describe('sharing out', () => {
  it('M6 parts sum to the whole and lie within one unit of exact, 100,000 times', () => {
    const whole = fc.bigInt(-99_999_999_999n, 99_999_999_999n);
    const weights = fc.array(fc.oneof(fc.bigInt(0n, 5n), fc.bigInt(0n, 99_999_999_999n)), { minLength: 1, maxLength: 12 });
    const outcome = fc.check(
      fc.property(whole, weights, (total, by) => {
        const shares = shareOut(total, by);
        const sum = by.reduce((a, b) => a + b, 0n);
        if (shares.reduce((a, b) => a + b, 0n) !== total) throw new Error('the parts do not sum to the whole');
        if (sum > 0n && shares.some((share, at) => magnitude(share * sum - total * (by[at] ?? 0n)) >= sum)) throw new Error('a part is a unit off');
      }),
      { numRuns: 100_000 },
    );
    expect(outcome).toMatchObject({ failed: false, numRuns: 100_000 });
  });

  it('M6 holds with weights of both signs', () => {
    fc.assert(
      fc.property(fc.bigInt(-9_999_999n, 9_999_999n), fc.array(fc.bigInt(-99_999n, 99_999n), { minLength: 1, maxLength: 12 }), (total, by) => {
        const shares = shareOut(total, by);
        const sum = by.reduce((a, b) => a + b, 0n);
        expect(shares.reduce((a, b) => a + b, 0n)).toBe(total);
        const off = shares.map((share, at) => magnitude(share * sum - total * (by[at] ?? 0n)));
        expect(sum === 0n || off.every((rest) => rest < magnitude(sum))).toBe(true);
      }),
    );
  });

  it('gives the largest remainder the odd unit, and ties to the earlier place', () => {
    expect(shareOut(100n, [10n, 20n, 40n])).toEqual([14n, 29n, 57n]);
    expect(shareOut(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
    expect(shareOut(-10n, [1n, 1n, 1n])).toEqual([-4n, -3n, -3n]);
  });

  it('gives a weight of zero nothing, and shares evenly when all weigh nothing', () => {
    expect(shareOut(7n, [0n, 3n, 0n])).toEqual([0n, 7n, 0n]);
    expect(shareOut(7n, [0n, 0n])).toEqual([4n, 3n]);
    expect(shareOut(0n, [])).toEqual([]);
    expect(() => shareOut(1n, [])).toThrow(RangeError);
  });
});

describe('writing amounts', () => {
  it.each<[bigint, string, Locale, string | undefined, string]>([
    [123_450n, 'USD', 'en', undefined, '$1,234.50'],
    [123_450n, 'USD', 'es', undefined, '$1,234.50'],
    [123_450n, 'USD', 'fr', undefined, '1_234,50_$'],
    [123_450n, 'USD', 'en', 'USD', '$1,234.50'],
    [123_450n, 'CAD', 'en', 'USD', 'CAD_1,234.50'],
    [123_450n, 'CAD', 'fr', 'USD', '1_234,50_CAD'],
    [-2_000n, 'USD', 'en', undefined, '−$20.00'],
    [-2_000n, 'USD', 'fr', undefined, '−20,00_$'],
    [5n, 'USD', 'en', undefined, '$0.05'],
    [0n, 'USD', 'en', undefined, '$0.00'],
    [1_234_567n, 'JPY', 'en', undefined, '¥1,234,567'],
    [1_234_567n, 'KWD', 'en', undefined, 'KWD_1,234.567'],
    [99_999_999_999n, 'USD', 'en', undefined, '$999,999,999.99'],
    [100_000n, 'CHF', 'fr', undefined, '1_000,00_CHF'],
  ])('writes %s %s for a reader of %s (home %s) as %s', (minor, currency, locale, homeCurrency, text) => {
    expect(shown(formatMoney(minor, currency, locale, { homeCurrency }))).toBe(text);
  });

  it('writes unit prices, quantities and rates without idle zeros', () => {
    expect(formatUnitPrice(12_345n, 'USD', 'en')).toBe('$0.12345');
    expect(formatUnitPrice(8_500_000n, 'USD', 'en')).toBe('$85.00');
    expect(formatUnitPrice(12_500n, 'JPY', 'en')).toBe('¥12.5');
    expect(formatQuantity(2_500n, 'en')).toBe('2.5');
    expect(formatQuantity(-1_840_000n, 'en')).toBe('−1,840');
    expect(formatQuantity(1n, 'fr')).toBe('0,001');
    expect(formatRate(82_500n, 'en')).toBe('8.25%');
    expect(shown(formatRate(82_500n, 'fr'))).toBe('8,25_%');
    expect(formatRate(200_000n, 'es')).toBe('20%');
    expect(decimalText(-5n, 2)).toBe('-0.05');
  });

  it('reads back what it writes, in every language and currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-99_999_999_999n, 99_999_999_999n),
        fc.constantFrom(...currencyCodes),
        fc.constantFrom<Locale>('en', 'es', 'fr'),
        (minor, currency, locale) => {
          expect(parseMoney(formatMoney(minor, currency, locale), currency, locale)).toBe(minor);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('reading amounts', () => {
  it.each([
    ['$1,234.50', 123_450n],
    ['1.234,50', 123_450n],
    ['1 234,50', 123_450n],
    ['1\u00a0234,50 $', 123_450n],
    ['1\u202f234,50', 123_450n],
    ["1'234.50", 123_450n],
    ['USD 12', 1_200n],
    ['12 usd', 1_200n],
    ['US$12.30', 1_230n],
    ['-$5.00', -500n],
    ['$-5.00', -500n],
    ['−5', -500n],
    ['(12.00)', -1_200n],
    ['0.5', 50n],
    ['.5', 50n],
    ['0,5', 50n],
    ['1,000', 100_000n],
    ['1,234,567', 123_456_700n],
    ['1.234.567', 123_456_700n],
    [' 186 ', 18_600n],
    ['007', 700n],
  ])('takes %j', (text, minor) => {
    expect(parseMoney(text, 'USD')).toBe(minor);
  });

  it.each([
    ...['', ' ', 'NaN', 'Infinity', '1e3', '0x10', '0.1+0.2', '1_000', '--5', '+5', '5-', '1,2,3.4', '1,23,456', '12,34.5', '1.2.3', '1,234,50', '1.234.5'],
    ...['１２', '١٢', '1,000,00', '1.005', '1.234', '5.', ',', '.', '$', '€5', 'EUR 5', '5 €', 'null', '1 2', '12 34', '(5', '9'.repeat(41), '1\n2', '()', '-'],
  ])('M11 refuses %j', (text) => {
    expect(() => parseMoney(text, 'USD')).toThrow(expect.objectContaining({ code: 'amount_invalid' }));
  });

  it('knows how many decimals a currency has', () => {
    expect([exponentOf('JPY'), exponentOf('USD'), exponentOf('KWD')]).toEqual([0, 2, 3]);
    expect(parseMoney('1,234', 'JPY')).toBe(1_234n);
    expect(parseMoney('12.345', 'KWD')).toBe(12_345n);
    expect(() => parseMoney('1.5', 'JPY')).toThrow();
    expect(() => exponentOf('usd')).toThrow(expect.objectContaining({ code: 'currency_unknown' }));
    expect(() => exponentOf('BTC')).toThrow();
  });

  it('reads quantities, unit prices and rates', () => {
    expect(parseQuantity('2.5')).toBe(2_500n);
    expect(parseQuantity('1,234')).toBe(1_234_000n);
    expect(parseQuantity('1,234', 'fr')).toBe(1_234n);
    expect(parseUnitPrice('$0.12345', 'USD')).toBe(12_345n);
    expect(parseRate('8.25%')).toBe(82_500n);
    expect(parseRate('8,25 %')).toBe(82_500n);
    expect(parseRate('20')).toBe(200_000n);
    expect(() => parseRate('100.0001')).toThrow(expect.objectContaining({ code: 'rate_invalid' }));
    expect(() => parseRate('-1%')).toThrow();
    expect(() => parseQuantity('abc')).toThrow(expect.objectContaining({ code: 'quantity_invalid' }));
    expect(parseDecimal('9007199254740993', 0)).toBe(9_007_199_254_740_993n);
  });
});
