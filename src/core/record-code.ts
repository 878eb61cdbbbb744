/**
 * What is typed to check a signed record: its number in the chain of its business and the first 80 bits of its hash, in groups of four.
 * `hash` is hex. "12-9F3A-77C2-0B1D-44AE-90C5".
 */
export function recordCode(seq: bigint, hash: string): string {
  return `${seq}-${(hash.slice(0, bits / 4).match(/.{4}/g) ?? []).join('-').toUpperCase()}`;
}

const bits = 80;

/** Reads a code as people type it: any case, with or without hyphens and spaces after its number. Null for what is none. */
export function readRecordCode(text: string): { seq: bigint; start: string } | null {
  const found = /^\s*(\d{1,12})\s*[-–\s]\s*([0-9a-fA-F\s–-]{20,40})$/.exec(text);
  const start = (found?.[2] ?? '').replace(/[\s–-]/g, '').toLowerCase();
  return found && start.length === bits / 4 ? { seq: BigInt(found[1] ?? '0'), start } : null;
}

/** The mark a record carries in the keywords of its PDF, so that an altered copy still says what it was a copy of. */
export function recordMark(code: string): string {
  return `Record ${code}`;
}

/** The code within the bytes of a file that once was a record; null when there is none. */
export function markIn(bytes: Uint8Array): string | null {
  return /Record (\d{1,12}-[0-9A-F]{4}(?:-[0-9A-F]{4}){4})/.exec(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))?.[1] ?? null;
}
