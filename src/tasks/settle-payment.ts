import { handleNotice, type Till } from '../domain/payments/payments.ts';
import type { TaskHandlers } from './worker.ts';

/** Works through one notice of a processor. Run twice, it finds the notice done. */
export function settlePayment(till: Till): TaskHandlers['settle-payment'] {
  return async ({ businessId, gateway, eventId }) => {
    await handleNotice(till, businessId, { gateway, eventId });
  };
}
