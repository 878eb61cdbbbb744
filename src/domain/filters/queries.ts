import { sql } from 'kysely';
import type { Scope } from '../../db/scope.ts';
import type { FilterList, SavedFilter } from './filters.ts';

type Stored = Readonly<{ id: string; list: FilterList; name: string; filter: Record<string, string>; staff_id: string | null }>;
const columns = ['id', 'list', 'name', 'filter', 'staff_id'] as const;
const told = ({ staff_id, ...row }: Stored): SavedFilter => ({ ...row, shared: staff_id === null });

/** One's own and everybody's, in their order. */
export async function selectFilters(scope: Scope, list: FilterList | null, staffId: string | null): Promise<SavedFilter[]> {
  let query = scope.tx
    .selectFrom('saved_filters')
    .select(columns)
    .where('business_id', '=', scope.business)
    .where((eb) => eb.or([eb('staff_id', 'is', null), eb('staff_id', '=', staffId)]))
    .orderBy('position')
    .orderBy('id')
    .limit(100);
  if (list !== null) query = query.where('list', '=', list);
  return ((await query.execute()) as Stored[]).map(told);
}

export async function insertFilter(scope: Scope, filter: SavedFilter & { staffId: string | null }): Promise<void> {
  await sql`insert into saved_filters (business_id, id, list, name, filter, staff_id, position, created_at)
    values (${scope.business}, ${filter.id}, ${filter.list}, ${filter.name}, ${JSON.stringify(filter.filter)}::jsonb, ${filter.staffId},
      (select coalesce(max(position), 0) + 1 from saved_filters where business_id = ${scope.business} and list = ${filter.list}), ${scope.now.toString()})`.execute(
    scope.tx,
  );
}

export async function updateFilter(scope: Scope, filter: SavedFilter, staffId: string | null): Promise<void> {
  await scope.tx
    .updateTable('saved_filters')
    .set({ name: filter.name, filter: JSON.stringify(filter.filter), staff_id: filter.shared ? null : staffId })
    .where('business_id', '=', scope.business)
    .where('id', '=', filter.id)
    .execute();
}

export async function deleteFilter(scope: Scope, id: string): Promise<void> {
  await scope.tx.deleteFrom('saved_filters').where('business_id', '=', scope.business).where('id', '=', id).execute();
}

/** The given ones first, in this order; the rest keep theirs behind them. */
export async function reorderFilters(scope: Scope, list: FilterList, ids: readonly string[]): Promise<void> {
  await sql`update saved_filters f set position = coalesce(o.at, 1000 + f.position) from (select s.id, w.at::int from saved_filters s
      left join unnest(${[...ids]}::uuid[]) with ordinality as w (id, at) on w.id = s.id where s.business_id = ${scope.business} and s.list = ${list}) o
    where f.business_id = ${scope.business} and f.id = o.id`.execute(scope.tx);
}
