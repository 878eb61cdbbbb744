/** Accounts that businesses connect at a card processor, and what it says of them. Part of `CardGateway`. */

/** Where one business's notices come in: whose they are, whether its money is real, and the secrets any of which may have signed. */
export type NoticeDoor = Readonly<{ account: string; live: boolean; secrets: readonly string[] }>;

/** What a business connected at a processor, opened for one call and kept nowhere. */
export type ProcessorAccount = Readonly<{ key: string; account: string; live: boolean; secrets: readonly string[] }>;
/** Read in a short transaction of its own before the processor is asked; null: nothing is connected. */
export type AccountOf = (business: string) => Promise<ProcessorAccount | null>;

/** What a key opens. `denied` names, in the processor's own words, each right the key lacks. */
export type KeyCheck =
  | Readonly<{ kind: 'fine'; account: string; name: string; live: boolean }>
  | Readonly<{ kind: 'refused'; why: 'malformed' | 'wrong' }>
  | Readonly<{ kind: 'denied'; missing: readonly string[] }>
  | Readonly<{ kind: 'unknown' }>;

/**
 * One movement on the business's balance at the processor. `payment`: the processor's id of the payment it is about. The amount is before the fee, below
 * zero where money was taken; a fee below zero was given back.
 */
export type BalanceEntry = Readonly<{
  reference: string;
  kind: 'payment' | 'refund' | 'dispute' | 'fee' | 'payout' | 'other';
  payment: string | null;
  amountMinor: bigint;
  feeMinor: bigint;
  currency: string;
  createdUnixS: number;
}>;

/** One payment as the processor's own list has it. `attempt` and `business`: what its notes name, if they are ours. */
export type ListedAtProcessor = Readonly<{
  reference: string;
  attempt: string | null;
  business: string | null;
  state: 'open' | 'processing' | 'succeeded' | 'failed' | 'returned';
  amountMinor: bigint;
  currency: string;
  createdUnixS: number;
}>;
