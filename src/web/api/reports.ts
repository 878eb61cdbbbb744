import { publicId } from '../../core/ids.ts';
import {
  type AgingRow,
  readAging,
  readComing,
  readPace,
  readPaid,
  readPortalUse,
  readSales,
  readTaxes,
  readTips,
  type SalesBy,
  type SalesRow,
  type SalesTotal,
} from '../../domain/reports/reports.ts';
import { csvFile } from '../../outgoing/csv.ts';
import type { AnswerOf, HandlersOf } from './call.ts';
import { given } from './given.ts';
import { plain, plainOrNull } from './present.ts';
import { reportTable } from './report-tables.ts';
import type { reportOperations } from './schemas/reports.ts';
import { sendFile } from './upload.ts';

type Operations = typeof reportOperations;

export const reportHandlers: HandlersOf<Operations> = {
  readAging: async (call) => {
    const { currency, today, rows } = await call.read(readAging);
    return call.answer({ currency, today, rows: rows.map(presentAging) });
  },

  readComing: async (call) => {
    const { timeZone: _, ...report } = await call.read(readComing);
    const rows = report.rows.map(({ on, amountMinor, invoices }) => ({ on, amountMinor: plain(amountMinor), invoices }));
    return call.answer({ ...inMinor(report, 'in7Minor', 'in30Minor', 'overdueMinor', 'onItsWayMinor', 'inQuestionMinor'), rows });
  },

  readPaid: async (call) => {
    const { timeZone: _, ...report } = await call.read((scope) => readPaid(scope, given(call.query)));
    return call.answer({ ...report, rows: report.rows.map((row) => inMinor(row, 'amountMinor')) });
  },

  readTips: async (call) => {
    const { timeZone: _, ...report } = await call.read((scope) => readTips(scope, given(call.query)));
    const rows = report.rows.map(({ staffId, name, ...row }) => ({
      ...inMinor(row, 'amountMinor', 'backMinor'),
      crew: staffId === '' ? null : { id: publicId('staff', staffId), name },
    }));
    return call.answer({ ...report, rows });
  },

  readSales: async (call) => {
    const { by = 'month', ...asked } = call.query;
    const { timeZone: _, ...report } = await call.read((scope) => readSales(scope, { by, ...given(asked) }));
    return call.answer({ ...report, by, total: presentTotal(report.total), rows: report.rows.map((row) => presentSales(by, row)) });
  },

  readTaxes: async (call) => {
    const { timeZone: _, ...report } = await call.read((scope) => readTaxes(scope, given(call.query)));
    const rows = report.rows.map(({ rateId, ...row }) => ({ taxRateId: publicId('taxRate', rateId), ...inMinor(row, 'ratePpm', 'taxableMinor', 'taxMinor') }));
    const authorities = report.authorities.map((row) => inMinor(row, 'ratePpm', 'taxableMinor', 'taxMinor'));
    return call.answer({ ...inMinor(report, 'untaxedMinor'), total: presentTotal(report.total), rows, authorities });
  },

  readPace: async (call) => {
    const { timeZone: _, ...report } = await call.read((scope) => readPace(scope, given(call.query)));
    const customers = report.customers.map(({ customerId, customerName, ...row }) => ({ customer: customerOf(customerId, customerName), ...row }));
    return call.answer({ ...report, customers });
  },

  readPortalUse: async (call) => {
    const { timeZone: _, ...report } = await call.read((scope) => readPortalUse(scope, given(call.query)));
    return call.answer({ ...report, months: report.months.map((row) => inMinor(row, 'amountMinor', 'onlineMinor')) });
  },

  downloadReport: async (call) => {
    const { name, head, rows } = await call.read((scope) => reportTable(scope, call.params.report, given(call.query)));
    const pieces: string[] = [];
    for await (const piece of csvFile(head, rows)) pieces.push(piece);
    return sendFile(call.c, { bytes: Buffer.from(pieces.join('')), contentType: 'text/csv; charset=utf-8', name: `${name}.csv` });
  },
};

const customerOf = (id: string, name: string): { id: string; name: string } => ({ id: publicId('customer', id), name });

/** The same row with the named amounts as JSON's integers. */
function inMinor<T extends Readonly<Record<K, bigint>>, K extends string>(row: T, ...names: readonly K[]): Omit<T, K> & Record<K, number> {
  const amounts = Object.fromEntries(names.map((name) => [name, plain(row[name])])) as Record<K, number>;
  return { ...row, ...amounts };
}

function presentAging({ customerId, customerName, ...row }: AgingRow): AnswerOf<Operations['readAging']>['rows'][number] {
  const late = inMinor(row, 'notDueMinor', 'days30Minor', 'days60Minor', 'days90Minor', 'over90Minor');
  return {
    customer: customerOf(customerId, customerName),
    ...inMinor(late, 'balanceMinor', 'onItsWayMinor', 'inQuestionMinor', 'heldBackMinor', 'creditMinor'),
  };
}

const kinds = { customer: 'customer', property: 'property', item: 'item' } as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** A row keyed by an id says it as the API does; a month and a typed name stay as they are. */
function presentSales(by: SalesBy, row: SalesRow): AnswerOf<Operations['readSales']>['rows'][number] {
  const key = by !== 'month' && uuid.test(row.key) ? publicId(kinds[by], row.key) : row.key;
  return { ...inMinor(row, 'netMinor', 'taxMinor'), key, quantityMilli: plainOrNull(row.quantityMilli) };
}

function presentTotal(total: SalesTotal): AnswerOf<Operations['readSales']>['total'] {
  return inMinor(total, 'netMinor', 'taxMinor', 'totalMinor', 'creditedMinor', 'exemptMinor');
}
