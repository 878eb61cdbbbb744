import { sql, type Transaction } from 'kysely';
import type { DB } from '../../../db/tables.ts';
import type { Purpose, Realm } from './codes.ts';

/** The local tables of signing in: of the whole installation, not of one business. Read by the login, or by the system in a scope. */
type Tx = Transaction<DB>;
type Now = Temporal.Instant;

export type CodeRow = Readonly<{
  id: string;
  realm: Realm;
  purpose: Purpose;
  for_business: string | null;
  identity_id: string | null;
  password_hash: string | null;
  code_mac: Buffer;
  expires_at: string;
  tries: number;
  used_at: string | null;
  sent_to: string;
  created_at: string;
}>;
export type SessionRow = Readonly<{ id: string; device: string; created_at: string; last_used_at: string; expires_at: string }>;

const codeColumns = [
  'id',
  'realm',
  'purpose',
  'for_business',
  'identity_id',
  'password_hash',
  'code_mac',
  'expires_at',
  'tries',
  'used_at',
  'sent_to',
  'created_at',
] as const;

type NewCodeRow = Readonly<{
  id: string;
  realm: Realm;
  purpose: Purpose;
  business: string;
  identityId: string | null;
  passwordHash: string | null;
  nonceHash: Buffer;
  codeMac: Buffer;
  expiresAt: string;
  sentTo?: string;
}>;

export async function insertCode(tx: Tx, now: Now, code: NewCodeRow): Promise<void> {
  await tx
    .insertInto('sign_in_codes')
    .values({
      id: code.id,
      realm: code.realm,
      purpose: code.purpose,
      for_business: code.business,
      identity_id: code.identityId,
      password_hash: code.passwordHash,
      code_mac: code.codeMac,
      nonce_hash: code.nonceHash,
      expires_at: code.expiresAt,
      created_at: now.toString(),
      sent_to: code.sentTo ?? '',
    })
    .execute();
}

/** Whatever was mailed to an identity and not given back yet ends now. */
export async function voidAllCodes(tx: Tx, now: Now, identityId: string): Promise<void> {
  await tx.updateTable('sign_in_codes').set({ used_at: now.toString() }).where('identity_id', '=', identityId).where('used_at', 'is', null).execute();
}

export async function voidCodes(tx: Tx, now: Now, of: { realm: Realm; purpose: Purpose; business: string; identityId: string | null }): Promise<void> {
  await tx
    .updateTable('sign_in_codes')
    .set({ used_at: now.toString() })
    .where('identity_id', '=', of.identityId)
    .where('realm', '=', of.realm)
    .where('purpose', '=', of.purpose)
    .where('for_business', '=', of.business)
    .where('used_at', 'is', null)
    .execute();
}

export async function lockCodeByNonce(tx: Tx, nonceHash: Buffer): Promise<CodeRow | undefined> {
  const row = await tx
    .selectFrom('sign_in_codes')
    .select([...codeColumns])
    .where('nonce_hash', '=', nonceHash)
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row as CodeRow | undefined;
}

export async function selectCode(tx: Tx, id: string): Promise<CodeRow | undefined> {
  return (await tx
    .selectFrom('sign_in_codes')
    .select([...codeColumns])
    .where('id', '=', id)
    .executeTakeFirst()) as CodeRow | undefined;
}

export async function selectCodeByNonce(tx: Tx, nonceHash: Buffer): Promise<CodeRow | undefined> {
  return (await tx
    .selectFrom('sign_in_codes')
    .select([...codeColumns])
    .where('nonce_hash', '=', nonceHash)
    .executeTakeFirst()) as CodeRow | undefined;
}

