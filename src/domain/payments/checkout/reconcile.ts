import { crashPoint } from '../../../db/crash-point.ts';
import { inTransaction, systemActor } from '../../../db/scope.ts';
import { errorFields, log } from '../../../log.ts';
import { selectPayment } from '../queries.ts';
import { settleAttempt } from '../settle.ts';
import { askProcessor, inSystem, type Till } from './checkout.ts';
import { selectUnsettled } from './queries.ts';

const batch = 500;
/** A checkout nobody finished in a day ends, so that it cannot be paid by surprise. */
const openForHours = 24;

/**
 * Asks the processor about every attempt that is open for more than a minute and carries out what it says. Nobody's notices are
 * needed for the books to be right. One attempt that fails does not keep the others. Answers how many changed.
 */
export async function reconcilePayments(till: Till, business: string, olderThanS = 60): Promise<number> {
  const due = await inTransaction(till.database, { role: 'system', business, actor: systemActor }, (scope) =>
    selectUnsettled(scope, scope.now.subtract({ seconds: olderThanS }).toString(), batch),
  );
  let changed = 0;
  for (const { id } of due) {
    try {
      const settled = await askProcessor(till, business, id);
      if (settled?.kind === 'changed') changed += 1;
      else await endStale(till, business, id);
    } catch (error) {
      log.error('payment not reconciled', { payment: id, ...errorFields(error) });
    }
  }
  return changed;
}

/** Ends a checkout that was left open for a day, or whose address nobody was ever given. */
async function endStale(till: Till, business: string, attempt: string): Promise<void> {
  const stale = await inSystem(till, business, async (scope) => {
    const payment = await selectPayment(scope, attempt);
    if (payment?.state !== 'initiated' || payment.gateway_session === null || payment.gateway === null) return null;
    const age = scope.now.since(Temporal.Instant.from(payment.created_at));
    return age.total('hours') >= openForHours ? { gateway: payment.gateway, session: payment.gateway_session } : null;
  });
  if (stale === null) return;
  const closed = await till.cards[stale.gateway]?.expireCheckout({ attempt, business, session: stale.session });
  if (closed?.kind !== 'expired') return;
  await inSystem(till, business, (scope) => settleAttempt(scope, till.keys, attempt, { kind: 'expired', session: stale.session }));
  crashPoint('payment.settled');
}
