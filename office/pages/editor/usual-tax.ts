import type { DraftLine, Item } from '../../api/types.ts';
import type { Sheet } from './draft-state.ts';

/** Which tax a line has while nobody chooses one by hand, as the server decides it when the draft is saved. */
export type UsualTax = Readonly<{
  /** Deposits and late fees carry no tax by themselves. */
  taxed: boolean;
  /** Of the business; undefined: not known yet. */
  business: string | null | undefined;
  /** Of properties that have a rate of their own. */
  properties: ReadonlyMap<string, string>;
}>;

/** What an item says about tax: never any, a rate of its own, or nothing. */
export function taxAsItem(item: Pick<Item, 'taxRateId' | 'taxable'>): Pick<DraftLine, 'taxRateId' | 'taxFrom'> {
  if (!item.taxable) return { taxRateId: null, taxFrom: 'item' };
  return item.taxRateId === null ? { taxRateId: null, taxFrom: 'business' } : { taxRateId: item.taxRateId, taxFrom: 'item' };
}

/** An item that is never taxed stays so everywhere; else the property's rate, the item's own, the business's. Rates chosen by hand stay. */
export function usualTaxOf(line: DraftLine, propertyId: string | null, usual: UsualTax): Pick<DraftLine, 'taxRateId' | 'taxFrom'> {
  const same = { taxRateId: line.taxRateId, taxFrom: line.taxFrom };
  if (!usual.taxed || line.taxFrom === 'line' || (line.taxFrom === 'item' && line.taxRateId === null)) return same;
  const properties = propertyId === null ? undefined : usual.properties.get(propertyId);
  if (properties !== undefined) return { taxRateId: properties, taxFrom: 'property' };
  return line.taxFrom === 'item' || usual.business === undefined ? same : { taxRateId: usual.business, taxFrom: 'business' };
}

/** The draft as it is shown and saved: what is written, with the taxes that are usual. What is written stays as it was. */
export function withUsualTaxes<D extends Sheet>(draft: D, usual: UsualTax): D {
  return {
    ...draft,
    sections: draft.sections.map((section) => ({
      ...section,
      lines: section.lines.map((line) => ({ ...line, ...usualTaxOf(line, section.propertyId, usual) })),
    })),
  };
}
