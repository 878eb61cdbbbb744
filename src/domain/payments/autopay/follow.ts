import type { Keys } from '../../../core/gateways.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import type { PaymentState } from '../payment.ts';
import type { Case } from '../settle.ts';
import { tellPerson } from './letters.ts';
import { type Charge, endPlanned, selectBillNow, selectCharge, selectMandates, updateCharge } from './queries.ts';
import { nextTry } from './rule.ts';

/**
 * What became of a try, carried over to the planned charge in the transaction that learned it. Money on its way or in: done. A decline or
 * a return: the next day of the plan, or the end. A try that never reached the processor is as if it had not been. Answers what to tell.
 */
export async function followCharge(found: Case, chargeId: string, to: PaymentState): Promise<NewEvent[]> {
  const { scope, payment, today } = found;
  const charge = await selectCharge(scope, chargeId, true);
  if (charge === undefined || charge.paymentId !== payment.id) return [];
  if (to === 'pending' || to === 'cleared') {
    await updateCharge(scope, chargeId, { state: 'charged', ended_at: scope.now.toString(), failure: '' });
    return [];
  }
  if (to !== 'failed' && to !== 'expired' && to !== 'returned') return [];
  if (to === 'expired' || payment.failure === '') {
    await again(scope, charge, { next_on: today, tries: Math.max(0, charge.tries - 1) });
    return [];
  }
  return fail(scope, found.keys, charge, { failure: payment.failure, today, label: payment.method_label });
}

async function again(scope: Scope, charge: Charge, patch: Readonly<{ next_on: string; tries?: number; failure?: string }>): Promise<boolean> {
  const bill = await selectBillNow(scope, charge, patch.next_on);
  // Meanwhile another charge may have been planned for the bill: one is enough.
  if (bill?.otherPlan !== false) {
    await updateCharge(scope, charge.id, { state: 'failed', ended_at: scope.now.toString(), ...(patch.failure ? { failure: patch.failure } : {}) });
    return false;
  }
  await updateCharge(scope, charge.id, { state: 'planned', ended_at: null, ...patch });
  return true;
}

async function fail(scope: Scope, keys: Keys, charge: Charge, how: Readonly<{ failure: string; today: string; label: string }>): Promise<NewEvent[]> {
  const { failure, today } = how;
  const [mandate] = await selectMandates(scope, { id: charge.mandateId });
  const next = mandate?.endedAt === null ? nextTry({ firstTriedOn: charge.firstTriedOn ?? today, tries: charge.tries, failure, today }) : null;
  const nextOn = next !== null && (await again(scope, charge, { next_on: next, failure })) ? next : null;
  if (nextOn === null) await updateCharge(scope, charge.id, { state: 'failed', ended_at: scope.now.toString(), failure });
  const bill = await selectBillNow(scope, charge, today);
  const { amountMinor, currency, documentId, customerId, personId } = charge;
  const facts = {
    chargeId: charge.id,
    amountMinor,
    currency,
    number: bill?.number ?? '',
    day: nextOn ?? today,
    label: mandate?.methodLabel ?? how.label,
    failure,
  };
  const what = nextOn !== null ? 'failed' : failure === 'needs_confirmation' ? 'confirm' : 'stopped_trying';
  await tellPerson(scope, keys, { what, once: `autopay_failed:${charge.id}:${charge.tries}`, personId, customerId, documentId, facts });
  const data = {
    chargeId: charge.id,
    paymentId: charge.paymentId,
    personId,
    amountMinor,
    currency,
    number: bill?.number ?? null,
    failure,
    nextOn,
    tries: charge.tries,
  };
  return [{ kind: 'autopay.failed', customerId, documentId, shown: false, data }];
}

/** Paying by hand before the charge cancels it (rule 26), in the transaction in which the money set out or came. Answers what to tell. */
export async function cancelPlanned(scope: Scope, documentIds: readonly string[], numberOf: (documentId: string) => string | null): Promise<NewEvent[]> {
  if (documentIds.length === 0) return [];
  const canceled = await endPlanned(scope, { documentIds }, 'paid_by_hand');
  return canceled.map(({ id, documentId, customerId, personId, plannedOn, amountMinor, currency }) => ({
    kind: 'autopay.canceled' as const,
    ...{ customerId, documentId, shown: false },
    data: { chargeId: id, personId, plannedOn, amountMinor, currency, number: numberOf(documentId), why: 'paid_by_hand' },
  }));
}
