import { textLimits } from '../../../core/limits.ts';
import { cut } from '../../../core/text.ts';
import { longestValue } from '../cells.ts';
import type { TableRow } from '../table.ts';

/** Something corrected beside the file. Row 0: every cell of the column that says `was`. Position −1: the row is left out. */
export type Edit = Readonly<{ row: number; position: number; was: string; value: string }>;

/** More than this is another file. */
export const mostEdits = 10_000;
export const longestEdit = textLimits.terms;

/** The rows as they are after all corrections. */
export async function* corrected(rows: AsyncIterable<TableRow>, edits: readonly Edit[]): AsyncGenerator<TableRow> {
  const leftOut = new Set(edits.filter(({ position }) => position < 0).map(({ row }) => row));
  const own = Map.groupBy(
    edits.filter(({ row, position }) => row > 0 && position >= 0),
    ({ row }) => row,
  );
  const everywhere = edits.filter(({ row, position }) => row === 0 && position >= 0);
  const rules = new Map(everywhere.map(({ position, was, value }) => [`${position} ${was}`, value]));
  const places = [...new Set(everywhere.map(({ position }) => position))];
  const correct = (each: TableRow): readonly string[] => {
    const mine = own.get(each.row) ?? [];
    if (mine.length === 0 && places.length === 0) return each.cells;
    const cells = [...each.cells];
    for (const place of places.filter((at) => at < cells.length))
      cells[place] = rules.get(`${place} ${cut(cells[place] ?? '', longestValue)}`) ?? cells[place] ?? '';
    for (const { position, value } of mine) {
      while (cells.length < position) cells.push('');
      cells[position] = value;
    }
    return cells;
  };
  for await (const each of rows) yield { row: each.row, cells: correct(each), ...(leftOut.has(each.row) ? { leftOut: true } : {}) };
}
