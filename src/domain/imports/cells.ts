import { isDay } from '../../core/calendar.ts';
import { parseMoney, parseQuantity, parseRate, parseUnitPrice } from '../../core/money-parse.ts';
import { Refusal, type RefusalCode, refusals } from '../../core/refusal.ts';
import { canonicalEmail, cut } from '../../core/text.ts';
import type { Discount } from '../../core/totals.ts';
import type { Columns } from './columns.ts';
import type { Reading } from './reading.ts';
import type { TableRow } from './table.ts';

/** What is wrong where; `position` of the column from 0, -1 for the row as a whole. `keeps`: the row comes in all the same, without this cell. */
export type Problem = Readonly<{ row: number; position: number; column: string; code: RefusalCode; value: string; keeps: boolean }>;

/** Longer values are told and compared by their beginning. */
export const longestValue = 300;

/** A problem of a cell, named by what its column means. */
export function problemAt<Meaning extends string>(
  { row, cells }: TableRow,
  columns: Columns<Meaning>,
  meaning: Meaning,
  code: RefusalCode,
  keeps = false,
): Problem {
  const position = columns.position(meaning);
  return { row, position, column: columns.heading(meaning), code, value: cut(position < 0 ? '' : (cells[position] ?? ''), longestValue), keeps };
}

/** A problem of a whole row. */
export function rowProblem({ row, cells }: TableRow, code: RefusalCode): Problem {
  return { row, position: -1, column: '', code, value: cut(cells.join(', '), longestValue), keeps: false };
}

export const sentenceOf = (code: string): string => (code in refusals ? refusals[code as RefusalCode].sentence : code);

/** Reads cells of one row, collecting every problem instead of stopping at the first. */
export class Cells<Meaning extends string> {
  readonly problems: Problem[] = [];
  readonly source: TableRow;
  readonly columns: Columns<Meaning>;
  readonly #reading: Reading;

  constructor(source: TableRow, columns: Columns<Meaning>, reading: Reading) {
    this.source = source;
    this.columns = columns;
    this.#reading = reading;
  }

  text(meaning: Meaning): string {
    return this.columns.cell(this.source.cells, meaning).trim();
  }

  add(meaning: Meaning, code: RefusalCode, keeps = false): void {
    this.problems.push(problemAt(this.source, this.columns, meaning, code, keeps));
  }

  heading(meaning: Meaning): string {
    return this.columns.heading(meaning);
  }

  needed(meaning: Meaning): string {
    const text = this.text(meaning);
    if (text === '') this.add(meaning, 'required');
    return text;
  }

  /** Runs a strict reader of core over a cell; its refusal becomes a problem of this cell. */
  read<T>(meaning: Meaning, reader: (text: string) => T, blank: T): T {
    const text = this.text(meaning);
    // A dash is how exports write "none".
    if (/^[-–—]?$/.test(text)) return blank;
    try {
      return reader(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.add(meaning, error.code);
      return blank;
    }
  }

  /** French writing is the one whose lone comma is never a thousand. */
  get #locale(): 'fr' | undefined {
    return this.#reading.decimals === 'comma' ? 'fr' : undefined;
  }

  day(meaning: Meaning): string | null {
    return this.read(meaning, (text) => readDay(text, this.#reading.dates), null);
  }

  money(meaning: Meaning, currency: string): bigint {
    return this.read(meaning, (text) => parseMoney(text, currency, this.#locale), 0n);
  }

  unitPrice(meaning: Meaning, currency: string): bigint {
    return this.read(meaning, (text) => parseUnitPrice(text, currency, this.#locale), 0n);
  }

  quantity(meaning: Meaning): bigint {
    return this.read(meaning, (text) => parseQuantity(text, this.#locale), 1000n);
  }

  rate(meaning: Meaning): bigint {
    return this.read(meaning, parseRate, 0n);
  }

  /** "10%" is a share, "5.00" an amount. */
  discount(meaning: Meaning, currency: string): Discount | null {
    return this.read<Discount | null>(
      meaning,
      (text) =>
        text.endsWith('%') ? { kind: 'percent', ratePpm: parseRate(text) } : { kind: 'amount', amountMinor: parseMoney(text, currency, this.#locale) },
      null,
    );
  }

  yes(meaning: Meaning): boolean {
    return this.read(meaning, readYes, false);
  }

  /** An address, or '' for a blank and for words that say there is none. What is no address is told, and the rest of the row still comes in. */
  email(meaning: Meaning): string {
    const text = this.text(meaning);
    if (text === '' || /^(n\/?a|none|no|-+|unknown)$/i.test(text)) return '';
    // Some programs put all addresses of a customer in one cell: the first is the one mail goes to.
    const email = canonicalEmail(text) ?? canonicalEmail(text.split(/[,;]/, 1)[0] ?? '');
    if (email === null) this.add(meaning, 'email_invalid', true);
    return email ?? '';
  }

  /** Days until due: "Net 30", "net30", "Due on receipt", "15 days". */
  termsDays(meaning: Meaning): number | null {
    return this.read(meaning, readTerms, null);
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthOf = (name: string): string => String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);

type DayParts = readonly [year: string | undefined, month: string | undefined, date: string | undefined];

function partsOf(text: string, order: Reading['dates']): DayParts | null {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return [iso[1], iso[2], iso[3]];
  const short = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?: .*)?$/.exec(text);
  if (short) return order === 'mdy' ? [short[3], short[1], short[2]] : order === 'dmy' ? [short[3], short[2], short[1]] : null;
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return [dotted[3], dotted[2], dotted[1]];
  const named = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(text);
  if (named) return [named[3], monthOf(named[1] ?? ''), named[2]];
  const turned = /^(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$/.exec(text);
  return turned ? [turned[3], monthOf(turned[2] ?? ''), turned[1]] : null;
}

/** 2026-04-15 always; 04/15/2026 or 15/04/2026 as the file has it; 15.04.2026, day first wherever it is written so; Apr 15, 2026. */
function readDay(text: string, order: Reading['dates']): string {
  const parts = partsOf(text, order);
  const [year = '', month = '', date = ''] = parts ?? [];
  const day = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (parts === null || !isDay(day)) throw new Refusal('date_invalid');
  return day;
}

function readYes(text: string): boolean {
  if (/^(y|yes|true|1|x|si|sí|oui)$/i.test(text)) return true;
  if (/^(n|no|false|0|non)$/i.test(text)) return false;
  throw new Refusal('wrong_choice');
}

function readTerms(text: string): number {
  if (/^(due\s+)?(up)?on\s+receipt$/i.test(text)) return 0;
  const days = Number(/^(?:net\s*)?(\d{1,3})(?:\s*days?)?$/i.exec(text)?.[1] ?? Number.NaN);
  if (!Number.isInteger(days) || days > 365) throw new Refusal('wrong_choice');
  return days;
}
