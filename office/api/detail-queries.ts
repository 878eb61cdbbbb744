import { queryOptions } from '@tanstack/react-query';
import { call, type Input } from './client.ts';

export const detailChangesQuery = (filter: NonNullable<Input<'listDetailChanges'>['query']>) =>
  queryOptions({ queryKey: ['detail-changes', filter], queryFn: ({ signal }) => call('listDetailChanges', { query: filter, signal }) });
export const detailRulesQuery = queryOptions({ queryKey: ['detail-rules'], queryFn: ({ signal }) => call('readDetailRules', { signal }) });
