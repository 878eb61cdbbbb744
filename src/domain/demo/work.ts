import type { DemoTrade } from './cast.ts';
import type { Chance } from './chance.ts';

/** A line as `createDraft` takes it; `taxed` becomes the rate of the business, `item` the one of its price book. */
export type DemoLine = Readonly<{
  name: string;
  description?: string;
  item?: string;
  property?: string;
  serviceOn?: string;
  quantityMilli: bigint;
  unit: string;
  unitPriceMilli: bigint;
  taxed?: boolean;
  discount?: Readonly<{ kind: 'percent'; ratePpm: bigint } | { kind: 'amount'; amountMinor: bigint }>;
}>;

/** A line of one piece at a price in cents. */
export function one(name: string, cents: number, more: Partial<DemoLine> = {}): DemoLine {
  return { name, quantityMilli: 1000n, unit: 'each', unitPriceMilli: BigInt(cents) * 1000n, ...more };
}

/** So many hours (in quarters) at a price in cents. */
export function hours(name: string, quarters: number, cents: number, more: Partial<DemoLine> = {}): DemoLine {
  return { name, quantityMilli: BigInt(quarters) * 250n, unit: 'hour', unitPriceMilli: BigInt(cents) * 1000n, ...more };
}

type Job = (chance: Chance) => DemoLine[];

const plumbing: readonly Job[] = [
  (c) => [
    one('Service call', 8900, { unit: 'visit' }),
    one('Drain cleaning, sink or tub', 18600, { description: c.oneOf(['Kitchen sink.', 'Hall bath tub.', 'Laundry standpipe.']) }),
  ],
  (c) => [
    one('Service call', 8900, { unit: 'visit' }),
    hours('Plumber labor', c.between(2, 10), 12500),
    one('Parts and fittings', c.between(12, 90) * 100, { taxed: true }),
  ],
  (c) => [one('Toilet repair', 14900), one('Parts and fittings', c.between(18, 45) * 100, { taxed: true })],
  (c) => [
    one('Faucet replacement', 17500, { description: c.oneOf(['Kitchen.', 'Upstairs bath.']) }),
    one('Faucet, brushed nickel', c.between(89, 210) * 100, { taxed: true }),
  ],
  () => [one('Camera inspection', 24500), one('Main sewer line cleaning', 34500)],
  () => [one('Water heater, 50 gallon gas, installed', 189500, { taxed: true }), one('City permit, at cost', 4180)],
  (c) => [one('Emergency call, nights and weekends', 17500, { unit: 'visit' }), hours('Plumber labor', c.between(4, 16), 12500)],
  () => [one('Garbage disposal, 1/2 hp, installed', 32500, { taxed: true })],
  (c) => [one('Leak detection', 22500), hours('Plumber labor', c.between(4, 12), 12500), hours('Helper labor', c.between(4, 8), 6500)],
];
const cleaning: readonly Job[] = [
  (c) => [one('Standard cleaning', 14500, { unit: 'visit' }), ...(c.percent(40) ? [one('Oven', 3500)] : [])],
  (c) => [
    one('Deep cleaning', 29500, { unit: 'visit' }),
    one('Windows, inside and outside', 900, { quantityMilli: BigInt(c.between(6, 20)) * 1000n, unit: 'window' }),
  ],
  (c) => [one('Move-out cleaning', 34500, { unit: 'visit' }), one('Carpet cleaning', 5500, { quantityMilli: BigInt(c.between(1, 4)) * 1000n, unit: 'room' })],
  (c) => [one('Common areas', 9500, { quantityMilli: BigInt(c.between(2, 5)) * 1000n, unit: 'visit' }), one('Supplies', 1200, { taxed: true })],
  (c) => [hours('Cleaner', c.between(8, 24), 4200), one('Refrigerator', 3500)],
];
const landscaping: readonly Job[] = [
  (c) => [one('Mow, edge and blow', 5500, { quantityMilli: BigInt(c.between(2, 5)) * 1000n, unit: 'visit' })],
  (c) => [one('Mow, large lot', 9500, { quantityMilli: BigInt(c.between(2, 4)) * 1000n, unit: 'visit' }), hours('Hedge trimming', c.between(2, 8), 6500)],
  (c) => [
    hours('Weeding and bed care', c.between(4, 10), 5200),
    one('Mulch, spread', 9500, { quantityMilli: BigInt(c.between(2, 6)) * 500n, unit: 'cu yd', taxed: true }),
  ],
  (c) => [
    one('Sprinkler check', 9500, { unit: 'visit' }),
    one('Sprinkler head, replaced', 4500, { quantityMilli: BigInt(c.between(1, 5)) * 1000n, taxed: true }),
  ],
  () => [one('Leaf removal', 24500, { unit: 'visit' })],
];
const contracting: readonly Job[] = [
  (c) => [hours('Carpenter labor', c.between(16, 80), 7800), one('Materials', c.between(120, 900) * 100, { taxed: true })],
  (c) => [
    one('Drywall, hung and finished', 325, { quantityMilli: BigInt(c.between(80, 400)) * 1000n, unit: 'sq ft' }),
    one('Interior paint, two coats', 245, { quantityMilli: BigInt(c.between(200, 600)) * 1000n, unit: 'sq ft' }),
  ],
  (c) => [one('Tile, set and grouted', 1450, { quantityMilli: BigInt(c.between(40, 160)) * 1000n, unit: 'sq ft' }), one('Permit', 25000)],
  (c) => [one('Interior door, hung', 42500, { quantityMilli: BigInt(c.between(1, 4)) * 1000n, taxed: true })],
  (c) => [hours('Demolition', c.between(16, 48), 6200), one('Dumpster', 54500, { unit: 'week' })],
];
const jobs: Readonly<Record<DemoTrade, readonly Job[]>> = { plumbing, cleaning, landscaping, contracting };

/** What one ordinary visit of this trade is billed for. */
export function ordinaryWork(trade: DemoTrade, chance: Chance): DemoLine[] {
  return chance.oneOf(jobs[trade])(chance);
}
