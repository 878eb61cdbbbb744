import { describe, expect, it } from 'vitest';
import { discountText, readDiscount, typedDiscount } from './discount-text.ts';

describe('a discount as it is typed', () => {
  it('is a share with a percent sign and an amount without', () => {
    expect(readDiscount('10%', 'USD')).toEqual({ kind: 'percent', ratePpm: 100_000 });
    expect(readDiscount('$25', 'USD')).toEqual({ kind: 'amount', amountMinor: 2500 });
    expect(readDiscount('1,250.50', 'USD')).toEqual({ kind: 'amount', amountMinor: 125_050 });
  });

  it('is none when nothing or zero is typed, and no discount when it is neither', () => {
    expect(readDiscount(' ', 'USD')).toBeNull();
    expect(readDiscount('0', 'USD')).toBeNull();
    for (const wrong of ['-5', '120%', 'ten', '1.234567']) expect(readDiscount(wrong, 'USD'), wrong).toBeUndefined();
  });

  it('comes back as it would be typed', () => {
    for (const typed of ['10%', '8.25%', '25.00']) expect(typedDiscount(readDiscount(typed, 'USD') ?? null, 'USD')).toBe(typed);
    expect(discountText({ kind: 'amount', amountMinor: 2500 }, 'USD')).toBe('$25.00');
  });
});
