import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { customerQuery } from '../../api/queries.ts';
import type { JobRow } from '../../api/types.ts';
import { jobsQuery } from '../../api/work-queries.ts';
import { Day } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { JobMark } from '../../parts/work-mark.tsx';

type Tab = 'open' | 'to_invoice' | 'done' | 'canceled' | 'all';
const nothing: Readonly<Record<Tab, readonly [string, string]>> = {
  open: ['No open jobs', 'Turn an approved estimate into a job, or begin one.'],
  to_invoice: ['Everything done is billed', 'Jobs that are done and not billed stand here.'],
  done: ['Nothing is done yet', 'A job is done with its last visit.'],
  canceled: ['Nothing was canceled', 'Jobs you call off stay here.'],
  all: ['No jobs yet', 'A job has visits and a work list, and is billed once it is done.'],
};
type Props = { tab: Tab; q: string; customerId: string | undefined; onChange: (next: { q?: string | undefined; customer?: string | undefined }) => void };

export function JobList({ tab, q, customerId, onChange }: Props) {
  const query = useInfiniteQuery(jobsQuery({ tab, ...(q === '' ? {} : { q }), ...(customerId === undefined ? {} : { customerId }) }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [title, words] = nothing[tab];
  return (
    <>
      <div className="toolbar">
        <ListSearch label="Search jobs" placeholder="Title, number or customer" value={q} onChange={(next) => onChange({ q: next || undefined })} />
      </div>
      {customerId !== undefined && <OnlyCustomer customerId={customerId} onAll={() => onChange({ customer: undefined })} />}
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title={q === '' ? title : 'No job fits'}>{q === '' ? words : 'Try another word.'}</Empty>
      ) : (
        <JobTable rows={rows} />
      )}
      <MoreRows query={query} />
    </>
  );
}

function OnlyCustomer({ customerId, onAll }: { customerId: string; onAll: () => void }) {
  const customer = useQuery(customerQuery(customerId));
  return (
    <div className="totals-line" role="status">
      <span>
        Only <span className="strong">{customer.data?.name ?? '…'}</span>
        <button type="button" className="text-button" onClick={onAll}>
          Show all
        </button>
      </span>
    </div>
  );
}

/** Jobs in a table, the same wherever they stand. */
export function JobTable({ rows, withCustomer = true }: { rows: readonly JobRow[]; withCustomer?: boolean }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <table className="list" ref={list}>
      <thead>
        <tr>
          <th className="only-desk">Job</th>
          {withCustomer && <th className="only-desk">Customer</th>}
          <th>What</th>
          <th className="only-desk">State</th>
          <th className="only-desk">Next visit</th>
          <th className="end">Work</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((job) => (
          <tr key={job.id}>
            <td className="only-desk num">{job.number}</td>
            {withCustomer && <td className="only-desk clip w34">{job.customer.name}</td>}
            <td className="clip w34">
              <Link to="/jobs/$jobId" params={{ jobId: job.id }} className="row-link strong" data-id={job.id}>
                {job.title}
              </Link>
              <span className="second">{[withCustomer ? '' : `Job ${job.number}`, job.place].filter(Boolean).join(' · ')}</span>
              <span className="second only-phone">{job.customer.name}</span>
            </td>
            <td className="only-desk">
              <JobMark state={job.state} />
            </td>
            <td className="only-desk">
              {job.nextVisit ? (
                <Day day={job.nextVisit.day} />
              ) : (
                <span className="dim small">{job.toInvoice && job.state === 'done' ? 'to invoice' : '–'}</span>
              )}
            </td>
            <td className="end">
              <Money minor={job.totalMinor} currency={job.currency} />
              <span className="only-phone">
                <JobMark state={job.state} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
