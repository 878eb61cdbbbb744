import type { Transaction } from 'kysely';
import { hashToken, newId, newToken } from '../../../db/fresh.ts';
import type { DB } from '../../../db/tables.ts';
import { type CeremonyRow, insertCeremony, type Purpose, tryCeremony } from './queries.ts';

const minutes = 10;
const mostTries = 5;

/** What the asking browser keeps: the answer counts nowhere else. */
export type Asked = Readonly<{ nonce: string; expiresAt: string }>;

/** Opens one question to an authenticator, or a wait for a second factor; ten minutes, five tries. */
export async function openCeremony(
  tx: Transaction<DB>,
  now: Temporal.Instant,
  of: Readonly<{ purpose: Purpose; challenge?: string; identityId: string | null; facts?: Readonly<Record<string, unknown>> }>,
): Promise<Asked> {
  const { token: nonce, hash: nonceHash } = newToken();
  const expiresAt = now.add({ minutes }).toString();
  const { purpose, challenge = '', identityId, facts = {} } = of;
  await insertCeremony(tx, now, { id: newId(), purpose, nonceHash, challenge, identityId, facts, expiresAt });
  return { nonce, expiresAt };
}

/** The question of this browser while it is open; the try is counted, so commit whatever comes of it. */
export function readCeremony(tx: Transaction<DB>, now: Temporal.Instant, nonce: string, purpose: Purpose): Promise<CeremonyRow | undefined> {
  return tryCeremony(tx, now, { nonceHash: hashToken(nonce), purpose, most: mostTries });
}
