import type { Transaction } from 'kysely';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import { hashToken, newId, newToken } from '../../../db/fresh.ts';
import type { Database } from '../../../db/pool.ts';
import { asLogin } from '../../../db/scope.ts';
import type { DB } from '../../../db/tables.ts';
import type { Realm } from './codes.ts';
import { endSession, endSessions, insertSession, moveSession, type SessionRow, selectSessions, touch } from './queries.ts';

export type { SessionRow };

/** A session as the browser gets it. The token is shown once; only its hash is kept. */
export type NewSession = Readonly<{
  id: string;
  token: string;
  realm: Realm;
  expiresAt: string;
  maxAgeSeconds: number;
  remembered: boolean /** For a browser not known yet: by it, it is known again. */;
  deviceToken?: string;
}>;

/** Idle and absolute life, in seconds: the office for a working day, a remembered phone for a month at a time. */
const hour = 3600;
const lives = {
  office: { idle: 12 * hour, most: 12 * hour },
  crew: { idle: 30 * 24 * hour, most: 30 * 24 * hour },
  portal: { idle: 12 * hour, most: 24 * hour },
  remembered: { idle: 30 * 24 * hour, most: 365 * 24 * hour },
} as const;
export type Life = keyof typeof lives;

type Opening = Readonly<{
  life: Life;
  identityId: string;
  business: string | null;
  assurance: readonly string[];
  device: string;
  /** The token of the session this browser had: it ends, so that no token from before the sign-in lives on. */
  replaces: string | null;
}>;

export async function openSession(tx: Transaction<DB>, now: Temporal.Instant, of: Opening): Promise<NewSession> {
  const { token, hash } = newToken();
  const id = newId();
  const { idle, most } = lives[of.life];
  const realm = of.life === 'office' || of.life === 'crew' ? 'office' : 'portal';
  const expiresAt = now.add({ seconds: most }).toString();
  if (of.replaces !== null) await endSession(tx, now, { tokenHash: hashToken(of.replaces) });
  const device = clean([...of.device].slice(0, 200).join(''), 200);
  await insertSession(tx, now, {
    id,
    hash,
    realm,
    identityId: of.identityId,
    business: of.business,
    assurance: [...of.assurance],
    idleSeconds: idle,
    expiresAt,
    device,
  });
  return { id, token, realm, expiresAt, maxAgeSeconds: most, remembered: of.life === 'crew' || of.life === 'remembered' };
}

/** Moves the idle limit of a session that is being used. Call it as often as you like: it writes every five minutes at most. */
export function touchSession(database: Database, token: string): Promise<void> {
  return asLogin(database, (tx, now) => touch(tx, now, hashToken(token)));
}

/** Where an identity is signed in, newest use first. */
export function listSessions(database: Database, identityId: string, realm: Realm): Promise<SessionRow[]> {
  return asLogin(database, (tx, now) => selectSessions(tx, now, identityId, realm));
}

/** Ends the session of this token; an unknown one is no error. Counts from the next request. */
export async function signOut(database: Database, token: string): Promise<void> {
  await asLogin(database, (tx, now) => endSession(tx, now, { tokenHash: hashToken(token) }));
}

/** Ends one session of an identity, from its list. Refuses `not_found` for another's, and for one that has ended. */
export async function revokeSession(database: Database, identityId: string, sessionId: string): Promise<void> {
  const ended = await asLogin(database, (tx, now) => endSession(tx, now, { identityId, sessionId }));
  if (!ended) throw new Refusal('not_found');
}

/** Ends every session of an identity in a realm, but the one named. Answers how many. */
export function revokeSessions(database: Database, identityId: string, realm: Realm, except: string | null = null): Promise<number> {
  return asLogin(database, (tx, now) => endSessions(tx, now, { identityId, realm, except }));
}

/** From now on this office session works in another of its businesses. Refuses `not_found` for one it does not belong to. */
export async function switchBusiness(database: Database, token: string, business: string): Promise<void> {
  const moved = await asLogin(database, (tx, now) => moveSession(tx, now, hashToken(token), business));
  if (!moved) throw new Refusal('not_found');
}
