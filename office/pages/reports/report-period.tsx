import { Select } from '@mantine/core';
import { addDays, endOfMonth } from '../../../src/core/calendar.ts';
import { DayField } from '../../parts/day-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import type { Period } from './report-queries.ts';

const monthStart = (day: string): string => `${day.slice(0, 8)}01`;

/** The spans people ask reports for, counted in the business's own calendar. */
function spansFrom(today: string): readonly { value: string; label: string; period: Period }[] {
  const year = Number(today.slice(0, 4));
  const lastMonth = endOfMonth(today, -1);
  const quarter = endOfMonth(today, -((Number(today.slice(5, 7)) - 1) % 3));
  return [
    { value: 'year12', label: 'Last 12 months', period: { from: monthStart(endOfMonth(today, -11)), to: today } },
    { value: 'month', label: 'This month', period: { from: monthStart(today), to: today } },
    { value: 'last_month', label: 'Last month', period: { from: monthStart(lastMonth), to: lastMonth } },
    { value: 'quarter', label: 'This quarter', period: { from: monthStart(quarter), to: today } },
    { value: 'last_quarter', label: 'Last quarter', period: { from: monthStart(endOfMonth(quarter, -3)), to: endOfMonth(quarter, -1) } },
    { value: 'year', label: 'This year', period: { from: `${year}-01-01`, to: today } },
    { value: 'last_year', label: 'Last year', period: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` } },
    { value: 'year24', label: 'Last 24 months', period: { from: monthStart(endOfMonth(today, -23)), to: today } },
  ];
}

/** The period of a report from its address; twelve months up to today where there is none. */
export function periodFrom(search: { from?: string | undefined; to?: string | undefined }, today: string): Period {
  const usual = { from: monthStart(endOfMonth(today, -11)), to: today };
  return { from: search.from ?? usual.from, to: search.to ?? usual.to };
}

/** A span by name, or any two days. */
export function ReportPeriod({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { today } = useOffice();
  const spans = spansFrom(today);
  const chosen = spans.find((span) => span.period.from === period.from && span.period.to === period.to);
  return (
    <div className="row report-period">
      <Select
        aria-label="Period"
        data={[...spans.map(({ value, label }) => ({ value, label })), { value: 'own', label: 'Other days' }]}
        value={chosen?.value ?? 'own'}
        w={155}
        allowDeselect={false}
        onChange={(value) => {
          const next = spans.find((span) => span.value === value);
          onChange(next?.period ?? { from: addDays(period.from, value === 'own' && chosen ? 1 : 0), to: period.to });
        }}
      />
      {chosen === undefined && (
        <>
          <DayField aria-label="From" day={period.from} maxDate={period.to} w={150} onDay={(from) => from !== null && onChange({ ...period, from })} />
          <DayField aria-label="To" day={period.to} minDate={period.from} w={150} onDay={(to) => to !== null && onChange({ ...period, to })} />
        </>
      )}
    </div>
  );
}
