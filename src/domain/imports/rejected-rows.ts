import type { FileStore } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { sentenceOf } from './cells.ts';
import { corrected } from './edits/edits.ts';
import { selectEdits } from './edits/queries.ts';
import { type ImportRow, type StoredProblem, selectProblems } from './queries.ts';
import { readTable } from './table.ts';

type Access = Readonly<{ files: FileStore; inScope: <T>(work: (scope: Scope) => Promise<T>) => Promise<T> }>;
const atOnce = 1_000;

/**
 * The rows that stayed out, as a file of the same shape with one column more that says why: correct it, import it again. Made as it is
 * read from the kept file, so it takes the memory of one row however long it is.
 */
export async function* rejectedFile({ files, inScope }: Access, business: string, of: ImportRow): AsyncGenerator<Uint8Array> {
  const source = of.fileSha256 === null ? null : await files.stream(business, of.fileSha256);
  if (source === null) throw new Refusal('not_found');
  const table = await readTable(source, of.reading);
  yield Buffer.from(`\ufeff${line([...table.header, 'Problem'])}`);
  const edits = await inScope((scope) => selectEdits(scope, of.id));
  const problems = byRow((last) => {
    const after = last && [String(last.row), String(last.position), last.code];
    return inScope((scope) => selectProblems(scope, of.id, { after, limit: atOnce, keeps: false }));
  });
  let next = await problems.next();
  for await (const { row, cells } of corrected(table.rows, edits)) {
    if (next.done) return;
    if (next.value[0] !== row) continue;
    yield Buffer.from(
      line([...cells, next.value[1].map(({ column, code }) => (column === '' ? sentenceOf(code) : `${column}: ${sentenceOf(code)}`)).join(' ')]),
    );
    next = await problems.next();
  }
}

async function* byRow(after: (last: StoredProblem | null) => Promise<readonly StoredProblem[]>): AsyncGenerator<[number, StoredProblem[]]> {
  let last: StoredProblem | null = null;
  let group: StoredProblem[] = [];
  for (let page = await after(null); page.length > 0; page = await after(last)) {
    for (const each of page) {
      if (group.length > 0 && group[0]?.row !== each.row) {
        yield [group[0]?.row ?? 0, group];
        group = [];
      }
      group.push(each);
      last = each;
    }
  }
  if (group.length > 0) yield [group[0]?.row ?? 0, group];
}

/** RFC 4180. A cell a spreadsheet would run gets an apostrophe, which our own import takes off again. */
function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/.test(cell) ? quoted(`'${cell}`) : quoted(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
