import { addDays } from '../../core/calendar.ts';
import { limits } from '../../core/limits.ts';
import type { Scope } from '../../db/scope.ts';
import { Cells, type Problem, problemAt, rowProblem } from './cells.ts';
import type { Columns } from './columns.ts';
import { type Intake, isRefused, type Judged, sifted, type Thing, type Unit } from './judged.ts';
import type { OpeningColumn } from './meanings.ts';
import { openAccounts } from './openings.ts';
import type { Reading } from './reading.ts';
import type { Roster } from './roster.ts';
import { sameCustomer } from './stable-id.ts';
import type { TableRow } from './table.ts';
import { selectKeys } from './things/queries.ts';

export type OpeningSheet = Readonly<{
  importId: string;
  currency: string;
  today: string;
  width: number;
  columns: Columns<OpeningColumn>;
  reading: Reading;
  roster: Roster;
}>;
export type OpeningLine = Unit &
  Readonly<{
    source: TableRow;
    problems: readonly Problem[];
    customer: string;
    asOf: string;
    dueOn: string;
    owedMinor: bigint;
    creditMinor: bigint;
    note: string;
  }>;

/** A file of what customers owed, or had to their credit, on the day a business began here. */
export function openingsIntake(sheet: OpeningSheet): Intake<OpeningLine> {
  const seen = new Set<string>();
  return {
    unitsAtOnce: 100,
    async *units(rows) {
      for await (const row of rows) yield readOpening(row, sheet);
    },
    add: (scope, lines) => addAll(scope, lines, sheet, seen),
    learn: (judged) => {
      for (const { key } of judged.flatMap(({ things }) => things)) seen.add(key);
    },
    skip: () => {},
  };
}

export function readOpening(source: TableRow, { width, columns, reading, currency, today }: Omit<OpeningSheet, 'importId' | 'roster'>): OpeningLine {
  const cells = new Cells<OpeningColumn>(source, columns, reading);
  const customer = cells.needed('customer');
  const asOf = cells.day('asOf') ?? today;
  if (asOf > today) cells.add('asOf', 'payment_day_in_future');
  const owed = cells.money('owed', currency);
  const credit = cells.money('credit', currency);
  // Programs write a credit as an amount owed below zero.
  const owedMinor = owed > 0n ? owed : 0n;
  const creditMinor = (credit > 0n ? credit : -credit) + (owed < 0n ? -owed : 0n);
  const dueOn = cells.day('dueOn') ?? addDays(asOf, 0);
  if (dueOn < asOf) cells.add('dueOn', 'due_before_issue');
  if (owedMinor > limits.documentMaxMinor) cells.add('owed', 'amount_too_large');
  if (creditMinor > limits.documentMaxMinor) cells.add('credit', 'amount_too_large');
  const width_ = source.cells.length === width ? [] : [rowProblem(source, 'import_row_width')];
  return { source, rows: [source], customer, asOf, dueOn, owedMinor, creditMinor, note: cells.text('note'), problems: [...width_, ...cells.problems] };
}

type Ready = Readonly<{ line: OpeningLine; customerId: string; key: string }>;

async function addAll(scope: Scope, lines: readonly OpeningLine[], sheet: OpeningSheet, seen: ReadonlySet<string>): Promise<Judged[]> {
  sheet.roster.begin();
  const found = lines.map((line) => ({ line, namesakes: sheet.roster.find(sameCustomer(line.customer)) }));
  const keyOf = (customerId: string, line: OpeningLine): string => `${customerId}:${line.asOf}`;
  const keys = found.flatMap(({ line, namesakes }) => namesakes.map((id) => keyOf(id, line)));
  const known = new Set([...seen, ...(await selectKeys(scope, 'opening', keys)), ...(await selectKeys(scope, 'credit', keys))]);
  const ready: Ready[] = [];
  const judged: Judged[] = [];
  for (const { line, namesakes } of found) {
    const problems = [...line.problems];
    if (line.customer !== '' && namesakes.length !== 1)
      problems.push(problemAt(line.source, sheet.columns, 'customer', namesakes.length === 0 ? 'import_customer_unknown' : 'import_customer_ambiguous'));
    const key = keyOf(namesakes[0] ?? '', line);
    const nothing = line.owedMinor === 0n && line.creditMinor === 0n;
    if (isRefused(problems)) judged.push({ state: 'rejected', rows: line.rows, problems, things: [] });
    else if (known.has(key) || nothing) judged.push({ state: 'unchanged', rows: line.rows, problems, things: [] });
    else ready.push({ line, customerId: namesakes[0] ?? '', key });
    known.add(key);
  }
  const added = await sifted(
    scope,
    ready,
    async (some): Promise<Judged[]> => {
      const things = await openAccounts(
        scope,
        sheet.importId,
        sheet.currency,
        some.map(({ line, customerId }) => ({ ...line, customerId })),
      );
      return some.map(({ line, key }, at) => ({
        state: 'added',
        rows: line.rows,
        problems: line.problems,
        things: (things[at] ?? []).map((thing): Thing => ({ ...thing, key })),
      }));
    },
    ({ line }, { code }) => ({
      state: 'rejected',
      rows: line.rows,
      things: [],
      problems: [...line.problems, problemAt(line.source, sheet.columns, 'customer', code)],
    }),
  );
  return [...judged, ...added];
}
