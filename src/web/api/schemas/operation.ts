import type { z } from '@hono/zod-openapi';
import { type KeyRight, keyRights } from '../../../domain/people/rights.ts';

/** What an API key may be allowed to do. A signed-in staff member is judged by role instead. */
export const scopes = keyRights;
export type ApiScope = KeyRight;

/**
 * Who may call: `anyone`, a signed-in staff `session` only (never a key), a session confirmed by a `fresh` code within
 * ten minutes, a session of the `field` crew only, or a key that has the scope (and every session whose role allows it). The crew comes
 * in by `session`, `fresh` and `field` alone.
 */
export type Access = 'anyone' | 'session' | 'fresh' | 'field' | ApiScope;

/** A body that is not JSON comes raw, as one of these types. */
export type Upload = { types: readonly string[]; maxBytes: number };

/** An answer that is not JSON. */
export type RawAnswer = {
  contentType: 'application/pdf' | 'application/zip' | 'text/html' | 'text/csv' | 'text/event-stream' | 'image/*' | '*/*';
  description: string;
};

export type Operation = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with {names}. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  upload?: Upload;
  /** The version last seen must come in If-Match (`"3"`); a stale one is answered 412. */
  ifMatch?: true;
  /** Open to a session that has not yet shown the second proof its business asks for: what it takes to show one. */
  early?: true;
  /** Works in a business that is closing too, though it is no GET: what writes nothing of the business, gets data out, or stops the closing. */
  whileClosing?: true;
  /** Takes no Idempotency-Key: POSTs that write nothing, come before any business is known, or answer a secret, which must never be kept. All others need one. */
  keyless?: true;
  status: 200 | 201 | 202 | 204;
  /** JSON schema of the answer, a raw answer, or null for 204. */
  answer: z.ZodType | RawAnswer | null;
};

/** Keeps each operation's own types while checking the shape of all. */
export function operations<const T extends Record<string, Operation>>(table: T): T {
  return table;
}
