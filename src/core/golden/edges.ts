import { amount, documentOf, type Golden, line, rates } from './blocks.ts';

const { texas, ten } = rates;

/** Nothing, very much, and very many. */
export function edgeInvoices(): readonly Golden[] {
  const nothing = { subtotalMinor: 0n, discountMinor: 0n, netMinor: 0n, taxMinor: 0n, totalMinor: 0n };
  const most = 99_999_999_999n;
  return [
    { name: 'no lines yet', why: 'a draft just begun', document: documentOf([]), expected: { ...nothing, taxes: {}, parts: [] } },
    {
      name: 'a free visit',
      why: '1 × 0.00 at 8.25 %',
      document: documentOf([line(1_000n, 0n, { tax: texas })]),
      expected: { ...nothing, taxes: { texas: [0n, 0n] } },
    },
    {
      name: 'a credit that takes back everything',
      why: '45.00 − 45.00',
      document: documentOf([line(1_000n, 4_500_000n, { tax: ten, part: 'a' }), line(-1_000n, 4_500_000n, { tax: ten, part: 'b' })]),
      expected: {
        ...nothing,
        taxes: { ten: [0n, 0n] },
        parts: [
          ['a', 4_500n, 0n, 0n, 4_500n],
          ['b', -4_500n, 0n, 0n, -4_500n],
        ],
      },
    },
    {
      name: 'the largest line there is',
      why: '1 × 999,999,999.99',
      document: documentOf([line(1_000n, most * 1_000n)]),
      expected: { subtotalMinor: most, discountMinor: 0n, netMinor: most, taxMinor: 0n, totalMinor: most, taxes: {} },
    },
    {
      name: 'five hundred lines over ten properties',
      why: '0.01 + 0.02 + … + 5.00 = 500 × 501 ÷ 2 cents = 1,252.50 × 8.25 % = 103.33125 → 103.33',
      document: documentOf(Array.from({ length: 500 }, (_, at) => line(1_000n, BigInt(at + 1) * 1_000n, { tax: texas, part: `property-${(at + 1) % 10}` }))),
      expected: {
        subtotalMinor: 125_250n,
        discountMinor: 0n,
        netMinor: 125_250n,
        taxMinor: 10_333n,
        totalMinor: 135_583n,
        taxes: { texas: [125_250n, 10_333n] },
      },
    },
    {
      name: 'one cent off five hundred lines',
      why: 'the cent goes to one line, since no line has more of it than another; 499.99 × 10 % = 49.999 → 50.00',
      document: documentOf(
        Array.from({ length: 500 }, () => line(1_000n, 100_000n, { tax: ten })),
        { discount: amount(1n) },
      ),
      expected: { subtotalMinor: 50_000n, discountMinor: 1n, netMinor: 49_999n, taxMinor: 5_000n, totalMinor: 54_999n, taxes: { ten: [49_999n, 5_000n] } },
    },
    {
      name: 'one of the smallest',
      why: '0.01 × 10 % = 0.001 → 0.00',
      document: documentOf([line(1_000n, 1_000n, { tax: ten })]),
      expected: { subtotalMinor: 1n, discountMinor: 0n, netMinor: 1n, taxMinor: 0n, totalMinor: 1n, taxes: { ten: [1n, 0n] } },
    },
    {
      name: 'a thousandth of an hour',
      why: '0.001 × 85.00 = 0.085 → 0.09',
      document: documentOf([line(1n, 8_500_000n)]),
      expected: { subtotalMinor: 9n, discountMinor: 0n, netMinor: 9n, taxMinor: 0n, totalMinor: 9n, taxes: {} },
    },
  ];
}
