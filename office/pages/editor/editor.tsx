import './editor.css';
import { Button, Tooltip } from '@mantine/core';
import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Dispatch, useEffect, useMemo, useReducer, useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { invoiceQuery, propertiesQuery, taxRatesQuery } from '../../api/queries.ts';
import type { Draft, Invoice } from '../../api/types.ts';
import { useTitle } from '../../parts/page.tsx';
import { paperName } from '../../parts/paper-name.ts';
import { Agreements } from './agreements.tsx';
import { type Autosave, useAutosave } from './autosave.ts';
import { Conflict } from './conflict.tsx';
import { Details } from './details.tsx';
import { type Act, closeDraft, type DraftFields, type EditorDraft, openDraft, reduceDraft } from './draft-state.ts';
import { EditorContext, type EditorTools, SheetContext, type SheetTools } from './editor-context.ts';
import { EditorMenu } from './editor-menu.tsx';
import { forgetFresh } from './fresh-draft.ts';
import { HeadFields } from './head-fields.tsx';
import { Lines } from './lines.tsx';
import { liveTotals } from './live-totals.ts';
import { PreviewFrame } from './preview-frame.tsx';
import { useReviewing } from './reviewing.ts';
import { RunningTotal } from './running-total.tsx';
import { SaveMark } from './save-mark.tsx';
import { TotalsBox } from './totals-box.tsx';
import { useUsualTax } from './use-usual-tax.ts';
import { withUsualTaxes } from './usual-tax.ts';

const previewKept = 'office-editor-preview';

/** Writing an invoice: what is typed is saved by itself, the total is always in view, the customer's page beside. */
export function Editor({ invoice, draft: start }: { invoice: Invoice; draft: Draft }) {
  const [editing, dispatch] = useWriting(invoice, start);
  const draft = useMemo(() => closeDraft(editing), [editing]);
  const autosave = useInvoiceSaving(invoice, draft);
  const rates = useQuery(taxRatesQuery);
  const live = useMemo(
    () => liveTotals(draft, invoice.currency, invoice.customer?.taxExempt ?? false, rates.data?.items ?? []),
    [draft, invoice.currency, invoice.customer?.taxExempt, rates.data],
  );
  const [preview, setPreview] = usePreviewChoice();
  const review = useReview(invoice, autosave);
  useDiscardIfEmpty(invoice.id, draft.lines.length === 0);
  useTitle(invoice.customer ? `${paperName(invoice)} for ${invoice.customer.name}` : 'New invoice');
  const tools = useMemo(
    (): EditorTools => ({
      invoice,
      draft: editing,
      dispatch,
      live,
      problems: autosave.state.kind === 'refused' ? autosave.state.problem.fields : {},
    }),
    [invoice, editing, dispatch, live, autosave.state],
  );
  const sheet = useSheetTools(tools);
  return (
    <EditorContext value={tools}>
      <SheetContext value={sheet}>
        <div className="editor" data-preview={preview || undefined}>
          <header className="editor-head">
            <div className="grow">
              <h1 className="clip">{invoice.replaces ? `Correction of ${invoice.replaces.number}` : paperName(invoice)}</h1>
              <SaveMark state={autosave.state} onRetry={() => void autosave.flush()} />
            </div>
            <RunningTotal live={live} currency={invoice.currency} />
            <Tooltip label={preview ? 'Hide the customer’s view' : 'Show the customer’s view'}>
              <Button variant="default" px={9} visibleFrom="md" aria-label="Customer's view" aria-pressed={preview} onClick={() => setPreview(!preview)}>
                <IconEye size={18} aria-hidden />
              </Button>
            </Tooltip>
            <EditorMenu />
            <Button onClick={review.go} loading={review.busy} aria-keyshortcuts="Control+Enter">
              Review and send
            </Button>
          </header>
          {autosave.state.kind === 'conflict' && (
            <Conflict mine={draft} autosave={autosave} onTake={(theirs) => dispatch({ act: 'replace', draft: openDraft(theirs, () => crypto.randomUUID()) })} />
          )}
          <div className="editor-body">
            <div className="editor-sheet">
              <HeadFields />
              <Lines />
              <TotalsBox />
              <Agreements />
              <Details />
            </div>
            {preview && (
              <aside className="editor-preview" aria-label="Customer's view">
                <PreviewFrame
                  address={addressOf('previewInvoice', { params: { invoiceId: invoice.id } })}
                  version={autosave.version}
                  title="What your customer sees"
                />
              </aside>
            )}
          </div>
        </div>
      </SheetContext>
    </EditorContext>
  );
}

function useSheetTools({ invoice, draft, dispatch, live, problems }: EditorTools): SheetTools {
  const taxRates = useQuery(taxRatesQuery).data?.items;
  const properties = useQuery(propertiesQuery(draft.customerId)).data?.items;
  return useMemo(
    () => ({
      currency: invoice.currency,
      taxExempt: invoice.customer?.taxExempt ?? false,
      taxes: ({ bill: 'usual', late_fee: 'by_hand', deposit: 'none' } as const)[invoice.purpose],
      choosing: false,
      sheet: draft,
      ...{ dispatch, live, problems },
      taxRates: taxRates ?? [],
      properties: properties ?? [],
    }),
    [invoice, draft, dispatch, live, problems, taxRates, properties],
  );
}

function useInvoiceSaving(invoice: Invoice, draft: Draft): Autosave<Draft> {
  const client = useQueryClient();
  const params = { invoiceId: invoice.id };
  const save = async (body: Draft, version: number): Promise<number> => {
    const answer = await call('saveDraft', { params, body, version });
    client.setQueryData(invoiceQuery(invoice.id).queryKey, answer);
    return answer.version;
  };
  return useAutosave({ version: invoice.version, draft: invoice.draft, save }, draft);
}

/** What is written, with the taxes that are usual; what the server finds usual comes back with each save. */
function useWriting(invoice: Invoice, start: Draft): [EditorDraft, Dispatch<Act>] {
  const [written, dispatch] = useReducer(reduceDraft<DraftFields>, null, () => openDraft(start, () => crypto.randomUUID()));
  const usual = useUsualTax(invoice.purpose === 'bill', start.customerId);
  useEffect(() => {
    if (invoice.draft !== null) dispatch({ act: 'follow_taxes', saved: invoice.draft });
  }, [invoice.draft]);
  return [useMemo(() => withUsualTaxes(written, usual), [written, usual]), dispatch];
}

function useReview(invoice: Invoice, autosave: Autosave<Draft>): { go: () => void; busy: boolean } {
  const navigate = useNavigate();
  return useReviewing(autosave.flush, () => void navigate({ to: '/invoices/$invoiceId/send', params: { invoiceId: invoice.id } }));
}
/** A draft begun here and left without a line leaves no trace. */
function useDiscardIfEmpty(invoiceId: string, empty: boolean): void {
  useEffect(() => {
    if (!empty) forgetFresh(invoiceId);
  }, [invoiceId, empty]);
  useEffect(
    () => () => {
      // After the page is really gone: React may take an effect down and up again.
      setTimeout(() => {
        if (!location.pathname.includes(invoiceId) && forgetFresh(invoiceId)) void call('discardDraft', { params: { invoiceId } }).catch(() => undefined);
      }, 0);
    },
    [invoiceId],
  );
}

function usePreviewChoice(): [boolean, (on: boolean) => void] {
  const [preview, set] = useState(() => window.innerWidth >= 1200 && localStorage.getItem(previewKept) !== 'off');
  return [
    preview,
    (on) => {
      set(on);
      localStorage.setItem(previewKept, on ? 'on' : 'off');
    },
  ];
}
