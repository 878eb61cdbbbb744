import type { Discount, PricedDocument, PricedLine, TaxRate } from '../totals.ts';

/** What an invoice must come to, worked out on paper; `why` shows the working. Anything absent is not asserted. */
export type Golden = {
  name: string;
  why: string;
  document: PricedDocument;
  expected: {
    subtotalMinor: bigint;
    discountMinor: bigint;
    netMinor: bigint;
    taxMinor: bigint;
    totalMinor: bigint;
    /** rate id → [taxable, tax] for every rate on the invoice. */
    taxes: Readonly<Record<string, readonly [bigint, bigint]>>;
    /** rate id → tax of each component. */
    components?: Readonly<Record<string, readonly bigint[]>>;
    /** Each line's share of the document's discount. */
    documentDiscounts?: readonly bigint[];
    /** [property, subtotal, discount, tax, total] in order of appearance. */
    parts?: readonly (readonly [string | null, bigint, bigint, bigint, bigint])[];
  };
};

const rate = (id: string, name: string, ...components: readonly (readonly [string, bigint])[]): TaxRate => ({
  id,
  name,
  components: components.map(([component, ratePpm]) => ({ name: component, ratePpm })),
});

/** The rates the golden invoices use. */
export const rates = {
  texas: rate('texas', 'Sales tax', ['Texas', 62_500n], ['Sampleton', 20_000n]),
  newYork: rate('newYork', 'Sales tax', ['State', 40_000n], ['City', 45_000n], ['Transit', 3_750n]),
  quebec: rate('quebec', 'GST + QST', ['GST', 50_000n], ['QST', 99_750n]),
  twins: rate('twins', 'Sales tax', ['State', 25_000n], ['County', 25_000n]),
  ten: rate('ten', 'Tax', ['Tax', 100_000n]),
  five: rate('five', 'Tax', ['Tax', 50_000n]),
  zero: rate('zero', 'Zero rated', ['Zero rated', 0n]),
  vat20: rate('vat20', 'VAT', ['VAT', 200_000n]),
  vat5: rate('vat5', 'VAT reduced', ['VAT reduced', 55_000n]),
} as const;

type LineMore = { tax?: TaxRate; part?: string; discount?: Discount };

/** A line: quantity in thousandths, price in thousandths of a minor unit ($1.00 is 100_000n). */
export function line(quantityMilli: bigint, unitPriceMilli: bigint, more: LineMore = {}): Omit<PricedLine, 'id'> {
  return { part: more.part ?? null, quantityMilli, unitPriceMilli, discount: more.discount ?? null, taxRateId: more.tax?.id ?? null };
}

type DocumentMore = { currency?: string; inclusive?: boolean; exempt?: boolean; discount?: Discount };

/** A document of these lines; it offers every rate, since a rate without lines must not show. */
export function documentOf(lines: readonly Omit<PricedLine, 'id'>[], more: DocumentMore = {}): PricedDocument {
  return {
    currency: more.currency ?? 'USD',
    pricesIncludeTax: more.inclusive ?? false,
    taxExempt: more.exempt ?? false,
    lines: lines.map((one, at) => ({ id: `line-${String(at + 1).padStart(3, '0')}`, ...one })),
    discount: more.discount ?? null,
    taxRates: Object.values(rates),
  };
}

export const percent = (ratePpm: bigint): Discount => ({ kind: 'percent', ratePpm });
export const amount = (amountMinor: bigint): Discount => ({ kind: 'amount', amountMinor });
