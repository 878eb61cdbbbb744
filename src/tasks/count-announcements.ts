import { inTransaction, systemActor } from '../db/scope.ts';
import { countAnnouncements, type Till } from '../domain/payments/payments.ts';
import type { TaskHandlers } from './worker.ts';

/** Repeats on an invoice's standing what its customers announced. */
export function countAnnounced({ database }: Pick<Till, 'database'>): TaskHandlers['count-announcements'] {
  return async ({ businessId, documentId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => countAnnouncements(scope, documentId));
  };
}
