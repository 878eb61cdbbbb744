import { timingSafeEqual } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Keys } from '../../../core/gateways.ts';
import { hashToken, newId, newToken } from '../../../db/fresh.ts';
import type { DB } from '../../../db/tables.ts';
import { type CodeRow, countTry, insertCode, lockCodeByNonce, spendCode, voidCodes } from './queries.ts';

export type Purpose = 'sign_in' | 'confirm' | 'reset' | 'fresh' | 'invite' | 'new_email';
export type Realm = 'office' | 'portal';

const codeMinutes = 10;
const mostTries = 5;

/** What the asking browser keeps: the code works nowhere else. */
export type AskedCode = Readonly<{ codeId: string; nonce: string; expiresAt: string }>;

type NewCode = Readonly<{
  realm: Realm;
  purpose: Purpose;
  business: string;
  identityId: string | null;
  passwordHash: string | null;
  /** The address it goes to where that is not yet a colleague's own. */
  sentTo?: string;
  /** Who asked, where the code is good in their hands alone, whosever mailbox it goes to. */
  askedBy?: string;
}>;

/**
 * Makes a code for an identity, or a decoy that no digits open for an address nobody has: the same rows, the same work. Codes asked
 * for before end now.
 */
export async function newCode(tx: Transaction<DB>, now: Temporal.Instant, keys: Keys, of: NewCode): Promise<AskedCode> {
  const { token: nonce, hash: nonceHash } = newToken();
  const codeId = newId();
  const expiresAt = now.add({ minutes: codeMinutes }).toString();
  await voidCodes(tx, now, of);
  await insertCode(tx, now, { ...of, id: codeId, nonceHash, codeMac: macOf(keys, codeId, nonceHash, keys.signInCode(codeId) + askerOf(of)), expiresAt });
  return { codeId, nonce, expiresAt };
}

/**
 * Takes a code back: right once, within ten minutes, in the browser that asked, within five tries, and only if no newer one was made.
 * null for everything else, and the try is counted. Commit whatever the answer.
 */
export async function takeCode(
  tx: Transaction<DB>,
  now: Temporal.Instant,
  keys: Keys,
  given: Readonly<{ nonce: string; code: string; realm: Realm; purposes: readonly Purpose[]; business: string | null; askedBy?: string }>,
): Promise<(CodeRow & { identity_id: string }) | null> {
  const nonceHash = hashToken(given.nonce);
  const row = await lockCodeByNonce(tx, nonceHash);
  const mac = macOf(keys, row?.id ?? '', nonceHash, given.code + askerOf(given));
  const matches = row !== undefined && timingSafeEqual(mac, row.code_mac);
  if (row === undefined) return null;
  await countTry(tx, row.id);
  const fits = row.realm === given.realm && given.purposes.includes(row.purpose) && (given.business === null || row.for_business === given.business);
  const alive = row.used_at === null && row.tries < mostTries && Temporal.Instant.compare(now, Temporal.Instant.from(row.expires_at)) < 0;
  const { identity_id } = row;
  if (!matches || !fits || !alive || identity_id === null) return null;
  await spendCode(tx, now, row.id);
  return { ...row, identity_id };
}

const askerOf = ({ askedBy }: { askedBy?: string }): string => (askedBy === undefined ? '' : `:${askedBy}`);

function macOf(keys: Keys, codeId: string, nonceHash: Buffer, code: string): Buffer {
  return hashToken(keys.mac(`code:${codeId}:${nonceHash.toString('hex')}:${code}`));
}
