import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { findIds } from '../../search/search.ts';
import type { JobFilter, ListedJob } from '../job.ts';
import { selectJobs } from './queries.ts';

export async function page(scope: Scope, filter: JobFilter): Promise<{ items: ListedJob[]; next: string | null }> {
  const { tab, customerId, propertyId, search, cursor } = filter;
  const limit = Math.min(filter.limit ?? limits.pageSize, limits.pageSizeMax);
  const typed = search?.trim() ?? '';
  const list = ['jobs', scope.business, tab, customerId, propertyId, typed].join('|');
  const [last] = readCursor(list, cursor, 1) ?? [];
  if (last !== undefined && !/^\d{1,9}$/.test(last)) throw new Refusal('cursor_invalid');
  const found = typed === '' ? null : { jobs: (await findIds(scope, typed, ['job'])).ids, customers: (await findIds(scope, typed, ['customer'])).ids };
  const rows = await selectJobs(scope, {
    ...{ tab, customerId: customerId ?? null, propertyId: propertyId ?? null, found },
    ...{ before: last === undefined ? null : Number(last), limit: limit + 1 },
  });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? writeCursor(list, [String(items.at(-1)?.number ?? 0)]) : null };
}
