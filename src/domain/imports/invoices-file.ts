import { addDays } from '../../core/calendar.ts';
import { divideHalfUp } from '../../core/money.ts';
import { cut } from '../../core/text.ts';
import type { Discount } from '../../core/totals.ts';
import { Cells, type Problem, problem } from './cells.ts';
import type { Columns, InvoiceColumn } from './columns.ts';
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
  /** What was paid on it: `full`, or an amount. */
  paid: Readonly<{ amountMinor: bigint | 'full'; paidOn: string; method: PastMethod; reference: string }> | null;
}>;
export type PastMethod = 'card' | 'bank' | 'check' | 'cash' | 'transfer' | 'other';

/** Reads the rows of one invoice. What belongs to the whole stands in its first row that has it. */
export function readPastInvoice(rows: readonly TableRow[], width: number, columns: Columns<InvoiceColumn>, currency: string): PastInvoiceRows {
  const problems: Problem[] = [];
  const each = rows.map((source) => {
    if (source.cells.length !== width) problems.push(problem(source.row, '', 'import_row_width', source.cells.join(', ')));
    return new Cells<InvoiceColumn>(source.row, (meaning) => columns.cell(source.cells, meaning), columns.heading);
  });
  const first = (meaning: InvoiceColumn): Cells<InvoiceColumn> => each.find((cells) => cells.text(meaning) !== '') ?? (each[0] as Cells<InvoiceColumn>);
  const customer = first('customer').needed('customer');
  for (const cells of each) if (![customer, ''].includes(cells.text('customer'))) cells.add('customer', 'import_customer_differs');
  const number = first('number').needed('number');
  const issuedOn = first('issuedOn').needed('issuedOn') === '' ? '' : (first('issuedOn').day('issuedOn') ?? '');
  const dueOn = first('dueOn').day('dueOn') ?? issuedOn;
  if (issuedOn !== '' && dueOn < issuedOn) first('dueOn').add('dueOn', 'due_before_issue');
  if (first('currency').text('currency') !== '' && first('currency').text('currency').toUpperCase() !== currency)
    first('currency').add('currency', 'currency_mismatch');
  const lines = each.flatMap((cells, at) => readLines(cells, rows[at]?.row ?? 0, currency));
  const paid = readPaid(first('paid'), issuedOn, currency);
  return {
    number,
    rows,
    problems: [...problems, ...each.flatMap((cells) => cells.problems)],
    customer,
    issuedOn,
    dueOn: dueOn === '' && issuedOn !== '' ? addDays(issuedOn, 0) : dueOn,
    poNumber: first('poNumber').text('poNumber'),
    workOrderNumber: first('workOrderNumber').text('workOrderNumber'),
    lines,
    paid,
  };
}

/** One line, and a second one below zero where the other program took off more than the line came to: so the sum stays what it was. */
function readLines(cells: Cells<InvoiceColumn>, row: number, currency: string): PastLine[] {
  const line = readLine(cells, row, currency);
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

function readLine(cells: Cells<InvoiceColumn>, row: number, currency: string): PastLine {
  const item = cells.text('item');
  const description = cells.text('description');
  return {
    row,
    property: cells.text('property'),
    name: item || description.split('\n')[0] || '–',
    description: item ? description : '',
    serviceOn: cells.day('serviceOn'),
    quantityMilli: cells.quantity('quantity'),
    unitPriceMilli: cells.unitPrice('unitPrice', currency),
    discount: cells.discount('discount', currency),
    ratePpm: cells.rate('taxRate'),
    taxName: cells.text('taxName'),
  };
}

function readPaid(cells: Cells<InvoiceColumn>, issuedOn: string, currency: string): PastInvoiceRows['paid'] {
  const text = cells.text('paid');
  if (text === '') return null;
  const amountMinor = /^(full|paid|yes)$/i.test(text) ? ('full' as const) : cells.money('paid', currency);
  const paidOn = cells.day('paidOn') ?? issuedOn;
  if (amountMinor !== 'full' && amountMinor < 0n) cells.add('paid', 'amount_too_small');
  if (amountMinor === 0n) return null;
  return { amountMinor, paidOn, ...readMethod(cells.text('paidBy')) };
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
