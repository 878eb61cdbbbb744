import { inTransaction, systemActor } from '../db/scope.ts';
import { type Till, workNotice } from '../domain/payments/payments.ts';
import type { TaskHandlers } from './worker.ts';

/** Works through one notice of a processor. Run twice, it finds the notice done. */
export function settlePayment({ database, keys }: Till): TaskHandlers['settle-payment'] {
  return async ({ businessId, gateway, eventId }) => {
    await inTransaction(database, { role: 'system', business: businessId, actor: systemActor }, (scope) => workNotice(scope, keys, { gateway, eventId }));
  };
}
