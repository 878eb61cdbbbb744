import { isDay } from '../../../core/calendar.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { type EstimateNow, type EstimateState, estimateNow } from '../../../core/estimate-state.ts';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import { parseStored } from '../../invoices/stored.ts';
import { atHandQuery, estimatesQuery } from './queries.ts';

/** An estimate in the account of whoever is signed in. */
export type PortalEstimate = Readonly<{
  id: string;
  number: string;
  revision: number;
  now: EstimateNow;
  validUntil: string | null;
  listedOn: string;
  /** As approved, else as suggested. */
  totalMinor: bigint;
  currency: string;
  poNumber: string;
  property: string;
  recommendedAt: string | null;
  waitingFor: Readonly<{ id: string; name: string }> | null;
  /** Who approved it first of two. */
  firstApproval: Readonly<{ personId: string }> | null;
}>;

type RowJson = Omit<PortalEstimate, 'now' | 'waitingFor' | 'firstApproval'> &
  Readonly<{ state: EstimateState; firstApproverId: string | null; waitingForId: string | null; waitingForName: string }>;
type AtHandJson = Readonly<{ people: readonly string[]; word: string; today: string; waiting: readonly RowJson[] }>;

/** The first few estimates that wait. `people`: who is signed in, by each of the account's own ids of them. */
export type EstimatesAtHand = Readonly<{ people: readonly string[]; word: string; today: string; waiting: readonly PortalEstimate[] }>;
export type PortalEstimates = EstimatesAtHand & Readonly<{ earlier: readonly PortalEstimate[]; next: string | null }>;

const list = (business: string): string => `portal estimates|${business}`;

/** Refuses `cursor_invalid`. */
export function portalEstimatesQuery(business: string, cursor: string | undefined): Compiled {
  const [day = null, id = null] = readCursor(list(business), cursor, 2) ?? [];
  if ((day !== null && !isDay(day)) || (id !== null && !isUuid(id))) throw new Refusal('cursor_invalid');
  return estimatesQuery({ business, day, id, limit: limits.pageSize + 1 });
}

/** What the text of `portalEstimatesQuery` says. Refuses `not_found` for null. */
export function portalEstimatesOf(json: string | null, business: string): PortalEstimates {
  if (json === null) throw new Refusal('not_found');
  const { people, word, today, waiting, earlier } = parseStored<AtHandJson & { earlier: readonly RowJson[] }>(json);
  const page = earlier.slice(0, limits.pageSize);
  const last = page.at(-1);
  const next = earlier.length > page.length && last ? writeCursor(list(business), [last.listedOn, last.id]) : null;
  return { people, word, today, waiting: waiting.map((row) => rowOf(row, today)), earlier: page.map((row) => rowOf(row, today)), next };
}

export function estimatesAtHandQuery(business: string): Compiled {
  return atHandQuery({ business });
}

/** What the text of `estimatesAtHandQuery` says; null: nothing. */
export function estimatesAtHandOf(json: string | null): EstimatesAtHand {
  if (json === null) return { people: [], word: '', today: '', waiting: [] };
  const found = parseStored<AtHandJson>(json);
  return { ...found, waiting: found.waiting.map((row) => rowOf(row, found.today)) };
}

function rowOf({ state, waitingForId, waitingForName, firstApproverId, ...row }: RowJson, today: string): PortalEstimate {
  const waitingFor = waitingForId === null ? null : { id: waitingForId, name: waitingForName };
  return { ...row, now: estimateNow(state, row.validUntil, today), waitingFor, firstApproval: firstApproverId === null ? null : { personId: firstApproverId } };
}
