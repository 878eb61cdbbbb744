import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { paymentQuery } from '../../api/queries.ts';
import type { Payment as PaymentFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Day, dayText, Moment } from '../../parts/days.tsx';
import { Figure } from '../../parts/figure.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money, useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { Disputes } from './disputes.tsx';
import { Move } from './move.tsx';
import { PaymentMark } from './payment-mark.tsx';
import { Refund } from './refund.tsx';
import { Refunds } from './refunds.tsx';

const route = getRouteApi('/office/payments/$paymentId');

export default function Payment() {
  const { paymentId } = route.useParams();
  const query = useQuery(paymentQuery(paymentId));
  const [asking, setAsking] = useState<'take_back' | 'refund' | 'move' | null>(null);
  const money = useMoney();
  const payment = query.data;
  if (payment === undefined) {
    return <Page title="Payment">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={4} />}</Page>;
  }
  return (
    <Page
      title={`Payment of ${money(payment.amountMinor, payment.currency)}`}
      width="narrow"
      heading={
        <h1 className="row wrap" style={{ gap: '0.25rem 0.75rem' }}>
          <Money minor={payment.amountMinor} currency={payment.currency} />
          <PaymentMark state={payment.state} />
        </h1>
      }
      lead={
        <>
          <Link to="/customers/$customerId" params={{ customerId: payment.customer.id }} className="link">
            {payment.customer.name}
          </Link>{' '}
          · {payment.methodLabel || methodTitle(payment.method)}
          {payment.autopay ? ' · Autopay' : ''}
        </>
      }
      actions={
        <>
          {payment.canReverse && (
            <Button variant="default" onClick={() => setAsking('take_back')}>
              Take back
            </Button>
          )}
          {payment.refundableMinor > 0 && (
            <Button variant="default" onClick={() => setAsking('move')}>
              Move
            </Button>
          )}
          {payment.refundableMinor + payment.refundableTipMinor > 0 && (
            <Button variant="default" onClick={() => setAsking('refund')}>
              Refund
            </Button>
          )}
        </>
      }
    >
      {payment.reason !== '' && (
        <div style={{ marginBottom: '1.25rem' }}>
          <Note tone="warn">{payment.reason}</Note>
        </div>
      )}
      <WhereItIs payment={payment} />
      <Disputes payment={payment} />
      <Refunds payment={payment} />
      <Shares payment={payment} />
      <Facts payment={payment} />
      {asking === 'take_back' && <TakeBack payment={payment} onClose={() => setAsking(null)} />}
      {asking === 'move' && <Move payment={payment} onClose={() => setAsking(null)} />}
      {asking === 'refund' && <Refund payment={payment} onClose={() => setAsking(null)} />}
    </Page>
  );
}

/** What of the amount went back, was taken, or is kept; nothing where all of it is on bills. */
function WhereItIs({ payment }: { payment: PaymentFacts }) {
  const money = useMoney();
  const beside = payment.tipMinor > 0 || payment.cardFeeMinor > 0 || payment.savingMinor > 0;
  if (!beside && payment.keptAsCreditMinor <= 0 && payment.refundedMinor <= 0 && payment.disputedMinor <= 0 && payment.feeMinor === null) return null;
  return (
    <div className="figures" style={{ margin: '1rem 0 1.75rem' }}>
      <Figure label="Amount" amount={money(payment.amountMinor, payment.currency)} />
      {payment.tipMinor > 0 && <Figure label="Tip" amount={money(payment.tipMinor, payment.currency)} />}
      {payment.cardFeeMinor > 0 && <Figure label="Card fee" amount={money(payment.cardFeeMinor, payment.currency)} />}
      {payment.savingMinor > 0 && <Figure label="Bank account saving" amount={money(-payment.savingMinor, payment.currency)} />}
      {beside && <Figure label="Charged in all" amount={money(payment.chargedMinor, payment.currency)} />}
      {payment.refundedInAllMinor > 0 && <Figure label="Refunded" amount={money(payment.refundedInAllMinor, payment.currency)} />}
      {payment.disputedMinor > 0 && <Figure label="Disputed" amount={money(payment.disputedMinor, payment.currency)} />}
      {payment.keptAsCreditMinor > 0 && <Figure label="Kept as credit" amount={money(payment.keptAsCreditMinor, payment.currency)} />}
      {payment.feeMinor !== null && <Figure label="Processor fee" amount={money(payment.feeMinor, payment.currency)} />}
      {payment.netMinor !== null && <Figure label="Left after the fee" amount={money(payment.netMinor, payment.currency)} />}
    </div>
  );
}

function Shares({ payment }: { payment: PaymentFacts }) {
  if (payment.shares.length === 0) return null;
  return (
    <Section title="What it pays" id="shares">
      <table className="list">
        <thead>
          <tr>
            <th>Invoice</th>
            <th className="end">Paid by this</th>
            <th className="end">Left on it now</th>
          </tr>
        </thead>
        <tbody>
          {payment.shares.map((share) => (
            <tr key={share.invoiceId}>
              <td>
                <Link to="/invoices/$invoiceId" params={{ invoiceId: share.invoiceId }} className="row-link num">
                  {share.number}
                </Link>
              </td>
              <td className="end">
                <Money minor={share.amountMinor} currency={payment.currency} />
              </td>
              <td className="end">
                <Money minor={share.balanceMinor} currency={payment.currency} dimZero />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Facts({ payment }: { payment: PaymentFacts }) {
  const facts: [string, React.ReactNode][] = [
    ['Receipt', payment.receiptNumber],
    ['Reference', payment.reference],
    ['Received on', payment.receivedOn && <Day day={payment.receivedOn} />],
    ['Started on', payment.startedOn !== payment.receivedOn && dayText(payment.startedOn)],
    ['Cleared on', payment.clearedOn && payment.clearedOn !== payment.receivedOn && <Day day={payment.clearedOn} />],
    [payment.online ? 'Paid by' : 'Recorded by', payment.recordedBy],
    [
      'Payout',
      payment.payoutId && (
        <Link key="payout" to="/payments/payouts/$payoutId" params={{ payoutId: payment.payoutId }} className="link">
          Show the payout it was in
        </Link>
      ),
    ],
    ['When', <Moment key="when" at={payment.createdAt} />],
    ['Note', payment.note],
  ];
  return (
    <Section title="Details" id="details">
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}

function TakeBack({ payment, onClose }: { payment: PaymentFacts; onClose: () => void }) {
  const money = useMoney();
  const amount = money(payment.amountMinor, payment.currency);
  const act = useAct('reversePayment', {
    renew: ['payments', 'invoices', 'home', 'customers', 'events'],
    done: () => {
      onClose();
      toast(`${amount} taken back`);
    },
  });
  return (
    <Confirm
      title={`Take back ${amount}?`}
      act={`Take back ${amount}`}
      keep="Keep it"
      danger
      busy={act.isPending}
      reason={{ label: 'Why', placeholder: 'Check came back' }}
      onAct={(reason) => act.mutate({ params: { paymentId: payment.id }, body: { reason } })}
      onClose={onClose}
    >
      {payment.shares.length > 0 ? `${payment.shares.map((share) => share.number).join(', ')} will be owed again.` : 'The credit goes away.'} Both entries stay
      in the books.
    </Confirm>
  );
}
