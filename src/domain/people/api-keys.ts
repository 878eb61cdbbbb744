import { publicId, readId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { hashToken, newId, newToken } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import {
  type EndingKey,
  endKey,
  endKeyLater,
  insertKey,
  type KeyRow,
  lockLiveKey,
  noteToldOfEnd,
  renameKey,
  selectEndingKeys,
  selectKeys,
  touchKey,
} from './keys/queries.ts';
import { mayRunKeys } from './policy.ts';
import { keyRights } from './rights.ts';

export type { EndingKey, KeyRow };
export type MadeKey = Readonly<{ id: string; key: string; hint: string }>;

const prefix = 'sip_';
const businessDigits = 26;
const oldKeyHours = 24;
const toldDays = 14;
const shape = new RegExp(`^${prefix}[0-7][0-9a-hjkmnp-tv-z]{${businessDigits - 1}}_[A-Za-z0-9_-]{43}$`);

/**
 * Makes a key: `sip_`, the business, and 256 random bits. It is answered here once and never again; the database keeps its hash.
 * Refuses `required`, `wrong_choice` for an unknown right, and an end that has passed.
 */
export async function createApiKey(scope: Scope, input: Readonly<{ name: string; scopes: readonly string[]; expiresAt?: string | null }>): Promise<MadeKey> {
  await mayRunKeys(scope);
  const name = nameOf(input.name);
  const scopes = [...new Set(input.scopes)];
  if (scopes.length === 0) throw new Refusal('required', { field: 'scopes' });
  const unknown = scopes.find((asked) => !(keyRights as readonly string[]).includes(asked));
  if (unknown !== undefined) throw new Refusal('wrong_choice', { field: 'scopes', value: unknown.slice(0, 60) });
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && Temporal.Instant.compare(Temporal.Instant.from(expiresAt), scope.now) <= 0)
    throw new Refusal('wrong_choice', { field: 'expiresAt' });
  const made = await newKey(scope, { name, scopes, expiresAt });
  await recordEvent(scope, { kind: 'key.created', data: { keyId: made.id, name, scopes, expiresAt } });
  return made;
}

function nameOf(text: string): string {
  const name = clean(text, 60, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  return name;
}

async function newKey(scope: Scope, of: Readonly<{ name: string; scopes: readonly string[]; expiresAt: string | null }>): Promise<MadeKey> {
  const id = newId();
  const { token } = newToken();
  const key = `${prefix}${publicId('business', scope.business).slice('biz_'.length)}_${token}`;
  const hint = `${prefix}…${key.slice(-4)}`;
  await insertKey(scope, { id, hint, hash: hashToken(key), ...of });
  return { id, key, hint };
}

/** Gives a key another name. Refuses `required`, and `not_found` for an unknown or ended one. */
export async function renameApiKey(scope: Scope, id: string, name: string): Promise<void> {
  await mayRunKeys(scope);
  if (!(await renameKey(scope, id, nameOf(name)))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'key.changed', data: { keyId: id, name: nameOf(name) } });
}

/**
 * Another key in the place of one: same name, same rights, living as long as the first was made for. The old one goes on for a day, so that nothing
 * stops while programs change over. Refuses `not_found` for one that opens nothing, `key_replaced` for one that was replaced.
 */
export async function rotateApiKey(scope: Scope, id: string): Promise<MadeKey> {
  await mayRunKeys(scope);
  const old = await lockLiveKey(scope, id);
  if (old === undefined) throw new Refusal('not_found');
  if (old.replaced_by !== null) throw new Refusal('key_replaced');
  const { name, scopes } = old;
  const expiresAt =
    old.expires_at === null ? null : scope.now.add(Temporal.Instant.from(old.created_at).until(Temporal.Instant.from(old.expires_at))).toString();
  const made = await newKey(scope, { name, scopes, expiresAt });
  const dayOn = scope.now.add({ hours: oldKeyHours }).toString();
  const endsAt =
    old.expires_at !== null && Temporal.Instant.compare(Temporal.Instant.from(old.expires_at), Temporal.Instant.from(dayOn)) < 0 ? old.expires_at : dayOn;
  await endKeyLater(scope, id, { expiresAt: endsAt, replacedBy: made.id });
  await recordEvent(scope, { kind: 'key.rotated', data: { keyId: made.id, name, scopes, expiresAt } });
  return made;
}

/** Keys that end by themselves within two weeks, the soonest first. */
export function endingKeys(scope: Scope): Promise<EndingKey[]> {
  return selectEndingKeys(scope, scope.now.add({ hours: 24 * toldDays }).toString(), null);
}

/** The same, each given once: for the mail that tells of it. */
export async function takeUntoldKeys(scope: Scope): Promise<EndingKey[]> {
  const untold = await selectEndingKeys(scope, scope.now.add({ hours: 24 * toldDays }).toString(), false);
  for (const { id } of untold) await noteToldOfEnd(scope, id);
  return untold;
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
