import './schedule.css';
import { ActionIcon, Button } from '@mantine/core';
import IconBefore from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconNext from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { addDays, isDay } from '../../../src/core/calendar.ts';
import { staffQuery } from '../../api/queries.ts';
import { weekQuery } from '../../api/work-queries.ts';
import { dayText } from '../../parts/days.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { NewJobForm } from '../job/job-form.tsx';
import { VisitPanel } from '../job/visit-panel.tsx';
import { JobList } from './job-list.tsx';
import { DayList, WeekGrid, weekDays, weekStart } from './week.tsx';

const route = getRouteApi('/office/schedule');
const tabs = [
  ['week', 'Week'],
  ['open', 'Open jobs'],
  ['to_invoice', 'To invoice'],
  ['done', 'Done'],
  ['canceled', 'Canceled'],
  ['all', 'All jobs'],
] as const;

/** Who is where this week, and the jobs behind it. */
export default function Schedule() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/schedule' });
  const { rights } = useOffice();
  const tab = tabs.find(([key]) => key === search.tab)?.[0] ?? 'week';
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page
      title="Schedule"
      width={tab === 'week' ? 'wide' : 'normal'}
      actions={rights.includes('jobs:write') && <Button onClick={() => change({ new: 'yes' })}>New job</Button>}
    >
      <Tabs
        label="Schedule"
        at={tab}
        tabs={tabs.map(([key, label]) => ({
          key,
          label,
          link: { to: '/schedule', search: { ...(key === 'week' ? {} : { tab: key }), ...(search.customer ? { customer: search.customer } : {}) } },
        }))}
      />
      {tab === 'week' ? <Week /> : <JobList tab={tab} q={search.q ?? ''} customerId={search.customer} onChange={change} />}
      {search.new !== undefined && (
        <SidePanel title="New job" onClose={() => change({ new: undefined })} size={560}>
          <NewJobForm customerId={search.new === 'yes' ? search.customer : search.new} onClose={() => change({ new: undefined })} />
        </SidePanel>
      )}
    </Page>
  );
}

function Week() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/schedule' });
  const { today } = useOffice();
  const from = weekStart(search.day !== undefined && isDay(search.day) ? search.day : today);
  const days = weekDays(from);
  const query = useQuery(weekQuery(from, addDays(from, 6)));
  const staff = useQuery(staffQuery);
  const visits = query.data ?? [];
  const go = (day: string | undefined): void => void navigate({ search: (before) => ({ ...before, day }), replace: true });
  const open = (visit: string | undefined): void => void navigate({ search: (before) => ({ ...before, visit }), replace: true });
  return (
    <>
      <div className="toolbar week-tools">
        <ActionIcon variant="default" size="lg" aria-label="Previous week" onClick={() => go(addDays(from, -7))}>
          <IconBefore size={16} aria-hidden />
        </ActionIcon>
        <Button variant="default" onClick={() => go(undefined)}>
          Today
        </Button>
        <ActionIcon variant="default" size="lg" aria-label="Next week" onClick={() => go(addDays(from, 7))}>
          <IconNext size={16} aria-hidden />
        </ActionIcon>
        <h2 className="week-title">
          {dayText(from).replace(/, \d{4}$/, '')} – {dayText(addDays(from, 6))}
        </h2>
      </div>
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && visits.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : visits.length === 0 ? (
        <Empty title="Nobody goes anywhere this week">Visits are planned on a job.</Empty>
      ) : (
        <>
          <WeekGrid days={days} today={today} visits={visits} staff={staff.data?.items ?? []} onOpen={open} />
          <DayList days={days} today={today} visits={visits} onOpen={open} />
        </>
      )}
      {search.visit !== undefined && <VisitPanel visitId={search.visit} onClose={() => open(undefined)} withJob />}
    </>
  );
}
