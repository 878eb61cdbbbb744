import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { paymentsQuery, settingsQuery } from '../../api/queries.ts';
import type { Payment } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { ListSearch, MoreRows } from '../../parts/list-tools.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Announced } from './announced.tsx';
import { PaymentMark } from './payment-mark.tsx';
import { RecordPayment } from './record-payment.tsx';

const route = getRouteApi('/office/payments');

const tabs = [
  ['all', 'All'],
  ['processing', 'Processing'],
  ['returned', 'Returned'],
  ['cleared', 'Received'],
] as const;

export default function Payments() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/payments' });
  const tab = tabs.find(([key]) => key === search.tab)?.[0] ?? 'all';
  const query = useInfiniteQuery(paymentsQuery({ tab, ...(search.q ? { q: search.q } : {}) }));
  const settings = useQuery(settingsQuery);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const close = (): void => change({ record: undefined, invoice: undefined, announcement: undefined });
  return (
    <Page
      title="Payments"
      actions={
        <>
          {settings.data?.waysToPay.gateway === 'stripe' && (
            <Link to="/payments/compare" className="link">
              Compare with Stripe
            </Link>
          )}
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ record: 'new' })}>
            Record payment
          </Button>
        </>
      }
    >
      <Announced onMatch={(announcement) => change({ record: announcement.customer.id, announcement: announcement.id })} />
      <Tabs
        label="Payments"
        at={tab}
        tabs={tabs.map(([key, label]) => ({ key, label, link: { to: '/payments', search: { q: search.q, tab: key === 'all' ? undefined : key } } }))}
      />
      <div className="toolbar">
        <ListSearch
          label="Search payments"
          placeholder="Customer, receipt, reference or amount"
          value={search.q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
      </div>
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <NoPayments tab={tab} searching={Boolean(search.q)} />
      ) : (
        <PaymentTable rows={rows} />
      )}
      <MoreRows query={query} />
      {search.record !== undefined && (
        <SidePanel title="Record payment" size={540} onClose={close}>
          <RecordPayment
            customerId={search.record === 'new' ? undefined : search.record}
            invoiceId={search.invoice}
            announcementId={search.announcement}
            onDone={close}
          />
        </SidePanel>
      )}
    </Page>
  );
}

function NoPayments({ tab, searching }: { tab: (typeof tabs)[number][0]; searching: boolean }) {
  if (searching) return <Empty title="No payment fits">Try the receipt number, the check number or the amount.</Empty>;
  if (tab === 'processing') return <Empty title="Nothing is processing">Bank payments that are on their way will show up here.</Empty>;
  if (tab === 'returned') return <Empty title="Nothing came back">Payments a bank returned will show up here.</Empty>;
  return <Empty title="No payments yet">What customers pay online comes here by itself; checks and cash you record.</Empty>;
}

function PaymentTable({ rows }: { rows: readonly Payment[] }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <table className="list" ref={list}>
      <thead>
        <tr>
          <th>Date</th>
          <th>Customer</th>
          <th>How</th>
          <th>State</th>
          <th>For</th>
          <th className="end">Amount</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((payment) => (
          <tr key={payment.id}>
            <td className="only-desk dim">
              <Day day={payment.receivedOn ?? payment.startedOn} />
            </td>
            <td className="clip w32">
              <Link to="/payments/$paymentId" params={{ paymentId: payment.id }} className="row-link strong" data-id={payment.id}>
                {payment.customer.name}
              </Link>
              <span className="second only-phone">
                {methodTitle(payment.method)} · <Day day={payment.receivedOn ?? payment.startedOn} />
              </span>
            </td>
            <td className="only-desk clip w24">
              {payment.methodLabel || methodTitle(payment.method)}
              {payment.autopay && <span className="dim"> Autopay</span>}
              {payment.reference !== '' && <span className="dim"> {payment.reference}</span>}
            </td>
            <td className="only-desk">
              <PaymentMark state={payment.state} />
            </td>
            <td className="only-desk dim num clip">
              {payment.shares.map((share) => share.number).join(', ') || (payment.keptAsCreditMinor > 0 ? 'credit' : '')}
            </td>
            <td className="end">
              <Money minor={payment.amountMinor} currency={payment.currency} />
              <span className="only-phone">
                <PaymentMark state={payment.state} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
