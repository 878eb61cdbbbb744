import type { PayMethod } from '../../../core/gateways.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Database } from '../../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { startPayment } from '../checkout/start.ts';
import { askToUseCredit, carryOutCredit, creditUseOf } from '../credit/credit.ts';
import type { StartedPayment } from '../payment.ts';
import { mustBeCustomer } from '../policy.ts';
import { type Bills, readBills } from '../view/pay-facts.ts';
import { type Allocation, allocate, creditSharesOf, type PayChoice, seenOf } from './allocation.ts';

/** `seen`: what the page showed, by `seenOf`; `wayMinor`: what it said that the way of paying adds or takes off. */
export type AllocatedPayment = Readonly<{
  id: string;
  choice: PayChoice;
  seen: string;
  method: PayMethod;
  personId: string | null;
  wayMinor?: bigint | undefined;
}>;

/** What the press began: a payment to take to its processor, and perhaps credit that is used first. */
export type Begun =
  | (StartedPayment & Readonly<{ kind: 'payment'; bills: readonly string[] }>)
  /** `bills`: what a payment of this same press is for afterwards; none: credit pays it all. */
  | Readonly<{ kind: 'credit'; business: string; use: string; bills: readonly string[] }>;

/**
 * Starts one payment over several bills, for exactly what the payer saw. With credit it only writes down what is wanted: commit, then
 * `spendCredit` and `startRest`. Refuses `allocation_changed` when the same choice would pay something else by now, and whatever `allocate` and
 * `startPayment` refuse; nothing is written then.
 */
export async function startAllocated(scope: Scope, input: AllocatedPayment): Promise<Begun> {
  mustBeCustomer(scope);
  const { business } = scope;
  const known = await creditUseOf(scope, input.id);
  if (known !== null) return { kind: 'credit', business, use: known.id, bills: known.rest.map(({ documentId }) => documentId) };
  const { documentIds, propertyId = null } = input.choice;
  const found = await readBills(scope, documentIds.length === 0 ? null : documentIds, propertyId);
  const allocation = allocationNow(found, input.choice);
  if (allocation === null || seenOf(allocation) !== input.seen) throw new Refusal('allocation_changed');
  const { customerId, currency, creditMinor, usedMinor } = allocation;
  // A part alone is paid as that part; its payer uses no credit with it.
  const rest = allocation.lines.flatMap(({ bill, amountMinor, byCreditMinor, shares }) => {
    const parts = bill.only === null ? {} : { parts: shares.map(({ partId, amountMinor: ofPart }) => ({ partId, amountMinor: ofPart })) };
    return amountMinor > byCreditMinor ? [{ documentId: bill.documentId, amountMinor: amountMinor - byCreditMinor, ...parts }] : [];
  });
  const bills = rest.map(({ documentId }) => documentId);
  const { id, method, personId, wayMinor } = input;
  if (usedMinor > 0n) {
    await askToUseCredit(scope, { id, customerId, personId, currency, shares: creditSharesOf(allocation), rest });
    return { kind: 'credit', business, use: id, bills };
  }
  const started = await startPayment(scope, { id, customerId, method, currency, targets: rest, keepCreditMinor: creditMinor, personId, ...seenWay(wayMinor) });
  return { kind: 'payment', ...started, bills };
}

const seenWay = (wayMinor: bigint | undefined) => (wayMinor === undefined ? {} : { wayMinor });

/** Null: what was chosen cannot be paid so any more, although it was shown. */
function allocationNow({ bills, credits }: Bills, choice: PayChoice): Allocation | null {
  const gone = choice.documentIds.some((id) => !bills.some((bill) => bill.documentId === id));
  return gone ? null : allocate(bills, choice, credits);
}

/** Puts asked-for credit on its bills, in a short transaction of the system. Refuses `allocation_changed` when it is gone meanwhile. */
export async function spendCredit(database: Database, { business, use }: Readonly<{ business: string; use: string }>): Promise<void> {
  const done = await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => carryOutCredit(scope, use));
  if (done === 'refused') throw new Refusal('allocation_changed');
}

/** Starts what the press pays beside its credit, once that is used. The same press again is the same payment; null: nothing is left to charge. */
export async function startRest(scope: Scope, use: string, method: PayMethod, wayMinor?: bigint): Promise<StartedPayment | null> {
  const asked = await creditUseOf(scope, use);
  if (asked === null) throw new Refusal('not_found');
  if (asked.rest.length === 0) return null;
  const { id, customerId, currency, personId, rest } = asked;
  return startPayment(scope, { id, customerId, method, currency, targets: rest, personId, ...seenWay(wayMinor) });
}
