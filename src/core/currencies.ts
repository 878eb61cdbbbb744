/**
 * ISO 4217, active currencies with 0, 2 or 3 decimals. Funds, metals and the four-decimal index units are left out. The codes without minor units,
 * those with thousandths, and all others.
 */
export const wholeUnits = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
export const thousandths = 'BHD IQD JOD KWD LYD OMR TND';
const two =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD ' +
  'KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP ' +
  'PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH ' +
  'USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG';

export type Exponent = 0 | 2 | 3;

const exponents: ReadonlyMap<string, Exponent> = new Map<string, Exponent>([
  ...wholeUnits.split(' ').map((code) => [code, 0] as const),
  ...two.split(' ').map((code) => [code, 2] as const),
  ...thousandths.split(' ').map((code) => [code, 3] as const),
]);

/** Every currency code we take, sorted. */
export const currencyCodes: readonly string[] = [...exponents.keys()].sort();

export function isCurrency(code: string): boolean {
  return exponents.has(code);
}

export function findExponent(code: string): Exponent | undefined {
  return exponents.get(code);
}
