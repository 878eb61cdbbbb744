import { publicId, readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { hashToken, newId, newToken } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { endKey, insertKey, type KeyRow, selectKeys, touchKey } from './keys/queries.ts';
import { mayRunKeys } from './policy.ts';
import { keyRights, type Right } from './rights.ts';

export type { KeyRow };

const prefix = 'sip_';
const businessDigits = 26;
const shape = new RegExp(`^${prefix}[0-7][0-9a-hjkmnp-tv-z]{${businessDigits - 1}}_[A-Za-z0-9_-]{43}$`);

/**
 * Makes a key: `sip_`, the business, and 256 random bits. It is answered here once and never again; the database keeps its hash.
 * Refuses `required`, `wrong_choice` for an unknown right, and an end that has passed.
 */
export async function createApiKey(
  scope: Scope,
  input: Readonly<{ name: string; scopes: readonly string[]; expiresAt?: string | null }>,
): Promise<{ id: string; key: string; hint: string }> {
  await mayRunKeys(scope);
  const name = clean(input.name, 60, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const scopes = [...new Set(input.scopes)];
  if (scopes.length === 0) throw new Refusal('required', { field: 'scopes' });
  const unknown = scopes.find((asked) => !keyRights.includes(asked as Right));
  if (unknown !== undefined) throw new Refusal('wrong_choice', { field: 'scopes', value: unknown.slice(0, 60) });
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && Temporal.Instant.compare(Temporal.Instant.from(expiresAt), scope.now) <= 0)
    throw new Refusal('wrong_choice', { field: 'expiresAt' });
  const id = newId();
  const { token } = newToken();
  const key = `${prefix}${publicId('business', scope.business).slice('biz_'.length)}_${token}`;
  const hint = `${prefix}…${key.slice(-4)}`;
  await insertKey(scope, { id, name, hint, hash: hashToken(key), scopes, expiresAt });
  await recordEvent(scope, { kind: 'key.created', data: { keyId: id, name, scopes, expiresAt } });
  return { id, key, hint };
}

/** The business and hash `open_by_key` asks for; null for anything that cannot be a key of ours. Touches no database. */
export function readApiKey(text: string): { business: string; hash: Buffer } | null {
  if (!shape.test(text)) return null;
  const business = readId('business', `biz_${text.slice(prefix.length, prefix.length + businessDigits)}`);
  return business === null ? null : { business, hash: hashToken(text) };
}

/** Every key there was, newest first, without the keys themselves. */
export async function listApiKeys(scope: Scope): Promise<KeyRow[]> {
  await mayRunKeys(scope);
  return selectKeys(scope);
}

/** Ends a key: it opens nothing from the next request on. Refuses `not_found` for an unknown or ended one. */
export async function revokeApiKey(scope: Scope, id: string): Promise<void> {
  await mayRunKeys(scope);
  const name = await endKey(scope, id);
  if (name === undefined) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'key.revoked', data: { keyId: id, name } });
}

/** Notes that a key was used, once a minute at most. */
export function noteKeyUse(scope: Scope, id: string): Promise<void> {
  return touchKey(scope, id);
}
