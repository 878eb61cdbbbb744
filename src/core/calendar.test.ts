import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { addDays, daysBetween, dueDay, endOfMonth, formatDay, formatTime, isDay, isTimeZone, type Terms, toDay, todayIn } from './calendar.ts';

describe('days', () => {
  it('exist or do not', () => {
    expect(['2028-02-29', '2026-12-31', '2000-01-01'].every(isDay)).toBe(true);
    expect(['2027-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20261204', '2026-12-04T00:00', '', '２０２６-12-04', '0001-01-01'].some(isDay)).toBe(false);
    expect(() => toDay('2027-02-29')).toThrow(expect.objectContaining({ code: 'date_invalid' }));
  });

  it('are counted without hours, so no clock change can shift them', () => {
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
    expect(daysBetween('2026-12-04', '2026-11-30')).toBe(-4);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('agree with Temporal on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (days) => {
        const expected = Temporal.PlainDate.from('2000-01-01').add({ days });
        expect(addDays('2000-01-01', days)).toBe(expected.toString());
        expect(toDay(expected)).toBe(expected.toString());
      }),
    );
  });
});

describe('due days', () => {
  it.each<[string, Terms, string]>([
    ['2026-11-23', { kind: 'on_receipt' }, '2026-11-23'],
    ['2026-11-23', { kind: 'days', days: 14 }, '2026-12-07'],
    ['2026-11-23', { kind: 'days', days: 0 }, '2026-11-23'],
    ['2026-11-23', { kind: 'end_of_month', months: 0 }, '2026-11-30'],
    ['2026-11-30', { kind: 'end_of_month', months: 1 }, '2026-12-31'],
    ['2026-01-31', { kind: 'end_of_month', months: 1 }, '2026-02-28'],
    ['2027-12-15', { kind: 'end_of_month', months: 2 }, '2028-02-29'],
  ])('issued on %s with %j is due on %s', (issued, terms, due) => {
    expect(dueDay(issued, terms)).toBe(due);
  });

  it('refuse terms nobody means', () => {
    for (const terms of [
      { kind: 'days', days: -1 },
      { kind: 'days', days: 366 },
      { kind: 'days', days: 1.5 },
      { kind: 'end_of_month', months: 13 },
    ] as const) {
      expect(() => dueDay('2026-11-23', terms)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    }
    expect(endOfMonth('2026-02-10')).toBe('2026-02-28');
  });
});

describe('today', () => {
  it.each([
    ['America/Chicago', '2026-12-05T05:59:59Z', '2026-12-04'],
    ['America/Chicago', '2026-12-05T06:00:00Z', '2026-12-05'],
    ['Pacific/Apia', '2026-12-04T11:00:00Z', '2026-12-05'],
    ['Asia/Kathmandu', '2026-12-04T18:15:00Z', '2026-12-05'],
    ['America/Juneau', '2026-12-05T08:59:00Z', '2026-12-04'],
    ['UTC', '2028-02-29T23:59:59.999Z', '2028-02-29'],
  ])('M14 in %s at %s is %s', (zone, instant, day) => {
    expect(todayIn(zone, instant)).toBe(day);
    expect(todayIn(zone, Date.parse(instant))).toBe(day);
    expect(todayIn(zone, Temporal.Instant.from(instant))).toBe(day);
  });

  it('refuses zones and times that do not exist', () => {
    expect(isTimeZone('America/Chicago')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(() => todayIn('Mars/Olympus', 0)).toThrow(expect.objectContaining({ code: 'time_zone_unknown' }));
    expect(() => todayIn('UTC', 'yesterday')).toThrow(expect.objectContaining({ code: 'date_invalid' }));
  });
});

describe('writing days', () => {
  it('follows the reader', () => {
    expect(formatDay('2026-12-04', 'en')).toBe('Dec 4, 2026');
    expect(formatDay('2026-12-04', 'es')).toBe('4 dic 2026');
    expect(formatDay('2026-12-04', 'fr')).toBe('4 déc. 2026');
    expect(formatDay('2026-05-01', 'fr')).toBe('1er mai 2026');
    expect(formatDay(Temporal.PlainDate.from('2026-09-30'), 'es')).toBe('30 sep 2026');
  });

  it('writes times in the zone of the business', () => {
    expect(formatTime('2026-12-04T20:05:00Z', 'America/Chicago', 'en').replace(/\s/u, ' ')).toBe('2:05 PM');
  });
});
