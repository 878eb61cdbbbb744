import { sendRefund, type Till } from '../domain/payments/payments.ts';
import type { TaskHandlers } from './worker.ts';

/** Hands a refund to its processor. Run twice, it asks first what became of it. */
export function sendRefundTask(till: Till): TaskHandlers['send-refund'] {
  return ({ businessId, refundId }) => sendRefund(till, businessId, refundId);
}
