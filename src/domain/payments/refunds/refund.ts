import type { RefundOutcome } from '../../../core/gateways.ts';
import type { OfflineMethod } from '../payment.ts';

export const refundStates = ['waiting_second', 'requested', 'unknown', 'pending', 'succeeded', 'failed', 'declined'] as const;
export type RefundState = (typeof refundStates)[number];
/** `original`: through the processor, to the card or account the money came from; the rest is given back by hand. */
export type RefundMethod = 'original' | OfflineMethod;

/** What is taken off which invoice. What a refund is more than these comes from the customer's credit. */
export type Source = Readonly<{ documentId: string; amountMinor: bigint }>;

/** `id`: made with the form; the same id twice is one refund. */
export type RefundAsked = Readonly<{
  id: string;
  paymentId: string;
  amountMinor: bigint;
  /** Of its tip, beside the amount: only on purpose (rule 42). */
  tipMinor?: bigint;
  method: RefundMethod;
  /** null: credit first, then what the payment was put on last. */
  sources: readonly Source[] | null;
  reason: string;
  /** By hand only: when, and the number of the check. */
  givenOn?: string | null;
  reference?: string;
}>;

export const refundEvents = ['approved', 'declined', 'pending', 'succeeded', 'failed', 'refused', 'silent', 'never_heard'] as const;
export type RefundEvent = (typeof refundEvents)[number];

export function refundEventOf(outcome: RefundOutcome | { kind: 'none' }): RefundEvent {
  return ({ pending: 'pending', succeeded: 'succeeded', failed: 'failed', refused: 'refused', unknown: 'silent', none: 'never_heard' } as const)[outcome.kind];
}

/**
 * Every legal step; what is absent changes nothing. A refund that failed stays failed: older news that comes late may not send the money
 * a second time in the books. `never_heard`: it may be handed over (again) under its own key.
 */
const steps: Readonly<Record<RefundState, Readonly<Partial<Record<RefundEvent, RefundState>>>>> = {
  waiting_second: { approved: 'requested', declined: 'declined' },
  requested: { pending: 'pending', succeeded: 'succeeded', failed: 'failed', refused: 'failed', silent: 'unknown', never_heard: 'requested' },
  unknown: { pending: 'pending', succeeded: 'succeeded', failed: 'failed', refused: 'failed', silent: 'unknown', never_heard: 'requested' },
  pending: { pending: 'pending', succeeded: 'succeeded', failed: 'failed', silent: 'pending' },
  succeeded: { pending: 'succeeded', succeeded: 'succeeded', failed: 'failed', silent: 'succeeded' },
  failed: { failed: 'failed', refused: 'failed', silent: 'failed' },
  declined: { declined: 'declined' },
};

export function refundStep(state: RefundState, event: RefundEvent): RefundState | null {
  return steps[state][event] ?? null;
}

/** States in which the money has left the books. */
export const givenStates = ['requested', 'unknown', 'pending', 'succeeded'] as const satisfies readonly RefundState[];
/** States whose truth is with the processor. */
export const openStates = ['requested', 'unknown', 'pending'] as const satisfies readonly RefundState[];
