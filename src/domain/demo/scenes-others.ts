import { type Scene, type Shown, scene } from './scenes.ts';
import { hours, one } from './work.ts';

const larkspur = { customer: 'larkspur', to: ['dana', 'ap'] } as const;
const codes = ['LK-01', 'LK-03', 'LK-05', 'LK-08', 'LK-11'] as const;

/** Moonbeam Mop: contracts of the property manager, square feet at fractions of a cent. */
export const mopScenes: readonly Scene[] = [
  scene(20, 17, (stage, at) =>
    stage.send(at, 'sub-cent', {
      customer: 'brandywine',
      to: ['brandywine'],
      lines: [one('Office cleaning', 0, { description: 'Per visit, after hours.', unit: 'sq ft', quantityMilli: 2_400_000n, unitPriceMilli: 12_345n })],
    }),
  ),
  scene(12, 17, (stage, at) =>
    stage.send(at, 'cent', {
      ...larkspur,
      po: 'PO-7790',
      discountMinor: 10_000n,
      message: 'Three empty units in one week: $100.00 off, shared between them.',
      lines: ['LK-01', 'LK-02', 'LK-03'].map((property) => one('Move-out cleaning', 34_500, { property, unit: 'visit', serviceOn: stage.days.ago(13) })),
    }),
  ),
  scene(8, 17, (stage, at) =>
    stage.send(at, 'month', {
      ...larkspur,
      po: 'PO-7702',
      message: 'Common areas for the month, as agreed.',
      lines: codes.map((property) => one('Common areas', 9_500, { property, unit: 'visit', quantityMilli: 4_000n, serviceOn: stage.days.ago(9) })),
    }),
  ),
  scene(7, 17, (stage, at) => stage.open(at, 'month', 'ap')),
];
export const mopShown: readonly Shown[] = [
  { what: 'A price of a fraction of a cent', bill: 'sub-cent' },
  { what: 'A discount that leaves one cent over', bill: 'cent' },
  { what: 'A contract over five properties', bill: 'month' },
];

export const bootScenes: readonly Scene[] = [
  scene(6, 17, (stage, at) =>
    stage.send(at, 'beds', {
      ...larkspur,
      property: 'LK-06',
      lines: [hours('Weeding and bed care', 12, 5_200), one('Mulch, spread', 9_500, { quantityMilli: 3_500n, unit: 'cu yd', taxed: true })],
    }),
  ),
];
export const bootShown: readonly Shown[] = [{ what: 'Fractions of a cubic yard', bill: 'beds' }];

export const ladderScenes: readonly Scene[] = [
  scene(34, 17, (stage, at) =>
    stage.send(at, 'kitchen-1', {
      customer: 'marlowes',
      to: ['marlowes'],
      message: 'First stage of the kitchen: old one out, walls closed.',
      lines: [hours('Demolition', 64, 6_200), one('Dumpster', 54_500, { unit: 'week' }), one('Permit', 25_000)],
    }),
  ),
  scene(26, 17, (stage, at) => stage.receive(at, 'kitchen-1', 'transfer', { reference: 'Kitchen, stage 1' })),
  scene(24, 17, (stage, at) => stage.deposit(at, 'deposit', { customer: 'marlowes', to: ['marlowes'] }, 'Cabinets for the kitchen', 120_000n)),
  scene(21, 17, (stage, at) => stage.receive(at, 'deposit', 'transfer', { reference: 'Kitchen, cabinets' })),
  scene(31, 18, (stage, at) =>
    stage.send(at, 'bath', {
      customer: 'marlowes',
      to: ['marlowes'],
      message: 'The guest bath, paid in three installments as agreed. Each may be paid early.',
      lines: [hours('Tile setting', 160, 6_800), one('Walk-in shower, installed', 184_000), one('Vanity, installed', 64_000)],
      installments: [
        { dueOn: stage.days.ago(26), amountMinor: null },
        { dueOn: stage.days.ago(-4), amountMinor: null },
        { dueOn: stage.days.ago(-35), amountMinor: null },
      ],
    }),
  ),
  scene(27, 17, (stage, at) => stage.receive(at, 'bath', 'check', { amountMinor: 173_334n, reference: 'Check 812' })),
  scene(4, 17, (stage, at) =>
    stage.send(at, 'kitchen-2', {
      customer: 'marlowes',
      to: ['marlowes'],
      message: 'Second stage: drywall, paint and cabinets.',
      lines: [
        one('Drywall, hung and finished', 325, { quantityMilli: 240_000n, unit: 'sq ft' }),
        one('Interior paint, two coats', 245, { quantityMilli: 520_000n, unit: 'sq ft' }),
        one('Base cabinet, installed', 18_500, { quantityMilli: 9_000n }),
      ],
    }),
  ),
];
export const ladderShown: readonly Shown[] = [
  { what: 'A kitchen in stages, deposit applied', bill: 'kitchen-2' },
  { what: 'A deposit, paid ahead', bill: 'deposit' },
  { what: 'Paid in three installments, one paid', bill: 'bath' },
];
