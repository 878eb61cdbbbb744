/** What the browser already tells about where a business is, so that nobody has to fill it in. */

const currencyOf: Readonly<Record<string, string>> = {
  US: 'USD',
  CA: 'CAD',
  GB: 'GBP',
  AU: 'AUD',
  NZ: 'NZD',
  MX: 'MXN',
  IE: 'EUR',
  FR: 'EUR',
  ES: 'EUR',
  DE: 'EUR',
  IT: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
  AT: 'EUR',
  PT: 'EUR',
  CH: 'CHF',
  JP: 'JPY',
};
const countryOfZone: readonly (readonly [RegExp, string])[] = [
  [/^America\/(Toronto|Vancouver|Winnipeg|Edmonton|Halifax|Regina|St_Johns|Montreal)/, 'CA'],
  [/^America\/(Mexico_City|Tijuana|Monterrey|Cancun|Merida)/, 'MX'],
  [/^(America|Pacific\/Honolulu)/, 'US'],
  [/^Europe\/London/, 'GB'],
  [/^Europe\/Paris/, 'FR'],
  [/^Europe\/Madrid/, 'ES'],
  [/^Australia/, 'AU'],
  [/^Pacific\/Auckland/, 'NZ'],
];

export type Guess = { timeZone: string; country: string; currency: string };

/** `locale` such as en-US, `zone` such as America/Chicago, as the browser says. */
export function guessPlace(locale: string, zone: string): Guess {
  const region = /-([A-Z]{2})\b/.exec(locale)?.[1];
  const country = countryOfZone.find(([shape]) => shape.test(zone))?.[1] ?? region ?? 'US';
  return { timeZone: zone === '' || zone === 'UTC' ? 'America/Chicago' : zone, country, currency: currencyOf[country] ?? 'USD' };
}
