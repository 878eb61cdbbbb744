import '../editor/editor.css';
import './estimate-editor.css';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Dispatch, useEffect, useMemo, useReducer } from 'react';
import { call } from '../../api/client.ts';
import { estimateQuery } from '../../api/estimate-queries.ts';
import { propertiesQuery, taxRatesQuery } from '../../api/queries.ts';
import type { Estimate, EstimateDraft } from '../../api/types.ts';
import { useTitle } from '../../parts/page.tsx';
import { type Autosave, useAutosave } from '../editor/autosave.ts';
import { type Act, openDraft, reduceDraft } from '../editor/draft-state.ts';
import { SheetContext, type SheetTools } from '../editor/editor-context.ts';
import { forgetFresh } from '../editor/fresh-draft.ts';
import { Lines } from '../editor/lines.tsx';
import { liveTotals } from '../editor/live-totals.ts';
import { useReviewing } from '../editor/reviewing.ts';
import { RunningTotal } from '../editor/running-total.tsx';
import { SaveMark } from '../editor/save-mark.tsx';
import { useUsualTax } from '../editor/use-usual-tax.ts';
import { withUsualTaxes } from '../editor/usual-tax.ts';
import { EstimateConflict } from './estimate-conflict.tsx';
import { closeEstimate, type EditedEstimate, EstimateContext, type EstimateFields, type EstimateTools } from './estimate-context.ts';
import { EstimateHead } from './estimate-head.tsx';
import { EstimateMenu } from './estimate-menu.tsx';
import { EstimateTotals, Money } from './estimate-money.tsx';
import { EstimateWords } from './estimate-words.tsx';

const opened = (draft: EstimateDraft): EditedEstimate => openDraft(draft, () => crypto.randomUUID());

/** Writing an estimate: an invoice's lines, and what the customer may choose of them. What is typed is saved by itself. */
export function EstimateEditor({ estimate, draft: start }: { estimate: Estimate; draft: EstimateDraft }) {
  const [editing, dispatch] = useWriting(estimate, start);
  const draft = useMemo(() => closeEstimate(editing), [editing]);
  const autosave = useSaving(estimate, draft);
  const rates = useQuery(taxRatesQuery).data?.items;
  const live = useMemo(
    () => liveTotals(draft, estimate.currency, estimate.customer.taxExempt, rates ?? [], estimate.amends !== null),
    [draft, estimate.currency, estimate.customer.taxExempt, estimate.amends, rates],
  );
  const navigate = useNavigate();
  const review = useReviewing(autosave.flush, () => void navigate({ to: '/estimates/$estimateId/send', params: { estimateId: estimate.id } }));
  useDiscardIfEmpty(estimate.id, draft.lines.length === 0);
  const name = estimate.replaces
    ? `${estimate.replaces.number}, version ${estimate.revision}`
    : estimate.amends
      ? `Change order of ${estimate.amends.number}`
      : 'Estimate';
  useTitle(`${name} for ${estimate.customer.name}`);
  const problems = autosave.state.kind === 'refused' ? autosave.state.problem.fields : none;
  const tools = useMemo((): EstimateTools => ({ estimate, draft: editing, dispatch, live, problems }), [estimate, editing, dispatch, live, problems]);
  const sheet = useSheetTools(tools);
  return (
    <EstimateContext value={tools}>
      <SheetContext value={sheet}>
        <div className="editor">
          <header className="editor-head">
            <div className="grow">
              <h1 className="clip">{name}</h1>
              <SaveMark state={autosave.state} onRetry={() => void autosave.flush()} />
            </div>
            <RunningTotal live={live} currency={estimate.currency} label={hasChoices(draft) ? 'As suggested' : 'Total'} />
            <EstimateMenu />
            <Button onClick={review.go} loading={review.busy} aria-keyshortcuts="Control+Enter">
              Review and send
            </Button>
          </header>
          {autosave.state.kind === 'conflict' && (
            <EstimateConflict mine={draft} autosave={autosave} onTake={(theirs) => dispatch({ act: 'replace', draft: opened(theirs) })} />
          )}
          <div className="editor-sheet">
            <EstimateHead />
            <Lines />
            <EstimateTotals />
            {estimate.amends === null && <Money />}
            <EstimateWords />
          </div>
        </div>
      </SheetContext>
    </EstimateContext>
  );
}

const none: Readonly<Record<string, string>> = {};

export const hasChoices = ({ lines }: Pick<EstimateDraft, 'lines'>): boolean => lines.some(({ choice, bounds }) => choice !== null || bounds !== null);

/** What is written, with the taxes that are usual; what the server finds usual comes back with each save. */
function useWriting(estimate: Estimate, start: EstimateDraft): [EditedEstimate, Dispatch<Act<EstimateFields>>] {
  const [written, dispatch] = useReducer(reduceDraft<EstimateFields>, null, () => opened(start));
  const usual = useUsualTax(true, start.customerId);
  useEffect(() => {
    if (estimate.draft !== null) dispatch({ act: 'follow_taxes', saved: estimate.draft });
  }, [estimate.draft]);
  return [useMemo(() => withUsualTaxes(written, usual), [written, usual]), dispatch];
}

function useSaving(estimate: Estimate, draft: EstimateDraft): Autosave<EstimateDraft> {
  const client = useQueryClient();
  const params = { estimateId: estimate.id };
  const save = async (body: EstimateDraft, version: number): Promise<number> => {
    const answer = await call('saveEstimate', { params, body, version });
    client.setQueryData(estimateQuery(estimate.id).queryKey, answer);
    return answer.version;
  };
  return useAutosave({ version: estimate.version, draft: estimate.draft, save }, draft);
}

function useSheetTools({ estimate, draft, dispatch, live, problems }: EstimateTools): SheetTools {
  const taxRates = useQuery(taxRatesQuery).data?.items;
  const properties = useQuery(propertiesQuery(draft.customerId)).data?.items;
  return useMemo(
    () => ({
      currency: estimate.currency,
      taxExempt: estimate.customer.taxExempt,
      taxes: 'usual',
      choosing: true,
      sheet: draft,
      ...{ dispatch, live, problems },
      taxRates: taxRates ?? [],
      properties: properties ?? [],
    }),
    [estimate, draft, dispatch, live, problems, taxRates, properties],
  );
}

/** A draft begun here and left without a line leaves no trace. */
function useDiscardIfEmpty(estimateId: string, empty: boolean): void {
  useEffect(() => {
    if (!empty) forgetFresh(estimateId);
  }, [estimateId, empty]);
  useEffect(
    () => () => {
      // After the page is really gone: React may take an effect down and up again.
      setTimeout(() => {
        if (!location.pathname.includes(estimateId) && forgetFresh(estimateId)) void call('discardEstimate', { params: { estimateId } }).catch(() => undefined);
      }, 0);
    },
    [estimateId],
  );
}
