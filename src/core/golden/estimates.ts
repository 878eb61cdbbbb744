import type { Choices, ChoosableLine, DepositRule, PlanStage } from '../choices.ts';
import type { PricedDocument } from '../totals.ts';
import { amount, documentOf, type Golden, line, rates } from './blocks.ts';

/** An estimate, what is chosen of it, and what it must come to then, worked out on paper. */
export type GoldenEstimate = Readonly<{
  name: string;
  why: string;
  /** Every line, chosen or not. */
  document: PricedDocument;
  choices: Choices;
  /** How each line may be chosen, in the order of the document's. */
  lines: readonly Pick<ChoosableLine, 'choice' | 'bounds'>[];
  deposit: DepositRule | null;
  plan: readonly PlanStage[] | null;
  expected: Pick<Golden['expected'], 'subtotalMinor' | 'discountMinor' | 'taxMinor' | 'totalMinor'> & {
    billed: readonly string[];
    depositMinor: bigint;
    plan?: readonly bigint[];
  };
}>;

const fixed = { choice: null, bounds: null } as const;
const optional = (chosen: boolean) => ({ choice: { kind: 'optional', chosen }, bounds: null }) as const;
const packaged = (name: string, chosen: boolean) => ({ choice: { kind: 'package', group: 'Heater', package: name, chosen }, bounds: null }) as const;
const nothing: Choices = { options: [], packages: [], quantities: [] };
const { texas, vat20 } = rates;

/** $1.00 in thousandths of a minor unit. */
const dollars = (whole: bigint): bigint => whole * 100_000n;

export function goldenEstimates(): readonly GoldenEstimate[] {
  return [...plain, ...options, ...packages, ...quantities];
}

const plain: readonly GoldenEstimate[] = [
  {
    name: 'nothing to choose, a third as deposit',
    why: '186.00 + 8.25 % = 201.35; a third of it is 67.1160 → 67.12',
    document: documentOf([line(1_000n, dollars(186n), { tax: texas })]),
    lines: [fixed],
    choices: nothing,
    deposit: { kind: 'percent', ratePpm: 333_333n },
    plan: [
      { label: 'On approval', ratePpm: 500_000n },
      { label: 'On completion', ratePpm: 500_000n },
    ],
    expected: {
      ...{ billed: ['line-001'], subtotalMinor: 18_600n, discountMinor: 0n, taxMinor: 1_535n, totalMinor: 20_135n },
      ...{ depositMinor: 6_712n, plan: [10_068n, 10_067n] },
    },
  },
];

const washer = documentOf([line(1_000n, dollars(100n), { tax: texas }), line(2_000n, dollars(30n), { tax: texas }), line(1_000n, dollars(45n))], {
  discount: amount(1_000n),
});
const washerLines = [fixed, optional(true), optional(false)];

const options: readonly GoldenEstimate[] = [
  {
    name: 'options as suggested',
    why: '100 + 60 = 160, less 10 = 150.00; 8.25 % of 150.00 = 12.375 → 12.38',
    document: washer,
    lines: washerLines,
    choices: { ...nothing, options: ['line-002'] },
    deposit: { kind: 'amount', amountMinor: 5_000n },
    plan: null,
    expected: { billed: ['line-001', 'line-002'], subtotalMinor: 16_000n, discountMinor: 1_000n, taxMinor: 1_238n, totalMinor: 16_238n, depositMinor: 5_000n },
  },
  {
    name: 'every option, taxed and not',
    why: '205.00 less 10.00: of the taxed 160.00 the discount takes 780.49 of 1,000 cents → 7.80; 152.20 × 8.25 % = 12.5565 → 12.56',
    document: washer,
    lines: washerLines,
    choices: { ...nothing, options: ['line-003', 'line-002'] },
    deposit: null,
    plan: null,
    expected: {
      ...{ billed: ['line-001', 'line-002', 'line-003'], subtotalMinor: 20_500n, discountMinor: 1_000n },
      ...{ taxMinor: 1_256n, totalMinor: 20_756n, depositMinor: 0n },
    },
  },
  {
    name: 'no option, and a deposit larger than what is left',
    why: '100.00 less 10.00 = 90.00; 8.25 % = 7.425 → 7.43; the deposit of 500.00 is the total',
    document: washer,
    lines: washerLines,
    choices: nothing,
    deposit: { kind: 'amount', amountMinor: 50_000n },
    plan: null,
    expected: { billed: ['line-001'], subtotalMinor: 10_000n, discountMinor: 1_000n, taxMinor: 743n, totalMinor: 9_743n, depositMinor: 9_743n },
  },
];

const heaters = documentOf([
  line(1_000n, dollars(900n), { tax: texas }),
  line(1_000n, dollars(1_400n), { tax: texas }),
  line(1_000n, dollars(2_100n), { tax: texas }),
  line(1_000n, dollars(250n), { tax: texas }),
  line(1_000n, dollars(150n)),
]);
const heaterLines = [packaged('Good', false), packaged('Better', true), packaged('Best', false), packaged('Best', false), fixed];

const packages: readonly GoldenEstimate[] = [
  {
    name: 'the package in the middle',
    why: '1,400 + 150 = 1,550.00; 8.25 % of 1,400.00 = 115.50; stages of 500.00 and halves of 1,165.50',
    document: heaters,
    lines: heaterLines,
    choices: { ...nothing, packages: [{ group: 'Heater', package: 'Better' }] },
    deposit: { kind: 'percent', ratePpm: 250_000n },
    plan: [
      { label: 'Start', amountMinor: 50_000n },
      { label: 'Installed', ratePpm: 500_000n },
      { label: 'Inspected', ratePpm: 500_000n },
    ],
    expected: {
      ...{ billed: ['line-002', 'line-005'], subtotalMinor: 155_000n, discountMinor: 0n, taxMinor: 11_550n, totalMinor: 166_550n },
      ...{ depositMinor: 41_638n, plan: [50_000n, 58_275n, 58_275n] },
    },
  },
  {
    name: 'a package of two lines',
    why: '2,100 + 250 + 150 = 2,500.00; 8.25 % of 2,350.00 = 193.875 → 193.88',
    document: heaters,
    lines: heaterLines,
    choices: { ...nothing, packages: [{ group: 'Heater', package: 'Best' }] },
    deposit: null,
    plan: null,
    expected: {
      ...{ billed: ['line-003', 'line-004', 'line-005'], subtotalMinor: 250_000n, discountMinor: 0n },
      ...{ taxMinor: 19_388n, totalMinor: 269_388n, depositMinor: 0n },
    },
  },
];

const quantities: readonly GoldenEstimate[] = [
  {
    name: 'a quantity chosen within its bounds, tax included',
    why: '3.5 × 48.00 = 168.00 with 20 % in it: 28.00',
    document: documentOf([line(2_000n, dollars(48n), { tax: vat20 })], { inclusive: true, currency: 'GBP' }),
    lines: [{ choice: null, bounds: { minMilli: 1_000n, maxMilli: 6_000n, stepMilli: 500n } }],
    choices: { ...nothing, quantities: [{ lineId: 'line-001', quantityMilli: 3_500n }] },
    deposit: { kind: 'percent', ratePpm: 500_000n },
    plan: null,
    expected: { billed: ['line-001'], subtotalMinor: 16_800n, discountMinor: 0n, taxMinor: 2_800n, totalMinor: 16_800n, depositMinor: 8_400n },
  },
];
