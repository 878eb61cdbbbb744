import { todayIn } from '../../core/calendar.ts';
import type { FileStore } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { addUp } from '../../core/totals.ts';
import type { Scope } from '../../db/scope.ts';
import { invoicesIntake } from './add-invoices.ts';
import { type ItemLine, readItem } from './add-items.ts';
import { type OpeningLine, readOpening } from './add-openings.ts';
import { columnsOf } from './columns.ts';
import { type CustomerLine, readCustomerLine } from './customers-file.ts';
import { corrected } from './edits/edits.ts';
import { selectEdits } from './edits/queries.ts';
import type { PastInvoiceRows } from './invoices-file.ts';
import { type ImportRow, selectHouse } from './queries.ts';
import { rateKey } from './rates.ts';
import { Roster } from './roster.ts';
import { readTable, type TableRow } from './table.ts';

/** A row as it would look once it is in: named texts and amounts; and as it stands in the file. */
export type PreviewRow = Readonly<{ row: number; cells: readonly string[]; fields: readonly PreviewField[]; leftOut: boolean; problems: number }>;
type PreviewField = Readonly<{ name: string; text: string; amountMinor: bigint | null }>;
type House = Readonly<{ currency: string; today: string }>;
type Access = Readonly<{ files: FileStore; inScope: <T>(work: (scope: Scope) => Promise<T>) => Promise<T> }>;

const text = (name: string, value: string | null): PreviewField => ({ name, text: value ?? '', amountMinor: null });
const amount = (name: string, amountMinor: bigint): PreviewField => ({ name, text: '', amountMinor });

/** The first rows of a file, with what was corrected, as they would come in. Nothing is looked up and nothing added. */
export async function previewImport({ files, inScope }: Access, business: string, of: ImportRow, most: number): Promise<PreviewRow[]> {
  const source = of.fileSha256 === null ? null : await files.stream(business, of.fileSha256);
  if (source === null) throw new Refusal('not_found');
  const { edits, house } = await inScope(async (scope) => {
    const { currency, timeZone } = await selectHouse(scope);
    return { edits: await selectEdits(scope, of.id), house: { currency, today: todayIn(timeZone, scope.now) } };
  });
  const table = await readTable(source, of.reading);
  const found: PreviewRow[] = [];
  for await (const [rows, fields, problems] of lookThrough(of, corrected(table.rows, edits), house)) {
    const [first] = rows;
    if (first === undefined) continue;
    found.push({
      row: first.row,
      cells: first.cells,
      fields: fields.filter((field) => field.text !== '' || field.amountMinor !== null),
      leftOut: rows.some((row) => row.leftOut === true),
      problems,
    });
    if (found.length >= most) break;
  }
  return found;
}

type Looked = readonly [rows: readonly TableRow[], fields: readonly PreviewField[], problems: number];

async function* lookThrough(of: ImportRow, rows: AsyncIterable<TableRow>, { currency, today }: House): AsyncGenerator<Looked> {
  const sheet = { width: of.header.length, reading: of.reading, currency };
  if (of.kind === 'invoices') {
    const intake = invoicesIntake({ ...sheet, columns: columnsOf(of.header, of.mapping), importId: of.id, roster: new Roster() });
    for await (const invoice of intake.units(rows)) yield [invoice.rows, invoiceFields(invoice, currency), invoice.problems.length];
    return;
  }
  for await (const row of rows) {
    if (of.kind === 'customers') {
      const line = readCustomerLine(row, sheet.width, columnsOf(of.header, of.mapping), sheet.reading);
      yield [[row], customerFields(line), line.problems.length];
    } else if (of.kind === 'items') {
      const line = readItem(row, { ...sheet, columns: columnsOf(of.header, of.mapping) });
      yield [[row], itemFields(line), line.problems.length];
    } else {
      const line = readOpening(row, { ...sheet, today, columns: columnsOf(of.header, of.mapping) });
      yield [[row], openingFields(line), line.problems.length];
    }
  }
}

function customerFields({ customer, contact, property }: CustomerLine): PreviewField[] {
  const { street, unit, city, region, postalCode } = customer.billingAddress;
  const line = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
  return [
    text('Customer', customer.name),
    text('Company', customer.company),
    text('Contact', contact === null ? '' : line([contact.name, contact.email, contact.phone])),
    text('Bill to', line([street, unit, city, [region, postalCode].join(' ').trim()])),
    text('Property', property === null ? '' : line([property.code, property.name, property.unit, property.address.street, property.address.city])),
    text('Terms', customer.termsDays === null ? '' : `${customer.termsDays} days`),
  ];
}

function invoiceFields(invoice: PastInvoiceRows, currency: string): PreviewField[] {
  const { number, customer, issuedOn, dueOn, lines, paid } = invoice;
  const totalMinor = totalOf(invoice, currency);
  const paidMinor =
    paid === null ? 0n : paid.amountMinor === 'full' ? totalMinor : paid.amountMinor === 'rest' ? totalMinor - paid.openMinor : paid.amountMinor;
  return [
    ...[text('Invoice', number), text('Customer', customer), text('Date', issuedOn), text('Due', dueOn)],
    text('Lines', `${lines.length} · ${lines[0]?.name ?? ''}`),
    ...[amount('Total', totalMinor), amount('Paid', paidMinor)],
  ];
}

/** As it would be added up; 0 for lines no invoice could hold. */
function totalOf({ lines }: PastInvoiceRows, currency: string): bigint {
  const rates = new Map(lines.filter(({ ratePpm }) => ratePpm > 0n).map((line) => [rateKey(line), line]));
  try {
    return addUp({
      ...{ currency, pricesIncludeTax: false, taxExempt: false, discount: null },
      lines: lines.map(({ quantityMilli, unitPriceMilli, discount, ...line }, at) => ({
        ...{ id: String(at), part: null, quantityMilli, unitPriceMilli, discount },
        taxRateId: line.ratePpm > 0n ? rateKey(line) : null,
      })),
      taxRates: [...rates].map(([id, { taxName, ratePpm }]) => ({ id, name: taxName, components: [{ name: taxName, ratePpm }] })),
    }).totalMinor;
  } catch (error) {
    if (error instanceof Refusal) return 0n;
    throw error;
  }
}

function itemFields({ item, taxName, ratePpm }: ItemLine): PreviewField[] {
  return [
    text('Item', item.name),
    text('Description', item.description),
    text('Unit', item.unit),
    text('Tax', ratePpm > 0n ? taxName || 'Tax' : ''),
    amount('Price', item.unitPriceMilli / 1000n),
  ];
}

function openingFields({ customer, asOf, dueOn, owedMinor, creditMinor, note }: OpeningLine): PreviewField[] {
  return [text('Customer', customer), text('As of', asOf), text('Due', dueOn), amount('Owed', owedMinor), amount('Credit', creditMinor), text('Note', note)];
}
