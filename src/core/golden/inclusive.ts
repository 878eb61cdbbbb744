import { documentOf, type Golden, line, percent, rates } from './blocks.ts';

const { texas, ten, vat20, vat5 } = rates;

const invoices: readonly Golden[] = [
  {
    name: 'a fifth of net is a sixth of gross',
    why: '120.00 × 20/120 = 20.00',
    document: documentOf([line(1_000n, 12_000_000n, { tax: vat20 })], { inclusive: true }),
    expected: { subtotalMinor: 12_000n, discountMinor: 0n, netMinor: 10_000n, taxMinor: 2_000n, totalMinor: 12_000n, taxes: { vat20: [10_000n, 2_000n] } },
  },
  {
    name: 'half a cent of included tax rounds up',
    why: '9.99 ÷ 6 = 1.665 → 1.67; 8.32 is left',
    document: documentOf([line(1_000n, 999_000n, { tax: vat20 })], { inclusive: true }),
    expected: { subtotalMinor: 999n, discountMinor: 0n, netMinor: 832n, taxMinor: 167n, totalMinor: 999n, taxes: { vat20: [832n, 167n] } },
  },
  {
    name: 'an included combined rate',
    why: '108.25 × 8.25/108.25 = 8.25 = 6.25 + 2.00',
    document: documentOf([line(1_000n, 10_825_000n, { tax: texas })], { inclusive: true }),
    expected: {
      subtotalMinor: 10_825n,
      discountMinor: 0n,
      netMinor: 10_000n,
      taxMinor: 825n,
      totalMinor: 10_825n,
      taxes: { texas: [10_000n, 825n] },
      components: { texas: [625n, 200n] },
    },
  },
  {
    name: 'included tax comes from the sum too',
    why: '3 × 0.99 = 2.97 × 10/110 = 0.27',
    document: documentOf(
      [99_000n, 99_000n, 99_000n].map((price) => line(1_000n, price, { tax: ten })),
      { inclusive: true },
    ),
    expected: { subtotalMinor: 297n, discountMinor: 0n, netMinor: 270n, taxMinor: 27n, totalMinor: 297n, taxes: { ten: [270n, 27n] } },
  },
  {
    name: 'two included rates',
    why: '60.00 ÷ 6 = 10.00; 21.10 × 5.5/105.5 = 1.10',
    document: documentOf([line(1_000n, 6_000_000n, { tax: vat20 }), line(1_000n, 2_110_000n, { tax: vat5 })], { inclusive: true }),
    expected: {
      subtotalMinor: 8_110n,
      discountMinor: 0n,
      netMinor: 7_000n,
      taxMinor: 1_110n,
      totalMinor: 8_110n,
      taxes: { vat20: [5_000n, 1_000n], vat5: [2_000n, 110n] },
    },
  },
  {
    name: 'an untaxed line beside an included rate',
    why: '50.00 + 24.00, of which 24.00 ÷ 6 = 4.00',
    document: documentOf([line(1_000n, 5_000_000n), line(1_000n, 2_400_000n, { tax: vat20 })], { inclusive: true }),
    expected: { subtotalMinor: 7_400n, discountMinor: 0n, netMinor: 7_000n, taxMinor: 400n, totalMinor: 7_400n, taxes: { vat20: [2_000n, 400n] } },
  },
  {
    name: 'an exempt customer and prices with tax',
    why: 'the agreed price stands and none of it is tax',
    document: documentOf([line(1_000n, 12_000_000n, { tax: vat20 })], { inclusive: true, exempt: true }),
    expected: { subtotalMinor: 12_000n, discountMinor: 0n, netMinor: 12_000n, taxMinor: 0n, totalMinor: 12_000n, taxes: {} },
  },
  {
    name: 'a discount on prices with tax',
    why: '120.00 − 12.00 = 108.00 ÷ 6 = 18.00',
    document: documentOf([line(1_000n, 12_000_000n, { tax: vat20 })], { inclusive: true, discount: percent(100_000n) }),
    expected: {
      subtotalMinor: 12_000n,
      discountMinor: 1_200n,
      netMinor: 9_000n,
      taxMinor: 1_800n,
      totalMinor: 10_800n,
      taxes: { vat20: [9_000n, 1_800n] },
      documentDiscounts: [1_200n],
    },
  },
  {
    name: 'included tax over two properties',
    why: '120.01 ÷ 6 = 20.0017 → 20.00; 999.92 and 1,000.08 cents → 10.00 each',
    document: documentOf([line(1_000n, 6_000_000n, { tax: vat20, part: 'a' }), line(1_000n, 6_001_000n, { tax: vat20, part: 'b' })], { inclusive: true }),
    expected: {
      subtotalMinor: 12_001n,
      discountMinor: 0n,
      netMinor: 10_001n,
      taxMinor: 2_000n,
      totalMinor: 12_001n,
      taxes: { vat20: [10_001n, 2_000n] },
      parts: [
        ['a', 6_000n, 0n, 1_000n, 6_000n],
        ['b', 6_001n, 0n, 1_000n, 6_001n],
      ],
    },
  },
];

/** Prices that already hold the tax: it is taken out, the total stays what the lines say. */
export function inclusiveInvoices(): readonly Golden[] {
  return invoices;
}
