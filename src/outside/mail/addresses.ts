import type { MailAddress } from '../../core/gateways.ts';
import { canonicalEmail, clean } from '../../core/text.ts';

const LONGEST = 500;

/**
 * True for exactly one address in plain ASCII. Everything a mail system could read as another address or as several is not:
 * quotes, comments, lists, routes, spaces, look-alike letters (a full-width domain would be folded into somebody else's).
 */
export function isPlainAddress(address: string): boolean {
  return canonicalEmail(address) === address.toLowerCase();
}

/** Text fit for a header: one line, nothing unseen. */
export function headerText(text: string): string {
  return clean(text.slice(0, LONGEST), LONGEST);
}

/** The address with a name fit for a header, or null when it is not one plain address. */
export function headerAddress(of: MailAddress): { name: string; address: string } | null {
  // A name that holds an @ would read as an address of its own.
  return isPlainAddress(of.address) ? { name: headerText(of.name).replaceAll('@', '(at)'), address: of.address } : null;
}
