import { parse } from 'csv-parse';
import { Refusal } from '../../core/refusal.ts';

/** One row as a spreadsheet counts them: the header is row 1. */
export type TableRow = Readonly<{ row: number; cells: readonly string[] }>;
export type Table = Readonly<{ header: readonly string[]; rows: AsyncIterable<TableRow> }>;

const headBytes = 64 * 1024;
const longestRow = 1024 * 1024;

/**
 * Reads a CSV file as people have them: commas, semicolons or tabs, quotes, line breaks inside quotes, a byte order mark, UTF-8 or
 * Windows letters. Rows are handed out as they are read, so a file of any length takes the memory of one row. Refuses
 * `import_unreadable` for what is no table.
 */
export async function readTable(source: AsyncIterable<Uint8Array>): Promise<Table> {
  const { head, rest } = await split(source);
  if (head.length === 0) throw new Refusal('import_unreadable', { why: 'the file is empty' });
  if (head.includes(0)) throw new Refusal('import_unreadable', { why: 'this is not a text file' });
  const decoder = new TextDecoder(isUtf8(head) ? 'utf-8' : 'windows-1252');
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    info: true,
  });
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<{ record: string[] }>;
  const fed = feed(parser, decoder, rest);
  const first = await next(records);
  if (first === null) throw new Refusal('import_unreadable', { why: 'the file is empty' });
  return { header: first.record.map((cell) => cell.trim()), rows: rowsOf(records, fed) };
}

type Parser = ReturnType<typeof parse>;

/** Writes into the parser as fast as it is read, never faster. */
async function feed(parser: Parser, decoder: TextDecoder, source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const bytes of source) {
    if (parser.destroyed) return;
    if (!parser.write(decoder.decode(bytes, { stream: true }))) await new Promise<void>((resolve) => parser.once('drain', resolve).once('close', resolve));
  }
  parser.end(decoder.decode());
}

async function* rowsOf(records: AsyncIterator<{ record: string[] }>, fed: Promise<void>): AsyncGenerator<TableRow> {
  let row = 1;
  for (let read = await next(records); read !== null; read = await next(records)) {
    row += 1;
    yield { row, cells: read.record.map(plain) };
  }
  await fed;
}

async function next(records: AsyncIterator<{ record: string[] }>): Promise<{ record: string[] } | null> {
  try {
    const { value, done } = await records.next();
    return done ? null : value;
  } catch {
    throw new Refusal('import_unreadable', { why: 'a quote is never closed, or a row is too long' });
  }
}

/** Our own exports put an apostrophe before what a spreadsheet would run as a formula; coming back it is taken off. */
function plain(cell: string): string {
  const text = cell.trim();
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

async function split(source: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  let done = false;
  while (size < headBytes && !done) {
    const chunk = await chunks.next();
    done = chunk.done ?? false;
    if (!done) {
      taken.push(chunk.value);
      size += chunk.value.length;
    }
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield* taken;
    for (let chunk = done ? null : await chunks.next(); chunk !== null && !chunk.done; chunk = await chunks.next()) yield chunk.value;
  };
  return { head: Buffer.concat(taken).subarray(0, headBytes), rest: rest() };
}

function isUtf8(head: Uint8Array): boolean {
  // The last letter may be cut in two by the end of the head.
  for (const cut of [0, 1, 2, 3]) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
      return true;
    } catch {}
  }
  return false;
}

/** The sign that cuts the header into most columns, quoted text left out. */
function delimiterOf(head: Uint8Array): string {
  const line = (new TextDecoder().decode(head).split(/\r?\n/, 1)[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, times: line.split(sign).length }));
  return counted.sort((a, b) => b.times - a.times)[0]?.sign ?? ',';
}
