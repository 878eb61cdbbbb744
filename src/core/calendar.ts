import { intlTag, type Locale } from './locale.ts';
import { Refusal } from './refusal.ts';

/** A day of the calendar, 'YYYY-MM-DD'. It has no time and no zone, so it never shifts. */
export type Day = string;

/** A day as text, or a Temporal.PlainDate where the runtime has one. */
export type DayLike = Day | { readonly year: number; readonly month: number; readonly day: number };

/** A point in time: ISO text with a zone, milliseconds since 1970, or a Temporal.Instant. */
export type InstantLike = string | number | { readonly epochMilliseconds: number };

/** When an invoice falls due. `end_of_month` 0 is the end of the month it was issued in, 1 of the next. */
export type Terms = { kind: 'on_receipt' } | { kind: 'days'; days: number } | { kind: 'end_of_month'; months: number };

const dayMs = 86_400_000;
const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists: 2028-02-29 yes, 2027-02-29 no. */
export function isDay(text: string): boolean {
  return knownDays.has(text) || utcOf(text) !== null;
}

/** Days met lately, as milliseconds: a list asks for the same few again and again. */
const knownDays = new Map<string, number>();
const mostKnown = 5_000;

/** Midnight UTC of a day, or null when there is no such day. */
function utcOf(text: string): number | null {
  const known = knownDays.get(text);
  if (known !== undefined) return known;
  const match = shape.exec(text);
  if (match === null) return null;
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  if (Number(match[1]) < 1900 || textOf(at) !== text) return null;
  if (knownDays.size >= mostKnown) knownDays.clear();
  knownDays.set(text, at);
  return at;
}

/** The same day as text. Refuses `date_invalid`. */
export function toDay(day: DayLike): Day {
  const text = typeof day === 'string' ? day : fields(day.year, day.month, day.day);
  if (!isDay(text)) throw new Refusal('date_invalid', { value: text });
  return text;
}

export function addDays(day: DayLike, days: number): Day {
  return textOf(utc(day) + days * dayMs);
}

/** Days from one day to another; negative when the second is earlier. */
export function daysBetween(from: DayLike, to: DayLike): number {
  return (utc(to) - utc(from)) / dayMs;
}

/** The same day of a later month, or its last day where there is no such day. */
export function addMonths(day: DayLike, months: number): Day {
  const [year = 0, month = 0, date = 0] = toDay(day).split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return textOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** The last day of the month `months` after the month of `day`. */
export function endOfMonth(day: DayLike, months = 0): Day {
  const [year = 0, month = 0] = toDay(day).split('-').map(Number);
  return textOf(Date.UTC(year, month + months, 0));
}

/** The due day of a document issued on `issuedOn`. Refuses `invalid_input` for days or months outside 0…365 and 0…12. */
export function dueDay(issuedOn: DayLike, terms: Terms): Day {
  if (terms.kind === 'on_receipt') return toDay(issuedOn);
  const [count, most] = terms.kind === 'days' ? [terms.days, 365] : [terms.months, 12];
  if (!Number.isInteger(count) || count < 0 || count > most) throw new Refusal('invalid_input', { field: 'terms' });
  return terms.kind === 'days' ? addDays(issuedOn, count) : endOfMonth(issuedOn, count);
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** The day it is in a time zone at an instant. Refuses `time_zone_unknown` and, for text that is no time, `date_invalid`. */
export function todayIn(zone: string, instant: InstantLike): Day {
  const at = typeof instant === 'number' ? instant : typeof instant === 'string' ? Date.parse(instant) : instant.epochMilliseconds;
  if (!Number.isFinite(at)) throw new Refusal('date_invalid');
  // No zone begins a day within a second, so the answer of a second is kept with it.
  const second = Math.trunc(at / 1_000);
  const last = lastToday.get(zone);
  if (last?.second === second) return last.day;
  const parts: Record<string, number> = {};
  for (const { type, value } of zoneFormat(zone).formatToParts(at)) parts[type] = Number(value);
  const day = fields(parts['year'] ?? 0, parts['month'] ?? 0, parts['day'] ?? 0);
  lastToday.set(zone, { second, day });
  return day;
}

/** One entry a zone: `zoneFormat` has refused what is none. */
const lastToday = new Map<string, Readonly<{ second: number; day: Day }>>();

/** True for a zone name the runtime knows, such as America/Chicago. */
export function isTimeZone(zone: string): boolean {
  try {
    zoneFormat(zone);
    return true;
  } catch {
    return false;
  }
}

function zoneFormat(zone: string): Intl.DateTimeFormat {
  const known = zoneFormats.get(zone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    zoneFormats.set(zone, made);
    return made;
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('time_zone_unknown', { zone });
    throw error;
  }
}

const months: Readonly<Record<Locale, readonly string[]>> = {
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
  es: 'ene feb mar abr may jun jul ago sep oct nov dic'.split(' '),
  fr: 'janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.'.split(' '),
};

/** A month, as 2026-12: Dec 2026 · dic 2026 · déc. 2026. */
export function formatMonth(month: string, locale: Locale): string {
  const [year = '', number = ''] = month.split('-');
  return `${months[locale][Number(number) - 1] ?? ''} ${year}`;
}

/** Dec 4, 2026 · 4 dic 2026 · 4 déc. 2026. Our own month names, so that no update of the runtime changes an issued page. */
export function formatDay(day: DayLike, locale: Locale): string {
  const [year = 0, month = 0, date = 0] = toDay(day).split('-').map(Number);
  const name = months[locale][month - 1] ?? '';
  if (locale === 'en') return `${name} ${date}, ${year}`;
  return `${locale === 'fr' && date === 1 ? '1er' : date} ${name} ${year}`;
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** The time of day of an instant in a zone, as the reader writes it: 2:05 PM · 2:05 p. m. · 14 h 05. */
export function formatTime(instant: InstantLike, zone: string, locale: Locale): string {
  const at = typeof instant === 'number' ? instant : typeof instant === 'string' ? Date.parse(instant) : instant.epochMilliseconds;
  const key = `${locale} ${zone}`;
  const format = timeFormats.get(key) ?? new Intl.DateTimeFormat(intlTag[locale], { timeZone: zone, hour: 'numeric', minute: '2-digit' });
  timeFormats.set(key, format);
  return format.format(at);
}

function utc(day: DayLike): number {
  return utcOf(toDay(day)) ?? 0;
}

function textOf(utcMs: number): Day {
  const date = new Date(utcMs);
  return fields(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function fields(year: number, month: number, day: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
