import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import { nextOf, type Query, withCursor } from './queries.ts';
import type { VisitRow } from './types.ts';

/** What the office reads of jobs and visits. */

export const jobsQuery = (filter: Query<'listJobs'>) =>
  infiniteQueryOptions({
    queryKey: ['jobs', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listJobs', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const jobQuery = (jobId: string) =>
  queryOptions({ queryKey: ['jobs', 'one', jobId], queryFn: ({ signal }) => call('readJob', { params: { jobId }, signal }) });
export const jobTimelineQuery = (jobId: string) =>
  infiniteQueryOptions({
    queryKey: ['events', 'job', jobId],
    queryFn: ({ signal, pageParam }) => call('jobTimeline', { params: { jobId }, query: withCursor({}, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
export const visitQuery = (visitId: string) =>
  queryOptions({ queryKey: ['visits', 'one', visitId], queryFn: ({ signal }) => call('readVisit', { params: { visitId }, signal }) });

/** A week has a few hundred visits at most: all of them, a hundred at a time. */
const mostPages = 6;
export const weekQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['visits', 'week', from, to],
    queryFn: async ({ signal }): Promise<VisitRow[]> => {
      const found: VisitRow[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < mostPages; page += 1) {
        const answer: { items: VisitRow[]; nextCursor: string | null } = await call('listVisits', {
          query: { from, to, limit: 100, ...(cursor === null ? {} : { cursor }) },
          signal,
        });
        found.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === null) break;
      }
      return found;
    },
    placeholderData: keepPreviousData,
  });
export const visitRulesQuery = queryOptions({ queryKey: ['visit-rules'], queryFn: ({ signal }) => call('readVisitRules', { signal }) });
