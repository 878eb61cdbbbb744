import { otterOffers, otterOffersShown } from './offers.ts';
import { type Scene, type Shown, scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { type DemoLine, hours, one } from './work.ts';

const larkspur = { customer: 'larkspur', to: ['dana', 'ap'] } as const;
const call = one('Service call', 8900, { unit: 'visit' });
const labor = (quarters: number) => hours('Plumber labor', quarters, 12500);
const on = (stage: Stage, daysAgo: number): { serviceOn: string } => ({ serviceOn: stage.days.ago(daysAgo) });

/** The yearly test of five buildings on one bill. */
function backflow(stage: Stage): DemoLine[] {
  const extra: readonly (readonly [string, number])[] = [
    ['LK-01', 23_500],
    ['LK-02', 20_000],
    ['LK-04', 32_600],
    ['LK-06', 43_300],
    ['LK-07', 19_100],
  ];
  return extra.flatMap(([property, cents]) => [
    one('Backflow test, yearly', 18_500, { property, unit: 'visit', description: 'Report sent to the city.', ...on(stage, 9) }),
    one('Valve rebuild, labor and kit', cents, { property, ...on(stage, 9) }),
  ]);
}

/** What Larkspur owes Paper Otter: $4,812.40 due now, $640.00 of it overdue; $1,250.00 processing; $90.00 in question; $75.00 credit. */
const larkspurScenes: readonly Scene[] = [
  scene(60, 17, (stage, at) =>
    stage.send(at, 'credit', {
      ...larkspur,
      property: 'LK-05',
      wo: 'WO-2207',
      lines: [one('Camera inspection', 24_500), one('Main sewer line cleaning', 34_500)],
    }),
  ),
  scene(38, 17, (stage, at) => stage.receive(at, 'credit', 'check', { over: 7_500n, reference: 'Check 50217' })),
  scene(27, 17, (stage, at) =>
    stage.send(at, 'overdue-12', {
      ...larkspur,
      property: 'LK-09',
      wo: 'WO-2318',
      lines: [
        one('Emergency call, nights and weekends', 17_500, { unit: 'visit', ...on(stage, 28) }),
        labor(8),
        one('Parts and fittings', 16_000, { taxed: true }),
        one('City permit, at cost', 4_180),
        one('Return trip, same leak', 9_000),
      ],
    }),
  ),
  scene(9, 17, (stage, at) =>
    stage.send(at, 'partly-paid', {
      ...larkspur,
      property: 'LK-12',
      wo: 'WO-2340',
      lines: [labor(32), hours('Helper labor', 8, 6_500), one('Haul-away', 7_000)],
    }),
  ),
  scene(7, 17, (stage, at) => stage.send(at, 'consolidated', { ...larkspur, to: ['dana', 'ap', 'edgar'], po: 'PO-7781', lines: backflow(stage) })),
  scene(6, 18, (stage, at) => stage.open(at, 'consolidated', 'dana')),
  scene(5, 17, (stage, at) =>
    stage.send(at, 'processing', {
      ...larkspur,
      property: 'LK-10',
      wo: 'WO-2351',
      lines: [
        one('Camera inspection', 24_500, on(stage, 6)),
        one('Main sewer line cleaning', 34_500, on(stage, 6)),
        labor(20),
        one('City permit, at cost', 3_500),
      ],
    }),
  ),
  scene(4, 17, (stage, at) =>
    stage.send(at, 'question', {
      ...larkspur,
      property: 'LK-02',
      wo: 'WO-2355',
      lines: [call, one('Toilet repair', 14_900, on(stage, 5)), one('Fill valve, flapper, wax ring', 6_873, { taxed: true })],
    }),
  ),
  scene(3, 18, (stage, at) =>
    stage.send(at, 'sent', {
      ...larkspur,
      property: 'LK-07',
      wo: 'WO-2360',
      lines: [one('Leak detection', 22_500, on(stage, 4)), labor(12), hours('Helper labor', 8, 6_500), one('Disposal fee', 2_000)],
    }),
  ),
  scene(2, 17, (stage, at) => stage.receive(at, 'partly-paid', 'check', { amountMinor: 40_000n, reference: 'Check 50244' })),
  scene(2, 18, (stage, at) =>
    stage.question(at, 'overdue-12', 'dana', {
      line: 'Return trip, same leak',
      amountMinor: 9_000n,
      reason: 'amount',
      text: 'The leak was not fixed on the first visit, so we did not expect to pay for the second trip.',
    }),
  ),
  scene(1, 18, (stage, at) => stage.open(at, 'question', 'dana')),
  scene(1, 19, (stage, at) =>
    stage.ask(
      at,
      'question',
      'dana',
      'Was the toilet in unit 2 not repaired in September already? The tenant says it is the same one. Is this under your warranty?',
    ),
  ),
];

const rosaScenes: readonly Scene[] = [
  scene(9, 18, (stage, at) =>
    stage.send(at, 'rosa', {
      customer: 'rosa',
      to: ['rosa'],
      job: 'rosa',
      message: 'Gracias por llamarnos, señora Quill. Si el agua vuelve a bajar despacio, avísenos: regresamos sin costo durante 30 días.',
      lines: [
        one('Destape de desagüe, fregadero de cocina', 18_600, {
          item: 'Drain cleaning, sink or tub',
          unit: 'servicio',
          description: 'Máquina de cable, hasta 12 pies. Grasa retirada; probado con agua caliente.',
          ...on(stage, 10),
        }),
      ],
    }),
  ),
];

/** Sixty lines: a whole building's fixtures. */
function fixtures(): DemoLine[] {
  return Array.from({ length: 60 }, (_, at) =>
    one(`Aerator and washer, fixture ${at + 1}`, 640 + (at % 7) * 35, { description: at % 6 === 0 ? 'Restroom' : '', taxed: at % 2 === 0 }),
  );
}

const townScenes: readonly Scene[] = [
  scene(150, 17, (stage, at) => stage.send(at, 'ended-link', { customer: 'abara', to: ['abara'], lines: [call, labor(6)] })),
  scene(141, 17, (stage, at) => stage.receive(at, 'ended-link', 'check', { reference: 'Check 883' })),
  scene(105, 17, (stage, at) =>
    stage.send(at, 'overdue-75', {
      customer: 'gate',
      to: ['gate'],
      lines: [one('Main sewer line cleaning', 34_500), labor(10), one('Parts and fittings', 12_000, { taxed: true })],
    }),
  ),
  scene(38, 17, (stage, at) =>
    stage.send(at, 'late', {
      customer: 'abara',
      to: ['abara'],
      terms: 14,
      lateFee: { fee: { kind: 'amount', amountMinor: 2_500n }, graceDays: 5, every: 'once', capMinor: null },
      lines: [one('Camera inspection', 24_500)],
    }),
  ),
  scene(18, 17, (stage, at) => stage.chargeLate(at, 'late', 'late-fee', { customer: 'abara', to: ['abara'] })),
  scene(16, 17, (stage, at) => stage.send(at, 'sixty', { customer: 'sun', to: ['sun'], lines: fixtures() })),
  scene(15, 18, (stage, at) => stage.open(at, 'sixty', 'sun')),
  scene(13, 19, (stage, at) =>
    stage.send(at, 'autopay', { customer: 'sato', to: ['sato'], terms: 14, lines: [one('Drain maintenance plan, quarter', 12_900)] }),
  ),
  scene(12, 17, (stage, at) =>
    stage.send(at, 'announced', {
      customer: 'brandywine',
      to: ['brandywine'],
      po: 'BD-2041',
      lines: [call, labor(9), one('Parts and fittings', 8_400, { taxed: true })],
    }),
  ),
  scene(11, 17, (stage, at) =>
    stage.send(at, 'long-name', {
      customer: 'long',
      to: ['long'],
      lines: [one('Faucet replacement', 17_500), one('Faucet, brushed nickel', 18_900, { taxed: true })],
    }),
  ),
  scene(10, 17, (stage, at) =>
    stage.send(at, 'returned', { customer: 'kowalski', to: ['kowalski'], lines: [one('Garbage disposal, 1/2 hp, installed', 32_500, { taxed: true })] }),
  ),
  scene(8, 17, (stage, at) => stage.send(at, 'replaced', { customer: 'oday', to: ['oday'], lines: [call, labor(10)] })),
  scene(8, 18, (stage, at) => stage.send(at, 'canceled', { customer: 'finn', to: ['finn'], lines: [one('Service call', 8_900, { unit: 'visit' })] })),
  scene(6, 17, (stage, at) => stage.replace(at, 'replaced', 'replacing', { customer: 'oday', to: ['oday'], lines: [call, labor(8)] })),
  scene(6, 19, (stage, at) =>
    stage.send(at, 'zero', {
      customer: 'hobbs',
      to: ['hobbs'],
      message: 'You were without water for a day while we waited for the part. This visit is on us.',
      lines: [one('Return visit', 8_900, { unit: 'visit', discount: { kind: 'percent', ratePpm: 1_000_000n } })],
    }),
  ),
  scene(6, 20, (stage, at) =>
    stage.send(at, 'cash', { customer: 'peña', to: ['peña'], lines: [one('Toilet repair', 14_900), one('Parts and fittings', 2_400, { taxed: true })] }),
  ),
  scene(5, 18, (stage, at) => stage.cancel(at, 'canceled', 'Billed twice by mistake. Your first invoice stands.')),
  scene(5, 19, (stage, at) => stage.send(at, 'check', { customer: 'lin', to: ['lin'], lines: [call, labor(4)] })),
  scene(4, 18, (stage, at) => stage.receive(at, 'cash', 'cash')),
  scene(3, 17, (stage, at) => stage.send(at, 'card', { customer: 'sato', to: ['sato'], lines: [one('Faucet replacement', 17_500)] })),
  scene(2, 17, (stage, at) => stage.autopay(at, 'autopay', 'sato', { capMinor: 50_000n, noticeDays: 3 })),
  scene(2, 17, (stage, at) =>
    stage.send(at, 'early', {
      customer: 'hobbs',
      to: ['hobbs'],
      terms: 30,
      early: { ratePpm: 20_000n, days: 10 },
      lines: [one('Water softener, yearly service', 20_000)],
    }),
  ),
  scene(2, 18, (stage, at) => stage.receive(at, 'check', 'check', { reference: 'Check 1041' })),
  scene(2, 19, (stage, at) => stage.send(at, 'bounced', { customer: 'okafor', to: ['okafor'], lines: [call, labor(3)] })),
  scene(2, 20, (stage, at) => stage.send(at, 'opened', { customer: 'marlowes', to: ['marlowes'], lines: [one('Leak detection', 22_500), labor(5)] })),
  scene(1, 17, (stage, at) => stage.open(at, 'opened', 'marlowes')),
  scene(1, 20, (stage, at) => stage.announce(at, 'announced', 'brandywine', stage.days.ago(-3))),
  scene(1, 21, (stage, at) =>
    stage.begin(at, 'draft', {
      customer: 'harris',
      to: ['harris'],
      lines: [one('Water heater, 50 gallon gas, installed', 189_500, { taxed: true }), one('City permit, at cost', 4_180)],
    }),
  ),
];

export const otterScenes: readonly Scene[] = [...larkspurScenes, ...rosaScenes, ...townScenes, ...otterOffers];

export const otterShown: readonly Shown[] = [
  { what: 'Draft', bill: 'draft' },
  { what: 'Sent, not opened', bill: 'sent' },
  { what: 'Opened', bill: 'opened' },
  { what: 'Partly paid', bill: 'partly-paid' },
  { what: 'Bank payment processing', bill: 'processing' },
  { what: 'Payment returned by the bank', bill: 'returned' },
  { what: 'Overdue for 12 days', bill: 'overdue-12' },
  { what: 'Overdue for 75 days', bill: 'overdue-75' },
  { what: 'Overdue, with a late fee', bill: 'late' },
  { what: 'A late fee', bill: 'late-fee' },
  { what: 'Cheaper when paid early', bill: 'early' },
  { what: 'A question waits', bill: 'question' },
  { what: 'A charge in question', bill: 'overdue-12' },
  { what: 'A check is announced', bill: 'announced' },
  { what: 'Autopay tomorrow', bill: 'autopay' },
  { what: 'Paid by card', bill: 'card' },
  { what: 'Paid by check', bill: 'check' },
  { what: 'Paid in cash', bill: 'cash' },
  { what: 'Canceled', bill: 'canceled' },
  { what: 'Replaced', bill: 'replaced' },
  { what: 'Takes the place of another', bill: 'replacing' },
  { what: 'Paid too much, kept as credit', bill: 'credit' },
  { what: 'One bill over five properties', bill: 'consolidated' },
  { what: 'Mail came back', bill: 'bounced' },
  { what: 'The link has ended', bill: 'ended-link' },
  { what: 'Total of zero', bill: 'zero' },
  { what: 'Sixty lines', bill: 'sixty' },
  { what: 'A name of sixty letters', bill: 'long-name' },
  { what: 'In Spanish, with a photo', bill: 'rosa' },
  ...otterOffersShown,
];
