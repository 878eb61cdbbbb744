import { readCursor, writeCursor } from '../../core/cursor.ts';
import type { FileStore } from '../../core/gateways.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { type Actor, inTransaction, type Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { addCustomers, type Roster, readRoster } from './add-customers.ts';
import { judgeInvoices, leftOut, type Takeover, takeOver } from './add-invoices.ts';
import { type Columns, type CustomerColumn, type ImportKind, type InvoiceColumn, readColumns } from './columns.ts';
import { type CustomerLine, readCustomerLine } from './customers-file.ts';
import { type PastInvoiceRows, readPastInvoice } from './invoices-file.ts';
import type { Judged } from './judged.ts';
import { finishImport, type ImportRow, insertImport, type Progress, selectCurrency, selectImports, updateProgress } from './queries.ts';
import { RejectedRows } from './rejected-rows.ts';
import { readTable, type Table, type TableRow } from './table.ts';

export type { ImportKind, ImportRow };
export type ImportDeps = Readonly<{ database: Database; files: FileStore }>;
export type ImportOrder = Readonly<{
  business: string;
  actor: Actor;
  kind: ImportKind;
  fileName: string;
  checkOnly: boolean;
  source: AsyncIterable<Uint8Array>;
}>;

const problemsKept = 1000;
const rejectedMostBytes = 32 * 1024 * 1024;
const customersAtOnce = 200;
const invoicesAtOnce = 50;

/** Undoes a batch that was only tried. */
class OnlyChecked extends Error {
  readonly judged: readonly Judged[];
  constructor(judged: readonly Judged[]) {
    super('only checked');
    this.judged = judged;
  }
}

/**
 * Brings in a CSV file of customers (with contacts and properties) or of invoices (with lines and payments). Every problem is told by
 * row and column; an invoice comes in whole or not at all; the same file twice adds nothing; what stays out comes back as a file.
 * Imported invoices keep their numbers in a series of their own, are hidden, and send nothing. Memory does not grow with the file.
 * `checkOnly` judges and writes nothing but the report. Refuses `import_unreadable`, `import_columns_missing`, `not_allowed`.
 * `started` is told the id as soon as the file proves readable, so that a caller may stop waiting.
 */
export async function runImport(deps: ImportDeps, order: ImportOrder, started: (id: string) => void = () => {}): Promise<ImportRow> {
  const table = await readTable(order.source);
  const columns = readColumns<CustomerColumn | InvoiceColumn>(order.kind, table.header);
  const id = newId();
  const inScope = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    inTransaction(deps.database, { role: 'office', business: order.business, actor: order.actor }, work);
  await inScope(async (scope) => {
    await mustBeAllowed(scope, 'imports:write');
    await insertImport(scope, {
      id,
      kind: order.kind,
      fileName: clean(order.fileName, textLimits.fileName, 'fileName'),
      checkOnly: order.checkOnly,
      columns: columns.list,
    });
  });
  started(id);
  const run = new Run(id, order, table, inScope);
  try {
    await (order.kind === 'customers' ? run.customers(columns) : run.invoices(columns));
    await run.finish(deps.files, 'done');
  } catch (error) {
    await run.finish(deps.files, 'failed');
    throw error;
  }
  return inScope((scope) => readImport(scope, id));
}

/** One import. Refuses `not_found`. */
export async function readImport(scope: Scope, id: string): Promise<ImportRow> {
  await mustBeAllowed(scope, 'imports:read');
  const [found] = await selectImports(scope, { id, limit: 1 });
  if (!found) throw new Refusal('not_found');
  return found;
}

