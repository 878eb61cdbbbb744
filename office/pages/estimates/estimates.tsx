import './estimates.css';
import { SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { estimatesQuery, estimateTotalsQuery } from '../../api/estimate-queries.ts';
import { customerQuery } from '../../api/queries.ts';
import type { EstimateTotals } from '../../api/types.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { PeriodPicker } from '../../parts/period-picker.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Board } from './board.tsx';
import { EstimateTable } from './estimate-table.tsx';

const route = getRouteApi('/office/estimates');

type Tab = keyof EstimateTotals['tabs'];
type View = Tab | 'follow_up';
const tabs: readonly (readonly [View, string])[] = [
  ['waiting', 'Waiting'],
  ['follow_up', 'Follow up'],
  ['expiring', 'Expiring'],
  ['draft', 'Draft'],
  ['approved', 'Approved'],
  ['changes_requested', 'Changes requested'],
  ['declined', 'Declined'],
  ['expired', 'Expired'],
  ['withdrawn', 'Withdrawn'],
  ['all', 'All'],
];
const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
];

/** The address says what is shown. Follow up: what waits, the longest first. */
function useFilter() {
  const search = route.useSearch();
  const view = tabs.find(([key]) => key === search.tab)?.[0] ?? 'all';
  const tab: Tab = view === 'follow_up' ? 'waiting' : view;
  const sort = view === 'follow_up' || search.sort === 'oldest' ? 'oldest' : 'newest';
  const base = {
    ...(search.q ? { q: search.q } : {}),
    ...(search.customer ? { customerId: search.customer } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  };
  return { search, view, tab, sort, base } as const;
}

export default function Estimates() {
  const { search, view, tab, sort, base } = useFilter();
  const navigate = useNavigate({ from: '/estimates' });
  const board = search.view === 'board';
  const totals = useQuery(estimateTotalsQuery(base));
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page title="Estimates" width={board ? 'wide' : 'normal'} actions={<ButtonLink to="/estimates/new">New estimate</ButtonLink>}>
      <Figures totals={totals.data} />
      {!board && (
        <Tabs
          label="Estimates"
          at={view}
          tabs={tabs
            .filter(([key]) => key !== 'withdrawn' || view === key || (totals.data?.tabs.withdrawn ?? 0) > 0)
            .map(([key, label]) => ({
              ...{ key, label },
              count: key === 'follow_up' ? undefined : totals.data?.tabs[key],
              link: { to: '/estimates', search: { ...search, tab: key === 'all' ? undefined : key, sort: undefined } },
            }))}
        />
      )}
      <div className="toolbar">
        <ListSearch
          label="Search estimates"
          placeholder="Number, customer, PO number or amount"
          value={search.q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <PeriodPicker from={search.from} to={search.to} onChange={change} />
        {!board && view !== 'follow_up' && (
          <Select
            aria-label="Order"
            data={sorts}
            value={sort}
            w={140}
            allowDeselect={false}
            onChange={(value) => change({ sort: value === 'oldest' ? value : undefined })}
          />
        )}
        <SegmentedControl
          aria-label="Shown as"
          data={[
            { value: 'list', label: 'List' },
            { value: 'board', label: 'Board' },
          ]}
          value={board ? 'board' : 'list'}
          onChange={(value) => change({ view: value === 'board' ? value : undefined })}
        />
      </div>
      {search.customer !== undefined && <OnlyCustomer customerId={search.customer} onAll={() => change({ customer: undefined })} />}
      {board ? <Board base={base} counts={totals.data?.tabs} /> : <List tab={tab} view={view} sort={sort} base={base} />}
    </Page>
  );
}

type Base = ReturnType<typeof useFilter>['base'];

function List({ tab, view, sort, base }: { tab: Tab; view: View; sort: 'newest' | 'oldest'; base: Base }) {
  const query = useInfiniteQuery(estimatesQuery({ tab, sort, ...base }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <NoEstimates view={view} filtered={Object.keys(base).length > 0} />
      ) : (
        <EstimateTable rows={rows} />
      )}
      <MoreRows query={query} />
    </>
  );
}

/** What waits, what runs out, and how estimates fare: over the whole business, whatever the list shows. */
function Figures({ totals }: { totals: EstimateTotals | undefined }) {
  const money = useMoney();
  const counted = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'estimate' : 'estimates'}`;
  const days = totals?.daysToDecide ?? null;
  const figures: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['Waiting', totals && money(totals.waitingMinor, totals.currency), totals && counted(totals.waitingCount)],
    ['Expiring in 7 days', totals && money(totals.expiringMinor, totals.currency), totals && counted(totals.expiringCount)],
    ['Approved this month', totals && money(totals.approvedThisMonthMinor, totals.currency), totals && counted(totals.approvedThisMonthCount)],
    [
      'Win rate',
      totals && (totals.winRatePpm === null ? '–' : (totals.winRatePpm / 1_000_000).toLocaleString('en-US', { style: 'percent' })),
      'of those decided in 90 days',
    ],
    ['Time to decide', totals && (days === null ? '–' : daysText(days)), 'on average'],
  ];
  return (
    <dl className="estimate-figures num" aria-label="Totals">
      {figures.map(([label, value, beside]) => (
        <div key={label}>
          <dt className="dim small">{label}</dt>
          <dd className="figure-value">{value ?? <Skeleton height={16} width="5rem" />}</dd>
          <dd className="dim small">{beside ?? ' '}</dd>
        </div>
      ))}
    </dl>
  );
}

const daysText = (days: number): string => {
  const text = days.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return days < 0.05 ? 'same day' : `${text} ${text === '1' ? 'day' : 'days'}`;
};

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

const nothing: Readonly<Record<View, readonly [string, string]>> = {
  waiting: ['Nothing waits for a customer', 'Estimates you send stay here until they are decided.'],
  follow_up: ['Nobody to follow up on', 'Estimates you send stand here, those that wait longest first.'],
  expiring: ['Nothing expires soon', 'Estimates in their last seven days show up here.'],
  draft: ['No drafts', 'Whatever you begin is kept here until it is sent.'],
  approved: ['Nothing approved yet', 'Approved estimates stay here.'],
  changes_requested: ['Nobody asks for changes', 'When a customer wants something changed, it shows up here.'],
  declined: ['Nothing was declined', 'Declined estimates stay here, with the reason.'],
  expired: ['Nothing has expired', 'You can give an expired estimate more time.'],
  withdrawn: ['Nothing was withdrawn', 'Estimates you take back stay here.'],
  all: ['No estimates yet', 'Write the first one: options and packages let your customer choose.'],
};

function NoEstimates({ view, filtered }: { view: View; filtered: boolean }) {
  if (filtered) return <Empty title="No estimate fits">Try another word or a longer period.</Empty>;
  const [title, words] = nothing[view];
  return (
    <Empty title={title} action={view === 'all' || view === 'draft' ? <ButtonLink to="/estimates/new">New estimate</ButtonLink> : undefined}>
      {words}
    </Empty>
  );
}
