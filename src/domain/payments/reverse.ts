import { todayIn } from '../../core/calendar.ts';
import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { crashPoint } from '../../db/crash-point.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvents } from '../events/events.ts';
import { takeBackEarly } from '../invoices/early/early.ts';
import { appliedOf } from '../ledger/ledger.ts';
import { lockInvoices, unapplyPayment } from '../ledger/standings.ts';
import { postOut } from './books.ts';
import { billsOfCredit, freeCredit } from './credit/credit.ts';
import { told } from './news.ts';
import { mayRecord } from './policy.ts';
import { lockPayment, selectHouse, selectPayment, selectShares, updatePayment } from './queries.ts';
import { selectGivenBack } from './refunds/queries.ts';

/**
 * Takes back a payment the office recorded, by new transfers the other way; its invoices are owed again. Refuses `not_found`,
 * `payment_already_reversed`, `payment_not_reversible` for money that came through a processor, `reason_required`.
 */
export async function reversePayment(scope: Scope, input: Readonly<{ paymentId: string; reason: string }>): Promise<void> {
  await mayRecord(scope);
  const reason = clean(input.reason, textLimits.reason, 'reason');
  if (reason === '') throw new Refusal('reason_required', { field: 'reason' });
  const known = await selectPayment(scope, input.paymentId);
  if (known === undefined) throw new Refusal('not_found');
  const shares = [...(await selectShares(scope, known.id)), ...(await appliedOf(scope, known.id))];
  const onCredit = await billsOfCredit(scope, known.customer_id, known.currency);
  const invoices = await lockInvoices(scope, [...new Set([...shares.map((share) => share.documentId), ...onCredit])]);
  const payment = await lockPayment(scope, known.id);
  if (payment === undefined) throw new Refusal('not_found');
  if (payment.state === 'reversed') throw new Refusal('payment_already_reversed');
  if (payment.state !== 'cleared' || payment.gateway !== null) throw new Refusal('payment_not_reversible');
  const back = await selectGivenBack(scope, payment.id);
  if (back.refunded + back.waiting + back.disputed > 0n) throw new Refusal('payment_state', { refundedMinor: back.refunded });
  crashPoint('payment.before-reversing');
  const { id, customer_id: customerId, method, amount_minor: amountMinor, currency } = payment;
  const applied = await appliedOf(scope, id);
  const { time_zone: zone } = await selectHouse(scope);
  const today = todayIn(zone, scope.now);
  const freed = await freeCredit(scope, { customerId, currency, amountMinor, applied }, today);
  await unapplyPayment(scope, applied);
  await postOut(scope, { paymentId: id, customerId, method, amountMinor, currency, effectiveOn: today }, 'reverse', applied, invoices);
  const paid = applied.map(({ documentId }) => documentId);
  const ended = await takeBackEarly(scope, paid, today);
  await updatePayment(scope, id, { state: 'reversed', ended_at: scope.now.toString(), reason });
  await recordEvents(scope, [
    ...told('payment.reversed', { id, customerId, method, amountMinor, currency }, applied, invoices, { reason }),
    ...ended,
    ...freed,
  ]);
  crashPoint('payment.reversed');
}
