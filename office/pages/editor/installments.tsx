import '../invoice/installments.css';
import { InstallmentFields } from '../../parts/installment-fields.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { useEditor } from './editor-context.ts';

/** When a bill is not paid as one: what is due when. Chosen at "Due". */
export function EditorInstallments() {
  const { invoice, draft, dispatch, live, problems } = useEditor();
  const { today } = useOffice();
  const { installments } = draft;
  if (installments === null || invoice.purpose !== 'bill') return null;
  return (
    <fieldset className="sheet-part fieldset">
      <legend>Installments</legend>
      <InstallmentFields
        rows={installments}
        totalMinor={Number(live.totals?.totalMinor ?? 0)}
        currency={invoice.currency}
        minDay={draft.issuedOn ?? today}
        problems={problems}
        onRows={(rows) => dispatch({ act: 'set', fields: { installments: rows } })}
      />
      <p className="dim small">A deposit that is taken off, and every payment, closes them from the first on. Your customer may pay each one early.</p>
    </fieldset>
  );
}
