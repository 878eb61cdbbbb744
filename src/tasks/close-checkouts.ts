import { closeOvertaken, type Till } from '../domain/payments/payments.ts';
import type { TaskHandlers } from './worker.ts';

/** Closes checkouts that a bill has overtaken. Run twice, it finds them closed. */
export function closeCheckoutsTask(till: Till): TaskHandlers['close-checkouts'] {
  return ({ businessId, documentId }) => closeOvertaken(till, businessId, documentId);
}
