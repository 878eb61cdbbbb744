import { linesAlone, type PricedDocument, type Totals } from '../../../core/totals.ts';

/** Lines that are not suggested show what they come to by themselves; parts without anything suggested are there with nothing. */
export function everyLine(totals: Totals, priced: PricedDocument): Totals {
  const billed = new Map(totals.lines.map((line) => [line.id, line]));
  const lines = linesAlone(priced).map((alone) => billed.get(alone.id) ?? alone);
  const empty = { subtotalMinor: 0n, discountMinor: 0n, netMinor: 0n, taxMinor: 0n, totalMinor: 0n, taxes: [] };
  const parts = [...new Set(lines.map(({ part }) => part))].map((part) => totals.parts.find((each) => each.part === part) ?? { part, ...empty });
  return { ...totals, lines, parts };
}
