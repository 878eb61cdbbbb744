import { wayShareOf } from '../../../core/way-fee.ts';
import { newId } from '../../../db/fresh.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { giveBack, refundNews } from './carry.ts';
import { chargedLeftOf, holdPayment } from './money.ts';
import { insertRefund, lockRefund } from './queries.ts';

/**
 * Money that came for something paid meanwhile goes back by itself (P14): nobody asked to be charged twice. It leaves the books with the
 * payment that brought it, and a task hands it to the processor. The payment is locked, and cleared. `whole`: nothing of it was taken, so that
 * its tip was given twice as well; a card fee goes back with its share. Answers the events.
 */
export async function refundRest(scope: Scope, paymentId: string, amountMinor: bigint, whole: boolean): Promise<NewEvent[]> {
  const held = await holdPayment(scope, paymentId);
  const { payment } = held;
  if (amountMinor <= 0n || payment.gateway === null || payment.gateway_payment === null) return [];
  const id = newId();
  await insertRefund(scope, {
    ...{
      id,
      payment_id: payment.id,
      customer_id: payment.customer_id,
      document_id: payment.document_id,
      currency: payment.currency,
      amount_minor: amountMinor,
      tip_minor: whole ? payment.tip_minor : 0n,
      way_minor: wayShareOf(chargedLeftOf(held), amountMinor),
    },
    ...{ method: 'original', state: 'requested', origin: 'automatic', reason: 'Paid twice', sources: [], gateway: payment.gateway, gateway_refund: null },
    ...{ reference: '', given_on: null, asked_by: null, asked_by_name: '' },
  });
  const row = await lockRefund(scope, id);
  if (row === undefined) throw new Error('a refund that was written is there');
  await giveBack(scope, held, row, []);
  await enqueue(scope, 'send-refund', { refundId: id }, { key: id, priority: -5 });
  return refundNews(held, row, 'started', false);
}
