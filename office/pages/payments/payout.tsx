import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { payoutEntriesQuery, payoutQuery } from '../../api/queries.ts';
import type { PayoutEntry, Payout as PayoutFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day, dayText, Moment } from '../../parts/days.tsx';
import { Figure } from '../../parts/figure.tsx';
import { MoreRows } from '../../parts/list-tools.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Page, Section } from '../../parts/page.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { PayoutMark, payoutTrouble } from './payout-mark.tsx';

const route = getRouteApi('/office/payments/payouts/$payoutId');

export default function Payout() {
  const { payoutId } = route.useParams();
  const { rights } = useOffice();
  const query = useQuery(payoutQuery(payoutId));
  const payout = query.data;
  const download = useAct('downloadPayout', { done: (bytes) => saveFile(bytes as Blob, `payout-${payout?.arrivesOn ?? ''}.csv`) });
  if (payout === undefined) {
    return <Page title="Payout">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={4} />}</Page>;
  }
  return (
    <Page
      title={`Payout of ${dayText(payout.arrivesOn)}`}
      width="narrow"
      heading={
        <h1 className="row wrap" style={{ gap: '0.25rem 0.75rem' }}>
          <Money minor={payout.amountMinor} currency={payout.currency} />
          <PayoutMark state={payout.state} />
        </h1>
      }
      lead={
        <>
          {payout.state === 'paid' ? 'At your bank' : 'Expected'} <Day day={payout.arrivesOn} /> · <span className="num">{payout.reference}</span> ·{' '}
          <Link to="/payments/payouts" className="link">
            All payouts
          </Link>
        </>
      }
      actions={
        rights.includes('exports:read') &&
        payout.listed && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={download.isPending}
            onClick={() => download.mutate({ params: { payoutId } })}
          >
            Download CSV
          </Button>
        )
      }
    >
      <div className="stack">
        <Matching payout={payout} />
        {payout.listed && <Parts payout={payout} />}
      </div>
      {payout.listed && (
        <div style={{ marginTop: '1.75rem' }}>
          <Entries payout={payout} />
        </div>
      )}
    </Page>
  );
}

/** Whether what is in it explains the amount, told plainly. */
function Matching({ payout }: { payout: PayoutFacts }) {
  const money = useMoney();
  const { state, manual, listed, missingMinor, strangers, differing, movements, currency } = payout;
  if (state === 'failed')
    return (
      <Note tone="bad">
        This payout came back{payout.failure === '' ? '' : ` (${payout.failure})`}. The money is still at the processor. Check the bank account there.
      </Note>
    );
  if (manual) return <Note tone="warn">It was asked for by hand at the processor, which does not tell what it is made of.</Note>;
  if (!listed) return <Note tone="warn">What it is made of was not told yet. It is asked for every hour.</Note>;
  if (!payoutTrouble(payout))
    return <Note tone="good">All of it is explained by {movements === 1 ? 'one movement' : `${movements.toLocaleString('en-US')} movements`}.</Note>;
  return (
    <Note tone="warn">
      {missingMinor !== 0 && `${money(missingMinor, currency)} of it is not explained by what it is made of. `}
      {strangers > 0 && `${strangers === 1 ? 'One movement is' : `${strangers} movements are`} about payments that were not made here. `}
      {differing > 0 && `${differing === 1 ? 'One payment has' : `${differing} payments have`} another amount here.`}
    </Note>
  );
}

function Parts({ payout }: { payout: PayoutFacts }) {
  const money = useMoney();
  const of = (minor: number): string => money(minor, payout.currency);
  return (
    <div className="figures">
      <Figure label="Payments" amount={of(payout.paymentsMinor)} />
      {payout.refundsMinor !== 0 && <Figure label="Refunds" amount={of(payout.refundsMinor)} />}
      {payout.disputesMinor !== 0 && <Figure label="Disputes" amount={of(payout.disputesMinor)} />}
      <Figure label="Fees" amount={of(payout.feesMinor === 0 ? 0 : -payout.feesMinor)} />
      {payout.otherMinor !== 0 && <Figure label="Other" amount={of(payout.otherMinor)} />}
    </div>
  );
}

const kinds: Readonly<Record<PayoutEntry['kind'], string>> = {
  payment: 'Payment',
  refund: 'Refund',
  dispute: 'Dispute',
  fee: 'Fee',
  payout: 'Payout',
  other: 'Adjustment',
};

function Entries({ payout }: { payout: PayoutFacts }) {
  const query = useInfiniteQuery(payoutEntriesQuery(payout.id));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="What it is made of" id="entries">
      {query.isPending ? (
        <SkeletonRows rows={3} />
      ) : query.isError && rows.length === 0 ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <table className="list">
          <thead>
            <tr>
              <th>What</th>
              <th>When</th>
              <th className="end">Amount</th>
              <th className="end">Fee</th>
              <th className="end">Net</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Entry key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <MoreRows query={query} />
    </Section>
  );
}

function Entry({ row }: { row: PayoutEntry }) {
  const stranger = row.payment === null && (row.kind === 'payment' || row.kind === 'refund' || row.kind === 'dispute');
  return (
    <tr>
      <td className="clip w32">
        {row.payment === null ? (
          <span className="strong">{kinds[row.kind]}</span>
        ) : (
          <Link to="/payments/$paymentId" params={{ paymentId: row.payment.id }} className="row-link strong">
            {row.payment.customerName}
          </Link>
        )}
        <span className="second">
          {row.payment !== null && kinds[row.kind]}
          {row.payment?.receiptNumber ? ` · ${row.payment.receiptNumber}` : ''}
          {stranger && `Not made here · ${row.reference}`}
          {row.differs && ' · differs here'}
        </span>
      </td>
      <td className="only-desk dim">
        <Moment at={row.happenedAt} />
      </td>
      <td className="only-desk end">
        <Money minor={row.amountMinor} currency={row.currency} />
      </td>
      <td className="only-desk end">
        <Money minor={row.feeMinor} currency={row.currency} dimZero />
      </td>
      <td className="end">
        <Money minor={row.netMinor} currency={row.currency} />
      </td>
    </tr>
  );
}
