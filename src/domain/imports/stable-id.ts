import { createHash } from 'node:crypto';

/** The same thing of the same file is the same id every time (UUID version 8), so that importing twice adds nothing. */
export function stableId(business: string, ...names: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([business, ...names]))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Two spellings of one name: case, accents, blanks and punctuation apart. */
export function sameName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

/** The same customer: bookkeeping programs keep display names unique, whatever their case and blanks. */
export function sameCustomer(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
