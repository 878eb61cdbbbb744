/** Which letters a TrueType font can draw, read from its `cmap` table (formats 4 and 12). */
export function lettersOf(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableAt(font, 'cmap');
  const ranges: [number, number][] = [];
  const count = font.readUInt16BE(cmap + 2);
  for (let i = 0; i < count; i++) {
    const sub = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
    const format = font.readUInt16BE(sub);
    if (format === 12) ranges.push(...groupsOf(font, sub));
    if (format === 4) ranges.push(...segmentsOf(font, sub));
  }
  const joined = joinedRanges(ranges);
  return (codePoint) => within(joined, codePoint);
}

export type Cleaned = { text: string; replaced: string[] };

/** Letters nobody should see as boxes: C0/C1 controls except newline, bidi controls, zero-width marks that join nothing here. */
const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const MISSING = '\u25a1';
const PLAIN = /^[\x20-\x7e\n]*$/;

/** The same text with only letters the fonts have: controls are dropped, unknown letters become □ and are listed as U+XXXX. */
export function cleanText(text: string, known: (codePoint: number) => boolean): Cleaned {
  if (PLAIN.test(text)) return { text, replaced: [] };
  const replaced: string[] = [];
  let clean = '';
  const plain = text.replace(LONE_SURROGATE, MISSING).normalize('NFC').replace(/\t/g, ' ').replace(INVISIBLE, '');
  for (const letter of plain) {
    const codePoint = letter.codePointAt(0) ?? 0;
    if (codePoint === 0x0a || known(codePoint)) clean += letter;
    else {
      clean += MISSING;
      replaced.push(`U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`);
    }
  }
  return { text: clean, replaced };
}

/** Cleans every string inside a JSON value; the names of fields are ours and stay. */
export function cleanAll(value: unknown, known: (codePoint: number) => boolean, replaced: Set<string>): unknown {
  if (typeof value === 'string') {
    const cleaned = cleanText(value, known);
    for (const letter of cleaned.replaced) replaced.add(letter);
    return cleaned.text;
  }
  if (Array.isArray(value)) return value.map((item) => cleanAll(item, known, replaced));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleanAll(item, known, replaced)]));
}

function tableAt(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`a font without a ${tag} table`);
}

function groupsOf(font: Buffer, sub: number): [number, number][] {
  const count = font.readUInt32BE(sub + 12);
  return Array.from({ length: count }, (_, i) => {
    const at = sub + 16 + i * 12;
    return [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
  });
}

function segmentsOf(font: Buffer, sub: number): [number, number][] {
  const double = font.readUInt16BE(sub + 6);
  const ranges: [number, number][] = [];
  for (let i = 0; i < double; i += 2) {
    const last = font.readUInt16BE(sub + 14 + i);
    const first = font.readUInt16BE(sub + 16 + double + i);
    if (first !== 0xffff) ranges.push([first, last]);
  }
  return ranges;
}

function joinedRanges(ranges: [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [first, last] of ranges.sort((a, b) => a[0] - b[0])) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

function within(sorted: [number, number][], codePoint: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = sorted[middle] as [number, number];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}