/** Imports, newest first. */
export async function listImports(
  scope: Scope,
  page: Readonly<{ cursor?: string | null; limit: number }>,
): Promise<{ items: ImportRow[]; nextCursor: string | null }> {
  await mustBeAllowed(scope, 'imports:read');
  const [before] = readCursor('imports', page.cursor, 1) ?? [];
  const rows = await selectImports(scope, { ...(before === undefined ? {} : { before }), limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, nextCursor: rows.length > page.limit ? writeCursor('imports', [items.at(-1)?.id ?? '']) : null };
}

type InScope = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

/** One file on its way in: reads a batch, judges it, writes it in one transaction, and keeps count. */
class Run {
  readonly #id: string;
  readonly #order: ImportOrder;
  readonly #table: Table;
  readonly #inScope: InScope;
  readonly #rejected: RejectedRows;
  #progress: Progress = { rowsRead: 0, added: 0, unchanged: 0, rejected: 0, problems: [] };

  constructor(id: string, order: ImportOrder, table: Table, inScope: InScope) {
    this.#id = id;
    this.#order = order;
    this.#table = table;
    this.#inScope = inScope;
    this.#rejected = new RejectedRows(table.header, rejectedMostBytes);
  }

  async customers(columns: Columns<CustomerColumn>): Promise<void> {
    const roster = await this.#inScope(readRoster);
    const add = (lines: readonly CustomerLine[]) =>
      this.#batch(async (scope) => (await addCustomers(scope, this.#id, lines, roster, columns.heading('name'))).judged);
    let waiting: CustomerLine[] = [];
    for await (const row of this.#table.rows) {
      waiting.push(readCustomerLine(row, this.#table.header.length, columns));
      if (waiting.length < customersAtOnce) continue;
      await this.#sifted(waiting, add, refusedLine);
      waiting = [];
    }
    await this.#sifted(waiting, add, refusedLine);
  }

  async invoices(columns: Columns<InvoiceColumn>): Promise<void> {
    const { roster, currency } = await this.#inScope(
      async (scope): Promise<{ roster: Roster; currency: string }> => ({ roster: await readRoster(scope), currency: await selectCurrency(scope) }),
    );
    const takeover: Takeover = { importId: this.#id, currency, roster, columns, seen: new Set() };
    let waiting: PastInvoiceRows[] = [];
    for await (const rows of byNumber(this.#table.rows, (cells) => columns.cell(cells, 'number').trim())) {
      waiting.push(readPastInvoice(rows, this.#table.header.length, columns, currency));
      if (waiting.length < invoicesAtOnce) continue;
      await this.#takeOver(waiting, takeover);
      waiting = [];
    }
    await this.#takeOver(waiting, takeover);
  }

  async #takeOver(invoices: readonly PastInvoiceRows[], takeover: Takeover): Promise<void> {
    const { ready, judged } = await this.#inScope((scope) => judgeInvoices(scope, invoices, takeover));
    await this.#batch(async () => judged);
    await this.#sifted(
      ready,
      (some) => this.#batch((scope) => takeOver(scope, some, takeover)),
      (each, refusal) => leftOut(each.source, takeover.columns, refusal),
    );
  }

  /** A refused batch is cut in two, and again, until only what is at fault stays out. */
  async #sifted<T>(things: readonly T[], add: (some: readonly T[]) => Promise<void>, refused: (thing: T, refusal: Refusal) => Judged): Promise<void> {
    if (things.length === 0) return;
    try {
      await add(things);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (things.length === 1) return this.#batch(async () => things.map((thing) => refused(thing, error)));
      const half = things.length >> 1;
      await this.#sifted(things.slice(0, half), add, refused);
      await this.#sifted(things.slice(half), add, refused);
    }
  }

  async #batch(work: (scope: Scope) => Promise<readonly Judged[]>): Promise<void> {
    const judged = this.#order.checkOnly ? await this.#tryOnly(work) : await this.#inScope((scope) => this.#keep(scope, work));
    for (const each of judged) if (each.state === 'rejected') this.#rejected.add(each);
    this.#progress = this.#counted(judged);
    if (this.#order.checkOnly) await this.#inScope((scope) => updateProgress(scope, this.#id, this.#progress));
  }

  async #keep(scope: Scope, work: (scope: Scope) => Promise<readonly Judged[]>): Promise<readonly Judged[]> {
    const judged = await work(scope);
    await updateProgress(scope, this.#id, this.#counted(judged));
    return judged;
  }

  async #tryOnly(work: (scope: Scope) => Promise<readonly Judged[]>): Promise<readonly Judged[]> {
    try {
      return await this.#inScope(async (scope): Promise<readonly Judged[]> => {
        throw new OnlyChecked(await work(scope));
      });
    } catch (error) {
      if (error instanceof OnlyChecked) return error.judged;
      throw error;
    }
  }

  #counted(judged: readonly Judged[]): Progress {
    const count = (state: Judged['state']): number => judged.filter((each) => each.state === state).reduce((sum, { rows }) => sum + rows.length, 0);
    const problems = judged.flatMap((each) => each.problems).map(({ keeps: _keeps, ...told }) => told);
    return {
      rowsRead: this.#progress.rowsRead + judged.reduce((sum, { rows }) => sum + rows.length, 0),
      added: this.#progress.added + count('added'),
      unchanged: this.#progress.unchanged + count('unchanged'),
      rejected: this.#progress.rejected + count('rejected'),
      problems: [...this.#progress.problems, ...problems].slice(0, problemsKept),
    };
  }

  async finish(files: FileStore, state: 'done' | 'failed'): Promise<void> {
    const stored = this.#rejected.empty ? null : await files.put(this.#order.business, this.#rejected.toBytes());
    await this.#inScope(async (scope) => {
      await finishImport(scope, this.#id, state, stored === null ? null : Buffer.from(stored.sha256, 'hex'));
      const { rowsRead, added, unchanged, rejected } = this.#progress;
      await recordEvent(scope, {
        kind: 'import.finished',
        data: { kind: this.#order.kind, state, rowsRead, added, unchanged, rejected, checkOnly: this.#order.checkOnly },
      });
    });
  }
}

function refusedLine({ source, problems }: CustomerLine, { code, message, details }: Refusal): Judged {
  const told = { row: source.row, column: String(details.field ?? ''), code, value: '', message, keeps: false };
  return { state: 'rejected', rows: [source], things: [], problems: [...problems, told] };
}

/** Rows that follow each other under one number. A number that comes back later is another invoice, which is then refused. */
async function* byNumber(rows: AsyncIterable<TableRow>, numberOf: (cells: readonly string[]) => string): AsyncGenerator<TableRow[]> {
  let group: TableRow[] = [];
  let number = '';
  for await (const row of rows) {
    const own = numberOf(row.cells);
    if (group.length > 0 && (own !== number || own === '')) {
      yield group;
      group = [];
    }
    number = own;
    group.push(row);
  }
  if (group.length > 0) yield group;
}
