import { type Exponent, findExponent } from './currencies.ts';
import { Refusal } from './refusal.ts';

/** Decimals of a currency: 0, 2 or 3. Refuses `currency_unknown`. */
export function exponentOf(currency: string): Exponent {
  const exponent = findExponent(currency);
  if (exponent === undefined) throw new Refusal('currency_unknown', { currency });
  return exponent;
}

/** n ÷ d to the nearest integer, a half away from zero: 5/2 → 3, −5/2 → −3. The one place where money is rounded. */
export function divideHalfUp(n: bigint, d: bigint): bigint {
  if (d === 0n) throw new RangeError('division by zero');
  const negative = n < 0n !== d < 0n;
  const top = n < 0n ? -n : n;
  const bottom = d < 0n ? -d : d;
  const rounded = (2n * top + bottom) / (2n * bottom);
  return negative ? -rounded : rounded;
}

/**
 * Splits a whole by weights, largest remainder first, ties to the earlier place. The shares always sum to the whole,
 * each lies within one unit of its exact share, and a weight of zero gets nothing. Weights may be of both signs
 * (credit lines); when they sum to zero the whole is split evenly. Throws RangeError for a whole without places.
 */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) {
    if (total !== 0n) throw new RangeError('nothing to share an amount over');
    return [];
  }
  if (total < 0n) return shareOut(-total, weights).map((share) => -share);
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n)
    return total === 0n
      ? weights.map(() => 0n)
      : shareOut(
          total,
          weights.map(() => 1n),
        );
  if (sum < 0n)
    return shareOut(
      total,
      weights.map((weight) => -weight),
    );

  const shares: bigint[] = [];
  const remainders: { at: number; rest: bigint }[] = [];
  let left = total;
  weights.forEach((weight, at) => {
    const exact = total * weight;
    // The floor, also below zero, so that every remainder lies in 0…sum−1.
    const rest = ((exact % sum) + sum) % sum;
    const share = (exact - rest) / sum;
    shares.push(share);
    remainders.push({ at, rest });
    left -= share;
  });
  remainders.sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of remainders.slice(0, Number(left))) shares[at] = (shares[at] ?? 0n) + 1n;
  return shares;
}

/** A plain decimal of an integer with `digits` decimals: (123450n, 2) → "1234.50". For machines, not for readers. */
export function decimalText(value: bigint, digits: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = value < 0n ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${whole}.${text.slice(text.length - digits)}`;
}
