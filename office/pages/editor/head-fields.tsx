import { Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { addDays } from '../../../src/core/calendar.ts';
import { DayField } from '../../parts/day-field.tsx';
import { planFrom } from '../../parts/installment-fields.tsx';
import { useOffice } from '../../parts/office-context.ts';
import type { DraftFields } from './draft-state.ts';
import { useEditor } from './editor-context.ts';

const usualTerms = [0, 7, 14, 15, 30, 45, 60];
const termWords = (days: number): string => (days === 0 ? 'On receipt' : `In ${days} days`);

/** For whom, from when, until when, and the numbers the customer asks for. */
export function HeadFields() {
  const { invoice, draft, dispatch, problems } = useEditor();
  const { today } = useOffice();
  const set = (fields: Partial<DraftFields>): void => dispatch({ act: 'set', fields });
  const issued = draft.issuedOn ?? today;
  const terms = [...new Set([...usualTerms, draft.termsDays])].sort((a, b) => a - b);
  return (
    <div className="sheet-part head-fields">
      <div>
        <div className="small dim">For</div>
        <div className="for-whom">
          {invoice.customer && (
            <Link to="/customers/$customerId" params={{ customerId: invoice.customer.id }} className="strong clip">
              {invoice.customer.name}
            </Link>
          )}
          {invoice.customer?.taxExempt && <span className="small dim">tax exempt</span>}
        </div>
      </div>
      <DayField
        label="Invoice date"
        placeholder="The day it is issued"
        clearable
        day={draft.issuedOn}
        onDay={(issuedOn) => set({ issuedOn })}
        error={problems['issuedOn']}
      />
      {draft.dueOn === null || draft.installments !== null ? (
        <Select
          label="Due"
          data={[
            ...terms.map((days) => ({ value: String(days), label: termWords(days) })),
            { value: 'day', label: 'On a day…' },
            ...(invoice.purpose === 'bill' ? [{ value: 'installments', label: 'In installments…' }] : []),
          ]}
          value={draft.installments === null ? String(draft.termsDays) : 'installments'}
          allowDeselect={false}
          onChange={(value) => {
            if (value === 'installments') set({ dueOn: null, installments: planFrom(addDays(issued, draft.termsDays), 'month', 3) });
            else if (value === 'day') set({ dueOn: addDays(issued, draft.termsDays), installments: null });
            else set({ dueOn: null, termsDays: Number(value), installments: null });
          }}
        />
      ) : (
        <DayField label="Due" clearable day={draft.dueOn} minDate={issued} onDay={(dueOn) => set({ dueOn })} error={problems['dueOn']} />
      )}
      <span className="only-wide" />
      <TextInput
        label="PO number"
        value={draft.poNumber}
        maxLength={60}
        required={invoice.customer?.poRequired ?? false}
        error={problems['poNumber']}
        onChange={(event) => set({ poNumber: event.currentTarget.value })}
      />
      <TextInput
        label="Work order number"
        value={draft.workOrderNumber}
        maxLength={60}
        error={problems['workOrderNumber']}
        onChange={(event) => set({ workOrderNumber: event.currentTarget.value })}
      />
    </div>
  );
}
