import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';

/** A line the business charges often. `unitPriceMilli` is thousandths of a minor unit; `taxable` false: never taxed, wherever it is used. `taxRateId` null: the rate of the property, else of the business. */
export type ItemFields = Readonly<{ name: string; description: string; unit: string; unitPriceMilli: bigint; taxRateId: string | null; taxable: boolean }>;
export type NewItem = Readonly<Partial<ItemFields> & { id?: string; name: string; unitPriceMilli: bigint }>;
export type ItemChanges = Readonly<Partial<ItemFields> & { archived?: boolean }>;
export type Item = ItemFields & Readonly<{ id: string; version: number; archivedAt: string | null; createdAt: string }>;

export function cleanItem(input: ItemChanges, before?: ItemFields): ItemFields {
  const base = before ?? { name: '', description: '', unit: '', unitPriceMilli: 0n, taxRateId: null, taxable: true };
  const name = input.name === undefined ? base.name : clean(input.name, textLimits.title, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const taxable = input.taxable ?? base.taxable;
  const unitPriceMilli = input.unitPriceMilli ?? base.unitPriceMilli;
  if (unitPriceMilli > limits.unitPriceMaxMilli || unitPriceMilli < -limits.unitPriceMaxMilli)
    throw new Refusal('amount_too_large', { field: 'unitPriceMilli' });
  return {
    name,
    unitPriceMilli,
    description: input.description === undefined ? base.description : cleanLines(input.description, textLimits.lineDescription, 'description'),
    unit: input.unit === undefined ? base.unit : clean(input.unit, textLimits.unit, 'unit'),
    // An item that is never taxed has no rate of its own.
    taxRateId: taxable ? (input.taxRateId === undefined ? base.taxRateId : input.taxRateId) : null,
    taxable,
  };
}
