import type { Address } from '../../../core/address.ts';
import { isDay } from '../../../core/calendar.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { VisitState } from '../../../core/visit-state.ts';
import type { Compiled } from '../../../db/read.ts';
import { atHandQuery, photoQuery, visitQuery, visitsQuery } from './queries.ts';

/** A visit in the list of whoever is signed in. */
export type PortalVisitRow = Readonly<{
  id: string;
  title: string;
  day: string;
  from: string | null;
  until: string | null;
  state: VisitState;
  propertyId: string | null;
  place: string;
}>;
export type PortalVisits = Readonly<{
  today: string;
  ahead: readonly PortalVisitRow[];
  past: readonly PortalVisitRow[];
  places: readonly Readonly<{ id: string; title: string }>[];
  next: string | null;
}>;
export type VisitsAtHand = Readonly<{ today: string; next: readonly PortalVisitRow[]; recent: readonly PortalVisitRow[] }>;

/** One visit as its customer reads it. `crew`: first names, where the business lets them be known. */
export type PortalVisit = PortalVisitRow &
  Readonly<{
    today: string;
    zone: string;
    sequence: number;
    note: string;
    doneNote: string;
    reason: string;
    startedAt: string | null;
    endedAt: string | null;
    crew: readonly string[];
    address: Partial<Address> | null;
    invoice: Readonly<{ id: string; number: string }> | null;
    photos: readonly Readonly<{ id: string; name: string; mediaType: string }>[];
  }>;

export type VisitsAsked = Readonly<{ property: string | null; cursor: string | undefined }>;
const list = (business: string, property: string | null): string => `portal visits|${business}|${property ?? ''}`;

/** Refuses `cursor_invalid`. */
export function portalVisitsQuery(business: string, { property, cursor }: VisitsAsked): Compiled {
  const [day = null, id = null] = readCursor(list(business, property), cursor, 2) ?? [];
  if ((day !== null && !isDay(day)) || (id !== null && !isUuid(id))) throw new Refusal('cursor_invalid');
  return visitsQuery({ business, property, day, id, limit: limits.pageSize + 1 });
}

/** What the text of `portalVisitsQuery` says. Refuses `not_found` for null. */
export function portalVisitsOf(json: string | null, business: string, property: string | null): PortalVisits {
  if (json === null) throw new Refusal('not_found');
  const found = JSON.parse(json) as Omit<PortalVisits, 'next'>;
  const past = found.past.slice(0, limits.pageSize);
  const last = past.at(-1);
  return { ...found, past, next: found.past.length > past.length && last ? writeCursor(list(business, property), [last.day, last.id]) : null };
}

export function visitsAtHandQuery(business: string): Compiled {
  return atHandQuery({ business });
}

/** What the text of `visitsAtHandQuery` says; null: nothing. */
export function visitsAtHandOf(json: string | null): VisitsAtHand {
  return json === null ? { today: '', next: [], recent: [] } : (JSON.parse(json) as VisitsAtHand);
}

export function portalVisitQuery(business: string, visit: string): Compiled {
  return visitQuery({ business, visit });
}

/** What the text of `portalVisitQuery` says. Refuses `not_found` for null: there is none, or it is not the reader's to see. */
export function portalVisitOf(json: string | null): PortalVisit {
  if (json === null) throw new Refusal('not_found');
  return JSON.parse(json) as PortalVisit;
}

export function visitPhotoQuery(business: string, visit: string, file: string): Compiled {
  return photoQuery({ business, visit, file });
}
