import type { Problem } from './cells.ts';
import type { TableRow } from './table.ts';

/** What became of a row, or of all rows of one invoice. `things`: ids of what it is about. */
export type Judged = Readonly<{
  state: 'added' | 'unchanged' | 'rejected';
  rows: readonly TableRow[];
  problems: readonly Problem[];
  things: readonly string[];
}>;
export type Batch = Readonly<{ judged: readonly Judged[] }>;
