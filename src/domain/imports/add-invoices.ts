import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { importInvoices } from '../invoices/invoices.ts';
import { recordPayment } from '../payments/payments.ts';
import { type Problem, problemAt, rowProblem } from './cells.ts';
import type { Columns } from './columns.ts';
import { type InvoiceSheet, type PastInvoiceRows, readPastInvoice } from './invoices-file.ts';
import { type Intake, isRefused, type Judged, sifted } from './judged.ts';
import type { InvoiceColumn } from './meanings.ts';
import { type KnownProperty, selectKnownInvoices, selectKnownProperties } from './queries.ts';
import { rateKey, ratesFor } from './rates.ts';
import type { Roster } from './roster.ts';
import { sameCustomer, sameName, stableId } from './stable-id.ts';
import type { TableRow } from './table.ts';

/** What is needed to take over invoices: whose names mean whom, and what the file called its columns. */
type Takeover = InvoiceSheet & Readonly<{ importId: string; roster: Roster; seen: ReadonlySet<string> }>;
type Ready = Readonly<{ source: PastInvoiceRows; documentId: string; customerId: string; properties: readonly KnownProperty[] }>;

/** A file of invoices, a row a line. Rows that follow each other under one number are one invoice. */
export function invoicesIntake(sheet: InvoiceSheet & Readonly<{ importId: string; roster: Roster }>): Intake<PastInvoiceRows> {
  const seen = new Set<string>();
  const takeover: Takeover = { ...sheet, seen };
  return {
    unitsAtOnce: 25,
    async *units(rows) {
      for await (const group of byNumber(rows, (cells) => sheet.columns.cell(cells, 'number').trim())) yield readPastInvoice(group, sheet);
    },
    add: async (scope, invoices) => {
      sheet.roster.begin();
      const { ready, judged } = await judgeInvoices(scope, invoices, takeover);
      const add = (some: readonly Ready[]): Promise<Judged[]> => takeOver(scope, some, takeover);
      return [...judged, ...(await sifted(scope, ready, add, ({ source }, refusal) => leftOut(source, sheet.columns, refusal)))];
    },
    learn: (judged) => {
      for (const { rows } of judged) seen.add(sheet.columns.cell(rows[0]?.cells ?? [], 'number').trim());
    },
    skip: ({ number }) => {
      seen.add(number);
    },
  };
}

/** Rows that follow each other under one number. A number that comes back later is another invoice, which is then refused. */
async function* byNumber(rows: AsyncIterable<TableRow>, numberOf: (cells: readonly string[]) => string): AsyncGenerator<TableRow[]> {
  let group: TableRow[] = [];
  let number = '';
  for await (const row of rows) {
    const own = numberOf(row.cells);
    // More rows than an invoice can have lines are not waited for: what is refused anyway must not fill the memory.
    if (group.length > 0 && (own !== number || own === '' || group.length > limits.linesPerDocument)) {
      yield group;
      group = [];
    }
    number = own;
    group.push(row);
  }
  if (group.length > 0) yield group;
}

/** Who each invoice is for and whether it is new. What is wrong is told; nothing is written. */
async function judgeInvoices(scope: Scope, invoices: readonly PastInvoiceRows[], takeover: Takeover): Promise<{ ready: Ready[]; judged: Judged[] }> {
  const { columns, roster } = takeover;
  const candidates = invoices.map((source) => ({ source, namesakes: roster.find(sameCustomer(source.customer)) }));
  const properties = await selectKnownProperties(scope, [...new Set(candidates.flatMap(({ namesakes }) => namesakes))]);
  const known = await selectKnownInvoices(
    scope,
    invoices.map(({ number }) => number),
  );
  const now = new Set<string>();
  const ready: Ready[] = [];
  const judged: Judged[] = [];
  for (const { source: read, namesakes } of candidates) {
    // A part that is tried once more finds its invoices as they were read.
    const source = { ...read, problems: [...read.problems] };
    const customerId = whose(source, namesakes, properties, columns);
    const own = properties.filter(({ customer_id }) => customer_id === customerId);
    if (customerId !== null) findProperties(source, own, columns);
    const before = known.get(source.number);
    const other = before !== undefined && (before.customerId !== customerId || before.issuedOn !== source.issuedOn);
    if (takeover.seen.has(source.number) || now.has(source.number) || other) source.problems.push(at(source, columns, 'number', 'import_number_repeated'));
    now.add(source.number);
    if (isRefused(source.problems) || customerId === null) judged.push(leftOut(source, columns));
    else if (before !== undefined) judged.push({ state: 'unchanged', rows: source.rows, problems: source.problems, things: [] });
    else ready.push({ source, documentId: stableId(scope.business, takeover.importId, 'invoice', source.number), customerId, properties: own });
  }
  return { ready, judged };
}

/** Takes over what was judged ready, with the money that came for it. Refuses as a whole; the caller then tries one by one. */
async function takeOver(scope: Scope, ready: readonly Ready[], takeover: Takeover): Promise<Judged[]> {
  if (ready.length === 0) return [];
  const rates = await ratesFor(
    scope,
    ready.flatMap(({ source }) => source.lines),
  );
  const issued = await importInvoices(
    scope,
    takeover.importId,
    ready.map((each) => ({ id: each.documentId, number: each.source.number, input: draftOf(each, rates) })),
  );
  for (const each of ready) {
    const totalMinor = issued.find(({ id }) => id === each.documentId)?.totalMinor ?? 0n;
    await takePayment(scope, each, totalMinor, takeover);
  }
  return ready.map(({ source, documentId, customerId }) => ({
    state: 'added',
    rows: source.rows,
    problems: source.problems,
    things: [{ kind: 'invoice', key: source.number, id: documentId, customerId }],
  }));
}

