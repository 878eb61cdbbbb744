import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconBan from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassHigh.mjs';
import type { Payment, Refund as RefundFacts } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { methodTitle } from '../../parts/method-words.ts';
import { Money, useMoney } from '../../parts/money.tsx';
import { Note } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { refundFailureWords } from '../../parts/refund-words.ts';
import { Mark, type Tone } from '../../parts/status-mark.tsx';
import { toast } from '../../parts/toast.ts';
import { refundRenews } from './refund.tsx';

const looks: Readonly<Record<RefundFacts['state'], readonly [string, Icon, Tone]>> = {
  waiting_second: ['Waits for a second person', IconHourglass, 'warn'],
  requested: ['Being sent', IconHourglass, 'warn'],
  unknown: ['Checking with the processor', IconHourglass, 'warn'],
  pending: ['On its way', IconBack, 'neutral'],
  succeeded: ['Refunded', IconCheck, 'good'],
  failed: ['Did not go through', IconBan, 'bad'],
  declined: ['Declined', IconBan, 'neutral'],
};

/** Everything that went back of a payment, or waits to. */
export function Refunds({ payment }: { payment: Payment }) {
  if (payment.refunds.length === 0) return null;
  return (
    <Section title="Refunds" id="refunds">
      {payment.refunds.map((refund) => refund.state === 'waiting_second' && <Waiting key={refund.id} payment={payment} refund={refund} />)}
      <table className="list">
        <thead>
          <tr>
            <th>Refund</th>
            <th>State</th>
            <th className="end">When</th>
            <th className="end">Amount</th>
          </tr>
        </thead>
        <tbody>
          {payment.refunds.map((refund) => (
            <RefundRow key={refund.id} payment={payment} refund={refund} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function RefundRow({ payment, refund }: { payment: Payment; refund: RefundFacts }) {
  const money = useMoney();
  const [words, icon, tone] = looks[refund.state];
  const to = refund.method === 'original' ? payment.methodLabel || methodTitle(payment.method) : methodTitle(refund.method);
  const who =
    refund.origin === 'processor' ? 'in the processor’s dashboard' : refund.origin === 'automatic' ? 'by itself: it was paid twice' : refund.askedByName;
  return (
    <tr>
      <td>
        {to}
        {refund.reference !== '' && <span className="dim"> · {refund.reference}</span>}
        <div className="small dim">{[refund.reason, who, refund.decidedByName && `decided by ${refund.decidedByName}`].filter(Boolean).join(' · ')}</div>
      </td>
      <td>
        <Mark icon={icon} tone={tone}>
          {words}
        </Mark>
        {refund.state === 'failed' && refund.failure !== '' && <div className="small dim">{refundFailureWords(refund.failure)}</div>}
      </td>
      <td className="dim end">
        <Moment at={refund.askedAt} />
      </td>
      <td className="end">
        <Money minor={refund.backMinor} currency={payment.currency} />
        {refund.tipMinor > 0 && <div className="small dim">with {money(refund.tipMinor, payment.currency)} tip</div>}
        {refund.cardFeeMinor > 0 && <div className="small dim">with {money(refund.cardFeeMinor, payment.currency)} card fee</div>}
        {refund.savingMinor > 0 && <div className="small dim">less {money(refund.savingMinor, payment.currency)} saving</div>}
      </td>
    </tr>
  );
}

function Waiting({ payment, refund }: { payment: Payment; refund: RefundFacts }) {
  const money = useMoney();
  const { staff } = useOffice();
  const amount = money(refund.backMinor, payment.currency);
  const approve = useAct('approveRefund', { renew: refundRenews, done: () => toast(`${amount} refunded`) });
  const decline = useAct('declineRefund', { renew: refundRenews, done: () => toast(`${amount} stays`) });
  const own = refund.askedBy === staff.id;
  const params = { refundId: refund.id };
  return (
    <div style={{ marginBottom: '1rem' }}>
      <Note tone="warn">
        <p>
          {refund.askedByName} asks to give {amount} back: “{refund.reason}”. Nothing has gone back yet.
          {own && ' Somebody else has to approve it.'}
        </p>
        <div className="row" style={{ marginTop: '0.5rem' }}>
          {!own && (
            <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate({ params })}>
              Refund {amount}
            </Button>
          )}
          <Button size="xs" variant="default" loading={decline.isPending} onClick={() => decline.mutate({ params })}>
            {own ? 'Take it back' : 'Decline'}
          </Button>
        </div>
      </Note>
    </div>
  );
}
