import { readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { hashToken } from '../../db/fresh.ts';
import type { Compiled } from '../../db/read.ts';
import type { Actor } from '../../db/scope.ts';
import { readApiKey } from '../../domain/people/api-keys.ts';
import type { WebContext } from '../context.ts';
import { officeCookie } from '../cookies.ts';

/** What `open_office` and `open_by_key` answer. */
export type OfficeGrant = Readonly<{
  state: 'open' | 'unknown' | 'no_business';
  business?: string;
  session?: string;
  identity?: string;
  staff?: string;
  key?: string;
  name?: string;
  role?: string;
  authenticatedAt?: string;
  /** How the session showed who it is: 'password', 'code', 'passkey', 'app', 'recovery'. */
  assurance?: readonly string[];
  /** The business asks for a passkey or an app, and the session has shown neither. */
  mustSecure?: boolean;
  /** The business is closing: it is only looked at. */
  closing?: boolean;
}>;

/** How a request asks to be let in: by key or by session, never both. `id` tells callers apart without being a secret. */
export type Asking = Readonly<{ by: 'key' | 'session'; open: Compiled; token: string | null; id: string }>;

/** Reads the key or the session of a request. Refuses keys in the address, and answers what to open with. */
export function askingOf(c: WebContext, secure: boolean): Asking {
  if (/[?&](key|api_key|access_token)=/i.test(c.req.url)) throw new Refusal('api_key_in_url');
  const authorization = c.req.header('authorization');
  if (authorization !== undefined) return openByKey(authorization);
  const token = officeCookie.read(c, secure);
  if (token === null) throw new Refusal('sign_in_required');
  const hash = hashToken(token);
  return { by: 'session', open: { sql: 'select open_office($1, $2)', parameters: [hash, businessAsked(c)] }, token, id: hash.toString('base64url') };
}

/** The business is part of the key, so that no key is looked up outside its own business. */
function openByKey(authorization: string): Asking {
  const key = authorization.startsWith('Bearer ') ? readApiKey(authorization.slice('Bearer '.length)) : null;
  if (key === null) throw new Refusal('api_key_invalid');
  const open = { sql: 'select open_by_key($1, $2)', parameters: [key.business, key.hash] };
  return { by: 'key', open, token: null, id: key.hash.toString('base64url') };
}

function businessAsked(c: WebContext): string | null {
  const text = c.req.header('x-business') ?? (c.req.path.endsWith('/events/stream') ? c.req.query('business') : undefined);
  if (text === undefined) return null;
  const business = readId('business', text);
  if (business === null) throw new Refusal('not_found');
  return business;
}

export function actorOf(grant: OfficeGrant): Actor {
  if (grant.key !== undefined) return { kind: 'key', id: grant.key, name: grant.name ?? '' };
  return { kind: 'staff', id: grant.staff ?? null, name: grant.name ?? '' };
}

/** Under which name this caller's idempotency keys are kept. */
export function callerName(grant: OfficeGrant): string {
  return grant.key === undefined ? `staff:${grant.staff ?? ''}` : `key:${grant.key}`;
}
