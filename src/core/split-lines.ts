import { shareOut } from './money.ts';

/** A section of a priced document as it was frozen, and its lines. Amounts in minor units of one currency. */
export type SplitPart = Readonly<{
  /** Of the lines as shown, and what the document's discount takes off them. */
  subtotalMinor: bigint;
  discountMinor: bigint;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  taxes: readonly Readonly<{ rateId: string; taxMinor: bigint }>[];
}>;
export type SplitLine = Readonly<{ netMinor: bigint; documentDiscountMinor: bigint; taxRateId: string | null }>;
export type LineShare = Readonly<{ netMinor: bigint; taxMinor: bigint; totalMinor: bigint }>;

/**
 * What of a section's net, tax and total stands on each of its lines, so that the lines of all sections add up to the bill: the tax of each rate by
 * largest remainder over the lines it was taken from. Tax of a rate that no line names any more goes over all of them.
 */
export function splitLines(part: SplitPart, lines: readonly SplitLine[]): LineShare[] {
  const shown = lines.map((line) => line.netMinor - line.documentDiscountMinor);
  const inclusive = part.subtotalMinor - part.discountMinor === part.totalMinor;
  const taxes = lines.map(() => 0n);
  const give = (taxMinor: bigint, at: readonly number[]): void => {
    const shares = shareOut(
      taxMinor,
      at.map((index) => shown[index] ?? 0n),
    );
    at.forEach((index, nth) => {
      taxes[index] = (taxes[index] ?? 0n) + (shares[nth] ?? 0n);
    });
  };
  const every = lines.map((_, at) => at);
  let leftMinor = part.taxMinor;
  for (const { rateId, taxMinor } of part.taxes) {
    const at = every.filter((index) => lines[index]?.taxRateId === rateId);
    if (at.length === 0) continue;
    give(taxMinor, at);
    leftMinor -= taxMinor;
  }
  if (leftMinor !== 0n && every.length > 0) give(leftMinor, every);
  return shown.map((amountMinor, at) => {
    const taxMinor = taxes[at] ?? 0n;
    return inclusive
      ? { netMinor: amountMinor - taxMinor, taxMinor, totalMinor: amountMinor }
      : { netMinor: amountMinor, taxMinor, totalMinor: amountMinor + taxMinor };
  });
}
