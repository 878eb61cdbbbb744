import { documentOf, type Golden, line, rates } from './blocks.ts';

const { texas, newYork, quebec, twins, ten, vat20, vat5, zero } = rates;

/** Prices without tax; tax is added on top. */
export function exclusiveInvoices(): readonly Golden[] {
  return [...oneRate, ...severalRates, ...quantities()];
}

const oneRate: readonly Golden[] = [
  {
    name: 'one line without tax',
    why: '1 × 186.00',
    document: documentOf([line(1_000n, 18_600_000n)]),
    expected: { subtotalMinor: 18_600n, discountMinor: 0n, netMinor: 18_600n, taxMinor: 0n, totalMinor: 18_600n, taxes: {} },
  },
  {
    name: 'state and city as one combined rate',
    why: '186.00 × 8.25 % = 15.345 → 15.35; split 1,162.88 and 372.12 cents → the cent goes to the state',
    document: documentOf([line(1_000n, 18_600_000n, { tax: texas })]),
    expected: {
      subtotalMinor: 18_600n,
      discountMinor: 0n,
      netMinor: 18_600n,
      taxMinor: 1_535n,
      totalMinor: 20_135n,
      taxes: { texas: [18_600n, 1_535n] },
      components: { texas: [1_163n, 372n] },
    },
  },
  {
    name: 'half a cent of tax rounds up',
    why: '0.05 × 10 % = 0.005 → 0.01',
    document: documentOf([line(1_000n, 5_000n, { tax: ten })]),
    expected: { subtotalMinor: 5n, discountMinor: 0n, netMinor: 5n, taxMinor: 1n, totalMinor: 6n, taxes: { ten: [5n, 1n] } },
  },
  {
    name: 'less than half a cent of tax rounds down',
    why: '0.04 × 10 % = 0.004 → 0.00',
    document: documentOf([line(1_000n, 4_000n, { tax: ten })]),
    expected: { subtotalMinor: 4n, discountMinor: 0n, netMinor: 4n, taxMinor: 0n, totalMinor: 4n, taxes: { ten: [4n, 0n] } },
  },
  {
    name: 'tax is taken from the sum, not from each line',
    why: '3 × 0.33 = 0.99 × 8.25 % = 0.081675 → 0.08; line by line it would be 0.09',
    document: documentOf([33_000n, 33_000n, 33_000n].map((price) => line(1_000n, price, { tax: texas }))),
    expected: { subtotalMinor: 99n, discountMinor: 0n, netMinor: 99n, taxMinor: 8n, totalMinor: 107n, taxes: { texas: [99n, 8n] } },
  },
  {
    name: 'a combined rate that splits without a remainder',
    why: '199.99 × 14.975 % = 29.9485 → 29.95; 5/14.975 of it is exactly 10.00',
    document: documentOf([line(1_000n, 19_999_000n, { tax: quebec })]),
    expected: {
      subtotalMinor: 19_999n,
      discountMinor: 0n,
      netMinor: 19_999n,
      taxMinor: 2_995n,
      totalMinor: 22_994n,
      taxes: { quebec: [19_999n, 2_995n] },
      components: { quebec: [1_000n, 1_995n] },
    },
  },
  {
    name: 'three components of one rate',
    why: '72.40 × 8.875 % = 6.4255 → 6.43; 289.80, 326.03 and 27.17 cents → the cent goes to the state',
    document: documentOf([line(1_000n, 7_240_000n, { tax: newYork })]),
    expected: {
      subtotalMinor: 7_240n,
      discountMinor: 0n,
      netMinor: 7_240n,
      taxMinor: 643n,
      totalMinor: 7_883n,
      taxes: { newYork: [7_240n, 643n] },
      components: { newYork: [290n, 326n, 27n] },
    },
  },
  {
    name: 'two equal components and an odd cent',
    why: '10.10 × 5 % = 0.505 → 0.51; 25.5 cents each, the first gets the odd one',
    document: documentOf([line(1_000n, 1_010_000n, { tax: twins })]),
    expected: {
      subtotalMinor: 1_010n,
      discountMinor: 0n,
      netMinor: 1_010n,
      taxMinor: 51n,
      totalMinor: 1_061n,
      taxes: { twins: [1_010n, 51n] },
      components: { twins: [26n, 25n] },
    },
  },
  {
    name: 'an exempt customer pays no tax',
    why: 'the line keeps its price, the rate disappears',
    document: documentOf([line(1_000n, 18_600_000n, { tax: texas })], { exempt: true }),
    expected: { subtotalMinor: 18_600n, discountMinor: 0n, netMinor: 18_600n, taxMinor: 0n, totalMinor: 18_600n, taxes: {} },
  },
];

