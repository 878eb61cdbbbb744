import { addDays, todayIn } from '../../core/calendar.ts';

/** Sampleton is in Texas. */
export const zone = 'America/Chicago';

/** Days counted from the day the demo was first started, and moments of them that are always past. */
export class Days {
  readonly today: string;
  readonly now: Temporal.Instant;

  constructor(now: Temporal.Instant) {
    this.now = now;
    this.today = todayIn(zone, now);
  }

  /** `days` before today; negative: after. */
  ago(days: number): string {
    return addDays(this.today, -days);
  }

  /** That hour of that day where the business is, but never later than now. */
  at(day: string, hour: number, minute = 0): Temporal.Instant {
    const moment = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: { hour, minute } }).toInstant();
    return Temporal.Instant.compare(moment, this.now) < 0 ? moment : this.now;
  }
}
