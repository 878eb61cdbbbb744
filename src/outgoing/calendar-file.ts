/** Something that happens on a day, for somebody's calendar. */
export type CalendarEntry = Readonly<{
  /** The same for the same thing, always: a newer file takes the place of an older one. */
  uid: string;
  /** Goes up with each change of when. */
  sequence: number;
  canceled: boolean;
  title: string;
  note: string;
  place: string;
  url: string;
  day: string;
  /** Hours of the day in `zone`; null: the whole day. */
  from: string | null;
  until: string | null;
  zone: string;
  writtenAt: Temporal.Instant;
}>;

/** A calendar file of one entry (RFC 5545). Times are written in UTC, so that no reader has to know the zone. */
export function calendarFile(entry: CalendarEntry): string {
  const { uid, sequence, canceled, title, note, place, url, writtenAt } = entry;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Service Invoice Pro//Visits//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(writtenAt)}`,
    ...timesOf(entry),
    `SUMMARY:${text(title)}`,
    ...(note === '' ? [] : [`DESCRIPTION:${text(note)}`]),
    ...(place === '' ? [] : [`LOCATION:${text(place)}`]),
    `URL:${url}`,
    `STATUS:${canceled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function timesOf({ day, from, until, zone }: CalendarEntry): string[] {
  if (from === null || until === null) {
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    return [`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`, `DTEND;VALUE=DATE:${next.replaceAll('-', '')}`, 'TRANSP:TRANSPARENT'];
  }
  const at = (time: string): string => utc(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant());
  return [`DTSTART:${at(from)}`, `DTEND:${at(until)}`];
}

const utc = (at: Temporal.Instant): string => `${at.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`;

/** Commas, semicolons, backslashes and line breaks are part of the text. */
const text = (value: string): string => value.replace(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n');

const most = 75;

/** Lines are at most 75 bytes long; the rest goes on in the next after a blank. No letter is cut in two. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (bytes + size > most) {
      pieces.push(piece);
      piece = ' ';
      bytes = 1;
    }
    piece += letter;
    bytes += size;
  }
  return [...pieces, piece].join('\r\n');
}
