import type { Keys } from '../core/gateways.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { renewLinks } from '../domain/links/links.ts';

/** Mails new links to recorded addresses in place of an ended one. */
export function renewLinkTask({ database, keys }: { database: Database; keys: Keys }): (input: TaskInput<'renew-link'>) => Promise<void> {
  return async ({ businessId, linkId, documentId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => renewLinks(scope, keys, { linkId, documentId }));
  };
}
