import { divideHalfUp, shareOut } from './money.ts';
import type { PartTotals } from './totals.ts';

/** What of a contract an invoice bills: all of it line by line, a stage of its plan, a share of the contract to date, an amount, or whatever is left. */
export const contractBills = ['whole', 'stage', 'percent', 'amount', 'rest'] as const;
export type ContractBillKind = (typeof contractBills)[number];
export type ContractBill =
  | Readonly<{ kind: 'whole' | 'rest' }>
  | Readonly<{ kind: 'stage'; stage: number }>
  | Readonly<{ kind: 'percent'; ratePpm: bigint }>
  | Readonly<{ kind: 'amount'; amountMinor: bigint }>;

const million = 1_000_000n;

/** A share of the contract to date, half-up. */
export function shareOfContract(contractMinor: bigint, ratePpm: bigint): bigint {
  return divideHalfUp(contractMinor * ratePpm, million);
}

/** An amount of an invoice with its tax in it, of one property under one rate. */
export type ProgressLine = Readonly<{ part: string | null; taxRateId: string | null; amountMinor: bigint }>;

/**
 * An amount of a contract over the properties and rates it stands on, in proportion to what they come to with tax, largest remainder first: lines
 * always sum to the amount. What change orders took away lowers its own property and rate. Throws RangeError for an amount of nothing.
 */
export function progressLines(amountMinor: bigint, papers: readonly (readonly PartTotals[])[]): ProgressLine[] {
  const groups = new Map<string, { part: string | null; taxRateId: string | null; minor: bigint }>();
  const add = (part: string | null, taxRateId: string | null, minor: bigint): void => {
    const key = `${part ?? ''} ${taxRateId ?? ''}`;
    const group = groups.get(key) ?? { part, taxRateId, minor: 0n };
    group.minor += minor;
    groups.set(key, group);
  };
  for (const { part, totalMinor, taxes } of papers.flat()) {
    let untaxedMinor = totalMinor;
    for (const { rateId, taxableMinor, taxMinor } of taxes) {
      add(part, rateId, taxableMinor + taxMinor);
      untaxedMinor -= taxableMinor + taxMinor;
    }
    add(part, null, untaxedMinor);
  }
  const billed = [...groups.values()].filter(({ minor }) => minor > 0n);
  const shares = shareOut(
    amountMinor,
    billed.map(({ minor }) => minor),
  );
  return billed.map(({ part, taxRateId }, at): ProgressLine => ({ part, taxRateId, amountMinor: shares[at] ?? 0n })).filter((line) => line.amountMinor !== 0n);
}
