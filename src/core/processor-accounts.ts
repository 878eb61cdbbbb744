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

/** One transfer to the business's bank. `manual`: somebody asked for it by hand, and what it is made of is not told. */
export type PayoutNews = Readonly<{
  reference: string;
  state: 'pending' | 'paid' | 'failed' | 'canceled';
  amountMinor: bigint;
  currency: string;
  arrivesUnixS: number;
  createdUnixS: number;
  failure: string;
  manual: boolean;
}>;

/** What a gateway can say of the business's balance. Absent where the processor keeps nothing of it. */
export type BalanceLists = {
  /** Every movement on the business's balance since then, or just those of one payout. Absent where the processor keeps nothing of it. */
  listEntries?(of: {
    business: string;
    sinceUnixS: number;
    payout?: string;
  }): Promise<{ kind: 'listed'; entries: readonly BalanceEntry[] } | { kind: 'unknown' }>;
  listPayouts?(of: { business: string; sinceUnixS: number }): Promise<{ kind: 'listed'; payouts: readonly PayoutNews[] } | { kind: 'unknown' }>;
};

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
