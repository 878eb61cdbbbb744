import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { estimateQuery } from '../../api/estimate-queries.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { EstimateEditor } from './estimate-editor.tsx';

const route = getRouteApi('/office/estimates/$estimateId/edit');

export default function EditEstimate() {
  const { estimateId } = route.useParams();
  // What was saved a moment ago is the truth here; a refetch must not swap the draft under the keyboard.
  const query = useQuery({ ...estimateQuery(estimateId), staleTime: 5_000, refetchOnWindowFocus: false });
  const estimate = query.data;
  if (estimate === undefined) {
    return <Page title="Estimate">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows />}</Page>;
  }
  if (estimate.draft === null) return <Navigate to="/estimates/$estimateId" params={{ estimateId }} replace />;
  return <EstimateEditor key={estimateId} estimate={estimate} draft={estimate.draft} />;
}
