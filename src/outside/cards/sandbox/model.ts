import type { FailureReason, PayMethod } from '../../../core/gateways.ts';
import type { Locale } from '../../../core/locale.ts';

/** What the sandbox keeps of a checkout. Amounts travel as text: minor units. */
export type Session = Readonly<{
  id: string;
  account: string;
  attempt: string;
  amount: string;
  currency: string;
  payee: string;
  description: string;
  returnUrl: string;
  cancelUrl: string;
  methods: readonly PayMethod[];
  locale: Locale;
  status: 'open' | 'complete' | 'expired';
  /** Why the last try did not go through; the payer may try again. */
  failure: FailureReason | null;
  payment: Payment | null;
}>;

export type Payment = Readonly<{
  id: string;
  method: PayMethod;
  label: string;
  status: 'processing' | 'succeeded' | 'failed' | 'returned';
  failure: FailureReason | null;
}>;

/** A page where a payer saves a card or account. */
export type Setup = Readonly<{
  id: string;
  account: string;
  setup: string;
  payerRef: string;
  payee: string;
  returnUrl: string;
  cancelUrl: string;
  methods: readonly PayMethod[];
  locale: Locale;
  status: 'open' | 'complete' | 'expired';
  failure: FailureReason | null;
  saved: Kept | null;
}>;

/** A saved card or account. `instrument` decides how it behaves when it is charged. */
export type Kept = Readonly<{
  reference: string;
  holder: string;
  method: PayMethod;
  label: string;
  instrument: string;
  expires: Readonly<{ month: number; year: number }> | null;
}>;

/** What every answer about a setup says. */
export type SetupTruth = Readonly<{ session: string; setup: string; url: string; status: Setup['status']; failure: FailureReason | null; saved: Kept | null }>;

/** Money that goes back. `refund`: the caller's own id, null for one made on the processor's own page. */
export type Refund = Readonly<{
  id: string;
  refund: string | null;
  payment: string;
  amount: string;
  status: 'pending' | 'succeeded' | 'failed';
  reason: string;
}>;

/** The payer's bank asks for the money back. */
export type Dispute = Readonly<{ id: string; payment: string; amount: string; status: 'open' | 'won' | 'lost'; reason: string; answerBy: number; fee: string }>;

/** A movement on a business's balance. Amounts before the fee; below zero: taken. */
export type Entry = Readonly<{
  id: string;
  kind: 'payment' | 'refund' | 'dispute';
  payment: string;
  amount: string;
  fee: string;
  currency: string;
  /** Seconds since 1970. */
  at: number;
}>;

/** Money sent to the business's bank: once a day, what came in until the day began. */
export type Payout = Readonly<{ id: string; status: 'paid'; amount: string; currency: string; arrives: number; at: number }>;

/** What every answer and notice about an attempt says: its truth at that moment. */
export type Truth = Readonly<{
  session: string;
  attempt: string;
  amount: string;
  currency: string;
  url: string;
  status: Session['status'];
  failure: FailureReason | null;
  payment: Payment | null;
  /** What a notice is about, when it is not the payment itself. */
  refund?: Refund;
  dispute?: Dispute;
}>;

export const noticeTypes = [
  'checkout.opened',
  'checkout.expired',
  'payment.declined',
  'payment.processing',
  'payment.succeeded',
  'payment.failed',
  'payment.returned',
  'refund.pending',
  'refund.succeeded',
  'refund.failed',
  'dispute.open',
  'dispute.won',
  'dispute.lost',
] as const;
export type NoticeType = (typeof noticeTypes)[number];

/** The body of a notice, as it is signed and sent. */
export type Notice = Readonly<{ id: string; type: NoticeType; account: string; livemode: boolean; created: number; data: Truth }>;

/** What a test may ask of the sandbox, to be as bad as a real processor on a bad day. */
export type Knobs = {
  /** hold: kept until released, in the order the test wants. */
  notices: 'normal' | 'drop' | 'twice' | 'hold';
  /** timeout_after: does what was asked and never answers; error: answers 500 having done nothing; hang: neither does nor answers. */
  create: Trouble;
  fetch: Trouble;
  expire: Trouble;
  /** Charges of saved methods. */
  charge: Trouble;
  refund: Trouble;
  /** What a new refund is at first: cards at once, bank debits later, unless told otherwise. */
  refunds: 'usual' | 'pending' | 'failed';
};
export type Trouble = 'none' | 'timeout_after' | 'error_after' | 'error' | 'hang';

export const calm: Knobs = { notices: 'normal', create: 'none', fetch: 'none', expire: 'none', charge: 'none', refund: 'none', refunds: 'usual' };

/** How the process is started: handed over by the parent, never through the environment. */
export type SandboxSettings = Readonly<{
  folder: string;
  /** What callers of its API must present. */
  key: string;
  port: number;
  /** Opens the control endpoints for tests. */
  knobs: boolean;
  /** A bank debit clears or comes back by itself after this long; null: only when somebody says so. */
  bankAfterMs: number | null;
}>;
