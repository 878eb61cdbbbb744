import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { freshId } from '../../api/fresh-id.ts';
import type { Draft, Invoice } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast, toastProblem } from '../../parts/toast.ts';
import type { Autosave } from './autosave.ts';
import { differences } from './differences.ts';
import { useEditor } from './editor-context.ts';

/** Two people wrote on one draft. Nothing is lost: keep yours, take theirs, or keep both. */
export function Conflict({ mine, autosave, onTake }: { mine: Draft; autosave: Autosave; onTake: (theirs: Draft) => void }) {
  const { invoice, live } = useEditor();
  const { staff } = useOffice();
  const money = useMoney();
  const navigate = useNavigate();
  const newer = useQuery({
    queryKey: ['conflict', invoice.id],
    queryFn: () => call('readInvoice', { params: { invoiceId: invoice.id } }),
    gcTime: 0,
    staleTime: 0,
  });
  if (newer.isError) return <ProblemNote error={newer.error} onRetry={() => void newer.refetch()} />;
  if (newer.data === undefined) return null;
  const theirs: Invoice = newer.data;
  const asCopy = (): void => {
    const id = freshId('invoice');
    call('createDraft', { body: { ...mine, id }, key: id }).then(
      () => {
        toast('Yours is kept as a draft of its own');
        autosave.goOn(theirs.version, mine);
        void navigate({ to: '/invoices/$invoiceId/edit', params: { invoiceId: id } });
      },
      (error: unknown) => toastProblem(error),
    );
  };
  if (theirs.draft === null) return <IssuedMeanwhile invoice={theirs} onKeep={asCopy} />;
  const theirDraft = theirs.draft;
  return (
    <div className="conflict">
      <Note tone="warn">
        <p className="strong">
          {theirs.updatedBy === staff.name ? 'You changed this draft in another window' : `${theirs.updatedBy} changed this draft`}{' '}
          <Moment at={theirs.updatedAt} />, while you were writing here. Which one goes on?
        </p>
        <div className="conflict-sides">
          <div>
            <p className="small dim">Yours</p>
            <p className="strong num">{live.totals ? money(Number(live.totals.totalMinor), invoice.currency) : ''}</p>
          </div>
          <div>
            <p className="small dim">Theirs</p>
            <p className="strong num">{theirs.totals ? money(theirs.totals.totalMinor, theirs.currency) : ''}</p>
          </div>
        </div>
        <p className="small">Different: {differences(mine, theirDraft).join(', ') || 'nothing you can see'}.</p>
        <div className="row wrap" style={{ marginTop: '0.5rem' }}>
          <Button size="xs" onClick={() => autosave.goOn(theirs.version, null)}>
            Keep mine
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              autosave.goOn(theirs.version, theirDraft);
              onTake(theirDraft);
            }}
          >
            Take theirs
          </Button>
          <Button size="xs" variant="default" onClick={asCopy}>
            Keep both: mine as a new draft
          </Button>
        </div>
      </Note>
    </div>
  );
}

function IssuedMeanwhile({ invoice, onKeep }: { invoice: Invoice; onKeep: () => void }) {
  const navigate = useNavigate();
  return (
    <div className="conflict">
      <Note tone="warn">
        <p className="strong">
          {invoice.updatedBy} issued this invoice <Moment at={invoice.updatedAt} />. It can no longer be changed.
        </p>
        <div className="row wrap" style={{ marginTop: '0.5rem' }}>
          <Button size="xs" onClick={() => void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: invoice.id } })}>
            See the invoice
          </Button>
          <Button size="xs" variant="default" onClick={onKeep}>
            Keep mine as a new draft
          </Button>
        </div>
      </Note>
    </div>
  );
}
