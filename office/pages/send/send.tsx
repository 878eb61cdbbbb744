import './send.css';
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { invoiceQuery, mailPreviewQuery, recipientsQuery, scheduleQuery } from '../../api/queries.ts';
import type { Invoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { paperName } from '../../parts/paper-name.ts';
import { toast } from '../../parts/toast.ts';
import { PreviewFrame } from '../editor/preview-frame.tsx';
import { HandOver } from './hand-over.tsx';
import { Later, ScheduleNote } from './later.tsx';
import { Recipients, useTicked } from './recipients.tsx';

const route = getRouteApi('/office/invoices/$invoiceId/send');

export default function Send() {
  const { invoiceId } = route.useParams();
  const invoice = useQuery(invoiceQuery(invoiceId));
  if (invoice.data === undefined) {
    return (
      <Page title="Send">{invoice.isError ? <ProblemNote error={invoice.error} onRetry={() => void invoice.refetch()} /> : <SkeletonRows rows={5} />}</Page>
    );
  }
  return <SendInvoice invoice={invoice.data} />;
}

function SendInvoice({ invoice }: { invoice: Invoice }) {
  const navigate = useNavigate();
  const params = { invoiceId: invoice.id };
  const recipients = useQuery(recipientsQuery(invoice.id));
  const ticked = useTicked(recipients.data?.items ?? [], invoice.draft?.recipientIds ?? []);
  const [note, setNote] = useState('');
  const isDraft = invoice.draft !== null;
  const waits = invoice.status === 'scheduled';
  const schedule = useQuery({ ...scheduleQuery(invoice.id), enabled: waits }).data ?? null;
  const send = useAct('sendInvoice', {
    renew: ['invoices', 'home', 'links', 'people'],
    done: async (result) => {
      await navigate({ to: '/invoices/$invoiceId', params });
      toast(`On the way to ${result.mails.map((mail) => mail.name).join(' and ')}`);
    },
  });
  const test = useAct('sendTest', { done: (sent) => toast(`A test is on its way to ${sent.to}`) });
  const people = ticked.ids.length === 1 ? '1 person' : `${ticked.ids.length} people`;
  const again = invoice.sentAt !== null;
  return (
    <Page
      title={again ? `Send ${invoice.number} again` : `Send ${invoice.number ?? paperName(invoice).toLowerCase()}`}
      lead={<Summary invoice={invoice} />}
      width="wide"
      actions={
        <ButtonLink variant="default" to={isDraft ? '/invoices/$invoiceId/edit' : '/invoices/$invoiceId'} params={params}>
          {isDraft ? 'Back to the draft' : 'Back to the invoice'}
        </ButtonLink>
      }
    >
      <div className="send">
        <div className="send-form">
          {waits && schedule !== null && <ScheduleNote schedule={schedule} />}
          <Checks invoice={invoice} />
          <Recipients customerId={invoice.customer?.id ?? null} query={recipients} ticked={ticked} />
          <Textarea
            label="A few words (optional)"
            description="Stand above the invoice, in this mail only"
            autosize
            minRows={2}
            maxRows={8}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className="row wrap">
            <Button
              size="md"
              disabled={ticked.ids.length === 0}
              loading={send.isPending}
              onClick={() => send.mutate({ params, body: { personIds: ticked.ids, note } })}
            >
              {ticked.ids.length === 0 ? 'Choose who gets it' : waits ? `Send now to ${people}` : `Send to ${people}`}
            </Button>
            <Button variant="default" size="md" loading={test.isPending} onClick={() => test.mutate({ params, body: { note } })}>
              Send a test to me
            </Button>
          </div>
          {isDraft && <Later key={schedule?.sendAt ?? ''} invoice={invoice} schedule={waits ? schedule : null} personIds={ticked.ids} note={note} />}
          {isDraft && <p className="dim small">Sending gives it its number and freezes it. Nobody sees it before.</p>}
          <HandOver invoice={invoice} recipients={recipients.data?.items ?? []} />
        </div>
        <Preview invoice={invoice} personId={ticked.ids[0]} note={note} />
      </div>
    </Page>
  );
}

function Summary({ invoice }: { invoice: Invoice }) {
  const money = useMoney();
  const total = invoice.totals?.totalMinor ?? invoice.standing.totalMinor;
  return (
    <span>
      {invoice.customer?.name} · {money(total, invoice.currency)}
      {invoice.dueOn && (
        <>
          {' '}
          · due <Day day={invoice.dueOn} />
        </>
      )}
    </span>
  );
}

/** What to look at before it leaves. None of it stops anybody. */
function Checks({ invoice }: { invoice: Invoice }) {
  if (invoice.draft === null) return null;
  const missing = [
    invoice.draft.lines.length === 0 && 'There is no line on it yet.',
    invoice.customer?.poRequired && invoice.draft.poNumber === '' && 'This customer asks for a PO number on every invoice.',
    invoice.totals?.totalMinor === 0 && invoice.draft.lines.length > 0 && 'The total is zero.',
  ].filter((words) => typeof words === 'string');
  if (missing.length === 0) return null;
  return (
    <Note tone="warn">
      {missing.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </Note>
  );
}

function Preview({ invoice, personId, note }: { invoice: Invoice; personId: string | undefined; note: string }) {
  const [view, setView] = useState<'mail' | 'page'>('mail');
  const [settled] = useDebouncedValue(note, 350);
  const params = { invoiceId: invoice.id };
  const query = { ...(personId ? { personId } : {}), ...(settled === '' ? {} : { note: settled }) };
  const mail = useQuery({ ...mailPreviewQuery({ params, query }), enabled: view === 'mail' });
  return (
    <aside className="send-preview" aria-label="Preview">
      <div className="spread send-preview-head">
        <SegmentedControl
          size="xs"
          aria-label="Preview of"
          value={view}
          onChange={(value) => setView(value as 'mail' | 'page')}
          data={[
            { value: 'mail', label: 'Mail' },
            { value: 'page', label: 'Page' },
          ]}
        />
        <span className="dim small">{invoice.draft === null ? 'Exactly as it will look' : 'As it will look; the number comes with sending'}</span>
      </div>
      {view === 'mail' && (
        <dl className="facts mail-head">
          <dt>From</dt>
          <dd>{mail.data?.from ?? '…'}</dd>
          <dt>To</dt>
          <dd>{mail.data?.to || '…'}</dd>
          <dt>Subject</dt>
          <dd className="strong">{mail.data?.subject ?? '…'}</dd>
        </dl>
      )}
      <div className="send-frame">
        {view === 'mail' ? (
          <PreviewFrame key="mail" address={addressOf('previewMailBody', { params, query })} version={invoice.version} title="The mail" />
        ) : (
          <PreviewFrame key="page" address={addressOf('previewInvoice', { params })} version={invoice.version} title="What your customer sees" />
        )}
      </div>
    </aside>
  );
}
