import { type IdKind, publicId } from '../../../core/ids.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import type { CsvCell } from '../../../outgoing/csv.ts';
import type { ColumnKind, Sheet, SheetKind } from '../export.ts';
import {
  creditsSheet,
  customersSheet,
  eventsSheet,
  invoicesSheet,
  itemsSheet,
  linesSheet,
  paymentsSheet,
  peopleSheet,
  propertiesSheet,
  sharesSheet,
} from './queries.ts';

export type PlainKind = Exclude<SheetKind, 'journal_quickbooks' | 'journal_xero'>;

/** The files that are one query each. Names and order of their columns are published and only ever added to. */
export const sheets: Readonly<Record<PlainKind, Sheet>> = {
  customers: customersSheet,
  people: peopleSheet,
  properties: propertiesSheet,
  invoices: invoicesSheet,
  invoice_lines: linesSheet,
  payments: paymentsSheet,
  payment_shares: sharesSheet,
  credits: creditsSheet,
  events: eventsSheet,
  price_book: itemsSheet,
};

export type SheetRow = Readonly<Record<string, unknown>>;

/** One row as it is written: amounts as plain decimals of their currency, which stands in a column of its own. */
export function cellsOf({ columns }: Sheet, row: SheetRow): CsvCell[] {
  const currency = typeof row['currency'] === 'string' ? row['currency'] : 'USD';
  return columns.map(([name, kind]) => cell(row[name], kind, currency));
}

function cell(value: unknown, kind: ColumnKind, currency: string): CsvCell {
  if (value === null || value === undefined) return null;
  if (kind === 'yes') return value === true ? 'yes' : 'no';
  if (kind === 'list') return Array.isArray(value) ? value.map(String) : [];
  if (kind === 'money') return decimalText(BigInt(value as bigint), exponentOf(currency));
  if (kind === 'price') return decimalText(BigInt(value as bigint), exponentOf(currency) + 3).replace(/(\.\d{2}\d*?)0+$/, '$1');
  if (kind === 'quantity') return decimalText(BigInt(value as bigint), 3).replace(/\.?0+$/, '');
  if (kind.startsWith('id:')) return publicId(kind.slice(3) as IdKind, String(value));
  return String(value);
}
