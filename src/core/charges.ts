import { addDays, addMonths, type Day, type DayLike, daysBetween } from './calendar.ts';
import { limits } from './limits.ts';
import { divideHalfUp, shareOut } from './money.ts';
import type { Discount } from './totals.ts';

/**
 * What is asked for paying late, as agreed on the invoice: an amount or a share of what is overdue, once or each month, first on the day
 * after the days of grace, never more than the cap in all.
 */
export type LateFee = Readonly<{ fee: Discount; graceDays: number; every: 'once' | 'month'; capMinor: bigint | null }>;

/** What paying the whole early saves: a share of the total, within so many days of the invoice's day. */
export type EarlyDiscount = Readonly<{ ratePpm: bigint; days: number }>;

/** The same as frozen: the last day a payment may be started on, and the amount. */
export type EarlyOffer = EarlyDiscount & Readonly<{ untilOn: Day; saveMinor: bigint }>;

export const graceDaysMax = 90;
export const earlyDaysMax = 90;

const million = 1_000_000n;
/** Fees for more months than this are nobody's will. */
const mostPeriods = 120;

/** What an early payment saves on a total; null where it comes to nothing. */
export function earlyOffer(rule: EarlyDiscount | null, totalMinor: bigint, issuedOn: DayLike): EarlyOffer | null {
  if (rule === null) return null;
  const saveMinor = divideHalfUp(totalMinor * rule.ratePpm, million);
  return saveMinor > 0n && saveMinor < totalMinor ? { ...rule, untilOn: addDays(issuedOn, rule.days), saveMinor } : null;
}

/** The first day of a period of lateness: 0 begins the day after the grace, each next one a month later. */
export function feeDay(rule: LateFee, dueOn: DayLike, period: number): Day {
  return addMonths(addDays(dueOn, rule.graceDays + 1), period);
}

/** One fee: of what is overdue now, within what the cap leaves. 0: nothing to charge. */
export function lateFeeOf(rule: LateFee, overdueMinor: bigint, chargedMinor: bigint): bigint {
  if (overdueMinor <= 0n) return 0n;
  const wanted = rule.fee.kind === 'amount' ? rule.fee.amountMinor : divideHalfUp(overdueMinor * rule.fee.ratePpm, million);
  const left = rule.capMinor === null ? wanted : rule.capMinor - chargedMinor;
  const fee = wanted < left ? wanted : left;
  return fee < 0n ? 0n : fee > limits.documentMaxMinor ? limits.documentMaxMinor : fee;
}

export type Judgement = Readonly<{
  fees: readonly Readonly<{ period: number; amountMinor: bigint }>[];
  /** When to look again; null: never. */
  nextOn: Day | null;
}>;

export type Lateness = Readonly<{
  dueOn: Day;
  today: Day;
  /** The day that was to be judged next. */
  nextOn: Day;
  /** Due now and past its day: nothing that is on its way, in question or held back. */
  overdueMinor: bigint;
  chargedMinor: bigint;
}>;

/**
 * The fees that are due today, oldest period first. While nothing may be charged (all of it processing, in question or held back) a
 * period waits until the next one begins and is then let go: nobody pays later for days on which nothing was asked of them.
 */
export function judgeLateness(rule: LateFee, { dueOn, today, nextOn, overdueMinor, chargedMinor }: Lateness): Judgement {
  const fees: { period: number; amountMinor: bigint }[] = [];
  const begun = (period: number): boolean => daysBetween(feeDay(rule, dueOn, period), today) >= 0;
  const last = rule.every === 'once' ? 1 : mostPeriods;
  let charged = chargedMinor;
  for (let period = periodAt(rule, dueOn, nextOn); period < last; period += 1) {
    if (!begun(period)) return { fees, nextOn: feeDay(rule, dueOn, period) };
    if (rule.capMinor !== null && charged >= rule.capMinor) return { fees, nextOn: null };
    const amountMinor = lateFeeOf(rule, overdueMinor, charged);
    if (amountMinor > 0n) {
      fees.push({ period, amountMinor });
      charged += amountMinor;
    } else if (period + 1 >= last || !begun(period + 1)) return { fees, nextOn: feeDay(rule, dueOn, period) };
  }
  return { fees, nextOn: null };
}

function periodAt(rule: LateFee, dueOn: Day, day: Day): number {
  let period = 0;
  while (period < mostPeriods && daysBetween(feeDay(rule, dueOn, period), day) > 0) period += 1;
  return period;
}

export type Taxed = Readonly<{ netMinor: bigint; taxes: readonly Readonly<{ rateId: string; taxMinor: bigint }>[] }>;

/** An amount off what was billed, in proportion to its net and each of its taxes, largest remainder first: tax goes back at the rate it was taken. */
export function splitBilled(amountMinor: bigint, billed: Taxed): Taxed {
  const [netMinor = 0n, ...taxes] = shareOut(amountMinor, [billed.netMinor, ...billed.taxes.map((tax) => tax.taxMinor)]);
  return { netMinor, taxes: billed.taxes.map(({ rateId }, at) => ({ rateId, taxMinor: taxes[at] ?? 0n })) };
}
