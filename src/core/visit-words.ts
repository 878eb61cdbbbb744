import { intlTag, type Locale } from './locale.ts';

const formats = new Map<Locale, Intl.DateTimeFormat>();

function formatOf(locale: Locale): Intl.DateTimeFormat {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(intlTag[locale], { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  formats.set(locale, format);
  return format;
}

const instantOf = (time: string): number => Date.UTC(2026, 0, 1, Number(time.slice(0, 2)), Number(time.slice(3, 5)));

/** A time of day as the reader writes it, 'HH:MM' as it is kept. */
export function formatHour(time: string, locale: Locale): string {
  return formatOf(locale).format(instantOf(time));
}

/** 8:00 – 10:00 AM: hours of one day, in the zone they were said in. */
export function formatTimes(from: string, until: string, locale: Locale): string {
  return formatOf(locale).formatRange(instantOf(from), instantOf(until));
}
