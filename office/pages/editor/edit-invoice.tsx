import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { invoiceQuery } from '../../api/queries.ts';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { Editor } from './editor.tsx';

const route = getRouteApi('/office/invoices/$invoiceId/edit');

export default function EditInvoice() {
  const { invoiceId } = route.useParams();
  // What was saved a moment ago is the truth here; a refetch must not swap the draft under the keyboard.
  const query = useQuery({ ...invoiceQuery(invoiceId), staleTime: 5_000, refetchOnWindowFocus: false });
  const invoice = query.data;
  if (invoice === undefined) {
    return <Page title="Invoice">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows />}</Page>;
  }
  if (invoice.draft === null) return <Navigate to="/invoices/$invoiceId" params={{ invoiceId }} replace />;
  return <Editor key={invoiceId} invoice={invoice} draft={invoice.draft} />;
}
