import type { Day } from '../../core/calendar.ts';
import type { AttemptOutcome, FailureReason, PayMethod } from '../../core/gateways.ts';

/** How money reaches the business. `card` and `bank` come through a processor, the rest is recorded by the office. */
export const offlineMethods = ['check', 'cash', 'transfer', 'other'] as const;
export type OfflineMethod = (typeof offlineMethods)[number];
export type Method = PayMethod | OfflineMethod;

export const paymentStates = ['initiated', 'pending', 'cleared', 'failed', 'unknown', 'expired', 'returned', 'reversed', 'refunded', 'disputed'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** An amount put on one section of one invoice. */
export type Share = Readonly<{ documentId: string; partId: string; amountMinor: bigint }>;

/** What a payment is meant for. Without `parts` the amount is spread over unpaid sections in proportion (rule 31). */
export type Target = Readonly<{ documentId: string; amountMinor: bigint; parts?: readonly Readonly<{ partId: string; amountMinor: bigint }>[] }>;

/** Money the office received itself. `id`: the caller's UUID of the act; the same id twice is one payment. */
export type OfflinePayment = Readonly<{
  id: string;
  customerId: string;
  /** Offline methods only, unless it is money of the past. */
  method: Method;
  amountMinor: bigint;
  currency: string;
  receivedOn: Day;
  reference?: string;
  note?: string;
  /** null: oldest first over what the customer owes. */
  targets: readonly Target[] | null;
  /** What is left over stays with the customer as credit; without it an amount above the balance is refused. */
  keepCredit?: boolean;
  /** The announcement this money answers, if the office matched one. */
  announcementId?: string | null;
  /** Money of the past: it takes no receipt number and stays hidden until the history is shown. */
  importId?: string | null;
}>;

export type RecordedPayment = Readonly<{
  id: string;
  /** null for imported money. */
  receiptNumber: string | null;
  shares: readonly Share[];
  creditMinor: bigint;
}>;

/** What a payer pressed. `id`: UUID of the attempt, made with the form, so that a second press is the same attempt. */
export type StartPayment = Readonly<{
  id: string;
  customerId: string;
  method: PayMethod;
  currency: string;
  targets: readonly Target[];
  /** Above the balance only on purpose (rule 22). */
  keepCreditMinor?: bigint;
  /** Charged beside what the targets come to (rule 42). */
  tipMinor?: bigint;
  /** What the way of paying adds (above zero) or takes off, as its page showed it; refused when it is another by now (decision 0140). Left out: whatever it is. */
  wayMinor?: bigint;
  personId: string | null;
  /** Charged at this kept method instead of at the processor's page. */
  savedMethodId?: string | null;
}>;

/** A committed attempt on its way to the processor. */
export type StartedPayment = Readonly<{ business: string; attempt: string }>;

/** What to show the payer now. `blocked` carries the code of the refusal to explain it with; nothing was charged by this press. */
export type CheckoutAnswer =
  | Readonly<{ kind: 'redirect'; url: string }>
  | Readonly<{ kind: 'settled'; state: 'pending' | 'cleared' | 'returned' }>
  | Readonly<{ kind: 'checking' }>
  | Readonly<{
      kind: 'blocked';
      code: 'payment_in_check' | 'payment_processing' | 'above_balance' | 'nothing_to_pay' | 'payment_superseded' | 'card_processor_down';
    }>
  /** `failure`: why a charge of a saved method was refused just now. */
  | Readonly<{ kind: 'ended'; state: 'failed' | 'expired' | 'reversed' | 'refunded' | 'disputed'; failure?: FailureReason }>;

/** Where the payer is sent back to, and what the processor's page says. */
export type CheckoutPlace = Readonly<{
  returnUrl: string;
  cancelUrl: string;
  payee: string;
  description: string;
  locale: 'en' | 'es' | 'fr';
  payerEmail: string | null;
}>;

/**
 * What can happen to an attempt: what a processor's outcome means, or what we did ourselves. `refunded`: all that came went back;
 * `refund_failed`: some of that is here again.
 */
export const attemptEvents = [
  'opened',
  'processing',
  'succeeded',
  'declined',
  'came_back',
  'returned',
  'ended',
  'never_heard',
  'silent',
  'refused',
  'reversed',
  'refunded',
  'refund_failed',
  'disputed',
  'dispute_won',
  'dispute_lost',
] as const;
export type AttemptEvent = (typeof attemptEvents)[number];

/** Failures after which the payer may still pay on the same checkout. */
const declines: ReadonlySet<FailureReason> = new Set(['declined', 'insufficient_funds', 'expired_card', 'confirmation_failed', 'needs_confirmation']);
/** Failures that mean the bank sent back what had been under way. */
const comebacks: ReadonlySet<FailureReason> = new Set(['returned_by_bank', 'account_closed', 'not_authorized']);

/** What an outcome means for an attempt. A failure of a bank debit without a plain reason is taken as sent back. */
export function eventOf(outcome: AttemptOutcome): AttemptEvent {
  if (outcome.kind !== 'failed') {
    const plain = {
      none: 'never_heard',
      open: 'opened',
      expired: 'ended',
      processing: 'processing',
      succeeded: 'succeeded',
      returned: 'returned',
      unknown: 'silent',
    } as const;
    return plain[outcome.kind];
  }
  if (declines.has(outcome.failure)) return 'declined';
  if (comebacks.has(outcome.failure)) return 'came_back';
  if (outcome.failure === 'canceled' || outcome.failure === 'expired') return 'ended';
  return outcome.method === 'bank' ? 'came_back' : 'declined';
}

/**
 * What the event is for an attempt of its kind. A decline at the processor's page leaves the page open; one of a saved method ends the
 * attempt, because nobody is there to try another. A debit under way that is declined was sent back; of a card it is told late, of a try
 * before the debit. `method`: what the news says was declined.
 */
export function eventFor(event: AttemptEvent, attempt: Readonly<{ state: PaymentState; saved: boolean; method: PayMethod | null }>): AttemptEvent {
  if (event !== 'declined') return event;
  if (attempt.state === 'pending') return attempt.method === 'bank' ? 'came_back' : event;
  return attempt.saved ? 'refused' : event;
}

type Row = Readonly<Partial<Record<AttemptEvent, PaymentState>>>;

/**
 * Every legal step. What is absent is illegal: it changes nothing and is logged. A step to the same state is news we know.
 * An attempt that ended unpaid still takes money the processor says came in: books that disagree with the bank are worse.
 */
const steps: Readonly<Record<PaymentState, Row>> = {
  initiated: {
    opened: 'initiated',
    processing: 'pending',
    succeeded: 'cleared',
    declined: 'initiated',
    came_back: 'returned',
    returned: 'returned',
    ended: 'expired',
    never_heard: 'expired',
    silent: 'unknown',
    refused: 'failed',
  },
  unknown: {
    opened: 'initiated',
    processing: 'pending',
    succeeded: 'cleared',
    declined: 'initiated',
    came_back: 'returned',
    returned: 'returned',
    ended: 'expired',
    never_heard: 'failed',
    silent: 'unknown',
    refused: 'failed',
  },
  pending: { processing: 'pending', succeeded: 'cleared', came_back: 'returned', returned: 'returned', silent: 'pending' },
  cleared: {
    succeeded: 'cleared',
    came_back: 'returned',
    returned: 'returned',
    silent: 'cleared',
    reversed: 'reversed',
    refunded: 'refunded',
    refund_failed: 'cleared',
    disputed: 'disputed',
  },
  failed: {
    processing: 'pending',
    succeeded: 'cleared',
    came_back: 'returned',
    returned: 'returned',
    never_heard: 'failed',
    refused: 'failed',
    silent: 'failed',
  },
  expired: {
    processing: 'pending',
    succeeded: 'cleared',
    came_back: 'returned',
    returned: 'returned',
    ended: 'expired',
    never_heard: 'expired',
    silent: 'expired',
  },
  returned: { came_back: 'returned', returned: 'returned', silent: 'returned', refund_failed: 'returned' },
  reversed: { reversed: 'reversed', silent: 'reversed' },
  // All of it went back. A refund may still fail, a bank may return what was refunded, and a card's bank may ask a second time.
  refunded: {
    succeeded: 'refunded',
    came_back: 'returned',
    returned: 'returned',
    silent: 'refunded',
    refunded: 'refunded',
    refund_failed: 'cleared',
    disputed: 'disputed',
  },
  // Taken by a chargeback: it comes back when that is won, and stays away when it is lost.
  disputed: {
    succeeded: 'disputed',
    silent: 'disputed',
    refund_failed: 'disputed',
    disputed: 'disputed',
    dispute_won: 'cleared',
    dispute_lost: 'disputed',
  },
};

/** The state after an event, or null: illegal. */
export function stepOf(state: PaymentState, event: AttemptEvent): PaymentState | null {
  return steps[state][event] ?? null;
}

/** States in which money is under way or may be: nobody may pay the same amount again. */
export const movingStates = ['pending', 'unknown'] as const satisfies readonly PaymentState[];
