import { decimalText, exponentOf } from '../../core/money.ts';
import type { Scope } from '../../db/scope.ts';
import {
  type Period,
  readAging,
  readComing,
  readPace,
  readPaid,
  readPortalUse,
  readSales,
  readTaxes,
  readTips,
  type SalesBy,
} from '../../domain/reports/reports.ts';
import type { CsvCell } from '../../outgoing/csv.ts';

export type ReportTable = Readonly<{ name: string; head: readonly string[]; rows: readonly (readonly CsvCell[])[] }>;
type Asked = Partial<Period> & { by?: SalesBy };

/** A cell that a spreadsheet takes for a number: an amount as a plain decimal. */
const amounts =
  (currency: string) =>
  (minor: bigint): string =>
    decimalText(minor, exponentOf(currency));

async function agingTable(scope: Scope): Promise<ReportTable> {
  const { currency, today, rows } = await readAging(scope);
  const of = amounts(currency);
  return {
    name: `aging-${today}`,
    head: [
      ...['Customer', 'Invoices', 'Oldest due', 'Not due', '1-30 days', '31-60 days', '61-90 days', 'Over 90 days', 'Balance'],
      ...['On its way', 'In question', 'Held back', 'Credit available', 'Currency'],
    ],
    rows: rows.map((row) => [
      ...[
        row.customerName,
        row.invoices,
        row.oldestDueOn,
        of(row.notDueMinor),
        of(row.days30Minor),
        of(row.days60Minor),
        of(row.days90Minor),
        of(row.over90Minor),
      ],
      ...[of(row.balanceMinor), of(row.onItsWayMinor), of(row.inQuestionMinor), of(row.heldBackMinor), of(row.creditMinor), currency],
    ]),
  };
}

async function comingTable(scope: Scope): Promise<ReportTable> {
  const { currency, today, rows } = await readComing(scope);
  const of = amounts(currency);
  return {
    name: `coming-in-${today}`,
    head: ['Due', 'Invoices', 'Amount', 'Currency'],
    rows: rows.map((row) => [row.on, row.invoices, of(row.amountMinor), currency]),
  };
}

async function paidTable(scope: Scope, asked: Asked): Promise<ReportTable> {
  const { currency, from, to, rows } = await readPaid(scope, asked);
  const of = amounts(currency);
  return {
    name: `paid-${from}-to-${to}`,
    head: ['Month', 'Method', 'Paid online', 'Payments', 'Amount', 'Currency'],
    rows: rows.map((row) => [row.month, row.method, row.online ? 'yes' : 'no', row.payments, of(row.amountMinor), currency]),
  };
}

async function tipTable(scope: Scope, asked: Asked): Promise<ReportTable> {
  const { currency, from, to, rows } = await readTips(scope, asked);
  const of = amounts(currency);
  return {
    name: `tips-${from}-to-${to}`,
    head: ['Month', 'Crew', 'Tips', 'Amount', 'Given back', 'Left', 'Currency'],
    rows: rows.map((row) => [row.month, row.name, row.tips, of(row.amountMinor), of(row.backMinor), of(row.amountMinor - row.backMinor), currency]),
  };
}

const salesHead = { month: ['Month'], customer: ['Customer'], property: ['Property', 'Customer'], item: ['Item', 'Unit', 'Quantity'] } as const;

async function salesTable(scope: Scope, { by = 'month', ...asked }: Asked): Promise<ReportTable> {
  const { currency, from, to, rows } = await readSales(scope, { ...asked, by });
  const of = amounts(currency);
  return {
    name: `sales-by-${by}-${from}-to-${to}`,
    head: [...salesHead[by], 'Invoices', 'Net', ...(by === 'item' ? [] : ['Tax']), 'Currency'],
    rows: rows.map((row) => {
      const first = {
        month: [row.key],
        customer: [row.name],
        property: [row.name, row.detail],
        item: [row.name, row.detail, decimalText(row.quantityMilli ?? 0n, 3)],
      }[by];
      return [...first, row.invoices, of(row.netMinor), ...(by === 'item' ? [] : [of(row.taxMinor)]), currency];
    }),
  };
}

async function taxTable(scope: Scope, asked: Asked): Promise<ReportTable> {
  const { currency, from, to, rows, authorities, untaxedMinor } = await readTaxes(scope, asked);
  const of = amounts(currency);
  const percent = (ratePpm: bigint): string => decimalText(ratePpm, 4);
  return {
    name: `tax-${from}-to-${to}`,
    head: ['Kind', 'Name', 'Percent', 'Invoices', 'Taxable', 'Tax', 'Currency'],
    rows: [
      ...rows.map((row) => ['rate', row.name, percent(row.ratePpm), row.invoices, of(row.taxableMinor), of(row.taxMinor), currency]),
      ...authorities.map((row) => ['authority', row.name, percent(row.ratePpm), null, of(row.taxableMinor), of(row.taxMinor), currency]),
      ['not taxed', '', '0', null, of(untaxedMinor), of(0n), currency],
    ],
  };
}

async function paceTable(scope: Scope, asked: Asked): Promise<ReportTable> {
  const { from, to, customers } = await readPace(scope, asked);
  return {
    name: `days-to-pay-${from}-to-${to}`,
    head: ['Customer', 'Invoices paid', 'Days to pay (median)', 'Paid late'],
    rows: customers.map((row) => [row.customerName, row.invoices, row.medianDays, row.late]),
  };
}

async function portalTable(scope: Scope, asked: Asked): Promise<ReportTable> {
  const { currency, from, to, months } = await readPortalUse(scope, asked);
  const of = amounts(currency);
  return {
    name: `portal-${from}-to-${to}`,
    head: [
      ...['Month', 'Invoices shown', 'Opened', 'Paid in full', 'Payments', 'Amount', 'Paid online', 'Amount online', 'Online outside office hours'],
      ...['Questions', 'Currency'],
    ],
    rows: months.map((row) => [
      ...[
        row.month,
        row.sent,
        row.opened,
        row.paid,
        row.payments,
        of(row.amountMinor),
        row.online,
        of(row.onlineMinor),
        row.outsideHours,
        row.questions,
        currency,
      ],
    ]),
  };
}

const tables = {
  aging: agingTable,
  coming: comingTable,
  paid: paidTable,
  tips: tipTable,
  sales: salesTable,
  taxes: taxTable,
  'days-to-pay': paceTable,
  portal: portalTable,
} as const;

/** A report as the table a spreadsheet opens. The verb it asks refuses what it refuses on screen. */
export function reportTable(scope: Scope, report: keyof typeof tables, asked: Asked): Promise<ReportTable> {
  return tables[report](scope, asked);
}
