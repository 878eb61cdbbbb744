import { exponentOf } from '../../core/money.ts';
import { cleaning } from './starters/cleaning.ts';
import { contracting } from './starters/contracting.ts';
import { landscaping } from './starters/landscaping.ts';
import { other } from './starters/other.ts';
import { plumbing } from './starters/plumbing.ts';

export const trades = ['cleaning', 'contracting', 'landscaping', 'plumbing', 'other'] as const;
export type Trade = (typeof trades)[number];

/** One item of a starting price book. `price` in hundredths, read in the currency of the business. */
export type StarterItem = Readonly<{ name: string; unit: string; price: number; description?: string; taxed?: boolean }>;

/** What a trade brings with it: a price book to correct instead of an empty list. */
export type Starter = Readonly<{
  items: readonly StarterItem[];
  termsDays: number;
  terms: string;
  message: string;
  /** How the trade names its license on papers; null where it has none. */
  licenseExample: string | null;
  hours: string;
  howToPay: string;
  /** Lines of a first invoice to look at: which item, how many thousandths of it. */
  sample: readonly Readonly<{ item: number; quantityMilli: number; description?: string }>[];
}>;

export const starters: Readonly<Record<Trade, Starter>> = { cleaning, contracting, landscaping, plumbing, other };

/** Sales tax as the country names it; a first guess that the business corrects. Rates in parts per million. */
export function starterTax(country: string): { name: string; components: { name: string; ratePpm: number }[] } {
  if (country === 'US')
    return {
      name: 'Sales tax',
      components: [
        { name: 'State', ratePpm: 62_500 },
        { name: 'Local', ratePpm: 20_000 },
      ],
    };
  if (country === 'CA') return { name: 'GST', components: [{ name: 'GST', ratePpm: 50_000 }] };
  return { name: 'VAT', components: [{ name: 'VAT', ratePpm: 200_000 }] };
}

/** A starter's price as thousandths of a minor unit: 95.00 is $95.00, and ¥95 where there are no cents. */
export function starterPriceMilli(price: number, currency: string): bigint {
  return (BigInt(price) * 1000n * 10n ** BigInt(exponentOf(currency))) / 100n;
}
