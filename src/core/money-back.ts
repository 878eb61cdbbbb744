/** What a card processor is asked, and says, about money that goes back to whoever paid. Part of `CardGateway`. */

export type RefundRequest = {
  /** Id of our committed refund; the processor gets it as metadata and we find our row by it. */
  refund: string;
  attempt: string;
  business: string;
  /** The processor's id of the payment the money came with. */
  reference: string;
  amountMinor: bigint;
  currency: string;
  /** Same key and same request = same refund. Never sent again after 23 hours: the processor may have forgotten it. */
  idempotencyKey: string;
};

/**
 * What the processor says about one refund; `reference` is its own id of it. `failed`: it was taken on and did not reach the payer, the
 * money is with the business again. `refused`: it was never begun. `unknown`: fetch it before anybody tries again.
 */
export type RefundOutcome =
  | { kind: 'pending' | 'succeeded'; reference: string }
  | { kind: 'failed'; reference: string | null; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown' };

/** News of a refund, as a notice carries it. */
export type RefundNews = {
  /** Ours; null when it was made in the processor's own dashboard. */
  refund: string | null;
  /** The processor's id of the refund. */
  reference: string;
  state: 'pending' | 'succeeded' | 'failed';
  amountMinor: bigint;
  currency: string;
  reason: string;
};

/** News of a chargeback. `feeMinor`: what the processor keeps for it, where it says so; in the same currency. */
export type DisputeNews = {
  /** The processor's id of the dispute. */
  reference: string;
  state: 'open' | 'won' | 'lost';
  amountMinor: bigint;
  currency: string;
  reason: string;
  answerByUnixS: number | null;
  feeMinor: bigint | null;
};
