/** A list is written as its items with "; " between. Amounts come as plain decimals ("-20.00"). */
export type CsvCell = string | number | bigint | null | readonly string[];

// What a spreadsheet could run: a sign it takes for a formula, also behind blanks, quotes or unseen letters, also full-width or small.
const FORMULA = /^[\s\p{Cc}\p{Cf}"'`´‘’“”«»]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|^[\t\r\n\0]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** One row as RFC 4180 has it, line end included. Text a spreadsheet would run gets an apostrophe in front; numbers stay numbers. */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** A whole file in pieces, with the mark that makes spreadsheets read it as UTF-8. Rows are taken one by one: memory stays level. */
export async function* csvFile(head: readonly string[], rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>): AsyncGenerator<string> {
  let piece = `\ufeff${csvRow(head)}`;
  for await (const row of rows) {
    piece += csvRow(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const PIECE = 16_384;

function written(cell: CsvCell): string {
  const text = plain(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plain(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return harmless(cell.map(harmless).join('; '));
  return typeof cell === 'string' ? harmless(cell) : String(cell);
}

function harmless(text: string): string {
  const clean = text.replaceAll('\0', '');
  return FORMULA.test(text) && !NUMBER.test(clean) ? `'${clean}` : clean;
}