/** The newest unconfirmed sign-up of an identity: its password is not the identity's yet. */
export async function selectPending(tx: Tx, identityId: string): Promise<CodeRow | undefined> {
  const row = await tx
    .selectFrom('sign_in_codes')
    .select([...codeColumns])
    .where('identity_id', '=', identityId)
    .where('purpose', '=', 'confirm')
    .where('password_hash', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row as CodeRow | undefined;
}

export async function countTry(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('sign_in_codes')
    .set((row) => ({ tries: row('tries', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function spendCode(tx: Tx, now: Now, id: string): Promise<void> {
  await tx.updateTable('sign_in_codes').set({ used_at: now.toString() }).where('id', '=', id).execute();
}

type NewSessionRow = Readonly<{
  id: string;
  hash: Buffer;
  realm: Realm;
  identityId: string;
  business: string | null;
  assurance: string[];
  idleSeconds: number;
  expiresAt: string;
  device: string;
}>;

export async function insertSession(tx: Tx, now: Now, session: NewSessionRow): Promise<void> {
  const at = now.toString();
  await tx
    .insertInto('sessions')
    .values({
      id: session.id,
      token_hash: session.hash,
      realm: session.realm,
      identity_id: session.identityId,
      active_business: session.business,
      assurance: session.assurance,
      authenticated_at: at,
      created_at: at,
      last_used_at: at,
      idle_seconds: session.idleSeconds,
      expires_at: session.expiresAt,
      device: session.device,
    })
    .execute();
}

const alive = (now: Now) => sql<boolean>`revoked_at is null and expires_at > ${now.toString()}::timestamptz
  and last_used_at + make_interval(secs => idle_seconds) > ${now.toString()}::timestamptz`;

export async function touch(tx: Tx, now: Now, hash: Buffer): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ last_used_at: now.toString() })
    .where('token_hash', '=', hash)
    .where(alive(now))
    .where('last_used_at', '<', now.subtract({ minutes: 5 }).toString())
    .execute();
}

export async function selectSessions(tx: Tx, now: Now, identityId: string, realm: Realm): Promise<SessionRow[]> {
  return tx
    .selectFrom('sessions')
    .select(['id', 'device', 'created_at', 'last_used_at', 'expires_at'])
    .where('identity_id', '=', identityId)
    .where('realm', '=', realm)
    .where(alive(now))
    .orderBy('last_used_at', 'desc')
    .limit(100)
    .execute();
}

export async function selectSession(
  tx: Tx,
  now: Now,
  hash: Buffer,
): Promise<{ id: string; identity_id: string; realm: Realm; active_business: string | null } | undefined> {
  const row = await tx
    .selectFrom('sessions')
    .select(['id', 'identity_id', 'realm', 'active_business'])
    .where('token_hash', '=', hash)
    .where(alive(now))
    .executeTakeFirst();
  return row && { ...row, realm: row.realm as Realm };
}

/** The person has just shown to be there, by a code, an app or a passkey. */
export async function refreshSession(tx: Tx, now: Now, id: string, proof = 'code'): Promise<void> {
  await sql`update sessions set authenticated_at = ${now.toString()}, assurance = array(select distinct unnest(assurance || ${[proof]}::text[]))
    where id = ${id}`.execute(tx);
}

export async function endSession(tx: Tx, now: Now, which: { tokenHash: Buffer } | { identityId: string; sessionId: string }): Promise<boolean> {
  const update = tx.updateTable('sessions').set({ revoked_at: now.toString() }).where('revoked_at', 'is', null);
  const ended =
    'tokenHash' in which
      ? update.where('token_hash', '=', which.tokenHash)
      : update.where('identity_id', '=', which.identityId).where('id', '=', which.sessionId);
  return (await ended.executeTakeFirst()).numUpdatedRows > 0n;
}

export async function endSessions(tx: Tx, now: Now, of: { identityId: string; realm: Realm; except: string | null }): Promise<number> {
  let update = tx
    .updateTable('sessions')
    .set({ revoked_at: now.toString() })
    .where('identity_id', '=', of.identityId)
    .where('realm', '=', of.realm)
    .where('revoked_at', 'is', null);
  if (of.except !== null) update = update.where('id', '<>', of.except);
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}

export async function moveSession(tx: Tx, now: Now, hash: Buffer, business: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update sessions s set active_business = ${business} where s.token_hash = ${hash} and s.realm = 'office' and ${alive(now)}
    and exists (select from memberships m where m.business_id = ${business} and m.identity_id = s.identity_id and m.kind = 'staff' and m.removed_at is null)`.execute(
      tx,
    );
  return numAffectedRows === 1n;
}

/** Adds one to each and answers what each stands at. Keys come sorted, so that two callers never wait for each other in a ring. */
export async function countHits(tx: Tx, windowStart: string, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx
    .insertInto('throttles')
    .values(keys.map((key) => ({ key, window_start: windowStart, hits: 1 })))
    .onConflict((conflict) => conflict.columns(['key', 'window_start']).doUpdateSet((row) => ({ hits: row('throttles.hits', '+', 1) })))
    .returning(['key', 'hits'])
    .execute();
  return new Map(rows.map((row) => [row.key, row.hits]));
}

export async function forgetHits(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('throttles').where('key', '=', key).execute();
}

/** Spent codes, ended sessions and past windows. Codes of sign-ups wait a month for their owner. */
export async function deleteSpent(tx: Tx, now: Now): Promise<void> {
  const before = (span: Temporal.DurationLike): string => now.subtract(span).toString();
  await tx
    .deleteFrom('throttles')
    .where('window_start', '<', before({ hours: 1 }))
    .execute();
  await tx
    .deleteFrom('sign_in_codes')
    .where('expires_at', '<', before({ hours: 24 }))
    .where('purpose', '<>', 'confirm')
    .execute();
  await tx
    .deleteFrom('sign_in_codes')
    .where('expires_at', '<', before({ hours: 720 }))
    .execute();
  await tx
    .deleteFrom('sessions')
    .where((is) => is.or([is('expires_at', '<', before({ hours: 720 })), is('revoked_at', '<', before({ hours: 720 }))]))
    .execute();
}