const severalRates: readonly Golden[] = [
  {
    name: 'two rates on one invoice',
    why: '100.00 × 20 % = 20.00; 50.00 × 5.5 % = 2.75',
    document: documentOf([line(1_000n, 10_000_000n, { tax: vat20 }), line(1_000n, 5_000_000n, { tax: vat5 })]),
    expected: {
      subtotalMinor: 15_000n,
      discountMinor: 0n,
      netMinor: 15_000n,
      taxMinor: 2_275n,
      totalMinor: 17_275n,
      taxes: { vat20: [10_000n, 2_000n], vat5: [5_000n, 275n] },
    },
  },
  {
    name: 'labor without tax, material with',
    why: '120.00 + 80.00; 80.00 × 8.25 % = 6.60',
    document: documentOf([line(1_000n, 12_000_000n), line(1_000n, 8_000_000n, { tax: texas })]),
    expected: {
      subtotalMinor: 20_000n,
      discountMinor: 0n,
      netMinor: 20_000n,
      taxMinor: 660n,
      totalMinor: 20_660n,
      taxes: { texas: [8_000n, 660n] },
      components: { texas: [500n, 160n] },
    },
  },
  {
    name: 'a zero rate is still named',
    why: '40.00 at 0 %',
    document: documentOf([line(1_000n, 4_000_000n, { tax: zero })]),
    expected: { subtotalMinor: 4_000n, discountMinor: 0n, netMinor: 4_000n, taxMinor: 0n, totalMinor: 4_000n, taxes: { zero: [4_000n, 0n] } },
  },
  {
    name: 'a credit line lowers the base of its rate',
    why: '200.00 − 50.00 = 150.00 × 8.25 % = 12.375 → 12.38',
    document: documentOf([line(1_000n, 20_000_000n, { tax: texas }), line(-1_000n, 5_000_000n, { tax: texas })]),
    expected: { subtotalMinor: 15_000n, discountMinor: 0n, netMinor: 15_000n, taxMinor: 1_238n, totalMinor: 16_238n, taxes: { texas: [15_000n, 1_238n] } },
  },
  {
    name: 'a rate that holds credits only has tax below zero',
    why: '100.00 untaxed − 20.00 at 10 % = −2.00 tax',
    document: documentOf([line(1_000n, 10_000_000n), line(-1_000n, 2_000_000n, { tax: ten })]),
    expected: { subtotalMinor: 8_000n, discountMinor: 0n, netMinor: 8_000n, taxMinor: -200n, totalMinor: 7_800n, taxes: { ten: [-2_000n, -200n] } },
  },
];

function quantities(): Golden[] {
  const plain = (totalMinor: bigint) => ({ subtotalMinor: totalMinor, discountMinor: 0n, netMinor: totalMinor, taxMinor: 0n, totalMinor, taxes: {} });
  return [
    { name: 'two and a half hours', why: '2.5 × 85.00 = 212.50', document: documentOf([line(2_500n, 8_500_000n)]), expected: plain(21_250n) },
    { name: 'a third of an hour more', why: '1.333 × 75.00 = 99.975 → 99.98', document: documentOf([line(1_333n, 7_500_000n)]), expected: plain(9_998n) },
    {
      name: 'a price per square foot below a cent',
      why: '1,840 × 0.12345 = 227.148 → 227.15',
      document: documentOf([line(1_840_000n, 12_345n)]),
      expected: plain(22_715n),
    },
    { name: 'half a cent for one', why: '1 × 0.005 → 0.01', document: documentOf([line(1_000n, 500n)]), expected: plain(1n) },
    {
      name: 'half a cent back rounds away from zero too',
      why: '1.00 − 0.005 → 1.00 − 0.01',
      document: documentOf([line(1_000n, 100_000n), line(-1_000n, 500n)]),
      expected: plain(99n),
    },
    {
      name: 'each line rounds by itself',
      why: '60 lines of 1.5 × 42.37 = 63.555 → 63.56 each, not 3,813.30 for all',
      document: documentOf(Array.from({ length: 60 }, () => line(1_500n, 4_237_000n))),
      expected: plain(381_360n),
    },
  ];
}
