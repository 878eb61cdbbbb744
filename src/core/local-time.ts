import type { Day } from './calendar.ts';

/** The instant at which a clock on the wall of this zone shows the full hour of that day. An hour that a clock change leaves out is the one after. */
export function instantAt(zone: string, day: Day, hour: number): Temporal.Instant {
  return Temporal.PlainDate.from(day).toPlainDateTime({ hour }).toZonedDateTime(zone).toInstant();
}

/** The hour a clock on the wall shows, 0 to 23. */
export function hourIn(zone: string, instant: Temporal.Instant): number {
  return instant.toZonedDateTimeISO(zone).hour;
}

/** Saturday or Sunday. */
export function isWeekend(day: Day): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek > 5;
}
