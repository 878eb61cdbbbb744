import '../editor/editor.css';
import '../send/send.css';
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { estimateMailQuery, estimateQuery, estimateRecipientsQuery } from '../../api/estimate-queries.ts';
import type { Estimate } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day } from '../../parts/days.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { PreviewFrame } from '../editor/preview-frame.tsx';
import { HandOverLink } from '../send/hand-over.tsx';
import { Recipients, useTicked } from '../send/recipients.tsx';

const route = getRouteApi('/office/estimates/$estimateId/send');

export default function Send() {
  const { estimateId } = route.useParams();
  const query = useQuery(estimateQuery(estimateId));
  if (query.data === undefined) {
    return <Page title="Send">{query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : <SkeletonRows rows={5} />}</Page>;
  }
  return <SendEstimate estimate={query.data} />;
}

function SendEstimate({ estimate }: { estimate: Estimate }) {
  const navigate = useNavigate();
  const params = { estimateId: estimate.id };
  const recipients = useQuery(estimateRecipientsQuery(estimate.id));
  const ticked = useTicked(recipients.data?.items ?? [], estimate.draft?.recipientIds ?? []);
  const [note, setNote] = useState('');
  const isDraft = estimate.draft !== null;
  const send = useAct('sendEstimate', {
    renew: ['estimates', 'home', 'links', 'people'],
    done: async (result) => {
      await navigate({ to: '/estimates/$estimateId', params });
      toast(`On the way to ${result.mails.map((mail) => mail.name).join(' and ')}`);
    },
  });
  const people = ticked.ids.length === 1 ? '1 person' : `${ticked.ids.length} people`;
  const name = estimate.number ?? estimate.replaces?.number;
  return (
    <Page
      title={
        estimate.sentAt !== null
          ? `Send ${name} again`
          : `Send ${name ? `${name}, version ${estimate.revision}` : estimate.amends ? 'change order' : 'estimate'}`
      }
      lead={<Summary estimate={estimate} />}
      width="wide"
      actions={
        <ButtonLink variant="default" to={isDraft ? '/estimates/$estimateId/edit' : '/estimates/$estimateId'} params={params}>
          {isDraft ? 'Back to the draft' : `Back to the ${estimate.amends ? 'change order' : 'estimate'}`}
        </ButtonLink>
      }
    >
      <div className="send">
        <div className="send-form">
          <Checks estimate={estimate} />
          <Recipients customerId={estimate.customer.id} query={recipients} ticked={ticked} />
          <Textarea
            label="A few words (optional)"
            description={`Stand above the ${estimate.amends ? 'change order' : 'estimate'}, in this mail only`}
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
              {ticked.ids.length === 0 ? 'Choose who gets it' : `Send to ${people}`}
            </Button>
          </div>
          {isDraft && (
            <p className="dim small">
              {estimate.replaces
                ? `Sending freezes it and takes the place of version ${estimate.replaces.revision}. Old links open the new version and say what changed.`
                : 'Sending gives it its number and freezes it. Nobody sees it before.'}
            </p>
          )}
          <ByHand estimate={estimate} recipients={recipients.data?.items ?? []} />
        </div>
        <Preview estimate={estimate} personId={ticked.ids[0]} note={note} />
      </div>
    </Page>
  );
}

function ByHand({ estimate, recipients }: { estimate: Estimate; recipients: Parameters<typeof HandOverLink>[0]['recipients'] }) {
  const client = useQueryClient();
  const money = useMoney();
  const params = { estimateId: estimate.id };
  const make: Parameters<typeof HandOverLink>[0]['make'] = async (personId) => {
    const issued = estimate.draft === null ? estimate : await call('issueEstimate', { params, body: { show: true }, version: estimate.version });
    const { url } = await call('makeEstimateLink', { params, body: { personId } });
    for (const key of ['estimates', 'links', 'home']) void client.invalidateQueries({ queryKey: [key] });
    return { url, number: issued.number ?? '', amount: money(issued.standing.totalMinor, issued.currency) };
  };
  return <HandOverLink noun="estimate" isDraft={estimate.draft !== null} recipients={recipients} make={make} />;
}

function Summary({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  return (
    <span>
      {estimate.customer.name} · {money(estimate.totals?.totalMinor ?? estimate.standing.totalMinor, estimate.currency)}
      {estimate.validUntil && (
        <>
          {' '}
          · valid until <Day day={estimate.validUntil} />
        </>
      )}
      {estimate.draft && estimate.draft.validUntil === null && ` · valid for ${estimate.draft.validDays} days`}
    </span>
  );
}

/** What to look at before it leaves. None of it stops anybody. */
function Checks({ estimate }: { estimate: Estimate }) {
  if (estimate.draft === null) return null;
  const missing = [
    estimate.draft.lines.length === 0 && 'There is no line on it yet.',
    estimate.customer.poRequired && estimate.draft.poNumber === '' && 'This customer asks for a PO number. They can give it when they approve.',
    estimate.totals?.totalMinor === 0 && estimate.draft.lines.length > 0 && 'The total is zero.',
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

/** Exactly as it will look, once it is issued; of a draft what it comes to. */
function Preview({ estimate, personId, note }: { estimate: Estimate; personId: string | undefined; note: string }) {
  const [view, setView] = useState<'mail' | 'page'>('mail');
  const [settled] = useDebouncedValue(note, 350);
  const params = { estimateId: estimate.id };
  const query = { ...(personId ? { personId } : {}), ...(settled === '' ? {} : { note: settled }) };
  const issued = estimate.draft === null;
  const mail = useQuery({ ...estimateMailQuery({ params, query }), enabled: issued && view === 'mail' });
  if (!issued) return <DraftLook estimate={estimate} />;
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
        <span className="dim small">Exactly as it will look</span>
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
          <PreviewFrame key="mail" address={addressOf('previewEstimateMailBody', { params, query })} version={estimate.version} title="The mail" />
        ) : (
          <PreviewFrame key="page" address={addressOf('previewEstimatePage', { params })} version={estimate.version} title="What your customer sees" />
        )}
      </div>
    </aside>
  );
}

function DraftLook({ estimate }: { estimate: Estimate }) {
  const money = useMoney();
  const { draft, totals } = estimate;
  if (draft === null || totals === null) return null;
  const amounts = new Map(totals.lines.map((line) => [line.id, line.netMinor]));
  return (
    <aside className="card draft-look" aria-label="What it says">
      <h2>As suggested</h2>
      <ul>
        {draft.lines.map((line) => (
          <li key={line.id} className={line.choice?.chosen === false ? 'dim' : ''}>
            <span className="grow">
              {line.name}
              {line.choice && (
                <span className="small dim"> · {line.choice.kind === 'optional' ? 'optional' : `${line.choice.group}: ${line.choice.package}`}</span>
              )}
            </span>
            <span className="num">{money(amounts.get(line.id) ?? 0, estimate.currency)}</span>
          </li>
        ))}
      </ul>
      <dl className="totals-list num">
        <dt className="grand">Total</dt>
        <dd className="grand">{money(totals.totalMinor, estimate.currency)}</dd>
        {totals.depositMinor > 0 && (
          <>
            <dt>Deposit on approval</dt>
            <dd>{money(totals.depositMinor, estimate.currency)}</dd>
          </>
        )}
      </dl>
    </aside>
  );
}
