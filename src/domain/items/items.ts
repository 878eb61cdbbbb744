import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { findIds, type Indexed, indexThings } from '../search/search.ts';
import { cleanItem, type Item, type ItemChanges, type NewItem } from './item.ts';
import { mayRead, mayWrite } from './policy.ts';
import { insertItems, selectItem, selectItems, updateItem } from './queries.ts';

export type { Item, ItemChanges, NewItem };

/** Adds an item to the price book. Refuses bad fields by name, `tax_rate_unknown`, `id_taken`. */
export async function createItem(scope: Scope, input: NewItem): Promise<Item> {
  const [item] = await createItems(scope, [input]);
  if (!item) throw new Error('one item in, one out');
  return item;
}

/** The same for many: a price book at once. */
export async function createItems(scope: Scope, inputs: readonly NewItem[]): Promise<Item[]> {
  await mayWrite(scope);
  const items = inputs.map((input) => ({ ...cleanItem(input), id: input.id ?? newId(), version: 1, archivedAt: null, createdAt: scope.now.toString() }));
  await insertItems(scope, items);
  await indexThings(scope, items.map(indexed));
  const data = items.length === 1 ? { itemId: items[0]?.id, name: items[0]?.name } : { count: items.length };
  await recordEvent(scope, { kind: 'item.created', data });
  return items;
}

/** Changes what is given; invoices keep the price they were written with. Refuses `stale_version` with the newer item, `not_found`. */
export async function changeItem(scope: Scope, input: Readonly<{ id: string; version: number; changes: ItemChanges }>): Promise<Item> {
  await mayWrite(scope);
  const before = await selectItem(scope, input.id, true);
  if (before === undefined) throw new Refusal('not_found');
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  const { archived } = input.changes;
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? scope.now.toString()) : null;
  const after: Item = { ...before, ...cleanItem(input.changes, before), archivedAt, version: before.version + 1 };
  await updateItem(scope, after);
  await indexThings(scope, [indexed(after)]);
  const kind = archived === true && before.archivedAt === null ? 'item.archived' : 'item.changed';
  await recordEvent(scope, { kind, data: { itemId: after.id, name: after.name } });
  return after;
}

/** Refuses `not_found`. */
export async function readItem(scope: Scope, id: string): Promise<Item> {
  await mayRead(scope);
  const item = await selectItem(scope, id, false);
  if (item === undefined) throw new Refusal('not_found');
  return item;
}

export type ItemFilter = Readonly<{ q?: string; archived?: boolean; cursor?: string | null; limit?: number }>;

/** The price book by name. */
export async function listItems(scope: Scope, filter: ItemFilter): Promise<{ items: Item[]; nextCursor: string | null }> {
  await mayRead(scope);
  const limit = Math.min(filter.limit ?? limits.pageSize, limits.pageSizeMax);
  const after = readCursor('items', filter.cursor, 2);
  if (after !== null && !isUuid(after[1] ?? '')) throw new Refusal('cursor_invalid');
  const typed = filter.q?.trim() ?? '';
  const ids = typed === '' ? null : (await findIds(scope, typed, ['item'])).ids;
  const rows = await selectItems(scope, { archived: filter.archived ?? false, ids, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? writeCursor('items', [last.sortName, last.id]) : null;
  return { items: shown.map(({ sortName: _, ...item }) => item), nextCursor };
}

function indexed(item: Item): Indexed {
  return { kind: 'item', id: item.id, customerId: null, texts: { words: [item.name, item.description.slice(0, 300)] } };
}
