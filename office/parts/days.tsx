import { daysBetween, formatDay, formatTime, todayIn } from '../../src/core/calendar.ts';
import { useOffice } from './office-context.ts';

/** Days and moments, in the time zone of the business. */

export const dayText = (day: string): string => formatDay(day, 'en');

/** 8:00 AM */
export const hourText = (hour: number): string => `${hour % 12 === 0 ? 12 : hour % 12}:00 ${hour < 12 ? 'AM' : 'PM'}`;

/** Dec 4 within this year, with the year outside it. */
export function shortDay(day: string, today: string, locale: CrewLocale = 'en'): string {
  const text = formatDay(day, locale);
  return day.slice(0, 4) === today.slice(0, 4) ? text.replace(/,? \d{4}$/, '') : text;
}

/** in 5 days · today · 12 days ago */
export function fromToday(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** What the crew reads of moments; the office reads English. */
const momentWords = {
  en: { now: 'just now', ago: (minutes: number) => `${minutes} min ago`, yesterday: 'yesterday' },
  es: { now: 'ahora mismo', ago: (minutes: number) => `hace ${minutes} min`, yesterday: 'ayer' },
} as const;
export type CrewLocale = keyof typeof momentWords;

/** now · 5 min ago · 2:05 PM · yesterday · Nov 3 */
export function momentText(instant: string, zone: string, nowMs: number, locale: CrewLocale = 'en'): string {
  const words = momentWords[locale];
  const minutes = Math.floor((nowMs - Date.parse(instant)) / 60_000);
  if (minutes < 1) return words.now;
  if (minutes < 60) return words.ago(minutes);
  const [day, today] = [todayIn(zone, instant), todayIn(zone, nowMs)];
  const age = daysBetween(day, today);
  if (age === 0) return formatTime(instant, zone, locale);
  if (age === 1) return words.yesterday;
  return shortDay(day, today, locale);
}

export function Day({ day, className = '' }: { day: string; className?: string }) {
  return (
    <time dateTime={day} className={`num ${className}`} title={dayText(day)}>
      {shortDay(day, useOffice().today)}
    </time>
  );
}

export function Moment({ at, className = '', locale = 'en' }: { at: string; className?: string; locale?: CrewLocale }) {
  const zone = useOffice().business.timeZone;
  const full = `${formatDay(todayIn(zone, at), locale)}, ${formatTime(at, zone, locale)}`;
  return (
    <time dateTime={at} className={`num ${className}`} title={full}>
      {momentText(at, zone, Date.now(), locale)}
    </time>
  );
}
