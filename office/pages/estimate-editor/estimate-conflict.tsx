import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { freshId } from '../../api/fresh-id.ts';
import type { EstimateDraft } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { useMoney } from '../../parts/money.tsx';
import { Note, ProblemNote } from '../../parts/notes.tsx';
import { toast, toastProblem } from '../../parts/toast.ts';
import type { Autosave } from '../editor/autosave.ts';
import { WhichGoesOn } from '../editor/conflict.tsx';
import { differing } from '../editor/differences.ts';
import { useEstimate } from './estimate-context.ts';

const names: readonly (readonly [keyof EstimateDraft, string])[] = [
  ['validDays', 'days it is valid'],
  ['validUntil', 'last day'],
  ['poNumber', 'PO number'],
  ['discount', 'discount'],
  ['pricesIncludeTax', 'prices include tax'],
  ['deposit', 'deposit'],
  ['plan', 'stages'],
  ['scope', 'scope of work'],
  ['exclusions', 'what is not included'],
  ['message', 'message'],
  ['terms', 'terms'],
  ['internalNote', 'internal note'],
  ['language', 'language'],
];

/** Two people wrote on one draft. Nothing is lost: keep yours, take theirs, or keep both. */
export function EstimateConflict({
  mine,
  autosave,
  onTake,
}: {
  mine: EstimateDraft;
  autosave: Autosave<EstimateDraft>;
  onTake: (theirs: EstimateDraft) => void;
}) {
  const { estimate, live } = useEstimate();
  const money = useMoney();
  const navigate = useNavigate();
  const params = { estimateId: estimate.id };
  const newer = useQuery({ queryKey: ['conflict', estimate.id], queryFn: () => call('readEstimate', { params }), gcTime: 0, staleTime: 0 });
  if (newer.isError) return <ProblemNote error={newer.error} onRetry={() => void newer.refetch()} />;
  const theirs = newer.data;
  if (theirs === undefined) return null;
  const asCopy = (): void => {
    const id = freshId('estimate');
    call('createEstimate', { body: { ...mine, id }, key: id }).then(
      () => {
        toast('Yours is kept as a draft of its own');
        autosave.goOn(theirs.version, mine);
        void navigate({ to: '/estimates/$estimateId/edit', params: { estimateId: id } });
      },
      (error: unknown) => toastProblem(error),
    );
  };
  const theirDraft = theirs.draft;
  if (theirDraft !== null) {
    return (
      <WhichGoesOn
        theirs={theirs}
        mineTotal={live.totals ? money(Number(live.totals.totalMinor), estimate.currency) : ''}
        theirTotal={theirs.totals ? money(theirs.totals.totalMinor, theirs.currency) : ''}
        different={differing(mine, theirDraft, names)}
        onMine={() => autosave.goOn(theirs.version, null)}
        onTheirs={() => {
          autosave.goOn(theirs.version, theirDraft);
          onTake(theirDraft);
        }}
        onBoth={asCopy}
      />
    );
  }
  return (
    <div className="conflict">
      <Note tone="warn">
        <p className="strong">
          {theirs.updatedBy} issued this estimate <Moment at={theirs.updatedAt} />. It can no longer be changed.
        </p>
        <div className="row wrap" style={{ marginTop: '0.5rem' }}>
          <Button size="xs" onClick={() => void navigate({ to: '/estimates/$estimateId', params })}>
            See the estimate
          </Button>
          <Button size="xs" variant="default" onClick={asCopy}>
            Keep mine as a new draft
          </Button>
        </div>
      </Note>
    </div>
  );
}
