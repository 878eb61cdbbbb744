import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { publishPayChange } from '../domain/businesses/pay-details.ts';

/** The day of waiting is over: what customers read about paying changes now, unless somebody stopped it. */
export function publishPayChangeTask({ database }: { database: Database }): (input: TaskInput<'publish-pay-change'>) => Promise<void> {
  return async ({ businessId, changeId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => publishPayChange(scope, changeId));
  };
}
