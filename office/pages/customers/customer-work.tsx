import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { jobsQuery } from '../../api/work-queries.ts';
import { Section } from '../../parts/page.tsx';
import { JobTable } from '../schedule/job-list.tsx';

const shown = 5;

/** What is and was done for this customer: the latest, and the way to the rest. Nothing where there is none. */
export function CustomerWork({ customerId }: { customerId: string }) {
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
