import { Refusal } from './refusal.ts';

/**
 * Where a page ended, as text for the next question: the values of the last row's sort key and id, under the name of the list and
 * its order. It holds only what the asker was shown, and is refused (`cursor_invalid`) for any other list or when altered in shape.
 */
export function writeCursor(list: string, values: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...values])).toString('base64url');
}

/** The values put in. `count` of them are expected. */
export function readCursor(list: string, cursor: string | null | undefined, count: number): string[] | null {
  if (cursor === null || cursor === undefined) return null;
  const parts = parse(cursor);
  if (parts === null || parts.length !== count + 1 || parts[0] !== list || writeCursor(list, parts.slice(1)) !== cursor) throw new Refusal('cursor_invalid');
  return parts.slice(1);
}

function parse(cursor: string): string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : null;
  } catch {
    return null;
  }
}
