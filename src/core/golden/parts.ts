import { amount, documentOf, type Golden, line, rates } from './blocks.ts';

const { texas, ten, vat20, vat5 } = rates;

/** One bill over several properties: the parts always add up to the whole. */
export function partInvoices(): readonly Golden[] {
  return [...taxed, ...mixed];
}

const taxed: readonly Golden[] = [
  {
    name: 'eight cents of tax over three equal properties',
    why: '0.99 × 8.25 % → 0.08; 2.67 cents each → 3, 3, 2',
    document: documentOf(['a', 'b', 'c'].map((part) => line(1_000n, 33_000n, { tax: texas, part }))),
    expected: {
      subtotalMinor: 99n,
      discountMinor: 0n,
      netMinor: 99n,
      taxMinor: 8n,
      totalMinor: 107n,
      taxes: { texas: [99n, 8n] },
      parts: [
        ['a', 33n, 0n, 3n, 36n],
        ['b', 33n, 0n, 3n, 36n],
        ['c', 33n, 0n, 2n, 35n],
      ],
    },
  },
  {
    name: 'discount and tax over three properties',
    why: '10.00 over 100.00, 200.00, 300.01: 166.66, 333.33, 500.01 cents → 1.67, 3.33, 5.00; 590.01 × 8.25 % = 48.68: 811.30, 1,622.69, 2,434.01 cents → 8.11, 16.23, 24.34',
    document: documentOf(
      [
        line(1_000n, 10_000_000n, { tax: texas, part: 'a' }),
        line(1_000n, 20_000_000n, { tax: texas, part: 'b' }),
        line(1_000n, 30_001_000n, { tax: texas, part: 'c' }),
      ],
      { discount: amount(1_000n) },
    ),
    expected: {
      subtotalMinor: 60_001n,
      discountMinor: 1_000n,
      netMinor: 59_001n,
      taxMinor: 4_868n,
      totalMinor: 63_869n,
      taxes: { texas: [59_001n, 4_868n] },
      documentDiscounts: [167n, 333n, 500n],
      parts: [
        ['a', 10_000n, 167n, 811n, 10_644n],
        ['b', 20_000n, 333n, 1_623n, 21_290n],
        ['c', 30_001n, 500n, 2_434n, 31_935n],
      ],
    },
  },
  {
    name: 'two rates over two properties',
    why: 'a: 10.00 at 20 %, 5.00 at 5.5 %; b: 20.00 at 20 %; tax 6.00 = 2.00 + 4.00 and 0.275 → 0.28',
    document: documentOf([
      line(1_000n, 1_000_000n, { tax: vat20, part: 'a' }),
      line(1_000n, 500_000n, { tax: vat5, part: 'a' }),
      line(1_000n, 2_000_000n, { tax: vat20, part: 'b' }),
    ]),
    expected: {
      subtotalMinor: 3_500n,
      discountMinor: 0n,
      netMinor: 3_500n,
      taxMinor: 628n,
      totalMinor: 4_128n,
      taxes: { vat20: [3_000n, 600n], vat5: [500n, 28n] },
      parts: [
        ['a', 1_500n, 0n, 228n, 1_728n],
        ['b', 2_000n, 0n, 400n, 2_400n],
      ],
    },
  },
  {
    name: 'a line of the whole bill beside a property',
    why: '30.00 for all and 70.00 for a, 10 %: 3.00 and 7.00',
    document: documentOf([line(1_000n, 3_000_000n, { tax: ten }), line(1_000n, 7_000_000n, { tax: ten, part: 'a' })]),
    expected: {
      subtotalMinor: 10_000n,
      discountMinor: 0n,
      netMinor: 10_000n,
      taxMinor: 1_000n,
      totalMinor: 11_000n,
      taxes: { ten: [10_000n, 1_000n] },
      parts: [
        [null, 3_000n, 0n, 300n, 3_300n],
        ['a', 7_000n, 0n, 700n, 7_700n],
      ],
    },
  },
];

const mixed: readonly Golden[] = [
  {
    name: 'three properties without tax',
    why: '50.00 + 60.00 + 70.00',
    document: documentOf([line(1_000n, 5_000_000n, { part: 'a' }), line(1_000n, 6_000_000n, { part: 'b' }), line(1_000n, 7_000_000n, { part: 'c' })]),
    expected: {
      subtotalMinor: 18_000n,
      discountMinor: 0n,
      netMinor: 18_000n,
      taxMinor: 0n,
      totalMinor: 18_000n,
      taxes: {},
      parts: [
        ['a', 5_000n, 0n, 0n, 5_000n],
        ['b', 6_000n, 0n, 0n, 6_000n],
        ['c', 7_000n, 0n, 0n, 7_000n],
      ],
    },
  },
  {
    name: 'lines of one property stand apart on the bill and together in its part',
    why: 'a: 12.50 + 7.50, b: 5.00; 10 %: 2.00 + 0.50',
    document: documentOf([
      line(1_000n, 1_250_000n, { tax: ten, part: 'a' }),
      line(1_000n, 500_000n, { tax: ten, part: 'b' }),
      line(1_000n, 750_000n, { tax: ten, part: 'a' }),
    ]),
    expected: {
      subtotalMinor: 2_500n,
      discountMinor: 0n,
      netMinor: 2_500n,
      taxMinor: 250n,
      totalMinor: 2_750n,
      taxes: { ten: [2_500n, 250n] },
      parts: [
        ['a', 2_000n, 0n, 200n, 2_200n],
        ['b', 500n, 0n, 50n, 550n],
      ],
    },
  },
  {
    name: 'a property that only gets a credit',
    why: 'a: 100.00, b: −10.00; 90.00 × 10 % = 9.00 = 10.00 − 1.00',
    document: documentOf([line(1_000n, 10_000_000n, { tax: ten, part: 'a' }), line(-1_000n, 1_000_000n, { tax: ten, part: 'b' })]),
    expected: {
      subtotalMinor: 9_000n,
      discountMinor: 0n,
      netMinor: 9_000n,
      taxMinor: 900n,
      totalMinor: 9_900n,
      taxes: { ten: [9_000n, 900n] },
      parts: [
        ['a', 10_000n, 0n, 1_000n, 11_000n],
        ['b', -1_000n, 0n, -100n, -1_100n],
      ],
    },
  },
];
