import './invoice.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { invoiceQuery, invoiceTimelineQuery } from '../../api/queries.ts';
import type { Invoice as InvoiceFacts } from '../../api/types.ts';
import { Day, Moment } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { paperName } from '../../parts/paper-name.ts';
import { StatusMark } from '../../parts/status-mark.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { InvoiceActions } from './actions.tsx';
import { ChargeNotes, DepositHeld, LateFees } from './charges.tsx';
import { CreditNotes } from './credit-note.tsx';
import { Installments } from './installments.tsx';
import { Openers } from './openers.tsx';
import { Paper } from './paper.tsx';
import { Payments } from './payments.tsx';
import { QuestionedCharges } from './questioned.tsx';
import { InvoiceRemindersPart } from './reminders.tsx';
import { SixFigures } from './six-figures.tsx';

const route = getRouteApi('/office/invoices/$invoiceId');

export default function Invoice() {
  const { invoiceId } = route.useParams();
  const query = useQuery(invoiceQuery(invoiceId));
  const invoice = query.data;
  if (invoice === undefined) {
    return <Page title="Invoice">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows />}</Page>;
  }
  if (invoice.draft !== null) return <Navigate to="/invoices/$invoiceId/edit" params={{ invoiceId }} replace />;
  return (
    <Page
      title={`${paperName(invoice)} ${invoice.number ?? ''}`}
      heading={
        <h1 className="row wrap" style={{ gap: '0.25rem 0.75rem' }}>
          {invoice.purpose !== 'bill' && <span>{paperName(invoice)}</span>}
          <span className="num">{invoice.number}</span>
          <StatusMark status={invoice.status} />
        </h1>
      }
      lead={<Lead invoice={invoice} />}
      actions={<InvoiceActions invoice={invoice} />}
    >
      <Notices invoice={invoice} />
      <ChargeNotes invoice={invoice} />
      <SixFigures invoice={invoice} />
      <div className="two">
        <div>
          {invoice.paper && <Paper invoice={invoice} paper={invoice.paper} />}
          <Installments invoice={invoice} />
          <QuestionedCharges invoice={invoice} />
          <Payments invoice={invoice} />
          <CreditNotes invoice={invoice} />
          <DepositHeld invoice={invoice} />
          <LateFees invoice={invoice} />
        </div>
        <aside>
          <Openers invoice={invoice} />
          <InvoiceRemindersPart invoice={invoice} />
          <InvoiceTimeline invoiceId={invoiceId} />
        </aside>
      </div>
    </Page>
  );
}

function Lead({ invoice }: { invoice: InvoiceFacts }) {
  return (
    <span className="row wrap" style={{ gap: '0 0.5rem' }}>
      {invoice.customer && (
        <Link to="/customers/$customerId" params={{ customerId: invoice.customer.id }} className="link">
          {invoice.customer.name}
        </Link>
      )}
      {invoice.issuedOn && (
        <span>
          · <Day day={invoice.issuedOn} />
        </span>
      )}
      <span>
        ·{' '}
        {invoice.openedAt !== null ? (
          <>
            opened <Moment at={invoice.openedAt} />
          </>
        ) : invoice.lastMailedAt !== null ? (
          <>
            mailed <Moment at={invoice.lastMailedAt} />, not opened yet
          </>
        ) : invoice.shown ? (
          'shown in the portal'
        ) : (
          'the customer cannot see it yet'
        )}
      </span>
    </span>
  );
}

/** What a person should know before anything else. */
function Notices({ invoice }: { invoice: InvoiceFacts }) {
  const money = useMoney();
  const notices: React.ReactNode[] = [];
  if (invoice.canceled && !invoice.replacedBy) {
    notices.push(
      <Note key="canceled">
        Canceled on <Day day={invoice.canceled.on} />. {invoice.canceled.reason}
      </Note>,
    );
  }
  if (invoice.replacedBy) {
    notices.push(
      <Note key="replaced">
        Replaced by{' '}
        <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.replacedBy.id }} className="link num">
          {invoice.replacedBy.number}
        </Link>
        . Old links open the new one.
      </Note>,
    );
  }
  if (invoice.replaces) {
    notices.push(
      <Note key="replaces">
        Corrects{' '}
        <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.replaces.id }} className="link num">
          {invoice.replaces.number}
        </Link>
        .
      </Note>,
    );
  }
  if (invoice.delivery === 'bounced') {
    notices.push(
      <Note key="bounced" tone="bad">
        The mail came back. Correct the address under People of the customer, then send it again.
      </Note>,
    );
  }
  if (invoice.returned) {
    notices.push(
      <Note key="returned" tone="bad">
        The bank returned the last payment. The bill is owed again; nothing else was charged.
      </Note>,
    );
  }
  if (invoice.announced) {
    notices.push(
      <Note key="announced" tone="warn">
        The customer says {money(invoice.announced.amountMinor, invoice.currency)} will come by <Day day={invoice.announced.expectedOn} />.
      </Note>,
    );
  }
  if (invoice.needs.includes('question')) {
    notices.push(
      <Note key="question" tone="warn">
        {invoice.standing.inQuestionMinor > 0
          ? `The customer questions ${money(invoice.standing.inQuestionMinor, invoice.currency)}. Nothing reminds of it until it is answered. `
          : 'The customer asks a question. '}
        <Link to="/inbox" className="link">
          Answer it
        </Link>
      </Note>,
    );
  }
  return notices.length === 0 ? null : <div className="notices">{notices}</div>;
}

function InvoiceTimeline({ invoiceId }: { invoiceId: string }) {
  const query = useInfiniteQuery(invoiceTimelineQuery(invoiceId));
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="Timeline" id="timeline">
      {query.isPending ? (
        <SkeletonRows rows={5} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Timeline events={events} more={query.hasNextPage ? { load: query.fetchNextPage, busy: query.isFetchingNextPage } : undefined} />
      )}
    </Section>
  );
}
