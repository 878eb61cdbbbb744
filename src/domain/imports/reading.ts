import { Refusal } from '../../core/refusal.ts';

export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export const delimiters = ['comma', 'semicolon', 'tab'] as const;
export const dateOrders = ['mdy', 'dmy', 'iso'] as const;
export const decimalSigns = ['point', 'comma'] as const;

/** How the bytes of a file become cells, and the cells days and amounts. */
export type Reading = Readonly<{
  encoding: (typeof encodings)[number];
  delimiter: (typeof delimiters)[number];
  dates: (typeof dateOrders)[number];
  decimals: (typeof decimalSigns)[number];
}>;

export const signs: Readonly<Record<Reading['delimiter'], string>> = { comma: ',', semicolon: ';', tab: '\t' };

const begins = (head: Uint8Array, ...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);

/** Refuses what only looks like a table to whoever exported it. Nothing is ever unpacked, so nothing can unfold into more than was sent. */
export function refuseForeign(head: Uint8Array): void {
  if (begins(head, 0x50, 0x4b) || begins(head, 0xd0, 0xcf, 0x11, 0xe0)) throw new Refusal('import_workbook');
  if (begins(head, 0x1f, 0x8b) || begins(head, 0x25, 0x50, 0x44, 0x46)) throw new Refusal('import_unreadable', { why: 'this is not a text file' });
  if (
    /^\s*<(\?xml|!doctype|html|\w+[\s>])/i.test(
      Buffer.from(head.subarray(0, 200))
        .toString('latin1')
        .replace(/^\u00ef\u00bb\u00bf/, ''),
    )
  )
    throw new Refusal('import_unreadable', { why: 'this is XML or a page, not a table' });
  if (encodingOf(head).startsWith('utf-16')) return;
  if (head.includes(0)) throw new Refusal('import_unreadable', { why: 'this is not a text file' });
}

export function encodingOf(head: Uint8Array): Reading['encoding'] {
  if (begins(head, 0xff, 0xfe)) return 'utf-16le';
  if (begins(head, 0xfe, 0xff)) return 'utf-16be';
  const some = head.subarray(0, 2000);
  const zeros = (odd: number): number => some.filter((byte, at) => byte === 0 && at % 2 === odd).length;
  if (zeros(1) > some.length / 4 && zeros(0) === 0) return 'utf-16le';
  if (zeros(0) > some.length / 4 && zeros(1) === 0) return 'utf-16be';
  return isUtf8(head) ? 'utf-8' : 'windows-1252';
}

function isUtf8(head: Uint8Array): boolean {
  // The last letter may be cut in two by the end of the head.
  for (const cut of [0, 1, 2, 3]) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
      return true;
    } catch {}
  }
  return false;
}

/** The sign that cuts the header into most columns, quoted text left out. */
export function delimiterOf(head: string): Reading['delimiter'] {
  const line = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const counted = delimiters.map((delimiter) => ({ delimiter, times: line.split(signs[delimiter]).length }));
  return counted.sort((a, b) => b.times - a.times)[0]?.delimiter ?? 'comma';
}

/** Which number of a date is the day, as the first rows have it: one above twelve tells. */
export function datesOf(cells: readonly string[]): Reading['dates'] {
  const parts = cells.flatMap((cell) => {
    const [, first, second] = /^(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}$/.exec(cell.trim()) ?? [];
    return first === undefined ? [] : [[Number(first), Number(second)] as const];
  });
  if (parts.length === 0) return cells.some((cell) => /^\d{4}-\d\d?-\d\d?/.test(cell.trim())) ? 'iso' : 'mdy';
  const dayFirst = parts.filter(([first]) => first > 12).length;
  return dayFirst > parts.filter(([, second = 0]) => second > 12).length ? 'dmy' : 'mdy';
}

/** Whether amounts are written 1,234.50 or 1.234,50. */
export function decimalsOf(cells: readonly string[]): Reading['decimals'] {
  const commas = cells.filter((cell) => /\d,\d{1,2}\D*$/.test(cell) && !/\.\d{1,2}\D*$/.test(cell)).length;
  return commas > cells.filter((cell) => /\.\d{1,2}\D*$/.test(cell)).length ? 'comma' : 'point';
}
