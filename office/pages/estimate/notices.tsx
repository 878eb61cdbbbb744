import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Estimate } from '../../api/types.ts';
import { dayText, Moment } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note } from '../../parts/notes.tsx';

type Tone = 'neutral' | 'warn' | 'bad' | 'good';

/** What a person should know before anything else. */
export function Notices({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const { standing, status } = estimate;
  const notices: [string, Tone, ReactNode][] = [];
  const amount = money(standing.chosenMinor ?? standing.totalMinor, estimate.currency);
  if (status === 'approved') notices.push(['approved', 'good', <Approved key="approved" estimate={estimate} amount={amount} />]);
  if (status === 'declined') notices.push(['declined', 'bad', <Decided key="declined" estimate={estimate} words="Declined" />]);
  if (status === 'changes_requested') notices.push(['changes', 'warn', <Decided key="changes" estimate={estimate} words="Changes requested" />]);
  if (status === 'withdrawn') notices.push(['withdrawn', 'neutral', <Decided key="withdrawn" estimate={estimate} words="Withdrawn" />]);
  if (status === 'expired') {
    notices.push(['expired', 'warn', 'It has expired: the customer can still read it and ask for more time. Extend it, or write a new version.']);
  }
  if (status === 'sent' && standing.approvalWithdrawnAt !== null) {
    notices.push([
      'taken back',
      'warn',
      <span key="taken back">
        Its approval was taken back <Moment at={standing.approvalWithdrawnAt} />. It waits again; the record of both stays.
      </span>,
    ]);
  }
  const handed = status === 'sent' ? handedOn(standing) : null;
  if (handed !== null) notices.push(['handed on', 'neutral', handed]);
  if (estimate.replacedBy) {
    const { id, revision } = estimate.replacedBy;
    notices.push([
      'replaced',
      'neutral',
      <span key="replaced">
        Replaced by{' '}
        <Link to="/estimates/$estimateId" params={{ estimateId: id }} className="link num">
          version {revision}
        </Link>
        . Old links open the new one.
      </span>,
    ]);
  }
  if (estimate.nextDraftId !== null) {
    notices.push([
      'next',
      'neutral',
      <span key="next">
        A new version is being written.{' '}
        <Link to="/estimates/$estimateId/edit" params={{ estimateId: estimate.nextDraftId }} className="link">
          Go on writing it
        </Link>
      </span>,
    ]);
  }
  if (estimate.delivery === 'bounced') {
    notices.push(['bounced', 'bad', 'The mail came back. Correct the address under People of the customer, then send it again.']);
  }
  return notices.length === 0 ? null : (
    <div className="notices">
      {notices.map(([key, tone, words]) => (
        <Note key={key} tone={tone}>
          {words}
        </Note>
      ))}
    </div>
  );
}

function waiterOf({ name, insteadOf, remindedAt }: NonNullable<Estimate['standing']['waitingFor']>): string {
  const instead = insteadOf === '' ? '' : `, in place of ${insteadOf}, who is away`;
  return `${name}${instead}${remindedAt === null ? '' : ` (reminded ${dayText(remindedAt.slice(0, 10))})`}`;
}

/** Whom it waits for, after a first yes of two or a recommendation. */
function handedOn({ firstApproval, waitingFor, recommendedAt, recommendedBy }: Estimate['standing']): ReactNode | null {
  if (firstApproval !== null) {
    return (
      <span key="first">
        Approved first by {firstApproval.by} <Moment at={firstApproval.at} />. It waits for{' '}
        {waitingFor === null ? 'a second person: nobody else of this customer may approve this amount' : waiterOf(waitingFor)}.
      </span>
    );
  }
  return recommendedAt === null
    ? null
    : `Recommended by ${recommendedBy}. It waits for ${waitingFor === null ? 'someone with a higher limit' : waiterOf(waitingFor)}.`;
}

function Decided({ estimate, words }: { estimate: Estimate; words: string }) {
  const { decidedAt, decidedBy, reason } = estimate.standing;
  return (
    <>
      <p>
        {words}
        {decidedBy !== '' && ` by ${decidedBy}`}
        {decidedAt !== null && (
          <>
            {' '}
            <Moment at={decidedAt} />
          </>
        )}
        .
      </p>
      {reason !== '' && <p className="notice-reason">{reason}</p>}
    </>
  );
}

function Approved({ estimate, amount }: { estimate: Estimate; amount: string }) {
  const { invoice, depositInvoice } = estimate;
  return (
    <>
      <Decided estimate={estimate} words={`Approved for ${amount}`} />
      {(depositInvoice || invoice) && (
        <p>
          {depositInvoice && (
            <>
              Deposit{' '}
              <Link to="/invoices/$invoiceId" params={{ invoiceId: depositInvoice.id }} className="link num">
                {depositInvoice.number ?? 'draft'}
              </Link>
              {invoice && ' · '}
            </>
          )}
          {invoice && (
            <>
              Invoice{' '}
              <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }} className="link num">
                {invoice.number ?? 'draft'}
              </Link>
            </>
          )}
        </p>
      )}
    </>
  );
}
