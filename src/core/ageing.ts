import { type Day, daysBetween } from './calendar.ts';
import type { Installment } from './installments.ts';
import { shareOut } from './money.ts';

export const ageingBuckets = ['current', 'days30', 'days60', 'days90', 'over90'] as const;
/** Not due yet or due today; 1–30, 31–60, 61–90 and more than 90 days late. */
export type AgeingBucket = (typeof ageingBuckets)[number];

/** What is open of one paper on a day. Amounts in minor units, all of one currency; below zero: in the customer's favor. */
export type OpenItem = Readonly<{
  openMinor: bigint;
  /** What was billed by it; installments are shares of this. */
  totalMinor: bigint;
  dueOn: Day;
  installments: readonly Installment[] | null;
  /** Of what is open, what is held back until it is released: never late (rule 21). */
  heldBackMinor: bigint;
}>;

export type Ageing = Readonly<Record<AgeingBucket, bigint>>;

/** What is open by how late it is on `day`; every cent of it is in exactly one bucket. */
export function ageOf(items: readonly OpenItem[], day: Day): Ageing {
  const aged = { current: 0n, days30: 0n, days60: 0n, days90: 0n, over90: 0n };
  for (const item of items) {
    const heldMinor = least(item.heldBackMinor, item.openMinor > 0n ? item.openMinor : 0n);
    aged.current += heldMinor;
    for (const { dueOn, amountMinor } of openByDay({ ...item, openMinor: item.openMinor - heldMinor })) aged[bucketOf(daysBetween(dueOn, day))] += amountMinor;
  }
  return aged;
}

export function bucketOf(daysLate: number): AgeingBucket {
  if (daysLate <= 0) return 'current';
  if (daysLate <= 30) return 'days30';
  if (daysLate <= 60) return 'days60';
  return daysLate <= 90 ? 'days90' : 'over90';
}

/** What is open by the day it was due: what was settled closes installments from the oldest on; beyond the plan it is due with the first. */
function openByDay({ openMinor, totalMinor, dueOn, installments }: OpenItem): readonly Installment[] {
  if (installments === null || installments.length === 0 || openMinor <= 0n || totalMinor <= 0n) return [{ dueOn, amountMinor: openMinor }];
  const shares = shareOut(
    totalMinor,
    installments.map(({ amountMinor }) => amountMinor),
  );
  let leftMinor = openMinor;
  const taken = installments.map(() => 0n);
  for (let at = installments.length - 1; at >= 0; at -= 1) {
    taken[at] = at === 0 ? leftMinor : least(leftMinor, shares[at] ?? 0n);
    leftMinor -= taken[at] ?? 0n;
  }
  return installments.map((row, at) => ({ dueOn: row.dueOn, amountMinor: taken[at] ?? 0n }));
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
