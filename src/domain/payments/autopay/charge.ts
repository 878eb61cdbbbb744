import { addDays, todayIn } from '../../../core/calendar.ts';
import type { Keys } from '../../../core/gateways.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { type LockedInvoice, lockInvoices } from '../../ledger/standings.ts';
import { inSystem, type Till } from '../checkout/checkout.ts';
import { told } from '../news.ts';
import type { StartedPayment } from '../payment.ts';
import { mustBeSystem } from '../policy.ts';
import { insertPayment, insertShares } from '../queries.ts';
import { chargeAttempt } from '../saved/charge.ts';
import { type SavedRow, selectSaved } from '../saved/queries.ts';
import { sharesOf } from '../shares.ts';
import { tellPerson } from './letters.ts';
import { endMandate } from './mandate.ts';
import { type BillNow, type Charge, type Mandate, selectBillNow, selectCharge, selectMandates, selectPayingPerson, updateCharge } from './queries.ts';
import type { ChargeState, MandateEnd } from './rule.ts';
import { selectRules } from './rules/queries.ts';

/**
 * Charges what was planned, if it still may be: everything is read again under lock, the attempt is written and committed, and only then
 * is the processor asked. Run twice, or by two at once, it charges once. Answers whether a charge was begun.
 */
export async function chargePlanned(till: Till, business: string, chargeId: string): Promise<boolean> {
  const begun = await inSystem(till, business, (scope) => beginCharge(scope, till.keys, chargeId));
  crashPoint('autopay.attempt-begun');
  if (begun === null) return false;
  await chargeAttempt(till, begun, begun.number);
  return true;
}

type Found = Readonly<{ scope: Scope; keys: Keys; charge: Charge; mandate: Mandate; invoice: LockedInvoice; bill: BillNow; today: string }>;

/** Decides at the moment of charging (rule 25), and writes the attempt. Null: nothing is to be charged now. */
export async function beginCharge(scope: Scope, keys: Keys, chargeId: string): Promise<(StartedPayment & { number: string }) | null> {
  mustBeSystem(scope);
  const known = await selectCharge(scope, chargeId);
  if (known?.state !== 'planned') return null;
  const [invoice] = await lockInvoices(scope, [known.documentId]);
  const charge = await selectCharge(scope, chargeId, true);
  const { timeZone, gateway, allowed } = await selectRules(scope);
  const today = todayIn(timeZone, scope.now);
  if (charge?.state !== 'planned' || charge.nextOn > today || invoice === undefined) return null;
  const [mandate] = await selectMandates(scope, { id: charge.mandateId });
  const bill = await selectBillNow(scope, charge, today);
  if (mandate === undefined || bill === undefined) return null;
  const found = { scope, keys, charge, mandate, invoice, bill, today };
  const lapsed = await lapsedOf(found, allowed);
  if (lapsed !== null) return stop(found, lapsed);
  const verdict = verdictOf(found);
  if (verdict === 'wait') return null;
  if (verdict !== 'charge') return end(found, verdict);
  if (bill.dueNowMinor > charge.amountMinor) return tellAgain(found);
  const method = await selectSaved(scope, mandate.methodId);
  return method?.state === 'saved' && method.gateway === gateway ? begin(found, method) : null;
}

/** Why the agreement no longer holds; null while it does. */
async function lapsedOf({ scope, mandate }: Found, allowed: boolean): Promise<MandateEnd | 'ended' | null> {
  if (mandate.endedAt !== null) return 'ended';
  if (!allowed) return 'not_allowed';
  const { customerId, propertyId, personId } = mandate;
  if ((await selectPayingPerson(scope, { customerId, propertyId, personId })) === undefined) return 'right_ended';
  const method = await selectSaved(scope, mandate.methodId);
  if (method?.state !== 'saved') return 'method_removed';
  return method.person_id !== personId && method.offered_at === null ? 'not_offered' : null;
}

async function stop({ scope, charge, mandate }: Found, why: MandateEnd | 'ended'): Promise<null> {
  if (why === 'ended' || why === 'not_allowed') await updateCharge(scope, charge.id, { state: 'stopped', ended_at: scope.now.toString() });
  else await endMandate(scope, mandate, { reason: why });
  return null;
}

