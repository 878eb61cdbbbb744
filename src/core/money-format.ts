import type { Locale } from './locale.ts';
import { decimalText, exponentOf } from './money.ts';

/** Only signs a reader takes for one currency at home; every other currency shows its ISO code. */
const signs: Readonly<Record<string, string>> = {
  USD: '$',
  CAD: '$',
  AUD: '$',
  NZD: '$',
  MXN: '$',
  EUR: '€',
  GBP: '£',
  JPY: '¥',
  CNY: '¥',
  KRW: '₩',
  INR: '₹',
  ILS: '₪',
  PHP: '₱',
  VND: '₫',
  UAH: '₴',
  NGN: '₦',
  BRL: 'R$',
};

/** The sign the currency has at home, or its ISO code. */
export function currencySign(currency: string): string {
  return signs[currency] ?? currency;
}

const space = '\u00a0';
const minus = '\u2212';
/** Own rules instead of Intl: the same figures on page, mail, PDF and in every browser, whatever its version. */
const style: Readonly<Record<Locale, { group: string; decimal: string; signFirst: boolean; beforePercent: string }>> = {
  en: { group: ',', decimal: '.', signFirst: true, beforePercent: '' },
  es: { group: ',', decimal: '.', signFirst: true, beforePercent: '' },
  fr: { group: space, decimal: ',', signFirst: false, beforePercent: space },
};

/**
 * An amount as the reader writes it: $1,234.50 · 1 234,50 $ · −$20.00. With `homeCurrency` given and another
 * currency, the ISO code stands in place of the sign: CAD 1,234.50. Refuses `currency_unknown`.
 */
export function formatMoney(amountMinor: bigint, currency: string, locale: Locale, options: { homeCurrency?: string | undefined } = {}): string {
  return withSign(decimalText(magnitude(amountMinor), exponentOf(currency)), amountMinor < 0n, currency, locale, options.homeCurrency);
}

/** A price of one unit, in thousandths of a minor unit: at least the currency's decimals, more where they matter: $0.12345. */
export function formatUnitPrice(unitPriceMilli: bigint, currency: string, locale: Locale, options: { homeCurrency?: string | undefined } = {}): string {
  const exponent = exponentOf(currency);
  const text = trimmed(decimalText(magnitude(unitPriceMilli), exponent + 3), exponent);
  return withSign(text, unitPriceMilli < 0n, currency, locale, options.homeCurrency);
}

/** Thousandths as a quantity: 2,500 milli → 2.5 · 2,5. */
export function formatQuantity(quantityMilli: bigint, locale: Locale): string {
  return (quantityMilli < 0n ? minus : '') + localized(trimmed(decimalText(magnitude(quantityMilli), 3), 0), locale);
}

/** Parts per million as a percentage: 82,500 → 8.25% · 8,25 %. */
export function formatRate(ratePpm: bigint, locale: Locale): string {
  const sign = ratePpm < 0n ? minus : '';
  return `${sign}${localized(trimmed(decimalText(magnitude(ratePpm), 4), 0), locale)}${style[locale].beforePercent}%`;
}

function withSign(text: string, negative: boolean, currency: string, locale: Locale, homeCurrency: string | undefined): string {
  const sign = homeCurrency === undefined || homeCurrency === currency ? currencySign(currency) : currency;
  const number = localized(text, locale);
  const before = negative ? minus : '';
  if (!style[locale].signFirst) return `${before}${number}${space}${sign}`;
  return sign === currency ? `${before}${sign}${space}${number}` : `${before}${sign}${number}`;
}

function localized(plain: string, locale: Locale): string {
  const [whole = '', decimals] = plain.split('.');
  let grouped = '';
  for (let end = whole.length; end > 0; end -= 3) {
    grouped = whole.slice(Math.max(0, end - 3), end) + (grouped === '' ? '' : style[locale].group + grouped);
  }
  return decimals === undefined ? grouped : grouped + style[locale].decimal + decimals;
}

/** Drops zeros at the end, down to `keep` decimals. */
function trimmed(plain: string, keep: number): string {
  const dot = plain.indexOf('.');
  if (dot < 0) return plain;
  let end = plain.length;
  while (end > dot + 1 + keep && plain[end - 1] === '0') end -= 1;
  return plain.slice(0, end === dot + 1 ? dot : end);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
