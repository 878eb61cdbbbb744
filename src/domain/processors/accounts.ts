import type { Keys, ProcessorAccount } from '../../core/gateways.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, systemActor } from '../../db/scope.ts';
import { type AccountRow, selectAccount } from './queries.ts';

/** What a sealed key or secret is bound to: of another business, account or use it does not open. */
export const sealedFor = (business: string, id: string, use: 'key' | 'secret'): string => `processor:${business}:${id}:${use}`;

/** A processor's account of one business, opened for one call. Its short transaction is over before anybody is asked. */
export async function accountOf(database: Database, keys: Pick<Keys, 'unseal'>, gateway: string, business: string): Promise<ProcessorAccount | null> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const row = await selectAccount(scope, gateway, 'connected');
    return row === undefined ? null : opened(keys, business, row, scope.now);
  });
}

function opened(keys: Pick<Keys, 'unseal'>, business: string, row: AccountRow, now: Temporal.Instant): ProcessorAccount | null {
  const open = (sealed: string | null, use: 'key' | 'secret'): string | null =>
    sealed === null ? null : keys.unseal(sealed, sealedFor(business, row.id, use));
  const key = open(row.sealedKey, 'key');
  // Sealed under another APP_SECRET: it has to be connected anew.
  if (key === null) return null;
  const oldHolds = row.oldSecretUntil !== null && Temporal.Instant.compare(Temporal.Instant.from(row.oldSecretUntil), now) > 0;
  const secrets = [open(row.sealedSecret, 'secret'), oldHolds ? open(row.sealedOldSecret, 'secret') : null];
  return { key, account: row.accountId, live: row.live, secrets: secrets.filter((secret) => secret !== null) };
}
