import { Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { addDays } from '../../../src/core/calendar.ts';
import { DayField } from '../../parts/day-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { type EstimateFields, useEstimate } from './estimate-context.ts';

const usualDays = [7, 14, 30, 60, 90];

/** For whom, until when it is valid, and the number the customer asks for. */
export function EstimateHead() {
  const { estimate, draft, dispatch, problems } = useEstimate();
  const { today } = useOffice();
  const set = (fields: Partial<EstimateFields>): void => dispatch({ act: 'set', fields });
  const days = [...new Set([...usualDays, draft.validDays])].sort((a, b) => a - b);
  return (
    <div className="sheet-part head-fields">
      <div>
        <div className="small dim">For</div>
        <div className="for-whom">
          <Link to="/customers/$customerId" params={{ customerId: estimate.customer.id }} className="strong clip">
            {estimate.customer.name}
          </Link>
          {estimate.customer.taxExempt && <span className="small dim">tax exempt</span>}
        </div>
      </div>
      {draft.validUntil === null ? (
        <Select
          label="Valid for"
          data={[...days.map((each) => ({ value: String(each), label: `${each} days` })), { value: 'day', label: 'Until a day…' }]}
          value={String(draft.validDays)}
          allowDeselect={false}
          error={problems['validDays']}
          onChange={(value) => set(value === 'day' ? { validUntil: addDays(today, draft.validDays) } : { validDays: Number(value) })}
        />
      ) : (
        <DayField
          label="Valid until"
          clearable
          day={draft.validUntil}
          minDate={today}
          onDay={(validUntil) => set({ validUntil })}
          error={problems['validUntil']}
        />
      )}
      <TextInput
        label="PO number"
        value={draft.poNumber}
        maxLength={60}
        error={problems['poNumber']}
        onChange={(event) => set({ poNumber: event.currentTarget.value })}
      />
    </div>
  );
}
