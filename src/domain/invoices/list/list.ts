import { addDays, isDay, todayIn } from '../../../core/calendar.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { findIds } from '../../search/search.ts';
import type { InvoicePage, ListedInvoice, ListFilter, ListSort, ListTab, ListTotals, TabCounts } from '../invoice.ts';
import { standingOf } from '../view/view.ts';
import { countUpTo, type ListQuestion, type ListRow, type SumsRow, selectBusinessDay, selectPage, selectSums, selectTotals } from './queries.ts';

/** Days ahead that "coming in" looks. */
const comingDays = 30;
const mostCounted = 10_000;
/** Sorting by the due day has an index where something is due. */
const byDueDay: ReadonlySet<ListTab> = new Set(['unpaid', 'overdue', 'in_question', 'needs_you']);

export async function page(scope: Scope, filter: ListFilter): Promise<InvoicePage> {
  const limit = filter.limit ?? limits.pageSize;
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.pageSizeMax) throw new Refusal('invalid_input', { field: 'limit' });
  const sort = sortOf(filter);
  const list = listName(scope, filter, sort);
  const after = afterOf(list, filter.cursor);
  const question = await questionOf(scope, filter);
  const rows = await selectPage(scope, { ...question, sort, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? writeCursor(list, [(sort === 'due' ? last.dueOn : last.listedOn) ?? '', last.id]) : null;
  return { rows: shown.map((row) => listed(row, question.today)), next };
}

/** Rows of the list by their ids, in no order of their own; what is not there is left out. */
export async function some(scope: Scope, ids: readonly string[]): Promise<ListedInvoice[]> {
  if (ids.length === 0) return [];
  const question = await questionOf(scope, { tab: 'all' });
  const rows = await selectPage(scope, { ...question, found: { documents: ids, customers: [] }, sort: 'newest', after: null, limit: ids.length });
  return rows.map((row) => listed(row, question.today));
}

export async function totals(scope: Scope): Promise<ListTotals> {
  const { timeZone, currency } = await selectBusinessDay(scope);
  const today = todayIn(timeZone, scope.now);
  return { currency, ...(await selectTotals(scope, today, addDays(today, comingDays), `${today.slice(0, 8)}01`)) };
}

export async function counts(scope: Scope, filter: Omit<ListFilter, 'tab' | 'sort' | 'cursor' | 'limit'>): Promise<TabCounts> {
  const question = await questionOf(scope, { ...filter, tab: 'all' });
  const count = (tab: ListTab): Promise<number> => countUpTo(scope, { ...question, tab }, mostCounted);
  return {
    needs_you: await count('needs_you'),
    draft: await count('draft'),
    scheduled: await count('scheduled'),
    unpaid: await count('unpaid'),
    overdue: await count('overdue'),
    in_question: await count('in_question'),
    paid: await count('paid'),
    all: await count('all'),
  };
}

export async function sums(scope: Scope, filter: Omit<ListFilter, 'sort' | 'cursor' | 'limit'>): Promise<SumsRow & { currency: string }> {
  const { currency } = await selectBusinessDay(scope);
  return { ...(await selectSums(scope, await questionOf(scope, filter))), currency };
}

async function questionOf(scope: Scope, filter: ListFilter): Promise<Omit<ListQuestion, 'sort' | 'after' | 'limit'>> {
  const { timeZone } = await selectBusinessDay(scope);
  const search = filter.search?.trim() ?? '';
  const found =
    search === '' ? null : { documents: (await findIds(scope, search, ['invoice'])).ids, customers: (await findIds(scope, search, ['customer'])).ids };
  return {
    tab: filter.tab,
    today: todayIn(timeZone, scope.now),
    customerId: filter.customerId ?? null,
    propertyId: filter.propertyId ?? null,
    found,
    from: filter.from ?? null,
    to: filter.to ?? null,
    byPost: filter.byPost === true,
  };
}

function sortOf({ tab, sort }: ListFilter): ListSort {
  if (!byDueDay.has(tab)) return sort === 'due' ? 'newest' : (sort ?? 'newest');
  return sort ?? (tab === 'needs_you' ? 'newest' : 'due');
}

/** A cursor belongs to one list of one business: the same filters in the same order. */
function listName(scope: Scope, filter: ListFilter, sort: ListSort): string {
  const { tab, customerId = '', propertyId = '', search = '', from = '', to = '', byPost = false } = filter;
  return ['invoices', scope.business, tab, sort, customerId, propertyId, search, from, to, byPost].join('|');
}

function afterOf(list: string, cursor: string | undefined): { day: string; id: string } | null {
  const values = readCursor(list, cursor, 2);
  if (values === null) return null;
  const [day = '', id = ''] = values;
  if (!isDay(day) || !isUuid(id)) throw new Refusal('cursor_invalid');
  return { day, id };
}

function listed(row: ListRow, today: string): ListedInvoice {
  const { id, number, customerId, customerName, propertyId, purpose, poNumber, currency, listedOn, issuedOn, dueOn, totalMinor, paidMinor } = row;
  const { shown, imported, sentAt, openedAt, delivery, announcedMinor, version } = row;
  const standing = standingOf(row, dueOn, today, row.state);
  const names = { id, number, customerId, customerName, propertyId, purpose, poNumber, currency, listedOn, issuedOn, dueOn, totalMinor, paidMinor, version };
  return { ...names, shown, imported, sentAt, openedAt, delivery, announcedMinor, standing, status: standing.status };
}
