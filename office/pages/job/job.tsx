import './job.css';
import { Button, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Job as JobFacts } from '../../api/types.ts';
import { jobQuery, jobTimelineQuery } from '../../api/work-queries.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Day } from '../../parts/days.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { JobMark, VisitMark, windowText } from '../../parts/work-mark.tsx';
import { EditJobForm } from './job-form.tsx';
import { VisitForm } from './visit-form.tsx';
import { VisitPanel } from './visit-panel.tsx';
import { WorkList } from './work-list.tsx';

const route = getRouteApi('/office/jobs/$jobId');
const renew = ['jobs', 'visits', 'events', 'customers'];

export default function Job() {
  const { jobId } = route.useParams();
  const query = useQuery(jobQuery(jobId));
  const [open, setOpen] = useState<string | null>(null);
  const [planning, setPlanning] = useState(false);
  const job = query.data;
  if (job === undefined) {
    return <Page title="Job">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows />}</Page>;
  }
  return (
    <Page
      title={`Job ${job.number}`}
      heading={
        <h1 className="row wrap" style={{ gap: '0.25rem 0.75rem' }}>
          <span className="clip">{job.title}</span>
          <JobMark state={job.state} />
        </h1>
      }
      lead={<Lead job={job} />}
      actions={<Actions job={job} onPlan={() => setPlanning(true)} />}
    >
      {job.state === 'canceled' && job.reason !== '' && <Note>Canceled: {job.reason}</Note>}
      <div className="two">
        <div>
          <Visits job={job} onOpen={setOpen} onPlan={() => setPlanning(true)} />
          <WorkList job={job} />
          <Invoices job={job} />
        </div>
        <aside>
          <Notes job={job} />
          <JobTimeline jobId={job.id} />
        </aside>
      </div>
      {open !== null && <VisitPanel visitId={open} onClose={() => setOpen(null)} />}
      {planning && <PlanVisit job={job} onClose={() => setPlanning(false)} />}
    </Page>
  );
}

function Lead({ job }: { job: JobFacts }) {
  return (
    <span className="row wrap" style={{ gap: '0 0.5rem' }}>
      <span className="num">Job {job.number}</span>·
      <Link to="/customers/$customerId" params={{ customerId: job.customer.id }} className="link">
        {job.customer.name}
      </Link>
      {job.place !== '' && <span>· {job.place}</span>}
      {job.poNumber !== '' && <span>· PO {job.poNumber}</span>}
      {job.estimate && (
        <span>
          · of{' '}
          <Link to="/estimates/$estimateId" params={{ estimateId: job.estimate.id }} className="link num">
            {job.estimate.number}
          </Link>
        </span>
      )}
    </span>
  );
}

