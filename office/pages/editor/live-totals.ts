import { choose, suggestedChoices } from '../../../src/core/choices.ts';
import { Refusal } from '../../../src/core/refusal.ts';
import { addUp, type Discount as CoreDiscount, linesAlone, type Totals } from '../../../src/core/totals.ts';
import type { Draft, TaxRate } from '../../api/types.ts';
import type { Discount } from './discount-text.ts';
import type { EditorLine } from './draft-state.ts';

export type LiveTotals = { totals: Totals; problem: null } | { totals: null; problem: { message: string; field: string } };

type Summed = Pick<Draft, 'pricesIncludeTax' | 'discount'> & Readonly<{ lines: readonly EditorLine[] }>;

/**
 * What the draft comes to while it is typed, by the same functions the server adds up with. Of an estimate: as suggested; lines that are not
 * show what they would come to by themselves.
 */
export function liveTotals(draft: Summed, currency: string, taxExempt: boolean, taxRates: readonly TaxRate[], mayLower = false): LiveTotals {
  const lines = draft.lines.map(coreLine);
  const priced = {
    currency,
    pricesIncludeTax: draft.pricesIncludeTax,
    ...{ taxExempt, mayLower },
    discount: coreDiscount(draft.discount),
    taxRates: taxRates.map(({ id, name, components }) => ({
      id,
      name,
      components: components.map((component) => ({ name: component.name, ratePpm: BigInt(component.ratePpm) })),
    })),
  };
  try {
    const billed = choose(lines, suggestedChoices(lines));
    const totals = addUp({ ...priced, lines: billed });
    if (billed.length === lines.length) return { totals, problem: null };
    const suggested = new Map(totals.lines.map((line) => [line.id, line]));
    return { totals: { ...totals, lines: linesAlone({ ...priced, lines }).map((alone) => suggested.get(alone.id) ?? alone) }, problem: null };
  } catch (error) {
    if (error instanceof Refusal) return { totals: null, problem: { message: error.message, field: error.details.field ?? '' } };
    throw error;
  }
}

function coreLine(line: EditorLine) {
  return {
    id: line.id,
    part: line.propertyId,
    quantityMilli: BigInt(line.quantityMilli),
    unitPriceMilli: BigInt(line.unitPriceMilli),
    discount: coreDiscount(line.discount),
    taxRateId: line.taxRateId,
    choice: line.choice ?? null,
    bounds: null,
  };
}

function coreDiscount(discount: Discount | null): CoreDiscount | null {
  if (discount === null) return null;
  return discount.kind === 'percent' ? { kind: 'percent', ratePpm: BigInt(discount.ratePpm) } : { kind: 'amount', amountMinor: BigInt(discount.amountMinor) };
}
