import { createContext, type Dispatch, useContext } from 'react';
import type { Invoice, Property, TaxRate } from '../../api/types.ts';
import type { Act, EditorDraft } from './draft-state.ts';
import type { LiveTotals } from './live-totals.ts';

export type EditorTools = {
  invoice: Invoice;
  draft: EditorDraft;
  dispatch: Dispatch<Act>;
  live: LiveTotals;
  taxRates: readonly TaxRate[];
  properties: readonly Property[];
  /** What the server said no to, by its names of fields: `lines[2].discount`. */
  problems: Readonly<Record<string, string>>;
};

export const EditorContext = createContext<EditorTools | null>(null);

export function useEditor(): EditorTools {
  const tools = useContext(EditorContext);
  if (tools === null) throw new Error('outside the editor');
  return tools;
}
