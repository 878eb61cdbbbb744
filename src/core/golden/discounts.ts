import { amount, documentOf, type Golden, line, percent, rates } from './blocks.ts';

const { texas, ten, five, vat20, vat5 } = rates;

/** Discounts on a line, on the document, and both. */
export function discountInvoices(): readonly Golden[] {
  return [...onLines(), ...onDocuments, ...corners];
}

function onLines(): Golden[] {
  const plain = (totalMinor: bigint) => ({ subtotalMinor: totalMinor, discountMinor: 0n, netMinor: totalMinor, taxMinor: 0n, totalMinor, taxes: {} });
  return [
    {
      name: '15 % off a line',
      why: '79.99 × 15 % = 11.9985 → 12.00; 67.99',
      document: documentOf([line(1_000n, 7_999_000n, { discount: percent(150_000n) })]),
      expected: plain(6_799n),
    },
    {
      name: '$5 off a line',
      why: '79.99 − 5.00',
      document: documentOf([line(1_000n, 7_999_000n, { discount: amount(500n) })]),
      expected: plain(7_499n),
    },
    {
      name: 'half a cent of discount rounds up',
      why: '0.05 × 10 % = 0.005 → 0.01; 0.04',
      document: documentOf([line(1_000n, 5_000n, { discount: percent(100_000n) })]),
      expected: plain(4n),
    },
    {
      name: 'a discount on a credit line makes the credit smaller',
      why: '100.00 − (20.00 − 10 %) = 100.00 − 18.00',
      document: documentOf([line(1_000n, 10_000_000n), line(-1_000n, 2_000_000n, { discount: percent(100_000n) })]),
      expected: plain(8_200n),
    },
  ];
}

const onDocuments: readonly Golden[] = [
  {
    name: '10 % off two rates',
    why: '15.00 spread 10.00 and 5.00; 90.00 × 20 % = 18.00; 45.00 × 5.5 % = 2.475 → 2.48',
    document: documentOf([line(1_000n, 10_000_000n, { tax: vat20 }), line(1_000n, 5_000_000n, { tax: vat5 })], { discount: percent(100_000n) }),
    expected: {
      subtotalMinor: 15_000n,
      discountMinor: 1_500n,
      netMinor: 13_500n,
      taxMinor: 2_048n,
      totalMinor: 15_548n,
      taxes: { vat20: [9_000n, 1_800n], vat5: [4_500n, 248n] },
      documentDiscounts: [1_000n, 500n],
    },
  },
  {
    name: '$10 off three equal lines leaves one cent over',
    why: '10.00 ÷ 3 = 3.33 and one cent more for the first',
    document: documentOf([line(1_000n, 5_000_000n), line(1_000n, 5_000_000n), line(1_000n, 5_000_000n)], { discount: amount(1_000n) }),
    expected: {
      subtotalMinor: 15_000n,
      discountMinor: 1_000n,
      netMinor: 14_000n,
      taxMinor: 0n,
      totalMinor: 14_000n,
      taxes: {},
      documentDiscounts: [334n, 333n, 333n],
    },
  },
  {
    name: 'the largest remainder gets the cent',
    why: '1.00 over 10, 20, 40: 14.29, 28.57, 57.14 cents → 14, 29, 57',
    document: documentOf([line(1_000n, 1_000_000n), line(1_000n, 2_000_000n), line(1_000n, 4_000_000n)], { discount: amount(100n) }),
    expected: {
      subtotalMinor: 7_000n,
      discountMinor: 100n,
      netMinor: 6_900n,
      taxMinor: 0n,
      totalMinor: 6_900n,
      taxes: {},
      documentDiscounts: [14n, 29n, 57n],
    },
  },
  {
    name: 'off a line and off the document',
    why: '200.00 − 25 % = 150.00; + 99.50 = 249.50 − 5 % (12.475 → 12.48) = 237.02 × 8.25 % = 19.55415 → 19.55',
    document: documentOf([line(1_000n, 20_000_000n, { tax: texas, discount: percent(250_000n) }), line(1_000n, 9_950_000n, { tax: texas })], {
      discount: percent(50_000n),
    }),
    expected: {
      subtotalMinor: 24_950n,
      discountMinor: 1_248n,
      netMinor: 23_702n,
      taxMinor: 1_955n,
      totalMinor: 25_657n,
      taxes: { texas: [23_702n, 1_955n] },
      documentDiscounts: [750n, 498n],
    },
  },
  {
    name: '10 % off with a credit line',
    why: '(100.00 − 20.00) × 10 % = 8.00 = 10.00 − 2.00; 72.00 × 10 % = 7.20',
    document: documentOf([line(1_000n, 10_000_000n, { tax: ten }), line(-1_000n, 2_000_000n, { tax: ten })], { discount: percent(100_000n) }),
    expected: {
      subtotalMinor: 8_000n,
      discountMinor: 800n,
      netMinor: 7_200n,
      taxMinor: 720n,
      totalMinor: 7_920n,
      taxes: { ten: [7_200n, 720n] },
      documentDiscounts: [1_000n, -200n],
    },
  },
];

const corners: readonly Golden[] = [
  {
    name: 'all of it off',
    why: '50.00 − 100 % = 0.00, tax on nothing is nothing',
    document: documentOf([line(1_000n, 5_000_000n, { tax: texas })], { discount: percent(1_000_000n) }),
    expected: {
      subtotalMinor: 5_000n,
      discountMinor: 5_000n,
      netMinor: 0n,
      taxMinor: 0n,
      totalMinor: 0n,
      taxes: { texas: [0n, 0n] },
      components: { texas: [0n, 0n] },
    },
  },
  {
    name: 'two rates compete for one cent of discount',
    why: 'a tie goes by rate, never by place: 9.99 × 5 % = 0.4995 → 0.50; 10.00 × 20 % = 2.00',
    document: documentOf([line(1_000n, 1_000_000n, { tax: vat20 }), line(1_000n, 1_000_000n, { tax: five })], { discount: amount(1n) }),
    expected: {
      subtotalMinor: 2_000n,
      discountMinor: 1n,
      netMinor: 1_999n,
      taxMinor: 250n,
      totalMinor: 2_249n,
      taxes: { five: [999n, 50n], vat20: [1_000n, 200n] },
      documentDiscounts: [0n, 1n],
    },
  },
  {
    name: 'an exempt customer with a discount',
    why: '186.00 − 6.00, no tax',
    document: documentOf([line(1_000n, 18_600_000n, { tax: texas })], { exempt: true, discount: amount(600n) }),
    expected: { subtotalMinor: 18_600n, discountMinor: 600n, netMinor: 18_000n, taxMinor: 0n, totalMinor: 18_000n, taxes: {}, documentDiscounts: [600n] },
  },
  {
    name: 'a free line beside a paid one takes no discount',
    why: '10.00 off 100.00; nothing off 0.00',
    document: documentOf([line(1_000n, 0n), line(1_000n, 10_000_000n)], { discount: amount(1_000n) }),
    expected: {
      subtotalMinor: 10_000n,
      discountMinor: 1_000n,
      netMinor: 9_000n,
      taxMinor: 0n,
      totalMinor: 9_000n,
      taxes: {},
      documentDiscounts: [0n, 1_000n],
    },
  },
];
