import type { Keys } from '../core/gateways.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { followDecision } from '../domain/links/links.ts';

/** What follows a decision on an estimate: who is asked next, what office and customer are told, its deposit. */
export function followDecisionTask({ database, keys }: { database: Database; keys: Keys }): (input: TaskInput<'follow-decision'>) => Promise<void> {
  return async ({ businessId, documentId, approvalId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) =>
      followDecision(scope, keys, { documentId, approvalId }),
    );
  };
}
