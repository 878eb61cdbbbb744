import type { Ageing } from '../../core/ageing.ts';

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
  /** The day it came into the books, which may be after the day it counts for. */
  enteredOn: string;
}>;

/** What a statement is asked for. Days are the business's, both ends inside. */
export type StatementAsked = Readonly<{
  currency?: string | null;
  /** null: everything; else these properties, and with `untied` what is tied to none. */
  propertyIds?: readonly string[] | null;
  untied?: boolean;
  from?: string | null;
  to?: string | null;
  /** As the books stood at the end of this day; null: as they stand now. */
  asOf?: string | null;
}>;

export type StatementPage = StatementAsked & Readonly<{ cursor?: string | null; limit: number }>;

export type PlaceOf = Readonly<{ id: string; title: string }>;
export type AccountOf = Readonly<{ id: string; name: string; company: string; language: string | null }>;

/**
 * An account over a period, in one currency: `opening + charged − settled = balance`, and the ageing less the credit is the balance.
 * Movements newest first, each with the balance after it.
 */
export type Statement = Readonly<{
  home: string;
  currency: string;
  currencies: readonly string[];
  today: string;
  /** False: the reader sees some properties only, and no credit of the account (rule 33). */
  whole: boolean;
  accounts: readonly AccountOf[];
  /** The properties it can be narrowed to. */
  places: readonly PlaceOf[];
  openingMinor: bigint;
  chargedMinor: bigint;
  settledMinor: bigint;
  balanceMinor: bigint;
  /** What the account holds beside its bills; already off the balance. */
  creditMinor: bigint;
  /** What is open on bills at the end of the period, by how late it is then. */
  ageing: Ageing;
  /** Of the balance as it stands today; zero for a day that is over. */
  processingMinor: bigint;
  announcedMinor: bigint;
  inQuestionMinor: bigint;
  heldBackMinor: bigint;
  /** What came into the books after `asOf` though it counts for a day of this statement; not in any figure of it. */
  late: readonly Movement[];
  rows: readonly Movement[];
  next: string | null;
}>;
