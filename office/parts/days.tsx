import { daysBetween, formatDay, formatTime, todayIn } from '../../src/core/calendar.ts';
import { useOffice } from './office-context.ts';

/** Days and moments, in the time zone of the business. */

export const dayText = (day: string): string => formatDay(day, 'en');

/** 8:00 AM */
export const hourText = (hour: number): string => `${hour % 12 === 0 ? 12 : hour % 12}:00 ${hour < 12 ? 'AM' : 'PM'}`;

/** Dec 4 within this year, with the year outside it. */
export function shortDay(day: string, today: string): string {
  const text = dayText(day);
  return day.slice(0, 4) === today.slice(0, 4) ? text.replace(/, \d{4}$/, '') : text;
}

/** in 5 days · today · 12 days ago */
export function fromToday(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** now · 5 min ago · 2:05 PM · yesterday · Nov 3 */
export function momentText(instant: string, zone: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const [day, today] = [todayIn(zone, instant), todayIn(zone, nowMs)];
  const age = daysBetween(day, today);
  if (age === 0) return formatTime(instant, zone, 'en');
  if (age === 1) return 'yesterday';
  return shortDay(day, today);
}

export function Day({ day, className = '' }: { day: string; className?: string }) {
  return (
    <time dateTime={day} className={`num ${className}`} title={dayText(day)}>
      {shortDay(day, useOffice().today)}
    </time>
  );
}

export function Moment({ at, className = '' }: { at: string; className?: string }) {
  const zone = useOffice().business.timeZone;
  const full = `${dayText(todayIn(zone, at))}, ${formatTime(at, zone, 'en')}`;
  return (
    <time dateTime={at} className={`num ${className}`} title={full}>
      {momentText(at, zone, Date.now())}
    </time>
  );
}
