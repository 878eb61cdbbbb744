import { Refusal } from '../../../src/core/refusal.ts';
import { addUp, type Discount as CoreDiscount, type Totals } from '../../../src/core/totals.ts';
import type { Draft, TaxRate } from '../../api/types.ts';
import type { Discount } from './discount-text.ts';

export type LiveTotals = { totals: Totals; problem: null } | { totals: null; problem: { message: string; field: string } };

/** What the draft comes to while it is typed, by the same function the server adds up with. */
export function liveTotals(draft: Draft, currency: string, taxExempt: boolean, taxRates: readonly TaxRate[]): LiveTotals {
  try {
    const totals = addUp({
      currency,
      pricesIncludeTax: draft.pricesIncludeTax,
      taxExempt,
      discount: coreDiscount(draft.discount),
      lines: draft.lines.map((line) => ({
        id: line.id,
        part: line.propertyId,
        quantityMilli: BigInt(line.quantityMilli),
        unitPriceMilli: BigInt(line.unitPriceMilli),
        discount: coreDiscount(line.discount),
        taxRateId: line.taxRateId,
      })),
      taxRates: taxRates.map(({ id, name, components }) => ({
        id,
        name,
        components: components.map((component) => ({ name: component.name, ratePpm: BigInt(component.ratePpm) })),
      })),
    });
    return { totals, problem: null };
  } catch (error) {
    if (error instanceof Refusal) return { totals: null, problem: { message: error.message, field: error.details.field ?? '' } };
    throw error;
  }
}

function coreDiscount(discount: Discount | null): CoreDiscount | null {
  if (discount === null) return null;
  return discount.kind === 'percent' ? { kind: 'percent', ratePpm: BigInt(discount.ratePpm) } : { kind: 'amount', amountMinor: BigInt(discount.amountMinor) };
}
