import { randomBytes } from 'node:crypto';

/** 128 random bits: whoever has the address of a page was sent there. */
export function freshId(prefix: 'cs' | 'dp' | 'evt' | 'pm' | 'po' | 're' | 'sm' | 'st' | 'txn'): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}
