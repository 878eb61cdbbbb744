import { decimalText, exponentOf } from '../../../src/core/money.ts';
import { formatMoney, formatRate } from '../../../src/core/money-format.ts';
import { parseMoney, parseRate } from '../../../src/core/money-parse.ts';
import type { Draft } from '../../api/types.ts';

export type Discount = NonNullable<Draft['discount']>;

/** "10%" or "25.00" as a discount; null for nothing; undefined for what is neither. */
export function readDiscount(text: string, currency: string): Discount | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  try {
    if (typed.endsWith('%')) return { kind: 'percent', ratePpm: Number(parseRate(typed)) };
    const amountMinor = Number(parseMoney(typed, currency, 'en'));
    return amountMinor < 0 ? undefined : amountMinor === 0 ? null : { kind: 'amount', amountMinor };
  } catch {
    return undefined;
  }
}

/** As it would be typed. */
export function typedDiscount(discount: Discount | null, currency: string): string {
  if (discount === null) return '';
  return discount.kind === 'percent' ? formatRate(BigInt(discount.ratePpm), 'en') : decimalText(BigInt(discount.amountMinor), exponentOf(currency));
}

/** As it is shown: 10% · $25.00. */
export function discountText(discount: Discount, currency: string): string {
  return discount.kind === 'percent' ? formatRate(BigInt(discount.ratePpm), 'en') : formatMoney(BigInt(discount.amountMinor), currency, 'en');
}
