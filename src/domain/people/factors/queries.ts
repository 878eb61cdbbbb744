import { sql, type Transaction } from 'kysely';
import type { DB } from '../../../db/tables.ts';

/** What proves a person besides the password: of an identity, whatever businesses it works in. Read by the login, or by the system in a scope. */
type Tx = Transaction<DB>;
type Now = Temporal.Instant;

export type PasskeyRow = Readonly<{
  id: string;
  identity_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  created_at: string;
  last_used_at: string | null;
}>;
export type AppRow = Readonly<{ secret: string; last_step: number; confirmed_at: string | null }>;
export type Purpose = 'sign_in' | 'second' | 'fresh' | 'register';
export type CeremonyRow = Readonly<{ id: string; challenge: string; identity_id: string | null; facts: Record<string, unknown> }>;

const passkeyColumns = ['id', 'identity_id', 'credential_id', 'public_key', 'counter', 'transports', 'name', 'created_at', 'last_used_at'] as const;
const asPasskey = (row: Omit<PasskeyRow, 'counter'> & { counter: bigint | string | number }): PasskeyRow => ({ ...row, counter: Number(row.counter) });

export async function selectPasskeys(tx: Tx, identityId: string): Promise<PasskeyRow[]> {
  const rows = await tx
    .selectFrom('passkeys')
    .select([...passkeyColumns])
    .where('identity_id', '=', identityId)
    .orderBy('created_at')
    .limit(50)
    .execute();
  return rows.map(asPasskey);
}

export async function lockPasskey(tx: Tx, credentialId: string): Promise<PasskeyRow | undefined> {
  const row = await tx
    .selectFrom('passkeys')
    .select([...passkeyColumns])
    .where('credential_id', '=', credentialId)
    .forUpdate()
    .executeTakeFirst();
  return row && asPasskey(row);
}

