import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { paymentsQuery, settingsQuery } from '../../api/queries.ts';
import type { Payment } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { MoreRows } from '../../parts/list-tools.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page } from '../../parts/page.tsx';
import { SavedFilters } from '../../parts/saved-filters.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Announced } from './announced.tsx';
import { askedBy, filterNames, type Tab, tabs, type Words } from './payment-filter.ts';
import { PaymentMark } from './payment-mark.tsx';
import { DownloadPayments, OnlyOf, PaymentTools } from './payment-tools.tsx';
import { RecordPayment } from './record-payment.tsx';

const route = getRouteApi('/office/payments');

export default function Payments() {
  const search = route.useSearch();
  const { currency } = useOffice().business;
  const navigate = useNavigate({ from: '/payments' });
  const words = Object.fromEntries(filterNames.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]]))) as Words;
  const asked = askedBy(words, currency);
  const query = useInfiniteQuery(paymentsQuery(asked));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const close = (): void => change({ record: undefined, invoice: undefined, announcement: undefined });
  return (
    <Page title="Payments" actions={<Actions any={rows.length > 0} asked={asked} onRecord={() => change({ record: 'new' })} />}>
      <Announced onMatch={(announcement) => change({ record: announcement.customer.id, announcement: announcement.id })} />
      <Tabs
        label="Payments"
        at={asked.tab}
        tabs={tabs.map(([key, label]) => ({
          key,
          label,
          link: { to: '/payments', search: { ...words, state: undefined, tab: key === 'all' ? undefined : key } },
        }))}
      />
      <SavedFilters list="payments" now={{ ...words }} onOpen={(next) => void navigate({ search: next })} />
      <PaymentTools words={words} currency={currency} onChange={change} />
      {words.customer !== undefined && <OnlyOf customerId={words.customer} onAll={() => change({ customer: undefined })} />}
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <NoPayments tab={asked.tab} filtered={Object.keys(asked).length > 1} />
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

function Actions({ any, asked, onRecord }: { any: boolean; asked: ReturnType<typeof askedBy>; onRecord: () => void }) {
  const { rights } = useOffice();
  const settings = useQuery(settingsQuery);
  return (
    <>
      {settings.data?.waysToPay.gateway === 'stripe' && (
        <Link to="/payments/compare" className="link">
          Compare with Stripe
        </Link>
      )}
      {(settings.data?.waysToPay.gateway ?? null) !== null && (
        <Link to="/payments/payouts" className="link">
          Payouts
        </Link>
      )}
      {rights.includes('exports:read') && any && <DownloadPayments asked={asked} />}
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onRecord}>
        Record payment
      </Button>
    </>
  );
}

const nothing: Readonly<Record<Tab, readonly [string, string]>> = {
  all: ['No payments yet', 'What customers pay online comes here by itself; checks and cash you record.'],
  processing: ['Nothing is processing', 'Bank payments that are on their way will show up here.'],
  cleared: ['Nothing was received yet', 'Money that came in will stay here.'],
  credit: ['No money waits for an invoice', 'What customers paid beyond their invoices will show up here until it is used.'],
  returned: ['Nothing came back', 'Payments a bank returned will show up here.'],
};

function NoPayments({ tab, filtered }: { tab: Tab; filtered: boolean }) {
  if (filtered) return <Empty title="No payment fits">Try the receipt number, the check number or the amount, or a longer period.</Empty>;
  const [title, words] = nothing[tab];
  return <Empty title={title}>{words}</Empty>;
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
              {payment.shares.map((share) => share.number).join(', ')}
              {payment.keptAsCreditMinor > 0 && (
                <span>
                  {payment.shares.length > 0 && ' · '}
                  {payment.keptAsCreditMinor < payment.amountMinor && <Money minor={payment.keptAsCreditMinor} currency={payment.currency} />} credit
                </span>
              )}
            </td>
            <td className="end">
              <Money minor={payment.amountMinor} currency={payment.currency} />
              <Beside payment={payment} />
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

/** What was charged beside the amount, or saved on it. */
function Beside({ payment: { tipMinor, cardFeeMinor, savingMinor, currency } }: { payment: Payment }) {
  const lines = [
    { sign: '+', minor: tipMinor, words: 'tip' },
    { sign: '+', minor: cardFeeMinor, words: 'card fee' },
    { sign: '−', minor: savingMinor, words: 'saving' },
  ].filter(({ minor }) => minor > 0);
  return lines.map(({ sign, minor, words }) => (
    <span key={words} className="second">
      {sign} <Money minor={minor} currency={currency} /> {words}
    </span>
  ));
}
