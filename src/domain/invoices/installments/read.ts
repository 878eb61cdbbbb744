import { daysBetween } from '../../../core/calendar.ts';
import { fewestInstallments, mostInstallments, type PlannedInstallment } from '../../../core/installments.ts';
import { limits } from '../../../core/limits.ts';
import type { Reading } from '../drafts/reading.ts';

/** What is to be paid when, as it comes from outside: each day after the one before; null: paid as one. `fewest`: 1 where some were closed before. */
export function readInstallments(reading: Reading, value: unknown, field: string, fewest = fewestInstallments): readonly PlannedInstallment[] | null {
  if (value === undefined || value === null) return null;
  const rows = reading.list(value, field, mostInstallments).map((row, at) => readRow(reading, row, `${field}[${at}]`));
  if (rows.length < fewest) reading.add(field, 'installments_wrong');
  rows.forEach(({ dueOn }, at) => {
    const before = rows[at - 1]?.dueOn;
    if (dueOn !== '' && before && daysBetween(before, dueOn) <= 0) reading.add(`${field}[${at}].dueOn`, 'installments_order');
  });
  return rows;
}

function readRow(reading: Reading, value: unknown, field: string): PlannedInstallment {
  const row = reading.object(value, field, ['dueOn', 'amountMinor']);
  const dueOn = reading.day(row['dueOn'], `${field}.dueOn`);
  if (dueOn === null) reading.add(`${field}.dueOn`, 'required');
  if (row['amountMinor'] === undefined || row['amountMinor'] === null) return { dueOn: dueOn ?? '', amountMinor: null };
  const amountMinor = reading.amount(row['amountMinor'], `${field}.amountMinor`, 'amount_invalid');
  if (amountMinor < limits.paymentMinMinor) reading.add(`${field}.amountMinor`, 'amount_too_small');
  return { dueOn: dueOn ?? '', amountMinor };
}
