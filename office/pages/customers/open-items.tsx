import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { invoicesQuery } from '../../api/queries.ts';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { InvoiceTable } from '../invoices/invoice-table.tsx';

/** What this customer still owes, then the latest of the rest. */
export function OpenItems({ customerId }: { customerId: string }) {
  const query = useInfiniteQuery(invoicesQuery({ customerId, tab: 'all' }));
  const rows = query.data?.pages[0]?.items ?? [];
  const open = rows.filter((row) => row.balanceMinor > 0 || row.status === 'draft');
  const rest = rows.filter((row) => !open.includes(row)).slice(0, 5);
  return (
    <Section
      title="Invoices"
      id="open-items"
      actions={
        <Link to="/invoices" search={{ customer: customerId }} className="link small">
          All invoices
        </Link>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={3} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title="No invoices yet" />
      ) : (
        <InvoiceTable rows={[...open, ...rest]} withCustomer={false} />
      )}
    </Section>
  );
}
