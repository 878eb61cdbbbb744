import { parse } from 'csv-parse';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { delimiterOf, encodingOf, type Reading, refuseForeign, signs } from './reading.ts';

/** One row as a spreadsheet counts them: the header is row 1. `leftOut`: somebody wanted it so. */
export type TableRow = Readonly<{ row: number; cells: readonly string[]; leftOut?: boolean }>;
export type Table = Readonly<{ header: readonly string[]; reading: Pick<Reading, 'encoding' | 'delimiter'>; rows: AsyncIterable<TableRow> }>;

const headBytes = 64 * 1024;
const longestRow = 1024 * 1024;
const mostColumns = 200;

/**
 * Reads a CSV file as people have them: commas, semicolons or tabs, quotes, line breaks inside quotes, a byte order mark, UTF-8, UTF-16 or
 * Windows letters; `chosen` wins over what it looks like. Rows are handed out as they are read, so a file of any length takes the memory of
 * one row. Refuses `import_workbook` for Excel files and archives, `import_unreadable` for what else is no table, `import_too_large`.
 */
export async function readTable(source: AsyncIterable<Uint8Array>, chosen: Partial<Reading> = {}): Promise<Table> {
  const { head, rest } = await split(source);
  if (head.length === 0) throw new Refusal('import_unreadable', { why: 'the file is empty' });
  refuseForeign(head);
  const encoding = chosen.encoding ?? encodingOf(head);
  const delimiter = chosen.delimiter ?? delimiterOf(new TextDecoder(encoding).decode(head));
  const parser = parse({
    bom: true,
    delimiter: signs[delimiter],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    info: true,
  });
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<{ record: string[] }>;
  const fed = feed(parser, new TextDecoder(encoding), rest);
  // Whoever stops reading early hears nothing of a source that breaks later.
  fed.catch(() => {});
  const first = await next(records);
  if (first === null) throw new Refusal('import_unreadable', { why: 'the file is empty' });
  if (first.record.length > mostColumns) throw new Refusal('import_unreadable', { why: `it has more than ${mostColumns} columns` });
  return { header: first.record.map((cell) => cell.trim().slice(0, 200)), reading: { encoding, delimiter }, rows: rowsOf(records, fed) };
}

type Parser = ReturnType<typeof parse>;

/** Writes into the parser as fast as it is read, never faster. */
async function feed(parser: Parser, decoder: TextDecoder, source: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const bytes of source) {
      if (parser.destroyed) return;
      if (!parser.write(decoder.decode(bytes, { stream: true }))) await new Promise<void>((resolve) => parser.once('drain', resolve).once('close', resolve));
    }
    parser.end(decoder.decode());
  } catch (error) {
    parser.destroy();
    throw error;
  }
}

async function* rowsOf(records: AsyncIterator<{ record: string[] }>, fed: Promise<void>): AsyncGenerator<TableRow> {
  let row = 1;
  try {
    for (let read = await next(records); read !== null; read = await next(records)) {
      row += 1;
      if (row > limits.importRows + 1) throw new Refusal('import_too_large');
      yield { row, cells: read.record.map(plain) };
    }
    await fed;
  } finally {
    await records.return?.();
  }
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
    try {
      yield* taken;
      for (let chunk = done ? null : await chunks.next(); chunk !== null && !chunk.done; chunk = await chunks.next()) yield chunk.value;
    } finally {
      await chunks.return?.();
    }
  };
  return { head: Buffer.concat(taken).subarray(0, headBytes), rest: rest() };
}
