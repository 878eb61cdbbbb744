import type { Database } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import type { TaskInput } from '../db/task-names.ts';
import { mailQuestion } from '../domain/messages/messages.ts';

/** Tells the office by mail that a customer asked. */
export function mailQuestionTask({ database }: { database: Database }): (input: TaskInput<'mail-question'>) => Promise<void> {
  return async ({ businessId, messageId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => mailQuestion(scope, messageId));
  };
}
