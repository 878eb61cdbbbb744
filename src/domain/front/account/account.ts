import { isDay } from '../../../core/calendar.ts';
import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import { accountQuery } from './queries.ts';

export type MovementSort = 'charge' | 'canceled' | 'payment' | 'returned' | 'credit_used' | 'discount' | 'deposit' | 'closed' | 'refund' | 'credit';

/** One thing that changed what is owed, and what was owed after it. Amounts in minor units of `currency`, below zero in the customer's favor. */
export type Movement = Readonly<{
  id: string;
  sort: MovementSort;
  day: string;
  at: string;
  currency: string;
  changeMinor: bigint;
  balanceMinor: bigint;
  documentId: string | null;
  number: string | null;
  /** False: only parts of the document are the reader's. */
  whole: boolean;
  purpose: 'bill' | 'late_fee' | 'deposit' | null;
  /** Of a payment: how much of it was saved by the way it was paid, and not charged. */
  savedMinor: bigint | null;
  paymentId: string | null;
  method: 'card' | 'bank' | 'check' | 'cash' | 'transfer' | 'other' | null;
  methodLabel: string;
}>;

export type AccountFilter = Readonly<{ currency: string | null; from: string | null; to: string | null; cursor: string | null; limit: number }>;

/** An account in one currency: movements newest first, each with the balance after it. `openingMinor`: before the period. */
export type AccountPage = Readonly<{
  home: string;
  currency: string;
  currencies: readonly string[];
  /** False: the reader sees some properties only, and no credit of the account (rule 33). */
  whole: boolean;
  openingMinor: bigint;
  balanceMinor: bigint;
  creditMinor: bigint;
  rows: readonly Movement[];
  next: string | null;
}>;

/** Refuses `cursor_invalid`. */
export function accountQueryOf(business: string, filter: AccountFilter): Compiled {
  const { currency, from, to, limit } = filter;
  const [day = null, at = null, id = null] = readCursor(listName(filter), filter.cursor, 3) ?? [];
  if (day !== null && !(isDay(day) && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(at ?? '') && isUuid(id ?? ''))) throw new Refusal('cursor_invalid');
  return accountQuery({ business, currency, from, to, day, at, id, limit: limit + 1 });
}

export function accountOf(json: string | null, filter: AccountFilter): AccountPage {
  if (json === null) throw new Refusal('not_found');
  const found = JSON.parse(json, (key, value: unknown) => (typeof value === 'number' && key.endsWith('Minor') ? BigInt(value) : value)) as AccountPage;
  const rows = found.rows.slice(0, filter.limit);
  const last = rows.at(-1);
  const more = found.rows.length > filter.limit && last;
  return { ...found, rows, next: more ? writeCursor(listName(filter), [last.day, last.at, last.id]) : null };
}

const listName = ({ currency, from, to }: AccountFilter): string => ['account', currency ?? '', from ?? '', to ?? ''].join('|');
