import { createContext, type Dispatch, useContext } from 'react';
import type { Estimate, EstimateDraft } from '../../api/types.ts';
import { type Act, closeDraft, type Sheet } from '../editor/draft-state.ts';
import type { LiveTotals } from '../editor/live-totals.ts';

export type EstimateFields = Omit<EstimateDraft, 'lines' | 'propertyId'>;
export type EditedEstimate = EstimateFields & Sheet;

/** As it is saved: every line says how it may be chosen. */
export function closeEstimate(editing: EditedEstimate): EstimateDraft {
  const { lines, ...fields } = closeDraft(editing);
  return { ...fields, lines: lines.map((line) => ({ ...line, choice: line.choice ?? null, bounds: line.bounds ?? null })) };
}

export type EstimateTools = {
  estimate: Estimate;
  draft: EditedEstimate;
  dispatch: Dispatch<Act<EstimateFields>>;
  live: LiveTotals;
  /** What the server said no to, by its names of fields. */
  problems: Readonly<Record<string, string>>;
};

export const EstimateContext = createContext<EstimateTools | null>(null);

export function useEstimate(): EstimateTools {
  const tools = useContext(EstimateContext);
  if (tools === null) throw new Error('outside the editor of an estimate');
  return tools;
}
