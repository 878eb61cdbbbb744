import { createContext, type Dispatch, useContext } from 'react';
import type { Draft, Invoice, Property, TaxRate } from '../../api/types.ts';
import type { Act, EditorDraft, LineAct, Sheet } from './draft-state.ts';
import type { LiveTotals } from './live-totals.ts';

type SheetFields = Pick<Draft, 'discount' | 'pricesIncludeTax'>;
type Problems = Readonly<Record<string, string>>;

/** Lines, sections and totals of any priced document while it is written. */
export type SheetTools = {
  currency: string;
  taxExempt: boolean;
  /** Whether it has taxes at all, and whether they come by themselves. */
  taxes: 'usual' | 'by_hand' | 'none';
  /** The customer may choose: lines carry how. */
  choosing: boolean;
  sheet: Sheet & SheetFields;
  dispatch: Dispatch<LineAct | { act: 'set'; fields: Partial<SheetFields> }>;
  live: LiveTotals;
  taxRates: readonly TaxRate[];
  properties: readonly Property[];
  /** What the server said no to, by its names of fields: `lines[2].discount`. */
  problems: Problems;
};

export const SheetContext = createContext<SheetTools | null>(null);

export function useSheet(): SheetTools {
  const tools = useContext(SheetContext);
  if (tools === null) throw new Error('outside of anything that is written');
  return tools;
}

export type EditorTools = {
  invoice: Invoice;
  draft: EditorDraft;
  dispatch: Dispatch<Act>;
  live: LiveTotals;
  problems: Problems;
};

export const EditorContext = createContext<EditorTools | null>(null);

export function useEditor(): EditorTools {
  const tools = useContext(EditorContext);
  if (tools === null) throw new Error('outside the editor');
  return tools;
}
