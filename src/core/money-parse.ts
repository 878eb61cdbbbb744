import type { Locale } from './locale.ts';
import { exponentOf } from './money.ts';
import { currencySign } from './money-format.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

const longest = 40;
const spaces = /[\u00a0\u202f\u2009]/g;

/**
 * What a person typed, as an integer with `digits` decimals: ("1,234.5", 2) → 123450n. Takes thousands written with
 * comma, dot, space or apostrophe, decimals with dot or comma, a minus in front or accounting brackets. A lone comma
 * before exactly three digits means thousands, in French decimals; a lone dot always means decimals. Never rounds:
 * more decimals than `digits` are refused. Refuses `code` (default `amount_invalid`) for everything else.
 */
export function parseDecimal(text: string, digits: number, options: { locale?: Locale | undefined; code?: RefusalCode } = {}): bigint {
  const value = read(text.length > longest ? '' : text, digits, options.locale === 'fr');
  if (value === null) throw new Refusal(options.code ?? 'amount_invalid', { value: text.slice(0, longest) });
  return value;
}

/** An amount of money in minor units: "$1,234.50", "1.234,50", "1 234,50 $", "USD 12". Another currency's sign is refused. */
export function parseMoney(text: string, currency: string, locale?: Locale): bigint {
  return parseDecimal(withoutSign(text, currency), exponentOf(currency), { locale });
}

/** A unit price in thousandths of a minor unit: ("$0.12345", "USD") → 12345n. */
export function parseUnitPrice(text: string, currency: string, locale?: Locale): bigint {
  return parseDecimal(withoutSign(text, currency), exponentOf(currency) + 3, { locale });
}

/** A quantity in thousandths. Refuses `quantity_invalid`. */
export function parseQuantity(text: string, locale?: Locale): bigint {
  return parseDecimal(text, 3, { locale, code: 'quantity_invalid' });
}

/** A percentage in parts per million: "8.25%", "8,25 %", "8.25" → 82500n. Refuses `rate_invalid` outside 0…100 %. */
export function parseRate(text: string): bigint {
  // No rate has thousands, so a comma can only mean decimals.
  const short = text.length > longest ? '' : text;
  const ratePpm = parseDecimal(short.trim().replace(/\s*%$/, ''), 4, { locale: 'fr', code: 'rate_invalid' });
  if (ratePpm < 0n || ratePpm > 1_000_000n) throw new Refusal('rate_invalid', { value: text.slice(0, longest) });
  return ratePpm;
}

function withoutSign(text: string, currency: string): string {
  let rest = text.replace(spaces, ' ').trim();
  const negative = /^[-\u2212]/.test(rest);
  if (negative) rest = rest.slice(1).trimStart();
  for (const sign of [currency, currency === 'USD' ? 'US$' : currency, currencySign(currency)]) {
    if (rest.toUpperCase().startsWith(sign)) return (negative ? '-' : '') + rest.slice(sign.length).trimStart();
    if (rest.toUpperCase().endsWith(sign)) return (negative ? '-' : '') + rest.slice(0, -sign.length).trimEnd();
  }
  return text;
}

function read(text: string, digits: number, commaIsDecimal: boolean): bigint | null {
  let body = text.replace(spaces, ' ').trim();
  let negative = false;
  if (body.startsWith('(') && body.endsWith(')')) {
    negative = true;
    body = body.slice(1, -1);
  } else if (/^[-\u2212]/.test(body)) {
    negative = true;
    body = body.slice(1);
  }
  const split = splitNumber(body, commaIsDecimal);
  if (split === null || split.decimals.length > digits) return null;
  const value = BigInt(split.whole + split.decimals.padEnd(digits, '0'));
  return negative ? -value : value;
}

function splitNumber(body: string, commaIsDecimal: boolean): { whole: string; decimals: string } | null {
  const plain = /^(\d*)(?:([.,])(\d+))?$/.exec(body);
  if (plain !== null && body !== '') {
    const [, whole = '', separator, decimals = ''] = plain;
    const thousands = separator === ',' && !commaIsDecimal && decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
    return thousands ? { whole: whole + decimals, decimals: '' } : { whole: whole === '' ? '0' : whole, decimals };
  }
  const grouped = /^([1-9]\d{0,2})([., '\u2019])\d{3}(?:\2\d{3})*(?:[.,](\d+))?$/.exec(body);
  if (grouped === null) return null;
  const decimals = grouped[3] ?? '';
  const whole = decimals === '' ? body : body.slice(0, -decimals.length - 1);
  // "1,234,50": the decimals' mark must differ from the thousands'.
  if (decimals !== '' && body[whole.length] === grouped[2]) return null;
  return { whole: whole.replace(/\D/g, ''), decimals };
}
