import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { indexPerson } from '../domain/people/people.ts';

/** Makes a person findable in the office by the details they corrected in the portal. */
export function indexPersonTask({ database }: { database: Database }): (input: TaskInput<'index-person'>) => Promise<void> {
  return ({ businessId, personId }) =>
    inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => indexPerson(scope, personId));
}
