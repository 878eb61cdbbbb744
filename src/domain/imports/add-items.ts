import type { Scope } from '../../db/scope.ts';
import { createItems } from '../items/items.ts';
import { Cells, type Problem, problemAt, rowProblem } from './cells.ts';
import type { Columns } from './columns.ts';
import { type Intake, isRefused, type Judged, sifted, type Unit } from './judged.ts';
import type { ItemColumn } from './meanings.ts';
import { rateKey, ratesFor } from './rates.ts';
import type { Reading } from './reading.ts';
import { sameName, stableId } from './stable-id.ts';
import type { TableRow } from './table.ts';

export type ItemSheet = Readonly<{
  importId: string;
  business: string;
  currency: string;
  width: number;
  columns: Columns<ItemColumn>;
  reading: Reading;
  names: Set<string>;
}>;
export type ItemLine = Unit &
  Readonly<{
    source: TableRow;
    problems: readonly Problem[];
    key: string;
    item: Readonly<{ name: string; description: string; unit: string; unitPriceMilli: bigint }>;
    ratePpm: bigint;
    taxName: string;
  }>;

/** A file of the price book. An item is known by its name. */
export function itemsIntake(sheet: ItemSheet): Intake<ItemLine> {
  return {
    unitsAtOnce: 200,
    async *units(rows) {
      for await (const row of rows) yield readItem(row, sheet);
    },
    add: (scope, lines) => addAll(scope, lines, sheet),
    learn: (judged) => {
      for (const { key } of judged.flatMap(({ things }) => things)) sheet.names.add(key);
    },
    skip: ({ key, problems }) => {
      if (!isRefused(problems)) sheet.names.add(key);
    },
  };
}

export function readItem(source: TableRow, { width, columns, reading, currency }: Omit<ItemSheet, 'names' | 'importId' | 'business'>): ItemLine {
  const cells = new Cells<ItemColumn>(source, columns, reading);
  const name = cells.needed('name');
  if (cells.text('unitPrice') === '') cells.add('unitPrice', 'required');
  const line = {
    item: { name, description: cells.text('description'), unit: cells.text('unit'), unitPriceMilli: cells.unitPrice('unitPrice', currency) },
    ratePpm: cells.rate('taxRate'),
    taxName: cells.text('taxName'),
  };
  const width_ = source.cells.length === width ? [] : [rowProblem(source, 'import_row_width')];
  return { ...line, source, rows: [source], key: sameName(name), problems: [...width_, ...cells.problems] };
}

async function addAll(scope: Scope, lines: readonly ItemLine[], sheet: ItemSheet): Promise<Judged[]> {
  const now = new Set<string>();
  const fresh = lines.filter(({ key, problems }) => {
    if (isRefused(problems) || sheet.names.has(key) || now.has(key)) return false;
    now.add(key);
    return true;
  });
  const others = lines.filter((line) => !fresh.includes(line));
  const rates = await ratesFor(scope, fresh);
  const idOf = ({ key }: ItemLine): string => stableId(sheet.business, sheet.importId, 'item', key);
  const added = await sifted(
    scope,
    fresh,
    async (some): Promise<Judged[]> => {
      await createItems(
        scope,
        some.map((line) => ({ ...line.item, id: idOf(line), taxRateId: line.ratePpm > 0n ? (rates.get(rateKey(line)) ?? null) : null })),
      );
      return some.map((line) => ({
        state: 'added',
        rows: line.rows,
        problems: line.problems,
        things: [{ kind: 'item', key: line.key, id: idOf(line), customerId: null }],
      }));
    },
    (line, { code, details }) => {
      const meaning =
        ({ name: 'name', description: 'description', unit: 'unit', unitPriceMilli: 'unitPrice' } as const)[String(details.field ?? 'name')] ?? 'name';
      return { state: 'rejected', rows: line.rows, things: [], problems: [...line.problems, problemAt(line.source, sheet.columns, meaning, code)] };
    },
  );
  return [
    ...added,
    ...others.map(({ rows, problems }) => ({ state: isRefused(problems) ? ('rejected' as const) : ('unchanged' as const), rows, problems, things: [] })),
  ];
}
