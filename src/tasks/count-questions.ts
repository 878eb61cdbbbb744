import { inTransaction, systemActor } from '../db/scope.ts';
import { countQuestions } from '../domain/messages/charges.ts';
import type { Till } from '../domain/payments/payments.ts';
import type { TaskHandlers } from './worker.ts';

/** Repeats on an invoice's standing what its customers question, where whoever asked could not reach it. */
export function countQuestionsTask({ database }: Pick<Till, 'database'>): TaskHandlers['count-questions'] {
  return async ({ businessId, documentId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => countQuestions(scope, documentId));
  };
}
