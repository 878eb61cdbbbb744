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
export function Conflict({ mine, autosave, onTake }: { mine: Draft; autosave: Autosave<Draft>; onTake: (theirs: Draft) => void }) {
  const { invoice, live } = useEditor();
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
    <WhichGoesOn
      theirs={theirs}
      mineTotal={live.totals ? money(Number(live.totals.totalMinor), invoice.currency) : ''}
      theirTotal={theirs.totals ? money(theirs.totals.totalMinor, theirs.currency) : ''}
      different={differences(mine, theirDraft)}
      onMine={() => autosave.goOn(theirs.version, null)}
      onTheirs={() => {
        autosave.goOn(theirs.version, theirDraft);
        onTake(theirDraft);
      }}
      onBoth={asCopy}
    />
  );
}

type Which = {
  theirs: Readonly<{ updatedBy: string; updatedAt: string }>;
  mineTotal: string;
  theirTotal: string;
  different: readonly string[];
  onMine: () => void;
  onTheirs: () => void;
  onBoth: () => void;
};

export function WhichGoesOn({ theirs, mineTotal, theirTotal, different, onMine, onTheirs, onBoth }: Which) {
  const { staff } = useOffice();
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
            <p className="strong num">{mineTotal}</p>
          </div>
          <div>
            <p className="small dim">Theirs</p>
            <p className="strong num">{theirTotal}</p>
          </div>
        </div>
        <p className="small">Different: {different.join(', ') || 'nothing you can see'}.</p>
        <div className="row wrap" style={{ marginTop: '0.5rem' }}>
          <Button size="xs" onClick={onMine}>
            Keep mine
          </Button>
          <Button size="xs" variant="default" onClick={onTheirs}>
            Take theirs
          </Button>
          <Button size="xs" variant="default" onClick={onBoth}>
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
