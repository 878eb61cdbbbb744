import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { deleteFilter, insertFilter, reorderFilters, selectFilters, updateFilter } from './queries.ts';

export const filterLists = ['invoices', 'customers', 'payments'] as const;
export type FilterList = (typeof filterLists)[number];

/** A list as somebody looks at it, under a name. `filter`: the words of its address. `shared`: everybody in the business sees it. */
export type SavedFilter = Readonly<{ id: string; list: FilterList; name: string; filter: Readonly<Record<string, string>>; shared: boolean }>;

const most = 50;
const mine = (scope: Scope): string | null => (scope.actor.kind === 'staff' ? scope.actor.id : null);

/** One's own and the shared ones. */
export async function listFilters(scope: Scope, list: FilterList | null = null): Promise<SavedFilter[]> {
  await mustBeAllowed(scope, 'customers:read');
  return selectFilters(scope, list, mine(scope));
}

/** Refuses `too_many_filters`. */
export async function saveFilter(scope: Scope, input: Omit<SavedFilter, 'id'>): Promise<SavedFilter> {
  await mustBeAllowed(scope, 'customers:write');
  const known = await selectFilters(scope, input.list, mine(scope));
  if (known.length >= most) throw new Refusal('too_many_filters');
  const filter = { ...input, id: newId(), name: named(input.name) };
  await insertFilter(scope, { ...filter, staffId: input.shared ? null : mine(scope) });
  await recordEvent(scope, { kind: 'filter.saved', data: { filterId: filter.id, name: filter.name, shared: filter.shared } });
  return filter;
}

/** Refuses `not_found`, for a colleague's own too. */
export async function changeFilter(scope: Scope, id: string, changes: Partial<Pick<SavedFilter, 'name' | 'filter' | 'shared'>>): Promise<SavedFilter> {
  const before = await own(scope, id);
  const after = { ...before, ...changes, name: named(changes.name ?? before.name) };
  await updateFilter(scope, after, mine(scope));
  await recordEvent(scope, { kind: 'filter.saved', data: { filterId: id, name: after.name, shared: after.shared } });
  return after;
}

export async function removeFilter(scope: Scope, id: string): Promise<void> {
  const { name } = await own(scope, id);
  await deleteFilter(scope, id);
  await recordEvent(scope, { kind: 'filter.removed', data: { filterId: id, name } });
}

/** Puts the filters of a list into this order. Refuses `not_found` when one is not among them. */
export async function orderFilters(scope: Scope, list: FilterList, ids: readonly string[]): Promise<SavedFilter[]> {
  await mustBeAllowed(scope, 'customers:write');
  const known = new Set((await listFilters(scope, list)).map((filter) => filter.id));
  if (ids.some((id) => !known.has(id))) throw new Refusal('not_found', { field: 'ids' });
  await reorderFilters(scope, list, ids);
  return listFilters(scope, list);
}

async function own(scope: Scope, id: string): Promise<SavedFilter> {
  await mustBeAllowed(scope, 'customers:write');
  const found = (await listFilters(scope)).find((filter) => filter.id === id);
  if (found === undefined) throw new Refusal('not_found');
  return found;
}

function named(name: string): string {
  const text = clean(name, textLimits.code, 'name');
  if (text === '') throw new Refusal('invalid_input', { field: 'name' });
  return text;
}
