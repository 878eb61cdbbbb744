import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { estimatesQuery } from '../../api/estimate-queries.ts';
import { Section } from '../../parts/page.tsx';
import { EstimateTable } from '../estimates/estimate-table.tsx';

const shown = 5;

/** What was offered to this customer: the latest, and the way to the rest. Nothing where there is none. */
export function CustomerEstimates({ customerId }: { customerId: string }) {
  const query = useInfiniteQuery(estimatesQuery({ customerId, tab: 'all' }));
  const rows = query.data?.pages[0]?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section
      title="Estimates"
      id="estimates"
      actions={
        <Link to="/estimates" search={{ customer: customerId }} className="link small">
          All estimates
        </Link>
      }
    >
      <EstimateTable rows={rows.slice(0, shown)} withCustomer={false} />
    </Section>
  );
}
