import { describe, expect, it } from 'vitest';
import { type CalendarEntry, calendarFile } from './calendar-file.ts';

const entry: CalendarEntry = {
  ...{ uid: 'vis_1@otter.example.com', sequence: 0, canceled: false, title: 'Drain cleaning · Otter', note: '', place: '', url: 'https://otter.example.com/v' },
  ...{ day: '2026-10-31', from: '08:00', until: '10:00', zone: 'America/Chicago', writtenAt: Temporal.Instant.from('2026-10-01T12:00:00.123Z') },
};
const read = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('an entry for a calendar', () => {
  it('says when in hours every calendar reads alike, with the same name each time', () => {
    expect(read(calendarFile(entry))).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Service Invoice Pro//Visits//EN', 'CALSCALE:GREGORIAN', 'BEGIN:VEVENT', 'UID:vis_1@otter.example.com'],
      ...['SEQUENCE:0', 'DTSTAMP:20261001T120000Z', 'DTSTART:20261031T130000Z', 'DTEND:20261031T150000Z', 'SUMMARY:Drain cleaning · Otter'],
      ...['URL:https://otter.example.com/v', 'STATUS:CONFIRMED', 'END:VEVENT', 'END:VCALENDAR', ''],
    ]);
  });

  it('M14 keeps the hour of the business when clocks change', () => {
    expect(calendarFile({ ...entry, day: '2026-11-01' })).toContain('DTSTART:20261101T140000Z');
    expect(calendarFile({ ...entry, day: '2027-03-14' })).toContain('DTSTART:20270314T130000Z');
  });

  it('of any time is the whole day, and blocks none of it', () => {
    const lines = read(calendarFile({ ...entry, day: '2026-12-31', from: null, until: null }));
    expect(lines).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270101', 'TRANSP:TRANSPARENT']));
  });

  it('that nobody comes to any more says so, under the same name with a later number', () => {
    const lines = read(calendarFile({ ...entry, canceled: true, sequence: 2 }));
    expect(lines).toEqual(expect.arrayContaining(['UID:vis_1@otter.example.com', 'SEQUENCE:2', 'STATUS:CANCELLED']));
  });

  it('I1 holds any text: nothing typed ends a line or begins a field, and no line is longer than 75 bytes', () => {
    const typed = `Señora; mañana, a las 9\nEND:VEVENT\\ ${'ñ😀'.repeat(60)}`;
    const file = calendarFile({ ...entry, title: typed, note: typed, place: typed });
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(read(file).filter((line) => line === 'END:VEVENT')).toHaveLength(1);
    expect(file).not.toContain('\uFFFD');
    expect(read(file)).toContain(`SUMMARY:${typed.replace(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')}`);
  });
});
