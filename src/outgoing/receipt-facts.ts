import type { Locale } from '../core/locale.ts';
import type { BusinessFact, PaymentMethodWord } from './invoice-facts.ts';

/** One payment as its receipt shows it, as page, PDF and mail. Amounts in minor units of `currency`. */
export type ReceiptFacts = {
  business: BusinessFact;
  number: string;
  /** The day it was received; while the bank is working, the day it was started. */
  day: string;
  method: PaymentMethodWord;
  /** Such as "Visa •••• 4242" or a check number. */
  reference: string | null;
  state: 'pending' | 'cleared' | 'returned' | 'refunded' | 'reversed' | 'disputed';
  /** The day it was returned, refunded or taken back. */
  stateOn: string | null;
  paidBy: string;
  language: Locale;
  currency: string;
  homeCurrency: string;
  /** All that was charged: with its tip and card fee, less what the way of paying saved. */
  amountMinor: bigint;
  /** Given beside what it paid. */
  tipMinor?: bigint;
  /** What the way of paying added: a card fee. Below zero: what it saved. */
  wayMinor?: bigint;
  /** What it paid, and what is left of each. */
  paidFor: readonly { documentId: string; number: string; purpose?: 'bill' | 'late_fee' | 'deposit'; amountMinor: bigint; leftMinor: bigint }[];
  /** Given back so far. */
  refundedMinor?: bigint;
  /** Kept as credit. */
  creditMinor: bigint;
  /** Left on all documents it paid. */
  leftMinor: bigint;
};
