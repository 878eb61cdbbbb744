import { decimalText, exponentOf } from '../core/money.ts';
import type { SplitRow } from '../domain/front/split/split.ts';
import type { CsvCell } from './csv.ts';

/** The columns of the lines of a month or bill. Programs read them, so they are the same in every language. */
export const splitHead = [
  ...['sort', 'number', 'issued_on', 'due_on', 'property_code', 'property', 'cost_code', 'po_number', 'work_order_number', 'service_on'],
  ...['name', 'description', 'quantity', 'unit', 'unit_price', 'currency', 'net', 'tax', 'total'],
] as const;

/** One line as cells; amounts as plain decimals. */
export function splitCells(row: SplitRow): CsvCell[] {
  const exponent = exponentOf(row.currency);
  const amount = (minor: bigint): string => decimalText(minor, exponent);
  return [
    ...[row.sort, row.number, row.issuedOn, row.dueOn, row.code, row.property, row.costCode, row.poNumber, row.workOrderNumber, row.serviceOn ?? ''],
    ...[row.name, row.description, decimalText(row.quantityMilli, 3), row.unit, decimalText(row.unitPriceMilli, exponent + 3), row.currency],
    ...[amount(row.netMinor), amount(row.taxMinor), amount(row.totalMinor)],
  ];
}
