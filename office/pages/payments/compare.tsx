import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { comparisonQuery } from '../../api/queries.ts';
import type { ProcessorComparison, ProcessorDifference } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty, Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { Mark } from '../../parts/status-mark.tsx';

/** What we have and what Stripe has, and each payment where the two do not say the same. */
export default function Compare() {
  const query = useQuery(comparisonQuery);
  const now = useAct('compareNow', { renew: ['payments'], done: (found, _, client) => client.setQueryData(comparisonQuery.queryKey, found) });
  return (
    <Page
      title="Compare with Stripe"
      actions={
        query.data?.connected && (
          <Button loading={now.isPending} onClick={() => now.mutate({})}>
            Compare now
          </Button>
        )
      }
    >
      {query.data ? (
        <Found comparison={query.data} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Page>
  );
}

function Found({ comparison }: { comparison: ProcessorComparison }) {
  const { connected, accountId, live, comparedAt, since, reached, ours, theirs, differences } = comparison;
  if (!connected) {
    return (
      <Empty title="No Stripe account is connected">
        <Link to="/settings/$section" params={{ section: 'ways-to-pay' }} className="link">
          Connect one in the settings
        </Link>
      </Empty>
    );
  }
  const agree = reached && differences.length === 0;
  return (
    <div className="stack">
      <p className="dim small">
        {accountId} {live ? '' : '(test mode) '}·{' '}
        {comparedAt === null ? (
          'Not compared yet. It is done every hour by itself.'
        ) : (
          <>
            last compared <Moment at={comparedAt} />
            {since && (
              <>
                , back to <Moment at={since} />
              </>
            )}
          </>
        )}
      </p>
      {!reached && <Note tone="warn">Stripe did not answer when it was last asked. Nothing is lost; it is asked again within the hour.</Note>}
      {comparedAt !== null && reached && (
        <Note tone={agree ? 'good' : 'bad'}>
          {agree
            ? `Both say the same: ${ours} ${ours === 1 ? 'payment' : 'payments'} here, ${theirs} at Stripe.`
            : `${differences.length} ${differences.length === 1 ? 'payment differs' : 'payments differ'}. ${ours} here, ${theirs} at Stripe.`}
        </Note>
      )}
      {differences.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th>What differs</th>
              <th className="only-desk">Here</th>
              <th className="only-desk">At Stripe</th>
              <th className="end">Amount</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((row) => (
              <Row key={`${row.what} ${row.reference}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

const words: Readonly<Record<ProcessorDifference['what'], string>> = {
  unknown_here: 'Paid at Stripe, not here',
  missing_there: 'Here, not at Stripe',
  state: 'Not in the same state',
  amount: 'Another amount',
  currency: 'Another currency',
};

/** States as they read elsewhere in the office; what is not here reads as it is. */
const states: Readonly<Record<string, string>> = {
  cleared: 'Received',
  succeeded: 'Received',
  pending: 'Processing',
  processing: 'Processing',
  initiated: 'Not paid yet',
  open: 'Not paid yet',
  unknown: 'Checking payment',
  failed: 'Declined',
  expired: 'Not paid',
  returned: 'Returned',
  refunded: 'Refunded',
  disputed: 'Disputed',
  reversed: 'Reversed',
};

function Row({ row }: { row: ProcessorDifference }) {
  const shown = (text: string): React.ReactNode =>
    row.what === 'amount' && text !== '' ? <Money minor={Number(text)} currency={row.currency} /> : (states[text] ?? text) || '—';
  return (
    <tr>
      <td>
        <Mark tone={row.what === 'state' ? 'warn' : 'bad'}>{words[row.what]}</Mark>
        <span className="second">
          {row.customer && row.paymentId ? (
            <Link to="/payments/$paymentId" params={{ paymentId: row.paymentId }} className="link">
              {row.customer.name}
            </Link>
          ) : (
            'No payment of ours'
          )}{' '}
          · <code>{row.reference}</code> · <Moment at={row.at} />
        </span>
      </td>
      <td className="only-desk">{shown(row.ours)}</td>
      <td className="only-desk">{shown(row.theirs)}</td>
      <td className="end">
        <Money minor={row.amountMinor} currency={row.currency} />
      </td>
    </tr>
  );
}
