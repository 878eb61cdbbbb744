import type { Database } from '../../../db/pool.ts';
import { inTransaction, systemActor } from '../../../db/scope.ts';
import { cursorRows, inSnapshot } from '../../../db/streams.ts';
import type { CsvCell } from '../../../outgoing/csv.ts';
import type { Period, SheetKind } from '../export.ts';
import { journalNames, quickbooksCells, quickbooksHead, xeroCells, xeroHead } from '../journal/journal.ts';
import { actLines, dayLines, type JournalLine } from '../journal/queries.ts';
import { cellsOf, type PlainKind, type SheetRow, sheets } from './sheets.ts';

/** The published names of a file's columns. */
export function sheetHead(kind: SheetKind): readonly string[] {
  if (kind === 'journal_quickbooks') return quickbooksHead;
  if (kind === 'journal_xero') return xeroHead;
  return sheets[kind].columns.map(([name]) => name);
}

/**
 * Hands the rows of a file to `take`, as they were at one moment and as the office sees them (what was taken back with its import is absent).
 * They come through a cursor: memory does not grow with them.
 */
export async function sheetRows<T>(
  database: Database,
  of: Readonly<{ business: string; kind: SheetKind; period: Period }>,
  take: (rows: AsyncIterable<readonly CsvCell[]>) => Promise<T>,
): Promise<T> {
  const { business, kind, period } = of;
  if (kind !== 'journal_quickbooks' && kind !== 'journal_xero') return plainRows(database, { business, kind, period }, take);
  const names = await inTransaction(database, { role: 'system', business, actor: systemActor }, journalNames);
  const query = kind === 'journal_quickbooks' ? actLines(business, period) : dayLines(business, period);
  const cells = kind === 'journal_quickbooks' ? quickbooksCells : xeroCells;
  // The books hold what an import took back, and both ways of it: they balance only whole.
  return inSnapshot(database, { role: 'system', business }, (client) =>
    take(mapped(cursorRows<JournalLine>(client, 'sheet', query), (line) => cells(line, names))),
  );
}

function plainRows<T>(
  database: Database,
  { business, kind, period }: Readonly<{ business: string; kind: PlainKind; period: Period }>,
  take: (rows: AsyncIterable<readonly CsvCell[]>) => Promise<T>,
): Promise<T> {
  const sheet = sheets[kind];
  return inSnapshot(database, { role: 'office', business }, (client) =>
    take(mapped(cursorRows<SheetRow>(client, 'sheet', sheet.query(business, period)), (row) => cellsOf(sheet, row))),
  );
}

async function* mapped<A, B>(source: AsyncIterable<A>, to: (each: A) => B): AsyncGenerator<B> {
  for await (const each of source) yield to(each);
}