/** The rows of an invoice that cannot come in: those without a fault of their own say so. */
function leftOut(source: PastInvoiceRows, columns: Columns<InvoiceColumn>, refusal?: Refusal): Judged {
  const problems = [...source.problems];
  if (refusal !== undefined) problems.push(problemOf(source, columns, refusal));
  const faulty = new Set(problems.map(({ row }) => row));
  const innocent = source.rows.filter(({ row }) => !faulty.has(row)).map((row) => problemAt(row, columns, 'number', 'import_invoice_left_out'));
  return { state: 'rejected', rows: source.rows, problems: [...problems, ...innocent].sort((a, b) => a.row - b.row), things: [] };
}

/** A refusal of the domain, said of the cell it comes from. */
function problemOf(source: PastInvoiceRows, columns: Columns<InvoiceColumn>, { code, details: { field = '' } }: Refusal): Problem {
  const [, place, name = ''] = /^lines\[(\d+)\]\.?(\w*)/.exec(field) ?? [];
  const row = source.lines[Number(place ?? 0)]?.row ?? source.rows[0]?.row ?? 0;
  const meanings: Readonly<Record<string, InvoiceColumn>> = {
    quantityMilli: 'quantity',
    unitPriceMilli: 'unitPrice',
    discount: 'discount',
    name: 'item',
    description: 'description',
    serviceOn: 'serviceOn',
    taxRateId: 'taxRate',
    receivedOn: 'paidOn',
    paid: 'paid',
    amountMinor: 'paid',
  };
  const meaning = meanings[place === undefined ? field : name];
  const found = source.rows.find((each) => each.row === row) ?? source.rows[0];
  if (found === undefined) throw new Error('an invoice of a file has rows');
  return meaning === undefined ? { ...rowProblem(found, code), value: '' } : problemAt(found, columns, meaning, code);
}

function at(source: PastInvoiceRows, columns: Columns<InvoiceColumn>, meaning: InvoiceColumn, code: Problem['code']): Problem {
  const [first] = source.rows;
  if (first === undefined) throw new Error('an invoice of a file has rows');
  return problemAt(first, columns, meaning, code);
}

/** The customer of that name; among namesakes, the one who has the properties the lines speak of. */
function whose(source: PastInvoiceRows, namesakes: readonly string[], properties: readonly KnownProperty[], columns: Columns<InvoiceColumn>): string | null {
  if (namesakes.length === 1) return namesakes[0] ?? null;
  if (source.customer === '') return null;
  const named = source.lines.map(({ property }) => property).filter((text) => text !== '');
  const fitting = namesakes.filter(
    (id) => named.length > 0 && named.every((text) => properties.some((property) => property.customer_id === id && isCalled(property, text))),
  );
  if (fitting.length === 1) return fitting[0] ?? null;
  source.problems.push(at(source, columns, 'customer', namesakes.length === 0 ? 'import_customer_unknown' : 'import_customer_ambiguous'));
  return null;
}

function isCalled(property: KnownProperty, text: string): boolean {
  const wanted = sameName(text);
  return [property.name, property.code, property.street, `${property.name} ${property.unit}`, `${property.street} ${property.unit}`].some(
    (name) => name !== '' && sameName(name) === wanted,
  );
}

function findProperties(source: PastInvoiceRows, properties: readonly KnownProperty[], columns: Columns<InvoiceColumn>): void {
  for (const line of source.lines) {
    if (line.property !== '' && !properties.some((property) => isCalled(property, line.property))) {
      const row = source.rows.find((each) => each.row === line.row);
      if (row) source.problems.push(problemAt(row, columns, 'property', 'import_property_unknown'));
    }
  }
}

function draftOf({ source, customerId, properties }: Ready, rates: Map<string, string>): unknown {
  return {
    customerId,
    issuedOn: source.issuedOn,
    dueOn: source.dueOn,
    poNumber: source.poNumber,
    workOrderNumber: source.workOrderNumber,
    terms: '',
    message: '',
    pricesIncludeTax: false,
    lines: source.lines.map((line) => ({
      propertyId: properties.find((property) => isCalled(property, line.property))?.id ?? null,
      name: line.name,
      description: line.description,
      serviceOn: line.serviceOn,
      quantityMilli: line.quantityMilli,
      unit: '',
      unitPriceMilli: line.unitPriceMilli,
      discount: line.discount,
      taxRateId: line.ratePpm > 0n ? (rates.get(rateKey(line)) ?? null) : null,
    })),
  };
}

async function takePayment(scope: Scope, { source, documentId, customerId }: Ready, totalMinor: bigint, { currency, importId }: Takeover): Promise<void> {
  if (source.paid === null || totalMinor === 0n) return;
  const { amountMinor: said, openMinor } = source.paid;
  const amountMinor = said === 'full' ? totalMinor : said === 'rest' ? totalMinor - openMinor : said;
  if (amountMinor === 0n) return;
  if (amountMinor < 0n || amountMinor > totalMinor) throw new Refusal('above_balance', { field: 'paid' });
  await recordPayment(scope, {
    id: stableId(scope.business, importId, 'payment', source.number),
    customerId,
    method: source.paid.method,
    amountMinor,
    currency,
    receivedOn: source.paid.paidOn,
    reference: source.paid.reference,
    targets: [{ documentId, amountMinor }],
    importId,
  });
}
