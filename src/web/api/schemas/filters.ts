import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { filterLists } from '../../../domain/filters/filters.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { filledText, idOf } from './values.ts';

/** Lists as people look at them, under a name. */

const list = z.enum(filterLists);
const filter = z
  .record(z.string().regex(/^[a-zA-Z]{1,20}$/), z.string().max(200))
  .refine((words) => Object.keys(words).length <= 12, 'These are too many words for one address.')
  .openapi({ description: 'The words of the list’s address by name.', example: { tab: 'overdue', q: 'larkspur' } });
const fields = {
  name: filledText(textLimits.code, 'Late, property managers'),
  filter,
  shared: z.boolean().openapi({ description: 'true: everybody here sees it.' }),
};
export const savedFilter = z.strictObject({ id: idOf('filter'), list, ...fields }).openapi('SavedFilter');
export const filterBody = z.strictObject({ list, ...fields, shared: z.boolean().default(false) }).openapi('SavedFilterBody');
export const filterPatch = z.strictObject(fields).partial().openapi('SavedFilterPatch');

const filterId = z.strictObject({ filterId: idOf('filter') });
const filterPage = listOf('SavedFilterList', savedFilter);
const tag = 'Saved filters';
const access = 'customers:write';
export const filterOperations = operations({
  listFilters: {
    method: 'get',
    path: '/filters',
    tag,
    access,
    summary: 'Your own filters and the shared ones',
    query: z.strictObject({ list: list.optional() }),
    status: 200,
    answer: filterPage,
  },
  saveFilter: { method: 'post', path: '/filters', tag, access, summary: 'Name a filter', body: filterBody, status: 201, answer: savedFilter },
  orderFilters: {
    method: 'post',
    path: '/filters/order',
    tag,
    access,
    summary: 'Put the filters of a list in order',
    body: z.strictObject({ list, ids: z.array(idOf('filter')).max(100) }).openapi('SavedFilterOrder'),
    status: 200,
    answer: filterPage,
  },
  changeFilter: {
    method: 'patch',
    path: '/filters/{filterId}',
    tag,
    access,
    summary: 'Rename, share or replace a filter',
    params: filterId,
    body: filterPatch,
    status: 200,
    answer: savedFilter,
  },
  removeFilter: { method: 'delete', path: '/filters/{filterId}', tag, access, summary: 'Delete a filter', params: filterId, status: 204, answer: null },
});
