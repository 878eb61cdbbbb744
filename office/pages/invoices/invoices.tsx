import { Select, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { customerQuery, invoicesQuery, invoiceTotalsQuery } from '../../api/queries.ts';
import type { InvoiceListTotals } from '../../api/types.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { PeriodPicker } from '../../parts/period-picker.tsx';
import { SavedFilters } from '../../parts/saved-filters.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { useChosen } from './chosen.ts';
import { InvoiceTable } from './invoice-table.tsx';

const route = getRouteApi('/office/invoices');

type Tab = keyof InvoiceListTotals['tabs'];
const tabs: readonly (readonly [Tab, string])[] = [
  ['needs_you', 'Needs you'],
  ['draft', 'Draft'],
  ['scheduled', 'Scheduled'],
  ['unpaid', 'Unpaid'],
  ['overdue', 'Overdue'],
  ['in_question', 'In question'],
  ['paid', 'Paid'],
  ['all', 'All'],
];
const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'due', label: 'Due first' },
];

const ways = [
  { value: 'any', label: 'Mail or post' },
  { value: 'post', label: 'By post only' },
];

/** The address says what is shown, so that it can be kept, sent and gone back to. */
function useFilter() {
  const search = route.useSearch();
  const tab = tabs.find(([key]) => key === search.tab)?.[0] ?? 'all';
  const sort = search.sort === 'oldest' || search.sort === 'due' ? search.sort : 'newest';
  const base = {
    ...(search.q ? { q: search.q } : {}),
    ...(search.customer ? { customerId: search.customer } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
    ...(search.post ? { post: true } : {}),
  };
  return { search, tab, sort, base } as const;
}

const wordsOf = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

export default function Invoices() {
  const { search, tab, sort, base } = useFilter();
  const navigate = useNavigate({ from: '/invoices' });
  const query = useInfiniteQuery(invoicesQuery({ tab, sort, ...base }));
  const totals = useQuery(invoiceTotalsQuery({ tab, ...base }));
  const chosen = useChosen();
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page title="Invoices">
      <Tabs
        label="Invoices"
        at={tab}
        tabs={tabs
          .filter(([key]) => key !== 'scheduled' || tab === key || (totals.data?.tabs.scheduled ?? 0) > 0)
          .map(([key, label]) => ({
            key,
            label,
            count: totals.data?.tabs[key],
            link: { to: '/invoices', search: { ...search, tab: key === 'all' ? undefined : key } },
          }))}
      />
      <SavedFilters list="invoices" now={wordsOf(search)} onOpen={(words) => void navigate({ search: words })} />
      <div className="toolbar">
        <ListSearch
          label="Search invoices"
          placeholder="Number, customer, PO number or amount"
          value={search.q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <PeriodPicker from={search.from} to={search.to} onChange={change} />
        <Select
          aria-label="Order"
          data={sorts}
          value={sort}
          w={140}
          allowDeselect={false}
          onChange={(value) => change({ sort: value === 'newest' ? undefined : (value ?? undefined) })}
        />
        <Select
          aria-label="How they reach the customer"
          data={ways}
          value={search.post ? 'post' : 'any'}
          w={140}
          allowDeselect={false}
          onChange={(value) => change({ post: value === 'post' ? 'yes' : undefined })}
        />
      </div>
      <TotalsLine totals={totals.data} customerId={search.customer} onAllCustomers={() => change({ customer: undefined })} />
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <NoInvoices tab={tab} filtered={Object.keys(base).length > 0} />
      ) : (
        <InvoiceTable rows={rows} chosen={chosen} />
      )}
      <MoreRows query={query} />
      {(chosen.count > 0 || chosen.all) && <BulkBar chosen={chosen} rows={rows} filter={{ tab, sort, ...base }} total={totals.data?.count} />}
    </Page>
  );
}

function TotalsLine({
  totals,
  customerId,
  onAllCustomers,
}: {
  totals: InvoiceListTotals | undefined;
  customerId: string | undefined;
  onAllCustomers: () => void;
}) {
  const money = useMoney();
  const customer = useQuery({ ...customerQuery(customerId ?? ''), enabled: customerId !== undefined });
  const of = (minor: number): string => money(minor, totals?.currency);
  return (
    <div className="totals-line num" role="status">
      {customerId !== undefined && (
        <span>
          Only <span className="strong">{customer.data?.name ?? '…'}</span>
          <button type="button" className="text-button" onClick={onAllCustomers}>
            Show all
          </button>
        </span>
      )}
      {totals === undefined ? (
        <Skeleton height={12} width="22rem" />
      ) : (
        <>
          <span>
            {totals.count.toLocaleString('en-US')} {totals.count === 1 ? 'invoice' : 'invoices'}
          </span>
          <span>
            Total <span className="strong">{of(totals.totalMinor)}</span>
          </span>
          <span>
            Balance <span className="strong">{of(totals.balanceMinor)}</span>
          </span>
          {totals.overdueMinor > 0 && (
            <span>
              of which overdue <span className="strong bad">{of(totals.overdueMinor)}</span>
            </span>
          )}
          {totals.onItsWayMinor > 0 && (
            <span>
              on its way <span className="strong">{of(totals.onItsWayMinor)}</span>
            </span>
          )}
        </>
      )}
    </div>
  );
}

const nothing: Readonly<Record<Tab, readonly [string, string]>> = {
  needs_you: ['Nothing needs you', 'Questions, returned mail and returned payments will show up here.'],
  draft: ['No drafts', 'Whatever you begin is kept here until it is sent.'],
  scheduled: ['Nothing waits to be sent', 'A draft can leave by itself: choose Send later when you send it.'],
  unpaid: ['Nothing is unpaid', 'Every invoice is settled.'],
  overdue: ['Nothing is overdue', 'Everyone is on time.'],
  in_question: ['Nothing is in question', 'A charge a customer questions shows up here until it is answered.'],
  paid: ['Nothing paid yet', 'Paid invoices will stay here.'],
  all: ['No invoices yet', 'Write the first one, or bring in past ones from a file.'],
};

function NoInvoices({ tab, filtered }: { tab: Tab; filtered: boolean }) {
  if (filtered) return <Empty title="No invoice fits">Try another word or a longer period.</Empty>;
  const [title, words] = nothing[tab];
  return (
    <Empty title={title} action={tab === 'all' || tab === 'draft' ? <ButtonLink to="/invoices/new">New invoice</ButtonLink> : undefined}>
      {words}
      {tab === 'all' && (
        <>
          {' '}
          <Link to="/import" className="link">
            Import
          </Link>
        </>
      )}
    </Empty>
  );
}
