import { documentOf, type Golden, line, percent, rates } from './blocks.ts';

const { ten, five, vat20, vat5 } = rates;

const invoices: readonly Golden[] = [
  {
    name: 'yen with tax',
    why: '3 × 333 = 999 × 10 % = 99.9 → 100',
    document: documentOf([line(3_000n, 333_000n, { tax: ten })], { currency: 'JPY' }),
    expected: { subtotalMinor: 999n, discountMinor: 0n, netMinor: 999n, taxMinor: 100n, totalMinor: 1_099n, taxes: { ten: [999n, 100n] } },
  },
  {
    name: 'yen with a price below one',
    why: '7 × 12.345 = 86.415 → 86',
    document: documentOf([line(7_000n, 12_345n)], { currency: 'JPY' }),
    expected: { subtotalMinor: 86n, discountMinor: 0n, netMinor: 86n, taxMinor: 0n, totalMinor: 86n, taxes: {} },
  },
  {
    name: 'yen with tax included',
    why: '1,100 × 10/110 = 100',
    document: documentOf([line(1_000n, 1_100_000n, { tax: ten })], { currency: 'JPY', inclusive: true }),
    expected: { subtotalMinor: 1_100n, discountMinor: 0n, netMinor: 1_000n, taxMinor: 100n, totalMinor: 1_100n, taxes: { ten: [1_000n, 100n] } },
  },
  {
    name: 'Kuwaiti dinars have three decimals',
    why: '2.5 × 1.250 = 3.125 × 5 % = 0.15625 → 0.156',
    document: documentOf([line(2_500n, 1_250_000n, { tax: five })], { currency: 'KWD' }),
    expected: { subtotalMinor: 3_125n, discountMinor: 0n, netMinor: 3_125n, taxMinor: 156n, totalMinor: 3_281n, taxes: { five: [3_125n, 156n] } },
  },
  {
    name: 'half a fils rounds up',
    why: '12.345 × 10 % = 1.2345 → 1.235',
    document: documentOf([line(1_000n, 12_345_000n, { tax: ten })], { currency: 'BHD' }),
    expected: { subtotalMinor: 12_345n, discountMinor: 0n, netMinor: 12_345n, taxMinor: 1_235n, totalMinor: 13_580n, taxes: { ten: [12_345n, 1_235n] } },
  },
  {
    name: 'euros with two rates and a discount',
    why: '1,234.56 + 65.44 = 1,300.00 − 5 % (65.00: 61.728 and 3.272 → 61.73 and 3.27); 1,172.83 × 20 % = 234.566 → 234.57; 62.17 × 5.5 % = 3.41935 → 3.42',
    document: documentOf([line(1_000n, 123_456_000n, { tax: vat20 }), line(1_000n, 6_544_000n, { tax: vat5 })], {
      currency: 'EUR',
      discount: percent(50_000n),
    }),
    expected: {
      subtotalMinor: 130_000n,
      discountMinor: 6_500n,
      netMinor: 123_500n,
      taxMinor: 23_799n,
      totalMinor: 147_299n,
      taxes: { vat20: [117_283n, 23_457n], vat5: [6_217n, 342n] },
      documentDiscounts: [6_173n, 327n],
    },
  },
  {
    name: 'Canadian dollars, prices with tax, fractional quantity',
    why: '1.75 × 63.00 = 110.25 × 5/105 = 5.25',
    document: documentOf([line(1_750n, 6_300_000n, { tax: five })], { currency: 'CAD', inclusive: true }),
    expected: { subtotalMinor: 11_025n, discountMinor: 0n, netMinor: 10_500n, taxMinor: 525n, totalMinor: 11_025n, taxes: { five: [10_500n, 525n] } },
  },
];

/** Currencies without decimals, with two and with three: the rules never change, only the unit. */
export function currencyInvoices(): readonly Golden[] {
  return invoices;
}
