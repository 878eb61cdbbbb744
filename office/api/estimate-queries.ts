import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type Input } from './client.ts';
import { nextOf, type Query, withCursor } from './queries.ts';
import type { EstimateChoices } from './types.ts';

/** What the office reads of estimates. */

export const estimatesQuery = (filter: Query<'listEstimates'>) =>
  infiniteQueryOptions({
    queryKey: ['estimates', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listEstimates', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const estimateTotalsQuery = (filter: Query<'totalEstimates'>) =>
  queryOptions({
    queryKey: ['estimates', 'totals', filter],
    queryFn: ({ signal }) => call('totalEstimates', { query: filter, signal }),
    placeholderData: keepPreviousData,
  });
export const estimateQuery = (estimateId: string) =>
  queryOptions({ queryKey: ['estimates', 'one', estimateId], queryFn: ({ signal }) => call('readEstimate', { params: { estimateId }, signal }) });
export const estimateTimelineQuery = (estimateId: string) =>
  infiniteQueryOptions({
    queryKey: ['events', 'estimate', estimateId],
    queryFn: ({ signal, pageParam }) => call('estimateTimeline', { params: { estimateId }, query: withCursor({}, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
export const estimateLinksQuery = (estimateId: string) =>
  queryOptions({ queryKey: ['links', estimateId], queryFn: ({ signal }) => call('listEstimateLinks', { params: { estimateId }, signal }) });
export const estimateRecipientsQuery = (estimateId: string) =>
  queryOptions({ queryKey: ['people', 'recipients', estimateId], queryFn: ({ signal }) => call('listEstimateRecipients', { params: { estimateId }, signal }) });
export const estimateChangesQuery = (estimateId: string, from: string) =>
  queryOptions({
    queryKey: ['estimates', 'changes', estimateId, from],
    queryFn: ({ signal }) => call('compareEstimates', { params: { estimateId }, query: { from }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const estimateMailQuery = (input: Input<'previewEstimateMail'>) =>
  queryOptions({
    queryKey: ['mail-preview', input.params, input.query],
    queryFn: ({ signal }) => call('previewEstimateMail', { ...input, signal }),
    placeholderData: keepPreviousData,
  });
export const estimateRulesQuery = queryOptions({ queryKey: ['estimates', 'rules'], queryFn: ({ signal }) => call('readEstimateRules', { signal }) });

export const approvalsQuery = (estimateId: string) =>
  infiniteQueryOptions({
    queryKey: ['estimates', 'approvals', estimateId],
    queryFn: ({ signal, pageParam }) => call('listApprovals', { query: withCursor({ estimateId }, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
export const approvalEvidenceQuery = (approvalId: string) =>
  queryOptions({
    queryKey: ['approval', approvalId],
    queryFn: ({ signal }) => call('readApproval', { params: { approvalId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const chosenQuery = (estimateId: string, choices: EstimateChoices) =>
  queryOptions({
    queryKey: ['estimates', 'chosen', estimateId, choices],
    queryFn: ({ signal }) => call('chooseOfEstimate', { params: { estimateId }, body: choices, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
