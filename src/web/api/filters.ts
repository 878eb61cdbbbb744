import { publicId } from '../../core/ids.ts';
import { changeFilter, listFilters, orderFilters, removeFilter, type SavedFilter, saveFilter } from '../../domain/filters/filters.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import type { filterOperations } from './schemas/filters.ts';

const present = (filter: SavedFilter) => ({ ...filter, id: publicId('filter', filter.id), filter: { ...filter.filter } });

export const filterHandlers: HandlersOf<typeof filterOperations> = {
  listFilters: async (call) => call.answer({ items: (await call.read((scope) => listFilters(scope, call.query.list ?? null))).map(present) }),

  saveFilter: (call) => call.act(async (scope) => present(await saveFilter(scope, call.body))),

  orderFilters: (call) =>
    call.act(async (scope) => {
      const ids = call.body.ids.map((id, at) => readRef('filter', id, `ids[${at}]`));
      return { items: (await orderFilters(scope, call.body.list, ids)).map(present) };
    }),

  changeFilter: (call) => call.act(async (scope) => present(await changeFilter(scope, uuidOf('filter', call.params.filterId), given(call.body)))),

  removeFilter: (call) =>
    call.act(async (scope) => {
      await removeFilter(scope, uuidOf('filter', call.params.filterId));
      return null;
    }),
};
