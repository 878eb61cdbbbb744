import { Refusal } from '../../core/refusal.ts';
import { type Scope, systemActor } from '../../db/scope.ts';
import { importInvoices } from '../invoices/invoices.ts';
import { createTaxRate, listTaxRates } from '../items/tax-rates.ts';
import { recordPayment } from '../payments/payments.ts';
import type { Roster } from './add-customers.ts';
import { type Problem, problem } from './cells.ts';
import type { Columns, InvoiceColumn } from './columns.ts';
import type { PastInvoiceRows, PastLine } from './invoices-file.ts';
import type { Judged } from './judged.ts';
import { type KnownProperty, selectKnownInvoices, selectKnownProperties } from './queries.ts';
import { sameCustomer, sameName, stableId } from './stable-id.ts';

/** What is needed to take over invoices: whose names mean whom, and what the file called its columns. */
export type Takeover = Readonly<{ importId: string; currency: string; roster: Roster; columns: Columns<InvoiceColumn>; seen: Set<string> }>;
type Ready = Readonly<{ source: PastInvoiceRows; documentId: string; customerId: string; properties: readonly KnownProperty[] }>;

/** Who each invoice is for and whether it is new. What is wrong is told; nothing is written. */
export async function judgeInvoices(scope: Scope, invoices: readonly PastInvoiceRows[], takeover: Takeover): Promise<{ ready: Ready[]; judged: Judged[] }> {
  const candidates = invoices.map((source) => ({ source, namesakes: takeover.roster.get(sameCustomer(source.customer)) ?? [] }));
  const properties = await selectKnownProperties(scope, [...new Set(candidates.flatMap(({ namesakes }) => namesakes))]);
  const known = await selectKnownInvoices(
    scope,
    invoices.map(({ number }) => documentIdOf(scope, number)),
  );
  const ready: Ready[] = [];
  const judged: Judged[] = [];
  for (const { source, namesakes } of candidates) {
    const customerId = whose(source, namesakes, properties, takeover.columns);
    const documentId = documentIdOf(scope, source.number);
    const own = properties.filter(({ customer_id }) => customer_id === customerId);
    if (customerId !== null) findProperties(source, own, takeover.columns);
    const before = known.get(documentId);
    const repeated = takeover.seen.has(source.number) || (before !== undefined && (before.customerId !== customerId || before.issuedOn !== source.issuedOn));
    if (repeated) source.problems.push(at(source, takeover.columns, 'number', 'import_number_repeated', source.number));
    takeover.seen.add(source.number);
    if (source.problems.some(({ keeps }) => !keeps) || customerId === null) judged.push(leftOut(source, takeover.columns));
    else if (before !== undefined) judged.push({ state: 'unchanged', rows: source.rows, problems: source.problems, things: [] });
    else ready.push({ source, documentId, customerId, properties: own });
  }
  return { ready, judged };
}

/** Takes over what was judged ready, with the money that came for it. Refuses as a whole; the caller then tries one by one. */
export async function takeOver(scope: Scope, ready: readonly Ready[], takeover: Takeover): Promise<Judged[]> {
  if (ready.length === 0) return [];
  const rates = await ratesOf(scope, ready);
  const issued = await importInvoices(
    scope,
    takeover.importId,
    ready.map((each) => ({ id: each.documentId, number: each.source.number, input: draftOf(each, rates) })),
  );
  for (const each of ready) {
    const totalMinor = issued.find(({ id }) => id === each.documentId)?.totalMinor ?? 0n;
    await takePayment(scope, each, totalMinor, takeover);
  }
  return ready.map(({ source, documentId }) => ({ state: 'added', rows: source.rows, problems: source.problems, things: [documentId] }));
}

/** The rows of an invoice that cannot come in: those without a fault of their own say so. */
export function leftOut(source: PastInvoiceRows, columns: Columns<InvoiceColumn>, refusal?: Refusal): Judged {
  const problems = [...source.problems];
  if (refusal !== undefined) problems.push(problemOf(source, columns, refusal));
  const faulty = new Set(problems.map(({ row }) => row));
  const innocent = source.rows
    .filter(({ row }) => !faulty.has(row))
    .map(({ row }) => problem(row, columns.heading('number'), 'import_invoice_left_out', source.number));
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
  return problem(
    row,
    meaning === undefined ? '' : columns.heading(meaning),
    code,
    meaning === undefined ? '' : columns.cell(source.rows.find((each) => each.row === row)?.cells ?? [], meaning),
  );
}

const documentIdOf = (scope: Scope, number: string): string => stableId(scope.business, 'invoice', number);

function at(source: PastInvoiceRows, columns: Columns<InvoiceColumn>, meaning: InvoiceColumn, code: Problem['code'], value: string): Problem {
  return problem(source.rows[0]?.row ?? 0, columns.heading(meaning), code, value);
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
  source.problems.push(at(source, columns, 'customer', namesakes.length === 0 ? 'import_customer_unknown' : 'import_customer_ambiguous', source.customer));
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
      source.problems.push(problem(line.row, columns.heading('property'), 'import_property_unknown', line.property));
    }
  }
}

const rateName = (line: PastLine): string => line.taxName || 'Tax';

/** The rates the lines were taxed at. One that is not there yet is added by the system: the invoices are what needs the right, not the rate. */
async function ratesOf(scope: Scope, ready: readonly Ready[]): Promise<Map<string, string>> {
  const taxed = ready.flatMap(({ source }) => source.lines).filter(({ ratePpm }) => ratePpm > 0n);
  if (taxed.length === 0) return new Map();
  const asSystem: Scope = { ...scope, actor: systemActor };
  const rates = new Map((await listTaxRates(asSystem)).map(({ id, name, ratePpm }) => [`${name} ${ratePpm}`, id]));
  for (const line of taxed) {
    const key = `${rateName(line)} ${line.ratePpm}`;
    if (rates.has(key)) continue;
    const name = rateName(line);
    rates.set(key, (await createTaxRate(asSystem, { name, components: [{ name, ratePpm: line.ratePpm }] })).id);
  }
  return rates;
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
      taxRateId: line.ratePpm > 0n ? (rates.get(`${rateName(line)} ${line.ratePpm}`) ?? null) : null,
    })),
  };
}

async function takePayment(scope: Scope, { source, documentId, customerId }: Ready, totalMinor: bigint, { currency, importId }: Takeover): Promise<void> {
  if (source.paid === null || totalMinor === 0n) return;
  const amountMinor = source.paid.amountMinor === 'full' ? totalMinor : source.paid.amountMinor;
  if (amountMinor > totalMinor) throw new Refusal('above_balance', { field: 'paid' });
  await recordPayment(scope, {
    id: stableId(scope.business, 'payment', source.number),
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
