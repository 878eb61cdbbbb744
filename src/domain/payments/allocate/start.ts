import type { PayMethod } from '../../../core/gateways.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { startPayment } from '../checkout/start.ts';
import type { StartedPayment } from '../payment.ts';
import { mustBeCustomer } from '../policy.ts';
import { readBills } from '../view/pay-facts.ts';
import { type Allocation, allocate, type PayChoice, seenOf } from './allocation.ts';

/** `seen`: what the page showed, by `seenOf`. */
export type AllocatedPayment = Readonly<{ id: string; choice: PayChoice; seen: string; method: PayMethod; personId: string | null }>;

/**
 * Starts one payment over several bills, for exactly what the payer saw. Refuses `allocation_changed` when the same choice would pay
 * something else by now, and whatever `allocate` and `startPayment` refuse; nothing is written then.
 */
export async function startAllocated(scope: Scope, input: AllocatedPayment): Promise<StartedPayment & { allocation: Allocation }> {
  mustBeCustomer(scope);
  const { documentIds } = input.choice;
  const { bills } = await readBills(scope, documentIds.length === 0 ? null : documentIds);
  const allocation = allocationNow(bills, input.choice);
  if (allocation === null || seenOf(allocation) !== input.seen) throw new Refusal('allocation_changed');
  const { customerId, currency, creditMinor } = allocation;
  const started = await startPayment(scope, {
    id: input.id,
    customerId,
    method: input.method,
    currency,
    targets: allocation.lines.map(({ bill, amountMinor }) => ({ documentId: bill.documentId, amountMinor })),
    keepCreditMinor: creditMinor,
    personId: input.personId,
  });
  return { ...started, allocation };
}

/** Null: what was chosen cannot be paid so any more, although it was shown. */
function allocationNow(bills: Parameters<typeof allocate>[0], choice: PayChoice): Allocation | null {
  const gone = choice.documentIds.some((id) => !bills.some((bill) => bill.documentId === id));
  return gone ? null : allocate(bills, choice);
}
