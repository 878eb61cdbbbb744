import { shareOut } from './money.ts';

/** A line as it was frozen. Amounts in minor units, after its own discounts. */
export type ChargedLine = Readonly<{ id: string; rateId: string | null; netMinor: bigint; documentDiscountMinor: bigint }>;

/** The taxes of one property's part, and whether its prices hold them already. */
export type ChargedPart = Readonly<{ lines: readonly ChargedLine[]; taxes: readonly Readonly<{ rateId: string; taxMinor: bigint }>[]; inclusive: boolean }>;

/**
 * What each line of a part costs with its share of the discount and of the tax (largest remainder): what would not be owed without it.
 * Lines that cost nothing are left out; nobody asks back what they were given.
 */
export function chargesOf({ lines, taxes, inclusive }: ChargedPart): Map<string, bigint> {
  const costing = lines.map((line) => ({ ...line, baseMinor: line.netMinor - line.documentDiscountMinor })).filter(({ baseMinor }) => baseMinor > 0n);
  const charges = new Map(costing.map(({ id, baseMinor }) => [id, baseMinor]));
  if (inclusive) return charges;
  for (const { rateId, taxMinor } of taxes) {
    const taxed = costing.filter((line) => line.rateId === rateId);
    if (taxMinor <= 0n || taxed.length === 0) continue;
    const shares = shareOut(
      taxMinor,
      taxed.map(({ baseMinor }) => baseMinor),
    );
    for (const [at, { id }] of taxed.entries()) charges.set(id, (charges.get(id) ?? 0n) + (shares[at] ?? 0n));
  }
  return charges;
}

/** What of a charge may be asked about now, from what is open, what was paid, and what is in question already. */
export function questionable(
  of: Readonly<{
    /** The charge itself; null: the whole. */
    chargeMinor: bigint | null;
    balanceMinor: bigint;
    billedMinor: bigint;
    askedMinor: bigint;
  }>,
): bigint {
  // While something is owed it is that which is asked about; afterwards what was paid (rule 24).
  const roomMinor = (of.balanceMinor > 0n ? of.balanceMinor : of.billedMinor) - of.askedMinor;
  const mostMinor = of.chargeMinor === null || of.chargeMinor > roomMinor ? roomMinor : of.chargeMinor;
  return mostMinor > 0n ? mostMinor : 0n;
}

/** How long after the last payment a charge may be questioned (rule 24). */
export const questionDays = 60;
/** Days of rest after an answer before reminders resume (rule 23). */
export const answeredRestDays = 5;
