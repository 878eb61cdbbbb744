import type { MailReport } from '../../../core/gateways.ts';
import { clean } from '../../../core/text.ts';

const longest = 300;

/** A report from its parts, or null when it does not say which mail it is about. */
export function reportOf(what: MailReport['what'], messageId: unknown, recipient: unknown, reason: unknown): MailReport | null {
  if (typeof messageId !== 'string' || typeof recipient !== 'string') return null;
  const id = /^<?([\w.+-]+@[\w.-]+)>?$/.exec(messageId.trim())?.[1];
  if (id === undefined) return null;
  return {
    what,
    messageId: id,
    recipient: plainAddress(recipient),
    reason: clean(typeof reason === 'string' ? reason.slice(0, 1_000) : '', 1_000).slice(0, longest),
  };
}

/** `rfc822; <dana@example.com>` and `dana@example.com` are the same address. */
function plainAddress(text: string): string {
  const bare = text.replace(/^\s*rfc822\s*;/i, '').trim();
  return (/^<(.*)>$/.exec(bare)?.[1] ?? bare).toLowerCase();
}

type Fields = Readonly<Record<string, unknown>>;

/** The object at a path of a JSON text somebody sent; an empty one where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): Fields {
  let found: unknown = value;
  for (const step of path) found = typeof found === 'object' && found !== null ? (found as Record<string | number, unknown>)[step] : undefined;
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Fields) : {};
}

/** The list at a path; an empty one where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const last = path.at(-1);
  const found = last === undefined ? value : at(value, ...path.slice(0, -1))[last];
  return Array.isArray(found) ? found : [];
}
