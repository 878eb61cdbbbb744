import { addDays } from '../../core/calendar.ts';
import { divideHalfUp } from '../../core/money.ts';
import { cut } from '../../core/text.ts';
import type { Discount } from '../../core/totals.ts';
import { Cells, type Problem, rowProblem } from './cells.ts';
import type { Columns } from './columns.ts';
import type { InvoiceColumn } from './meanings.ts';
import type { Reading } from './reading.ts';
import type { TableRow } from './table.ts';

export type PastLine = Readonly<{
  row: number;
  property: string;
  name: string;
  description: string;
  serviceOn: string | null;
  quantityMilli: bigint;
  unitPriceMilli: bigint;
  discount: Discount | null;
  ratePpm: bigint;
  taxName: string;
}>;

/** One invoice of a file: the rows that share a number and follow each other. */
export type PastInvoiceRows = Readonly<{
  number: string;
  rows: readonly TableRow[];
  problems: Problem[];
  customer: string;
  issuedOn: string;
  dueOn: string;
  poNumber: string;
  workOrderNumber: string;
  lines: readonly PastLine[];
  /** What was paid on it: `full`, an amount, or all but what is still open. */
  paid: Readonly<{ amountMinor: bigint | 'full' | 'rest'; openMinor: bigint; paidOn: string; method: PastMethod; reference: string }> | null;
}>;
export type PastMethod = 'card' | 'bank' | 'check' | 'cash' | 'transfer' | 'other';

/** What is needed to read a row: how wide the table is, what its columns mean, how days and amounts are written. */
export type InvoiceSheet = Readonly<{ width: number; columns: Columns<InvoiceColumn>; reading: Reading; currency: string }>;

/** Reads the rows of one invoice. What belongs to the whole stands in its first row that has it. */
export function readPastInvoice(rows: readonly TableRow[], { width, columns, reading, currency }: InvoiceSheet): PastInvoiceRows {
  const problems: Problem[] = [];
  const each = rows.map((source) => {
    if (source.cells.length !== width) problems.push(rowProblem(source, 'import_row_width'));
    return new Cells<InvoiceColumn>(source, columns, reading);
  });
  const first = (meaning: InvoiceColumn): Cells<InvoiceColumn> => each.find((cells) => cells.text(meaning) !== '') ?? (each[0] as Cells<InvoiceColumn>);
  const customer = first('customer').needed('customer');
  for (const cells of each) if (![customer, ''].includes(cells.text('customer'))) cells.add('customer', 'import_customer_differs');
  const number = first('number').needed('number');
  const issuedOn = first('issuedOn').needed('issuedOn') === '' ? '' : (first('issuedOn').day('issuedOn') ?? '');
  if (!isInvoice(first('type').text('type'))) first('type').add('type', 'import_not_invoice');
  const terms = first('dueOn').text('dueOn') === '' ? first('terms').termsDays('terms') : null;
  const dueOn = first('dueOn').day('dueOn') ?? (terms !== null && issuedOn !== '' ? addDays(issuedOn, terms) : issuedOn);
  if (issuedOn !== '' && dueOn < issuedOn) first('dueOn').add('dueOn', 'due_before_issue');
  if (first('currency').text('currency') !== '' && first('currency').text('currency').toUpperCase() !== currency)
    first('currency').add('currency', 'currency_mismatch');
  const lines = each.flatMap((cells, at) => readLines(cells, rows[at]?.row ?? 0, number, currency));
  const paid = readPaid(first('paid'), issuedOn, currency) ?? readOpen(first('open'), first('paidOn'), issuedOn, currency);
  return {
    number,
    rows,
    problems: [...problems, ...each.flatMap((cells) => cells.problems)],
    customer,
    issuedOn,
    dueOn,
    poNumber: first('poNumber').text('poNumber'),
    workOrderNumber: first('workOrderNumber').text('workOrderNumber'),
    lines,
    paid,
  };
}

/** Exports of all transactions hold payments and credits too; these are no invoices. */
const isInvoice = (type: string): boolean => type === '' || /^(invoice|sales receipt|factura|facture)$/i.test(type);

