import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { publishProcessor } from '../domain/processors/processors.ts';

/** The day of waiting is over: money goes to the other account from now on, unless somebody stopped it or payments are still under way. */
export function publishProcessorTask({ database }: { database: Database }): (input: TaskInput<'publish-processor'>) => Promise<void> {
  return async ({ businessId, accountId }) => {
    const done = await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => publishProcessor(scope, accountId));
    if (!done) throw new Error('payments are still under way at the account there is');
  };
}
