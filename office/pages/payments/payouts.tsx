import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { payoutsQuery } from '../../api/queries.ts';
import type { Payout } from '../../api/types.ts';
import { Day } from '../../parts/days.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { MoreRows } from '../../parts/list-tools.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { PayoutMark, payoutTrouble } from './payout-mark.tsx';

/** What the processor sent to the bank, so that a line of the bank statement can be found here. */
export default function Payouts() {
  const query = useInfiniteQuery(payoutsQuery);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Payouts"
      lead={
        <>
          What was sent to your bank, and which payments are in it. Looked up every hour.{' '}
          <Link to="/payments" className="link">
            All payments
          </Link>
        </>
      }
    >
      {query.isPending ? (
        <SkeletonRows />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title="No payouts yet">Once customers pay by card or bank account, what reaches your bank will show up here.</Empty>
      ) : (
        <PayoutTable rows={rows} />
      )}
      <MoreRows query={query} />
    </Page>
  );
}

function PayoutTable({ rows }: { rows: readonly Payout[] }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <table className="list" ref={list}>
      <thead>
        <tr>
          <th>At your bank</th>
          <th>State</th>
          <th>Movements</th>
          <th className="end">Fees</th>
          <th className="end">Amount</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((payout) => (
          <tr key={payout.id}>
            <td>
              <Link to="/payments/payouts/$payoutId" params={{ payoutId: payout.id }} className="row-link strong" data-id={payout.id}>
                <Day day={payout.arrivesOn} />
              </Link>
              <span className="second only-phone">
                <PayoutMark state={payout.state} /> {payoutTrouble(payout) && <Mark tone="warn">Does not match</Mark>}
              </span>
            </td>
            <td className="only-desk">
              <PayoutMark state={payout.state} /> {payoutTrouble(payout) && <Mark tone="warn">Does not match</Mark>}
            </td>
            <td className="only-desk dim num">{payout.listed ? payout.movements.toLocaleString('en-US') : ''}</td>
            <td className="only-desk end">{payout.listed && <Money minor={payout.feesMinor} currency={payout.currency} dimZero />}</td>
            <td className="end">
              <Money minor={payout.amountMinor} currency={payout.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
