import { Select } from '@mantine/core';
import { useState } from 'react';
import { addDays, endOfMonth } from '../../src/core/calendar.ts';
import { DayField } from './day-field.tsx';
import { useOffice } from './office-context.ts';

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
  const { today } = useOffice();
  const periods = periodsFrom(today);
  const chosen = periods.find(({ period }) => period.from === from && period.to === to);
  const [asked, setAsked] = useState(false);
  const own = asked || chosen === undefined;
  return (
    <>
      <Select
        aria-label="Period"
        data={[...periods.map(({ value, label }) => ({ value, label })), { value: 'own', label: 'From … to …' }]}
        value={own ? 'own' : (chosen?.value ?? 'any')}
        w={150}
        allowDeselect={false}
        onChange={(value) => {
          setAsked(value === 'own');
          const next = periods.find((period) => period.value === value);
          if (next) onChange(next.period);
        }}
      />
      {own && (
        <>
          <DayField
            className="day"
            aria-label="First day"
            placeholder="First day"
            w={150}
            day={from ?? null}
            onDay={(day) => onChange({ from: day ?? undefined, to })}
            clearable
          />
          <DayField
            className="day"
            aria-label="Last day"
            placeholder="Last day"
            w={150}
            day={to ?? null}
            onDay={(day) => onChange({ from, to: day ?? undefined })}
            clearable
          />
        </>
      )}
    </>
  );
}
