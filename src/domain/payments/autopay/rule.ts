import { addDays, type Day } from '../../../core/calendar.ts';

/** A charge that failed is tried again this many days after the first try, then no more. */
export const retryDays = [3, 5] as const;

/** Failures that the same method will give again: trying again would only cost the payer. */
const final: ReadonlySet<string> = new Set(['expired_card', 'account_closed', 'not_authorized', 'needs_confirmation', 'confirmation_failed', 'canceled']);

/** The day of the next try after `tries` of them, never today or before; null: it stops here. */
export function nextTry(of: Readonly<{ firstTriedOn: Day; tries: number; failure: string; today: Day }>): Day | null {
  const after = final.has(of.failure) ? undefined : retryDays[of.tries - 1];
  if (after === undefined) return null;
  const day = addDays(of.firstTriedOn, after);
  return day > of.today ? day : addDays(of.today, 1);
}

/** Charges happen by day, while somebody may be asked: from this hour of the business on, and not in its evening. */
export const chargeHours = { from: 9, until: 20 } as const;

export const isChargeHour = (hour: number): boolean => hour >= chargeHours.from && hour < chargeHours.until;

export const chargeStates = ['planned', 'charging', 'charged', 'failed', 'skipped', 'paid_by_hand', 'above_cap', 'nothing_due', 'stopped'] as const;
export type ChargeState = (typeof chargeStates)[number];

export const mandateEnds = ['by_person', 'by_office', 'replaced', 'right_ended', 'method_removed', 'not_offered', 'not_allowed', 'failed'] as const;
export type MandateEnd = (typeof mandateEnds)[number];