function verdictOf({ charge, mandate, invoice, bill }: Found): 'charge' | 'wait' | Extract<ChargeState, 'paid_by_hand' | 'above_cap' | 'nothing_due'> {
  // Nobody charges while the truth of another charge is being fetched.
  if (invoice.unknownMinor > 0n) return 'wait';
  if (bill.handPaid) return 'paid_by_hand';
  if (!bill.open || bill.dueNowMinor <= 0n) return 'nothing_due';
  if (charge.currency !== mandate.currency) return 'nothing_due';
  return bill.dueNowMinor > mandate.capMinor ? 'above_cap' : 'charge';
}

/** Nothing is charged: because it was paid by hand, because nothing is due, or because it is more than the person agreed to, who is asked. */
async function end(found: Found, state: 'paid_by_hand' | 'above_cap' | 'nothing_due'): Promise<null> {
  const { scope, keys, charge, mandate, bill, today } = found;
  await updateCharge(scope, charge.id, { state, ended_at: scope.now.toString() });
  if (state === 'above_cap')
    await tellPerson(scope, keys, { what: 'above_cap', once: `autopay:${charge.id}:cap`, ...whom(charge), facts: factsOf(found, today) });
  const kind = state === 'above_cap' ? 'autopay.above_cap' : 'autopay.canceled';
  await recordEvents(scope, [newsOf(charge, kind, { number: bill.number, dueNowMinor: bill.dueNowMinor, capMinor: mandate.capMinor, why: state })]);
  return null;
}

/** More is due than was told: it is told anew, and charged after a notice of full length. */
async function tellAgain(found: Found): Promise<null> {
  const { scope, keys, charge, mandate, bill, today } = found;
  const plannedOn = addDays(today, mandate.noticeDays);
  await updateCharge(scope, charge.id, { planned_on: plannedOn, next_on: plannedOn, amount_minor: bill.dueNowMinor });
  await tellPerson(scope, keys, { what: 'notice', once: `autopay:${charge.id}:${plannedOn}`, ...whom(charge), facts: factsOf(found, plannedOn) });
  await recordEvents(scope, [newsOf(charge, 'autopay.planned', { number: bill.number, plannedOn, amountMinor: bill.dueNowMinor })]);
  return null;
}

const whom = ({ personId, customerId, documentId }: Charge) => ({ personId, customerId, documentId });
const factsOf = ({ charge, mandate, bill }: Found, day: string) => ({
  ...{ chargeId: charge.id, amountMinor: bill.dueNowMinor, currency: charge.currency, number: bill.number, day },
  ...{ label: mandate.methodLabel, capMinor: mandate.capMinor },
});

function newsOf(charge: Charge, kind: NewEvent['kind'], more: Readonly<Record<string, unknown>>): NewEvent {
  const { id: chargeId, customerId, documentId, personId, amountMinor, currency, plannedOn } = charge;
  return { kind, customerId, documentId, shown: false, data: { chargeId, personId, amountMinor, currency, plannedOn, ...more } };
}

async function begin({ scope, charge, mandate, invoice, bill, today }: Found, method: SavedRow): Promise<StartedPayment & { number: string }> {
  const id = newId();
  const shares = sharesOf({ documentId: charge.documentId, amountMinor: bill.dueNowMinor }, invoice.parts);
  const { customerId, personId, currency, documentId } = charge;
  const payment = { id, customerId, personId, method: method.method, state: 'initiated', amountMinor: bill.dueNowMinor, currency, startedOn: today } as const;
  await insertPayment(scope, { ...payment, keepCreditMinor: 0n, gateway: method.gateway, documentId, savedMethodId: method.id, autopayChargeId: charge.id });
  await insertShares(scope, id, shares, { state: 'initiated', method: method.method, day: today });
  const tried = { tries: charge.tries + 1, first_tried_on: charge.firstTriedOn ?? today };
  await updateCharge(scope, charge.id, { state: 'charging', payment_id: id, amount_minor: bill.dueNowMinor, ...tried });
  await recordEvents(scope, told('payment.started', payment, shares, [invoice], { autopay: true, mandateId: mandate.id }, false));
  return { business: scope.business, attempt: id, number: bill.number };
}
