import type { Compiled } from '../../db/read.ts';

export const sheetKinds = [
  'customers',
  'people',
  'properties',
  'invoices',
  'invoice_lines',
  'payments',
  'payment_shares',
  'credits',
  'events',
  'price_book',
  'journal_quickbooks',
  'journal_xero',
] as const;
export type SheetKind = (typeof sheetKinds)[number];
export const exportKinds = [...sheetKinds, 'archive', 'subject'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** Of which days; null: from the beginning, or to the end. */
export type Period = Readonly<{ from: string | null; to: string | null }>;

/** Kinds that say when something happened; the others are as they are now. */
export const periodKinds: readonly ExportKind[] = [
  'invoices',
  'invoice_lines',
  'payments',
  'payment_shares',
  'credits',
  'events',
  'journal_quickbooks',
  'journal_xero',
];

export type ExportRow = Readonly<{
  id: string;
  kind: ExportKind;
  fromOn: string | null;
  toOn: string | null;
  customerId: string | null;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'ended';
  rowsDone: bigint;
  rowsTotal: bigint | null;
  fileName: string;
  contentType: 'text/csv' | 'application/zip';
  sha256: string | null;
  bytes: bigint | null;
  askedBy: string;
  askedAt: string;
  finishedAt: string | null;
  endsAt: string | null;
}>;

/** A file's days, as its name says them. */
export function fileNameOf(kind: ExportKind, { from, to }: Period, today: string, of = ''): string {
  const words = kind.replaceAll('_', '-');
  const named = of === '' ? words : `${words}-${of}`;
  if (!periodKinds.includes(kind)) return `${named}-${today}.${kind === 'archive' || kind === 'subject' ? 'zip' : 'csv'}`;
  const days = from === null && to === null ? `to-${today}` : `${from ?? 'begin'}-to-${to ?? today}`;
  return `${named}-${days}.csv`;
}

/**
 * How a column is written: `text` as it is, `money` (minor units), `price` (thousandths of these) and `quantity` (thousandths) as plain
 * decimals, `yes` as yes or no, `list` joined, `id:…` as the API's ids.
 */
export type ColumnKind =
  | 'text'
  | 'money'
  | 'price'
  | 'quantity'
  | 'yes'
  | 'list'
  | `id:${'customer' | 'person' | 'property' | 'invoice' | 'line' | 'payment' | 'item'}`;
export type Sheet = Readonly<{ columns: readonly (readonly [name: string, kind: ColumnKind])[]; query: (business: string, period: Period) => Compiled }>;
