import { addMonths, type Day, endOfMonth } from './calendar.ts';

export const periodNames = ['all', 'this_month', 'last_month', 'this_year', 'last_year'] as const;
export type PeriodName = (typeof periodNames)[number];

/** Days of a calendar, both inside; null: open on that side. */
export type Span = Readonly<{ from: Day | null; to: Day | null }>;

/** The days people mean by it when it is `today`. */
export function spanOf(name: PeriodName, today: Day): Span {
  if (name === 'all') return { from: null, to: null };
  const year = Number(today.slice(0, 4)) - (name === 'last_year' ? 1 : 0);
  if (name === 'this_year' || name === 'last_year') return { from: `${year}-01-01`, to: `${year}-12-31` };
  const first = addMonths(`${today.slice(0, 7)}-01`, name === 'last_month' ? -1 : 0);
  return { from: first, to: endOfMonth(first) };
}
