import { type EarlyDiscount, earlyDaysMax, graceDaysMax, type LateFee } from '../../../core/charges.ts';
import { limits } from '../../../core/limits.ts';
import type { Discount } from '../../../core/totals.ts';
import type { Reading } from '../drafts/reading.ts';

/** The rule for paying late, as it comes from outside; undefined: not said, null: none. */
export function readLateFee(reading: Reading, value: unknown, field: string): LateFee | null | undefined {
  if (value === undefined || value === null) return value;
  const rule = reading.object(value, field, ['fee', 'graceDays', 'every', 'capMinor']);
  const capMinor = rule['capMinor'] === undefined || rule['capMinor'] === null ? null : positive(reading, rule['capMinor'], `${field}.capMinor`);
  const every = rule['every'] === 'month' ? 'month' : 'once';
  if (rule['every'] !== 'once' && rule['every'] !== 'month') reading.add(`${field}.every`, 'wrong_choice');
  return {
    fee: readFee(reading, rule['fee'], `${field}.fee`),
    graceDays: reading.whole(rule['graceDays'], `${field}.graceDays`, 0, graceDaysMax) ?? 0,
    every,
    capMinor,
  };
}

function readFee(reading: Reading, value: unknown, field: string): Discount {
  const fee = reading.object(value, field, ['kind', 'ratePpm', 'amountMinor']);
  if (fee['kind'] === 'amount') return { kind: 'amount', amountMinor: positive(reading, fee['amountMinor'], `${field}.amountMinor`) };
  if (fee['kind'] !== 'percent') reading.add(`${field}.kind`, 'wrong_choice');
  return { kind: 'percent', ratePpm: share(reading, fee['ratePpm'], `${field}.ratePpm`) };
}

/** The rule for paying early; undefined: not said, null: none. */
export function readEarlyDiscount(reading: Reading, value: unknown, field: string): EarlyDiscount | null | undefined {
  if (value === undefined || value === null) return value;
  const rule = reading.object(value, field, ['ratePpm', 'days']);
  return { ratePpm: share(reading, rule['ratePpm'], `${field}.ratePpm`), days: reading.whole(rule['days'], `${field}.days`, 0, earlyDaysMax) ?? 0 };
}

function positive(reading: Reading, value: unknown, field: string): bigint {
  const amount = reading.amount(value, field, 'amount_invalid');
  if (amount <= 0n) reading.add(field, 'amount_too_small');
  if (amount > limits.paymentMaxMinor) reading.add(field, 'amount_too_large');
  return amount;
}

/** More than nothing and less than all. */
function share(reading: Reading, value: unknown, field: string): bigint {
  const ratePpm = reading.amount(value, field, 'rate_invalid');
  if (ratePpm <= 0n || ratePpm >= limits.ratePpmMax) reading.add(field, 'rate_invalid');
  return ratePpm;
}
