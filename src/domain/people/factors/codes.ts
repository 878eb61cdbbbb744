import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { generateSecret, generateURI, verifySync } from 'otplib';
import type { Keys } from '../../../core/gateways.ts';
import { hashToken } from '../../../db/fresh.ts';
import type { DB } from '../../../db/tables.ts';
import { type AppRow, lockApp, putApp, replaceRecovery, spendRecovery, takeStep } from './queries.ts';

const periodSeconds = 30;
const recoveryCodes = 10;
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What an authenticator app is fed with. Shown while it is set up and never again. */
export type AppSecret = Readonly<{ secret: string; uri: string }>;

const whose = (identityId: string): string => `authenticator:${identityId}`;

/** A secret for an app, kept sealed. It proves nothing until its first code came back. */
export async function newAppSecret(
  tx: Transaction<DB>,
  now: Temporal.Instant,
  keys: Keys,
  of: Readonly<{ identityId: string; label: string }>,
): Promise<AppSecret> {
  const secret = generateSecret();
  await putApp(tx, now, of.identityId, keys.seal(secret, whose(of.identityId)));
  return { secret, uri: generateURI({ issuer: 'Service Invoice Pro', label: of.label, secret }) };
}

/** Whether these are the digits of now, a step early or late, and of no step taken before. The step counts from then on. */
export async function takeAppCode(tx: Transaction<DB>, now: Temporal.Instant, keys: Keys, identityId: string, code: string, app: AppRow): Promise<boolean> {
  const secret = keys.unseal(app.secret, whose(identityId));
  if (secret === null || !/^\d{6}$/.test(code)) return false;
  const epoch = Math.trunc(now.epochMilliseconds / 1000);
  const found = verifySync({ secret, token: code, epoch, epochTolerance: periodSeconds });
  if (!found.valid || !('epoch' in found)) return false;
  const step = Math.trunc(found.epoch / periodSeconds);
  if (step <= app.last_step) return false;
  await takeStep(tx, identityId, step);
  return true;
}

/** Ten new codes for the day the phone is gone; those from before end. Only their hashes are kept. */
export async function newRecoveryCodes(tx: Transaction<DB>, now: Temporal.Instant, identityId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => {
    const text = [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join('');
    return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}-${text.slice(12)}`;
  });
  await replaceRecovery(tx, now, identityId, codes.map(hashOf));
  return codes;
}

/** How a code proves its owner, or null: digits of the app, else a recovery code, which is spent. */
export async function proofOf(tx: Transaction<DB>, now: Temporal.Instant, keys: Keys, identityId: string, code: string): Promise<'app' | 'recovery' | null> {
  const typed = code.trim();
  if (/^[\d\s]+$/.test(typed)) {
    const app = await lockApp(tx, identityId);
    const right = app !== undefined && app.confirmed_at !== null && (await takeAppCode(tx, now, keys, identityId, typed.replace(/\s/g, ''), app));
    return right ? 'app' : null;
  }
  return (await spendRecovery(tx, now, identityId, hashOf(typed))) ? 'recovery' : null;
}

function hashOf(code: string): Buffer {
  return hashToken(`recovery:${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`);
}
