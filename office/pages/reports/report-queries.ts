import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { Operations } from '../../api/types.ts';

/** What the reports read. Figures of whole years move slowly: they are asked for again when the page is looked at again. */

export type Period = Readonly<{ from: string; to: string }>;
export type SalesBy = NonNullable<NonNullable<Operations['readSales']['query']>['by']>;

const staleTime = 60_000;

export const agingQuery = queryOptions({ queryKey: ['reports', 'aging'], queryFn: ({ signal }) => call('readAging', { signal }), staleTime });
export const comingQuery = queryOptions({ queryKey: ['reports', 'coming'], queryFn: ({ signal }) => call('readComing', { signal }), staleTime });
export const paidQuery = (query: Period) =>
  queryOptions({
    queryKey: ['reports', 'paid', query],
    queryFn: ({ signal }) => call('readPaid', { query, signal }),
    staleTime,
    placeholderData: keepPreviousData,
  });
export const tipsQuery = (query: Period) =>
  queryOptions({
    queryKey: ['reports', 'tips', query],
    queryFn: ({ signal }) => call('readTips', { query, signal }),
    staleTime,
    placeholderData: keepPreviousData,
  });
export const salesQuery = (query: Period & { by: SalesBy }) =>
  queryOptions({ queryKey: ['reports', 'sales', query], queryFn: ({ signal }) => call('readSales', { query, signal }), staleTime });
export const taxesQuery = (query: Period) =>
  queryOptions({
    queryKey: ['reports', 'taxes', query],
    queryFn: ({ signal }) => call('readTaxes', { query, signal }),
    staleTime,
    placeholderData: keepPreviousData,
  });
export const paceQuery = (query: Period) =>
  queryOptions({
    queryKey: ['reports', 'pace', query],
    queryFn: ({ signal }) => call('readPace', { query, signal }),
    staleTime,
    placeholderData: keepPreviousData,
  });
export const portalUseQuery = (query: Period) =>
  queryOptions({
    queryKey: ['reports', 'portal', query],
    queryFn: ({ signal }) => call('readPortalUse', { query, signal }),
    staleTime,
    placeholderData: keepPreviousData,
  });
