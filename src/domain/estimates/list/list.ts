import { addDays, isDay, todayIn } from '../../../core/calendar.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { findIds } from '../../search/search.ts';
import { type EstimateFilter, type EstimatePage, type EstimateTab, type EstimateTotals, estimateTabs, type ListedEstimate } from '../estimate.ts';
import { standingOf } from '../view/view.ts';
import { countUpTo, type EstimateListRow, type ListQuestion, selectBusinessDay, selectPage, selectTotals } from './queries.ts';

/** Days ahead that "expiring" looks, and back that rates do. */
const soonDays = 7;
const rateDays = 90;
const mostCounted = 10_000;

export async function page(scope: Scope, filter: EstimateFilter): Promise<EstimatePage> {
  const limit = filter.limit ?? limits.pageSize;
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.pageSizeMax) throw new Refusal('invalid_input', { field: 'limit' });
  const sort = filter.sort ?? 'newest';
  const list = listName(scope, filter, sort);
  const after = afterOf(list, filter.cursor);
  const question = await questionOf(scope, filter);
  const rows = await selectPage(scope, { ...question, sort, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? writeCursor(list, [last.listedOn, last.id]) : null;
  return { rows: shown.map((row) => listed(row, question.today)), next, today: question.today };
}

/** Rows of the list by their ids, in no order of their own; what is not there, or was replaced, is left out. */
export async function some(scope: Scope, ids: readonly string[]): Promise<ListedEstimate[]> {
  if (ids.length === 0) return [];
  const question = await questionOf(scope, { tab: 'all' });
  const rows = await selectPage(scope, { ...question, found: { documents: ids, customers: [] }, sort: 'newest', after: null, limit: ids.length });
  return rows.map((row) => listed(row, question.today));
}

export async function totals(scope: Scope): Promise<EstimateTotals> {
  const { timeZone, currency } = await selectBusinessDay(scope);
  const today = todayIn(timeZone, scope.now);
  const days = { today, soon: addDays(today, soonDays), monthBegan: `${today.slice(0, 8)}01`, since: addDays(today, -rateDays) };
  return { currency, ...(await selectTotals(scope, { ...days, currency, timeZone })) };
}

export async function counts(scope: Scope, filter: Omit<EstimateFilter, 'tab' | 'sort' | 'cursor' | 'limit'>): Promise<Record<EstimateTab, number>> {
  const question = await questionOf(scope, { ...filter, tab: 'all' });
  const found: [EstimateTab, number][] = [];
  for (const tab of estimateTabs) found.push([tab, await countUpTo(scope, { ...question, tab }, mostCounted)]);
  return Object.fromEntries(found) as Record<EstimateTab, number>;
}

async function questionOf(scope: Scope, filter: EstimateFilter): Promise<Omit<ListQuestion, 'sort' | 'after' | 'limit'>> {
  const { timeZone } = await selectBusinessDay(scope);
  const today = todayIn(timeZone, scope.now);
  const search = filter.search?.trim() ?? '';
  const found =
    search === '' ? null : { documents: (await findIds(scope, search, ['estimate'])).ids, customers: (await findIds(scope, search, ['customer'])).ids };
  return {
    tab: filter.tab,
    today,
    soon: addDays(today, soonDays),
    customerId: filter.customerId ?? null,
    propertyId: filter.propertyId ?? null,
    changesOf: filter.changesOf ?? null,
    found,
    from: filter.from ?? null,
    to: filter.to ?? null,
  };
}

/** A cursor belongs to one list of one business: the same filters in the same order. */
function listName(scope: Scope, filter: EstimateFilter, sort: string): string {
  const { tab, customerId = '', propertyId = '', changesOf = '', search = '', from = '', to = '' } = filter;
  return ['estimates', scope.business, tab, sort, customerId, propertyId, changesOf, search, from, to].join('|');
}

function afterOf(list: string, cursor: string | undefined): { day: string; id: string } | null {
  const values = readCursor(list, cursor, 2);
  if (values === null) return null;
  const [day = '', id = ''] = values;
  if (!isDay(day) || !isUuid(id)) throw new Refusal('cursor_invalid');
  return { day, id };
}

function listed(row: EstimateListRow, today: string): ListedEstimate {
  const { id, number, revision, customerId, customerName, propertyId, poNumber, currency, listedOn, issuedOn, shown, sentAt, openedAt, delivery } = row;
  const { contractId, contractNumber } = row;
  return {
    ...{ id, number, revision, customerId, customerName, propertyId, poNumber, currency, listedOn, issuedOn, shown, sentAt, openedAt, delivery },
    amends: contractId === null ? null : { id: contractId, number: contractNumber ?? '' },
    standing: standingOf(row, today),
  };
}
