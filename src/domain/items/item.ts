import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';

/** A line the business charges often. `unitPriceMilli` is thousandths of a minor unit; `taxRateId` null: not taxed. */
export type ItemFields = Readonly<{ name: string; description: string; unit: string; unitPriceMilli: bigint; taxRateId: string | null }>;
export type NewItem = Readonly<Partial<ItemFields> & { id?: string; name: string; unitPriceMilli: bigint }>;
export type ItemChanges = Readonly<Partial<ItemFields> & { archived?: boolean }>;
export type Item = ItemFields & Readonly<{ id: string; version: number; archivedAt: string | null; createdAt: string }>;

export function cleanItem(input: ItemChanges, before?: ItemFields): ItemFields {
  const base = before ?? { name: '', description: '', unit: '', unitPriceMilli: 0n, taxRateId: null };
  const name = input.name === undefined ? base.name : clean(input.name, textLimits.title, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const unitPriceMilli = input.unitPriceMilli ?? base.unitPriceMilli;
  if (unitPriceMilli > limits.unitPriceMaxMilli || unitPriceMilli < -limits.unitPriceMaxMilli)
    throw new Refusal('amount_too_large', { field: 'unitPriceMilli' });
  return {
    name,
    unitPriceMilli,
    description: input.description === undefined ? base.description : cleanLines(input.description, textLimits.lineDescription, 'description'),
    unit: input.unit === undefined ? base.unit : clean(input.unit, textLimits.unit, 'unit'),
    taxRateId: input.taxRateId === undefined ? base.taxRateId : input.taxRateId,
  };
}
