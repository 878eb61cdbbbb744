import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { takeDetails } from '../domain/messages/details.ts';

/** Writes on the customer what one of their people changed in the portal and nobody needs to look at. */
export function takeDetailsTask({ database }: { database: Database }): (input: TaskInput<'take-details'>) => Promise<void> {
  return ({ businessId, changeId }) =>
    inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => takeDetails(scope, changeId));
}
