import { choose } from '../../../../core/choices.ts';
import { Refusal } from '../../../../core/refusal.ts';
import { addUp, type Discount } from '../../../../core/totals.ts';
import type { Scope } from '../../../../db/scope.ts';
import type { DifferenceRow } from '../queries.ts';
import { type ApprovedJson, selectApprovedAfter, selectEstimateDifferences } from './queries.ts';

const batch = 500;

/** What was signed, once more from the frozen lines and the choices, then the chain of the records and the standings that repeat them. */
export async function* estimateChecks(scope: Scope): AsyncGenerator<DifferenceRow[]> {
  for (let after = 0n; ; ) {
    const records = await selectApprovedAfter(scope, after, batch);
    const last = records.at(-1);
    if (!last) break;
    after = BigInt(last.seq);
    yield records.flatMap(readd);
  }
  yield await selectEstimateDifferences(scope);
}

function readd(record: ApprovedJson): DifferenceRow[] {
  const again = totalsOf(record);
  const pairs = [
    ['total of an approval', record.totalMinor, again?.totalMinor],
    ['tax of an approval', record.taxMinor, again?.taxMinor],
  ] as const;
  return pairs.flatMap(([what, stored, recomputed]) =>
    BigInt(stored) === recomputed ? [] : [{ what, id: record.id, stored, recomputed: recomputed?.toString() ?? null }],
  );
}

/** Null when the choices kept are none of this estimate. */
function totalsOf({ choices, lines, taxRates, discount, currency, pricesIncludeTax, taxExempt, mayLower }: ApprovedJson): ReturnType<typeof addUp> | null {
  const choosable = lines.map(({ chosen, propertyId, quantityMilli, unitPriceMilli, discount: own, ...line }) => ({
    ...{ ...line, part: propertyId, quantityMilli: BigInt(quantityMilli), unitPriceMilli: BigInt(unitPriceMilli), discount: discountOf(own) },
    choice: chosen?.choice ?? null,
    bounds: chosen?.bounds ? boundsOf(chosen.bounds) : null,
  }));
  const made = { ...choices, quantities: choices.quantities.map(({ lineId, quantityMilli }) => ({ lineId, quantityMilli: BigInt(quantityMilli) })) };
  try {
    const rates = taxRates.map((rate) => ({ ...rate, components: rate.components.map(({ name, ratePpm }) => ({ name, ratePpm: BigInt(ratePpm) })) }));
    return addUp({ currency, pricesIncludeTax, taxExempt, mayLower, discount: discountOf(discount), taxRates: rates, lines: choose(choosable, made) });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function boundsOf({ minMilli, maxMilli, stepMilli }: { minMilli: number; maxMilli: number; stepMilli?: number | null }) {
  return { minMilli: BigInt(minMilli), maxMilli: BigInt(maxMilli), stepMilli: stepMilli === undefined || stepMilli === null ? null : BigInt(stepMilli) };
}

function discountOf(discount: ApprovedJson['discount']): Discount | null {
  if (discount === null) return null;
  return discount.kind === 'percent' ? { kind: 'percent', ratePpm: BigInt(discount.ratePpm) } : { kind: 'amount', amountMinor: BigInt(discount.amountMinor) };
}
