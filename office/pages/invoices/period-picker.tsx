import { Select } from '@mantine/core';
import { addDays, endOfMonth } from '../../../src/core/calendar.ts';
import { useOffice } from '../../parts/office-context.ts';

type Period = { from: string | undefined; to: string | undefined };

/** The periods people ask for, counted from today in the business's own calendar. */
export function periodsFrom(today: string): readonly { value: string; label: string; period: Period }[] {
  const lastMonthEnd = endOfMonth(today, -1);
  const year = Number(today.slice(0, 4));
  return [
    { value: 'any', label: 'Any date', period: { from: undefined, to: undefined } },
    { value: 'd30', label: 'Last 30 days', period: { from: addDays(today, -29), to: today } },
    { value: 'month', label: 'This month', period: { from: `${today.slice(0, 8)}01`, to: endOfMonth(today) } },
    { value: 'last_month', label: 'Last month', period: { from: `${lastMonthEnd.slice(0, 8)}01`, to: lastMonthEnd } },
    { value: 'year', label: 'This year', period: { from: `${year}-01-01`, to: `${year}-12-31` } },
    { value: 'last_year', label: 'Last year', period: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` } },
  ];
}

export function PeriodPicker({ from, to, onChange }: Period & { onChange: (period: Period) => void }) {
  const periods = periodsFrom(useOffice().today);
  const chosen = periods.find(({ period }) => period.from === from && period.to === to);
  const data = [...periods.map(({ value, label }) => ({ value, label })), ...(chosen ? [] : [{ value: 'own', label: `${from ?? '…'} to ${to ?? '…'}` }])];
  return (
    <Select
      aria-label="Period"
      data={data}
      value={chosen?.value ?? 'own'}
      w={150}
      allowDeselect={false}
      onChange={(value) => {
        const next = periods.find((period) => period.value === value);
        if (next) onChange(next.period);
      }}
    />
  );
}
