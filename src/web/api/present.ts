import { type IdKind, publicId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { uuidOf } from './call.ts';

/** The edge where amounts stop being bigint: JSON has integers, and every amount the product takes fits one exactly. */
export function plain(amount: bigint): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new RangeError('an amount larger than JSON can hold');
  return value;
}

export function plainOrNull(amount: bigint | null): number | null {
  return amount === null ? null : plain(amount);
}

export function idOrNull(kind: IdKind, uuid: string | null): string | null {
  return uuid === null ? null : publicId(kind, uuid);
}

/** The inner id a body names; null and undefined stay. An id that cannot exist is refused like one that does not, naming the field. */
export function readRef<T extends string | null | undefined>(kind: IdKind, text: T, field: string): T extends string ? string : T;
export function readRef(kind: IdKind, text: string | null | undefined, field: string): string | null | undefined {
  if (text === null || text === undefined) return text;
  try {
    return uuidOf(kind, text);
  } catch {
    throw new Refusal('not_found', { field });
  }
}