/** false: this credential is known already. */
export async function insertPasskey(tx: Tx, now: Now, key: Omit<PasskeyRow, 'created_at' | 'last_used_at'>): Promise<boolean> {
  const row = await tx
    .insertInto('passkeys')
    .values({ ...key, counter: BigInt(key.counter), created_at: now.toString() })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function notePasskeyUse(tx: Tx, now: Now, id: string, counter: number): Promise<void> {
  await tx
    .updateTable('passkeys')
    .set({ counter: BigInt(counter), last_used_at: now.toString() })
    .where('id', '=', id)
    .execute();
}

export async function renamePasskey(tx: Tx, of: { identityId: string; id: string; name: string }): Promise<boolean> {
  const row = await tx
    .updateTable('passkeys')
    .set({ name: of.name })
    .where('id', '=', of.id)
    .where('identity_id', '=', of.identityId)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deletePasskey(tx: Tx, of: { identityId: string; id: string }): Promise<string | undefined> {
  const row = await tx.deleteFrom('passkeys').where('id', '=', of.id).where('identity_id', '=', of.identityId).returning('name').executeTakeFirst();
  return row?.name;
}

/** Locked, so that one code cannot be taken twice at once. */
export async function lockApp(tx: Tx, identityId: string): Promise<AppRow | undefined> {
  const row = await tx
    .selectFrom('authenticator_apps')
    .select(['secret', 'last_step', 'confirmed_at'])
    .where('identity_id', '=', identityId)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, last_step: Number(row.last_step) };
}

export async function hasApp(tx: Tx, identityId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('authenticator_apps')
    .select('identity_id')
    .where('identity_id', '=', identityId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a password alone is not enough for them. */
export async function hasSecondFactor(tx: Tx, identityId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select exists (select from passkeys where identity_id = ${identityId})
    or exists (select from authenticator_apps where identity_id = ${identityId} and confirmed_at is not null) as has`.execute(tx);
  return rows[0]?.has ?? false;
}

/** A secret that waits for its first code. One that was confirmed is replaced by it only once this one is. */
export async function putApp(tx: Tx, now: Now, identityId: string, secret: string): Promise<void> {
  await tx
    .insertInto('authenticator_apps')
    .values({ identity_id: identityId, secret, created_at: now.toString() })
    .onConflict((conflict) => conflict.column('identity_id').doUpdateSet({ secret, last_step: 0n, confirmed_at: null, created_at: now.toString() }))
    .execute();
}

export async function confirmApp(tx: Tx, now: Now, identityId: string): Promise<void> {
  await tx.updateTable('authenticator_apps').set({ confirmed_at: now.toString() }).where('identity_id', '=', identityId).execute();
}

export async function takeStep(tx: Tx, identityId: string, step: number): Promise<void> {
  await tx
    .updateTable('authenticator_apps')
    .set({ last_step: BigInt(step) })
    .where('identity_id', '=', identityId)
    .execute();
}

export async function deleteApp(tx: Tx, identityId: string): Promise<void> {
  await tx.deleteFrom('authenticator_apps').where('identity_id', '=', identityId).execute();
}

export async function replaceRecovery(tx: Tx, now: Now, identityId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('identity_id', '=', identityId).execute();
  if (hashes.length === 0) return;
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ identity_id: identityId, code_hash: hash, created_at: now.toString() })))
    .execute();
}

/** true once for each code. */
export async function spendRecovery(tx: Tx, now: Now, identityId: string, hash: Buffer): Promise<boolean> {
  const row = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now.toString() })
    .where('identity_id', '=', identityId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('identity_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function countRecovery(tx: Tx, identityId: string): Promise<number> {
  const row = await tx
    .selectFrom('recovery_codes')
    .select((is) => is.fn.countAll<string>().as('n'))
    .where('identity_id', '=', identityId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

type NewCeremony = Readonly<{
  id: string;
  purpose: Purpose;
  nonceHash: Buffer;
  challenge: string;
  identityId: string | null;
  facts: Readonly<Record<string, unknown>>;
  expiresAt: string;
}>;
export async function insertCeremony(tx: Tx, now: Now, of: NewCeremony): Promise<void> {
  await tx
    .insertInto('ceremonies')
    .values({
      id: of.id,
      purpose: of.purpose,
      nonce_hash: of.nonceHash,
      challenge: of.challenge,
      identity_id: of.identityId,
      facts: JSON.stringify(of.facts),
      expires_at: of.expiresAt,
      created_at: now.toString(),
    })
    .execute();
}

/** Counts a try and answers the question while it is open: not used, not too old, not tried too often. */
export async function tryCeremony(tx: Tx, now: Now, of: { nonceHash: Buffer; purpose: Purpose; most: number }): Promise<CeremonyRow | undefined> {
  const row = await tx
    .updateTable('ceremonies')
    .set((is) => ({ tries: is('tries', '+', 1) }))
    .where('nonce_hash', '=', of.nonceHash)
    .where('purpose', '=', of.purpose)
    .where('used_at', 'is', null)
    .where('tries', '<', of.most)
    .where('expires_at', '>', now.toString())
    .returning(['id', 'challenge', 'identity_id', 'facts'])
    .executeTakeFirst();
  return row as CeremonyRow | undefined;
}

export async function endCeremony(tx: Tx, now: Now, id: string): Promise<void> {
  await tx.updateTable('ceremonies').set({ used_at: now.toString() }).where('id', '=', id).execute();
}

export async function deletePastCeremonies(tx: Tx, now: Now): Promise<void> {
  await tx
    .deleteFrom('ceremonies')
    .where('expires_at', '<', now.subtract({ hours: 24 }).toString())
    .execute();
  await tx
    .deleteFrom('known_devices')
    .where('seen_at', '<', now.subtract({ hours: 24 * 400 }).toString())
    .execute();
}

/** Notes that this browser is known; answers whether it was, and whether any was. */
export async function noteDevice(tx: Tx, now: Now, identityId: string, hash: Buffer): Promise<{ known: boolean; first: boolean }> {
  const { rows } = await sql<{ known: boolean; first: boolean }>`select coalesce(bool_or(device_hash = ${hash}), false) as known, count(*) = 0 as first
    from known_devices where identity_id = ${identityId}`.execute(tx);
  await tx
    .insertInto('known_devices')
    .values({ identity_id: identityId, device_hash: hash, seen_at: now.toString() })
    .onConflict((conflict) => conflict.columns(['identity_id', 'device_hash']).doUpdateSet({ seen_at: now.toString() }))
    .execute();
  return rows[0] ?? { known: false, first: true };
}

/** Whether an identity signs in by something of its own: a password, a passkey or an app. */
export async function hasProof(tx: Tx, identityId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select password_hash is not null as has from identities where id = ${identityId}`.execute(tx);
  return rows[0]?.has === true || (await hasSecondFactor(tx, identityId));
}

/** Nothing proves an identity any more that nobody works under. */
export async function forgetProofs(tx: Tx, identityId: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('identity_id', '=', identityId).execute();
  await tx.deleteFrom('authenticator_apps').where('identity_id', '=', identityId).execute();
  await tx.deleteFrom('recovery_codes').where('identity_id', '=', identityId).execute();
  await sql`update identities set password_hash = null where id = ${identityId}`.execute(tx);
}

/** Whoever moves to another address, one that proves itself by nothing yet, takes along what proves them. */
export async function moveFactors(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable('passkeys').set({ identity_id: to }).where('identity_id', '=', from).execute();
  await tx.deleteFrom('authenticator_apps').where('identity_id', '=', to).execute();
  await tx.updateTable('authenticator_apps').set({ identity_id: to }).where('identity_id', '=', from).execute();
  await tx.deleteFrom('recovery_codes').where('identity_id', '=', to).execute();
  await tx.updateTable('recovery_codes').set({ identity_id: to }).where('identity_id', '=', from).execute();
  await sql`update identities n set password_hash = o.password_hash from identities o where o.id = ${from} and n.id = ${to}`.execute(tx);
  await sql`update identities set password_hash = null where id = ${from}`.execute(tx);
}
