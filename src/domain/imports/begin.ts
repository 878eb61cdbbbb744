import { createHash } from 'node:crypto';
import type { FileStore } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { type Mapping, type Recognized, recognize } from './columns.ts';
import { fold, type ImportKind } from './meanings.ts';
import { datesOf, decimalsOf, type Reading } from './reading.ts';
import { readTable, type TableRow } from './table.ts';

const sampleRows = 200;
const dayMeanings = new Set(['issuedOn', 'dueOn', 'serviceOn', 'paidOn', 'asOf']);
const amountMeanings = new Set(['unitPrice', 'amount', 'total', 'open', 'paid', 'discount', 'owed', 'credit', 'quantity', 'taxRate']);

/** A file as it looks before anybody said anything of it. */
export type FirstLook = Readonly<{ header: readonly string[]; headerHash: Buffer; recognized: Recognized; guessed: Reading; sample: readonly TableRow[] }>;

/** Reads the beginning of a stored file and recognizes what it is. Refuses what is no table. */
export async function firstLook(files: FileStore, business: string, sha256: string, kind?: ImportKind, chosen: Partial<Reading> = {}): Promise<FirstLook> {
  const source = await files.stream(business, sha256);
  if (source === null) throw new Refusal('not_found');
  const { header, reading, rows } = await readTable(source, chosen);
  const sample: TableRow[] = [];
  for await (const row of rows) {
    sample.push(row);
    if (sample.length >= sampleRows) break;
  }
  const recognized = recognize(header, kind);
  const headerHash = createHash('sha256')
    .update(JSON.stringify(header.map(fold)))
    .digest();
  return { header, headerHash, recognized, sample, guessed: { ...reading, ...writingOf(sample, recognized.mapping) } };
}

/** How days and amounts are written in the columns that hold some. */
export function writingOf(sample: readonly TableRow[], mapping: Mapping): Pick<Reading, 'dates' | 'decimals'> {
  const cellsOf = (meanings: ReadonlySet<string>): string[] => {
    const places = mapping.flatMap((meaning, at) => (meaning !== null && meanings.has(meaning) ? [at] : []));
    return sample.flatMap(({ cells }) => places.map((at) => cells[at] ?? ''));
  };
  return { dates: datesOf(cellsOf(dayMeanings)), decimals: decimalsOf(cellsOf(amountMeanings)) };
}