function Actions({ job, onPlan }: { job: JobFacts; onPlan: () => void }) {
  const navigate = useNavigate();
  const [canceling, setCanceling] = useState(false);
  const [editing, setEditing] = useState(false);
  const params = { jobId: job.id };
  const may = (act: JobFacts['acts'][number]): boolean => job.acts.includes(act);
  const close = useAct('closeJob', { renew });
  const reopen = useAct('reopenJob', { renew });
  const bill = useAct('invoiceJob', {
    renew: [...renew, 'invoices', 'estimates', 'home'],
    done: (invoice) => navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: invoice.id } }),
  });
  const billFirst = may('invoice') && job.state === 'done';
  return (
    <>
      {may('plan_visit') && (
        <Button variant={billFirst ? 'default' : 'filled'} onClick={onPlan}>
          New visit
        </Button>
      )}
      {may('invoice') && (
        <Button variant={billFirst ? 'filled' : 'default'} loading={bill.isPending} onClick={() => bill.mutate({ params, body: {} })}>
          Invoice this work
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More about this job">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {may('change') && <Menu.Item onClick={() => setEditing(true)}>Edit job</Menu.Item>}
          {may('close') && <Menu.Item onClick={() => close.mutate({ params })}>Mark as done</Menu.Item>}
          {may('reopen') && <Menu.Item onClick={() => reopen.mutate({ params })}>Take up again</Menu.Item>}
          {may('cancel') && (
            <Menu.Item color="red" onClick={() => setCanceling(true)}>
              Cancel job
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {canceling && <Cancel job={job} onClose={() => setCanceling(false)} />}
      {editing && (
        <SidePanel title="Edit job" onClose={() => setEditing(false)}>
          <EditJobForm job={job} onDone={() => setEditing(false)} />
        </SidePanel>
      )}
    </>
  );
}

function Cancel({ job, onClose }: { job: JobFacts; onClose: () => void }) {
  const act = useAct('cancelJob', { renew, done: onClose });
  return (
    <Confirm
      title={`Cancel job ${job.number}?`}
      act={`Cancel job ${job.number}`}
      keep="Keep it"
      danger
      busy={act.isPending}
      reason={{ label: 'Why', placeholder: 'The customer reads this at each visit', required: false }}
      onAct={(reason) => act.mutate({ params: { jobId: job.id }, body: { reason } })}
      onClose={onClose}
    >
      Its visits ahead are canceled too. What was done already stays.
    </Confirm>
  );
}

function PlanVisit({ job, onClose }: { job: JobFacts; onClose: () => void }) {
  const act = useAct('planVisit', { renew, done: onClose, failed: () => true });
  const start = { day: job.today, from: null, until: null, crewIds: [], title: job.title, customerNote: job.customerNotes, shown: true };
  return (
    <SidePanel title="New visit" onClose={onClose}>
      <VisitForm
        start={start}
        act="Plan visit"
        busy={act.isPending}
        error={act.error}
        onAct={(body) => act.mutate({ params: { jobId: job.id }, body })}
        onClose={onClose}
      />
    </SidePanel>
  );
}

function Visits({ job, onOpen, onPlan }: { job: JobFacts; onOpen: (visitId: string) => void; onPlan: () => void }) {
  return (
    <Section title="Visits" id="visits">
      {job.visits.length === 0 ? (
        <Empty title="No visit yet" action={job.acts.includes('plan_visit') ? <Button onClick={onPlan}>New visit</Button> : undefined}>
          Plan a day, and who goes.
        </Empty>
      ) : (
        <ul className="visit-rows">
          {job.visits.map((visit) => (
            <li key={visit.id}>
              <button type="button" className="visit-row" onClick={() => onOpen(visit.id)}>
                <span className="strong">
                  <Day day={visit.day} /> <span className="dim">{windowText(visit)}</span>
                </span>
                <span className="grow clip">
                  {visit.title}
                  <span className="dim"> · {visit.crew.length === 0 ? 'nobody yet' : visit.crew.map(({ name }) => name).join(', ')}</span>
                </span>
                {visit.photos > 0 && <span className="dim small num">{visit.photos === 1 ? '1 photo' : `${visit.photos} photos`}</span>}
                <VisitMark state={visit.state} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Invoices({ job }: { job: JobFacts }) {
  if (job.invoices.length === 0) return null;
  return (
    <Section title="Invoices" id="invoices">
      <ul className="visit-rows">
        {job.invoices.map((invoice) => (
          <li key={invoice.id} className="visit-row">
            <Link to={invoice.draft ? '/invoices/$invoiceId/edit' : '/invoices/$invoiceId'} params={{ invoiceId: invoice.id }} className="link num grow">
              {invoice.number ?? 'Draft'}
            </Link>
            {!invoice.draft && (
              <span className="dim small">
                {invoice.balanceMinor === 0 ? 'paid' : <Money minor={invoice.balanceMinor} currency={invoice.currency} />}
                {invoice.balanceMinor > 0 && ' left'}
              </span>
            )}
            <Money minor={invoice.totalMinor} currency={invoice.currency} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Notes({ job }: { job: JobFacts }) {
  const notes = [
    ['For the crew', job.crewNotes],
    ['For the customer', job.customerNotes],
  ].filter(([, text]) => text !== '');
  if (notes.length === 0) return null;
  return (
    <Section title="Notes" id="notes">
      <dl className="facts">
        {notes.map(([label, text]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd style={{ whiteSpace: 'pre-line' }}>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function JobTimeline({ jobId }: { jobId: string }) {
  const query = useInfiniteQuery(jobTimelineQuery(jobId));
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="Timeline" id="timeline">
      {query.isPending ? (
        <SkeletonRows rows={5} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Timeline events={events} more={query.hasNextPage ? { load: query.fetchNextPage, busy: query.isFetchingNextPage } : undefined} />
      )}
    </Section>
  );
}
