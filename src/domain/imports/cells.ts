import { isDay } from '../../core/calendar.ts';
import { parseMoney, parseQuantity, parseRate, parseUnitPrice } from '../../core/money-parse.ts';
import { Refusal, type RefusalCode, refusals } from '../../core/refusal.ts';
import { canonicalEmail, cut } from '../../core/text.ts';
import type { Discount } from '../../core/totals.ts';

/** What is wrong where. `keeps`: the row comes in all the same, without this cell. */
export type Problem = Readonly<{ row: number; column: string; code: RefusalCode; value: string; message: string; keeps: boolean }>;

const longestValue = 120;

export function problem(row: number, column: string, code: RefusalCode, value: string, keeps = false): Problem {
  return { row, column, code, value: cut(value, longestValue), message: refusals[code].sentence, keeps };
}

/** Reads cells of one row, collecting every problem instead of stopping at the first. */
export class Cells<Meaning extends string> {
  readonly problems: Problem[] = [];
  readonly #row: number;
  readonly #cell: (meaning: Meaning) => string;
  readonly #heading: (meaning: Meaning) => string;

  constructor(row: number, cell: (meaning: Meaning) => string, heading: (meaning: Meaning) => string) {
    this.#row = row;
    this.#cell = cell;
    this.#heading = heading;
  }

  text(meaning: Meaning): string {
    return this.#cell(meaning).trim();
  }

  add(meaning: Meaning, code: RefusalCode, keeps = false): void {
    this.problems.push(problem(this.#row, this.#heading(meaning), code, this.text(meaning), keeps));
  }

  heading(meaning: Meaning): string {
    return this.#heading(meaning);
  }

  needed(meaning: Meaning): string {
    const text = this.text(meaning);
    if (text === '') this.add(meaning, 'required');
    return text;
  }

  /** Runs a strict reader of core over a cell; its refusal becomes a problem of this cell. */
  read<T>(meaning: Meaning, reader: (text: string) => T, blank: T): T {
    const text = this.text(meaning);
    if (text === '') return blank;
    try {
      return reader(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.add(meaning, error.code);
      return blank;
    }
  }

  day(meaning: Meaning): string | null {
    return this.read(meaning, readDay, null);
  }

  money(meaning: Meaning, currency: string): bigint {
    return this.read(meaning, (text) => parseMoney(text, currency), 0n);
  }

  unitPrice(meaning: Meaning, currency: string): bigint {
    return this.read(meaning, (text) => parseUnitPrice(text, currency), 0n);
  }

  quantity(meaning: Meaning): bigint {
    return this.read(meaning, parseQuantity, 1000n);
  }

  rate(meaning: Meaning): bigint {
    return this.read(meaning, parseRate, 0n);
  }

  /** "10%" is a share, "5.00" an amount. */
  discount(meaning: Meaning, currency: string): Discount | null {
    return this.read<Discount | null>(
      meaning,
      (text) => (text.endsWith('%') ? { kind: 'percent', ratePpm: parseRate(text) } : { kind: 'amount', amountMinor: parseMoney(text, currency) }),
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
    const email = canonicalEmail(text);
    if (email === null) this.add(meaning, 'email_invalid', true);
    return email ?? '';
  }

  /** Days until due: "Net 30", "net30", "Due on receipt", "15 days". */
  termsDays(meaning: Meaning): number | null {
    return this.read(meaning, readTerms, null);
  }
}

/** 2026-04-15, 04/15/2026, 4/15/26; and 15.04.2026, which is day first wherever it is written so. */
function readDay(text: string): string {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const parts = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3], us[1], us[2]] : dotted ? [dotted[3], dotted[2], dotted[1]] : null;
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
