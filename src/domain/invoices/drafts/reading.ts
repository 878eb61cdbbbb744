import { isDay } from '../../../core/calendar.ts';
import { isUuid } from '../../../core/ids.ts';
import { Refusal, type RefusalCode } from '../../../core/refusal.ts';
import { clean, cleanLines } from '../../../core/text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Collects what is wrong with an input, field by field, so that a form can show all of it at once. */
export class Reading {
  readonly #problems: { field: string; code: RefusalCode }[] = [];

  add(field: string, code: RefusalCode): void {
    this.#problems.push({ field, code });
  }

  /** Refuses with the first problem; the others are in its details. */
  end(): void {
    const [first, ...others] = this.#problems;
    if (first) throw new Refusal(first.code, { field: first.field, ...(others.length > 0 ? { others } : {}) });
  }

  /** An object with no other than the known fields: what nobody may set is refused, not ignored. */
  object(value: unknown, field: string, known: readonly string[]): Fields {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.add(field, 'invalid_input');
      return {};
    }
    for (const name of Object.keys(value)) if (!known.includes(name)) this.add(field === '' ? name : `${field}.${name}`, 'unknown_field');
    return value as Fields;
  }

  list(value: unknown, field: string, most: number, tooMany: RefusalCode = 'invalid_input'): readonly unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.add(field, 'invalid_input');
      return [];
    }
    if (value.length > most) {
      this.add(field, tooMany);
      return [];
    }
    return value;
  }

  text(value: unknown, field: string, max: number, shape: 'line' | 'lines' = 'line'): string {
    if (value === undefined || value === null) return '';
    if (typeof value !== 'string') {
      this.add(field, 'invalid_input');
      return '';
    }
    try {
      return shape === 'line' ? clean(value, max, field) : cleanLines(value, max, field);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.add(field, error.code);
      return '';
    }
  }

  id(value: unknown, field: string): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' && isUuid(value)) return value;
    this.add(field, 'invalid_input');
    return null;
  }

  /** An integer of thousandths, minor units or millionths: bigint, or a number that is exactly one. */
  amount(value: unknown, field: string, code: RefusalCode): bigint {
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    this.add(field, value === undefined ? 'required' : code);
    return 0n;
  }

  whole(value: unknown, field: string, least: number, most: number): number | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.add(field, 'invalid_input');
    return undefined;
  }

  yes(value: unknown, field: string): boolean | undefined {
    if (value === undefined || typeof value === 'boolean') return value;
    this.add(field, 'invalid_input');
    return undefined;
  }

  day(value: unknown, field: string): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' && isDay(value)) return value;
    this.add(field, 'date_invalid');
    return null;
  }
}
