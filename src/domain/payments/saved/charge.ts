import type { AttemptOutcome } from '../../../core/gateways.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import type { Scope } from '../../../db/scope.ts';
import { answerOf, blocked, clearWay, inSystem, type Till } from '../checkout/checkout.ts';
import type { CheckoutAnswer, StartedPayment } from '../payment.ts';
import type { PaymentRow } from '../queries.ts';
import { settleAttempt } from '../settle.ts';
import { chargedOf } from '../tips/tips.ts';
import { selectSaved } from './queries.ts';

type Means = Readonly<{ reference: string; holder: string }>;

/**
 * Charges a committed attempt at its saved method. In one transaction under lock everything is looked at again, older checkouts of the
 * same parts having been closed, and the attempt is marked as unknown: from then on nobody else may charge, whatever becomes of us. Then
 * the processor is asked, with a key that follows from the attempt, and its answer goes the way of all news. An attempt is sent once.
 */
export async function chargeAttempt(till: Till, started: StartedPayment, description: string): Promise<CheckoutAnswer> {
  const { business, attempt } = started;
  let means: Means | null = null;
  const way = await clearWay(till, started, async (scope, payment) => {
    means = await meansOf(scope, payment);
    if (means === null) await settleAttempt(scope, till.keys, attempt, { kind: 'turned_down', reason: 'account_closed' });
    else await settleAttempt(scope, till.keys, attempt, { kind: 'unknown' });
  });
  if (way.kind === 'answer') return way.answer;
  const gateway = till.cards[way.payment.gateway ?? ''];
  if (means === null) return { kind: 'ended', state: 'failed' };
  if (gateway === undefined) return blocked('card_processor_down');
  const { reference, holder } = means as Means;
  crashPoint('autopay.before-charge');
  const outcome = await gateway.chargeSaved({
    ...{ attempt, business, reference, holder, description, idempotencyKey: `attempt-${attempt}` },
    ...{ method: way.payment.method === 'bank' ? 'bank' : 'card', amountMinor: chargedOf(way.payment), currency: way.payment.currency },
  });
  crashPoint('autopay.after-charge');
  return settled(till, started, outcome);
}

async function settled(till: Till, { business, attempt }: StartedPayment, outcome: AttemptOutcome): Promise<CheckoutAnswer> {
  // Marked before it was sent: silence leaves it so, and asking will tell.
  if (outcome.kind === 'unknown') return { kind: 'checking' };
  const done = await inSystem(till, business, (scope) => settleAttempt(scope, till.keys, attempt, outcome));
  crashPoint('autopay.charge-settled');
  if (done.kind === 'foreign' || done.kind === 'mismatch') return blocked('payment_in_check');
  const answer = answerOf(done.state);
  return answer.kind === 'ended' && outcome.kind === 'failed' ? { ...answer, failure: outcome.failure } : answer;
}

/** The processor's names of the method; null once it was removed. */
async function meansOf(scope: Scope, payment: PaymentRow): Promise<Means | null> {
  const row = payment.saved_method_id === null ? undefined : await selectSaved(scope, payment.saved_method_id);
  if (row?.state !== 'saved' || row.reference === null || row.holder === null || row.gateway !== payment.gateway) return null;
  return { reference: row.reference, holder: row.holder };
}
