import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { jobsQuery } from '../../api/work-queries.ts';
import { Section } from '../../parts/page.tsx';
import { JobTable } from '../schedule/job-list.tsx';
import { CustomerEstimates } from './customer-estimates.tsx';

const shown = 5;

/** What was offered to this customer, and what is done for them. */
export function CustomerWork({ customerId }: { customerId: string }) {
  return (
    <>
      <CustomerEstimates customerId={customerId} />
      <Work customerId={customerId} />
    </>
  );
}

/** The latest jobs, and the way to the rest. Nothing where there is none. */
function Work({ customerId }: { customerId: string }) {
  const query = useInfiniteQuery(jobsQuery({ customerId, tab: 'all' }));
  const rows = query.data?.pages[0]?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section
      title="Work"
      id="work"
      actions={
        <Link to="/schedule" search={{ tab: 'all', customer: customerId }} className="link small">
          All jobs
        </Link>
      }
    >
      <JobTable rows={rows.slice(0, shown)} withCustomer={false} />
    </Section>
  );
}