/** One line, and a second one below zero where the other program took off more than the line came to: so the sum stays what it was. */
function readLines(cells: Cells<InvoiceColumn>, row: number, number: string, currency: string): PastLine[] {
  const line = readLine(cells, row, number, currency);
  const { discount } = line;
  const grossMinor = divideHalfUp(line.quantityMilli * line.unitPriceMilli, 1_000_000n);
  if (discount?.kind !== 'amount' || grossMinor < 0n || discount.amountMinor <= grossMinor) return [line];
  const credit = {
    ...line,
    name: cells.heading('discount'),
    description: '',
    quantityMilli: -1000n,
    unitPriceMilli: discount.amountMinor * 1000n,
    discount: null,
  };
  return [{ ...line, discount: null }, credit];
}

function readLine(cells: Cells<InvoiceColumn>, row: number, number: string, currency: string): PastLine {
  const item = cells.text('item');
  const description = cells.text('description');
  const whole = isWhole(cells);
  return {
    row,
    property: cells.text('property'),
    name: item || description.split('\n')[0] || (whole ? `Invoice ${number}` : '–'),
    description: item ? description : '',
    serviceOn: cells.day('serviceOn'),
    quantityMilli: hasPrice(cells) ? cells.quantity('quantity') : 1000n,
    unitPriceMilli: priceOf(cells, currency),
    discount: cells.discount('discount', currency),
    // The total of an invoice has its tax in it.
    ratePpm: whole ? 0n : cells.rate('taxRate'),
    taxName: cells.text('taxName'),
  };
}

const hasPrice = (cells: Cells<InvoiceColumn>): boolean => cells.text('unitPrice') !== '' || (!cells.columns.has('amount') && !cells.columns.has('total'));

/** The price of one; where a file knows only what a line or the invoice came to, that for one of it. */
function priceOf(cells: Cells<InvoiceColumn>, currency: string): bigint {
  if (hasPrice(cells)) return cells.unitPrice('unitPrice', currency);
  return cells.unitPrice(isWhole(cells) ? 'total' : 'amount', currency);
}

const isWhole = (cells: Cells<InvoiceColumn>): boolean => !hasPrice(cells) && cells.text('amount') === '' && cells.columns.has('total');

/** What is still open tells what was paid. */
function readOpen(cells: Cells<InvoiceColumn>, paidCells: Cells<InvoiceColumn>, issuedOn: string, currency: string): PastInvoiceRows['paid'] {
  if (cells.text('open') === '') return null;
  const openMinor = cells.money('open', currency);
  if (openMinor < 0n) cells.add('open', 'amount_too_small');
  return { amountMinor: 'rest', openMinor, paidOn: paidCells.day('paidOn') ?? issuedOn, ...readMethod(cells.text('paidBy')) };
}

function readPaid(cells: Cells<InvoiceColumn>, issuedOn: string, currency: string): PastInvoiceRows['paid'] {
  const text = cells.text('paid');
  if (text === '') return null;
  const amountMinor = /^(full|paid|yes)$/i.test(text) ? ('full' as const) : cells.money('paid', currency);
  const paidOn = cells.day('paidOn') ?? issuedOn;
  if (amountMinor !== 'full' && amountMinor < 0n) cells.add('paid', 'amount_too_small');
  if (amountMinor === 0n) return null;
  return { amountMinor, openMinor: 0n, paidOn, ...readMethod(cells.text('paidBy')) };
}

/** "Check 1044" is a check and its number. */
function readMethod(text: string): { method: PastMethod; reference: string } {
  // Short and with single blanks: on a cell full of blanks the expression would go back over itself for minutes.
  const short = cut(text.replace(/\s+/gu, ' ').trim(), 120);
  const [, word = text, reference = ''] = /^([\p{L}/ ]*?) ?[#:]? ?(\d[\w-]*)?$/u.exec(short) ?? [];
  const methods: readonly [RegExp, PastMethod][] = [
    [/^(check|cheque)/i, 'check'],
    [/^cash/i, 'cash'],
    [/^(card|visa|master|amex|credit|debit)/i, 'card'],
    [/^(ach|e-?check|bank)/i, 'bank'],
    [/^(wire|transfer|zelle|eft)/i, 'transfer'],
  ];
  const method = methods.find(([pattern]) => pattern.test(word))?.[1] ?? 'other';
  return { method, reference: method === 'other' ? text : reference };
}
