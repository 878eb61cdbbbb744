import { addDays, addMonths, type Day, daysBetween } from './calendar.ts';
import { shareOut } from './money.ts';

/** One payment of several a bill is to be paid in. Amounts in minor units of the bill's currency. */
export type Installment = Readonly<{ dueOn: Day; amountMinor: bigint }>;

/** The same while it is planned; `amountMinor` null: an even share of what those with an amount leave. */
export type PlannedInstallment = Readonly<{ dueOn: Day; amountMinor: bigint | null }>;

export const fewestInstallments = 2;
export const mostInstallments = 12;

export const installmentSteps = ['week', 'two_weeks', 'month'] as const;
export type InstallmentStep = (typeof installmentSteps)[number];

export const installmentStates = ['paid', 'processing', 'overdue', 'due', 'later'] as const;
/** `due` is the first one that is open and not late; those after it are `later`, and may be paid all the same. */
export type InstallmentState = (typeof installmentStates)[number];

/** One installment as it stands. `openMinor`: what is neither settled nor on its way. */
export type InstallmentStanding = Installment & Readonly<{ openMinor: bigint; state: InstallmentState }>;

const sumOf = (rows: readonly Installment[]): bigint => rows.reduce((sum, row) => sum + row.amountMinor, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastZero = (amountMinor: bigint): bigint => (amountMinor > 0n ? amountMinor : 0n);

/** The days of `count` installments from the first one on. Months are counted from the first, so that Jan 31 is followed by Feb 28 and Mar 31. */
export function installmentDays(firstOn: Day, step: InstallmentStep, count: number): Day[] {
  return Array.from({ length: count }, (_, at) => (step === 'month' ? addMonths(firstOn, at) : addDays(firstOn, at * (step === 'week' ? 7 : 14))));
}

/**
 * What each one comes to: amounts as planned, the rest of the total evenly over those without one, largest remainder first, so that they sum
 * to the total. null when they cannot: planned amounts leave nothing for the others, or do not come to the total.
 */
export function shareInstallments(totalMinor: bigint, planned: readonly PlannedInstallment[]): Installment[] | null {
  const free = planned.filter(({ amountMinor }) => amountMinor === null);
  const restMinor = planned.reduce((rest, { amountMinor }) => rest - (amountMinor ?? 0n), totalMinor);
  if (free.length === 0 ? restMinor !== 0n : restMinor < BigInt(free.length)) return null;
  const shares = shareOut(
    restMinor,
    free.map(() => 1n),
  );
  let next = 0;
  return planned.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor: amountMinor ?? shares[next++] ?? 0n }));
}

/** Of what the installments come to: what falls due after `day`. */
export function dueAfter(rows: readonly Installment[], day: Day): bigint {
  return sumOf(rows.filter(({ dueOn }) => daysBetween(day, dueOn) > 0));
}

/** The day of the oldest one that `restMinor`, what is left of the bill, still holds open; the last day once nothing is left. */
export function openSince(rows: readonly Installment[], restMinor: bigint): Day | null {
  let afterMinor = sumOf(rows);
  for (const { dueOn, amountMinor } of rows) {
    afterMinor -= amountMinor;
    if (restMinor > afterMinor) return dueOn;
  }
  return rows.at(-1)?.dueOn ?? null;
}

/** How each stands: what was settled, then what is on its way, closes them from the oldest on. */
export function installmentsNow(rows: readonly Installment[], { restMinor, movingMinor, today }: { restMinor: bigint; movingMinor: bigint; today: Day }) {
  const openMinor = atLeastZero(restMinor - movingMinor);
  let afterMinor = sumOf(rows);
  let first = true;
  return rows.map((row): InstallmentStanding => {
    afterMinor -= row.amountMinor;
    const of = (leftMinor: bigint): bigint => least(row.amountMinor, atLeastZero(leftMinor - afterMinor));
    const open = of(openMinor);
    const state = open === 0n ? (of(restMinor) === 0n ? 'paid' : 'processing') : daysBetween(row.dueOn, today) > 0 ? 'overdue' : first ? 'due' : 'later';
    if (open > 0n && state === 'due') first = false;
    return { ...row, openMinor: open, state };
  });
}

/** What of the rows is settled when `restMinor` is left: the part of a plan that stays when the rest is planned anew. */
export function settledInstallments(rows: readonly Installment[], restMinor: bigint): Installment[] {
  let afterMinor = sumOf(rows);
  return rows.flatMap((row): Installment[] => {
    afterMinor -= row.amountMinor;
    const amountMinor = row.amountMinor - least(row.amountMinor, atLeastZero(restMinor - afterMinor));
    return amountMinor > 0n ? [{ ...row, amountMinor }] : [];
  });
}

/** Which installments an amount pays, oldest first; `at` is the place of each in the plan. */
export function paidBy(rows: readonly InstallmentStanding[], amountMinor: bigint): { at: number; dueOn: Day; amountMinor: bigint }[] {
  let leftMinor = amountMinor;
  return rows.flatMap(({ dueOn, openMinor }, at) => {
    const taken = least(openMinor, leftMinor);
    leftMinor -= taken;
    return taken > 0n ? [{ at, dueOn, amountMinor: taken }] : [];
  });
}
