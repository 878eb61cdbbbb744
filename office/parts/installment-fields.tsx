import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import {
  fewestInstallments,
  type InstallmentStep,
  installmentDays,
  installmentSteps,
  mostInstallments,
  shareInstallments,
} from '../../src/core/installments.ts';
import type { PlannedInstallment } from '../api/types.ts';
import { DayField } from './day-field.tsx';
import { useMoney } from './money.tsx';
import { MoneyField } from './money-field.tsx';

type Props = {
  rows: readonly PlannedInstallment[];
  totalMinor: number;
  currency: string;
  /** The first day one may be due on. */
  minDay: string;
  /** 1 where others were closed before. */
  fewest?: number;
  /** How many were closed before: the count goes on from there. */
  closed?: number;
  problems?: Readonly<Record<string, string>>;
  onRows: (rows: PlannedInstallment[]) => void;
};

const stepWords: Readonly<Record<InstallmentStep, string>> = { week: 'Every week', two_weeks: 'Every two weeks', month: 'Every month' };

/** So many from a day on, evenly over the amount; the days and amounts of each may be changed. */
export function planFrom(firstOn: string, step: InstallmentStep, count: number): PlannedInstallment[] {
  return installmentDays(firstOn, step, count).map((dueOn) => ({ dueOn, amountMinor: null }));
}

/** What they come to, one for one; null where they cannot come to the total. */
export function sharesOf(rows: readonly PlannedInstallment[], totalMinor: number): number[] | null {
  const planned = rows.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor: amountMinor === null ? null : BigInt(amountMinor) }));
  return shareInstallments(BigInt(totalMinor), planned)?.map(({ amountMinor }) => Number(amountMinor)) ?? null;
}

export function InstallmentFields({ rows, totalMinor, currency, minDay, fewest = fewestInstallments, closed = 0, problems = {}, onRows }: Props) {
  const money = useMoney();
  const shares = sharesOf(rows, totalMinor);
  const fixedMinor = rows.reduce((sum, row) => sum + (row.amountMinor ?? 0), 0);
  // Before a line is written there is nothing to share out, and nothing wrong.
  const wrong = shares === null && (totalMinor > 0 || fixedMinor > 0);
  const change = (at: number, fields: Partial<PlannedInstallment>): void => onRows(rows.map((row, place) => (place === at ? { ...row, ...fields } : row)));
  return (
    <div className="stack installments">
      <PlanFields {...{ rows, minDay, fewest, onRows }} />
      <ol className="installment-rows">
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place, its day changes while it is typed
          <li key={at}>
            <span className="dim small num">{closed + at + 1}</span>
            <DayField
              aria-label={`Installment ${closed + at + 1}, due`}
              day={row.dueOn}
              minDate={rows[at - 1]?.dueOn ?? minDay}
              error={problems[`installments[${at}].dueOn`]}
              onDay={(dueOn) => dueOn && change(at, { dueOn })}
            />
            <MoneyField
              aria-label={`Installment ${closed + at + 1}, amount`}
              minor={row.amountMinor ?? shares?.[at] ?? null}
              currency={currency}
              error={problems[`installments[${at}].amountMinor`]}
              onMinor={(amountMinor) => change(at, { amountMinor })}
            />
          </li>
        ))}
      </ol>
      <p className={wrong ? 'bad small' : 'dim small'} role="status">
        {wrong
          ? `These cannot come to ${money(totalMinor, currency)}: ${money(fixedMinor, currency)} of it is written on single ones.`
          : `${shares === null ? '' : `Together ${money(totalMinor, currency)}. `}Amounts you do not write share the rest evenly.`}
        {rows.some((row) => row.amountMinor !== null) && (
          <>
            {' '}
            <Button size="compact-xs" variant="subtle" onClick={() => onRows(rows.map((row) => ({ ...row, amountMinor: null })))}>
              Split evenly
            </Button>
          </>
        )}
      </p>
      {problems['installments'] && (
        <p className="bad small" role="alert">
          {problems['installments']}
        </p>
      )}
    </div>
  );
}

/** How many, from when, how far apart: a change of these begins the plan anew. */
function PlanFields({ rows, minDay, fewest, onRows }: Pick<Props, 'rows' | 'minDay' | 'onRows'> & { fewest: number }) {
  const [step, setStep] = useState<InstallmentStep>('month');
  const firstOn = rows[0]?.dueOn ?? minDay;
  const counts = Array.from({ length: mostInstallments - fewest + 1 }, (_, at) => String(fewest + at));
  return (
    <div className="installments-plan">
      <Select
        label="How many"
        data={counts}
        value={String(rows.length)}
        allowDeselect={false}
        onChange={(value) => onRows(planFrom(firstOn, step, Number(value)))}
      />
      <DayField label="First due" day={firstOn} minDate={minDay} onDay={(day) => day && onRows(planFrom(day, step, rows.length))} />
      <Select
        label="Then"
        data={installmentSteps.map((value) => ({ value, label: stepWords[value] }))}
        value={step}
        allowDeselect={false}
        onChange={(value) => {
          const next = installmentSteps.find((each) => each === value) ?? 'month';
          setStep(next);
          onRows(planFrom(firstOn, next, rows.length));
        }}
      />
    </div>
  );
}
