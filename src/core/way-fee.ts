import type { PayMethod } from './gateways.ts';
import { divideHalfUp, shareOut } from './money.ts';

/**
 * What a business asks for, or gives, because of the way a customer pays: a fee on cards (a share of the amount and a fixed part, up to a most) or
 * a saving on bank debits, never both. Amounts are in minor units of the business's own currency.
 */
export type WayRule =
  | Readonly<{ kind: 'card_fee'; ratePpm: bigint; fixedMinor: bigint; mostMinor: bigint | null }>
  | Readonly<{ kind: 'bank_saving'; ratePpm: bigint }>;

/** The largest a business may set. What the law of its place allows may be less. */
export const wayLimits = { cardFeePpm: 40_000n, cardFeeFixedMinor: 500n, bankSavingPpm: 100_000n } as const;

const million = 1_000_000n;

/** What a way of paying adds to an amount (a fee, above zero) or takes off it (a saving, below zero). Once for each payment, however many bills it pays. */
export function wayMinorOf(rule: WayRule | null, way: PayMethod, amountMinor: bigint): bigint {
  if (rule === null || amountMinor <= 0n) return 0n;
  if (rule.kind === 'bank_saving') return way === 'bank' ? -divideHalfUp(amountMinor * rule.ratePpm, million) : 0n;
  if (way !== 'card') return 0n;
  const feeMinor = divideHalfUp(amountMinor * rule.ratePpm, million) + rule.fixedMinor;
  return rule.mostMinor !== null && feeMinor > rule.mostMinor ? rule.mostMinor : feeMinor;
}

/** An amount of a payment, and what the way it was paid added to it or took off it. */
export type Charged = Readonly<{ amountMinor: bigint; wayMinor: bigint }>;

/** Of what the way added or took off, the share of a part of the amount: largest remainder, so that all parts come to the whole and none above it. */
export function wayShareOf(left: Charged, amountMinor: bigint): bigint {
  if (amountMinor <= 0n) return 0n;
  return shareOut(left.wayMinor, [amountMinor, left.amountMinor - amountMinor])[0] ?? 0n;
}

/** The other way round: what a sum as it was charged is made of; at most what is left. */
export function chargedPart(left: Charged, sumMinor: bigint): Charged {
  const wholeMinor = left.amountMinor + left.wayMinor;
  if (sumMinor >= wholeMinor) return left;
  if (sumMinor <= 0n) return { amountMinor: 0n, wayMinor: 0n };
  const wayMinor = left.wayMinor < 0n ? divideHalfUp(sumMinor * left.wayMinor, wholeMinor) : (shareOut(sumMinor, [left.amountMinor, left.wayMinor])[1] ?? 0n);
  return { amountMinor: sumMinor - wayMinor, wayMinor };
}
