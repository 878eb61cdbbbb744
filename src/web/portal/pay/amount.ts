import { readId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { payRest } from '../../../core/settlement.ts';
import { type PayFacts, type Share, sharesOf } from '../../../domain/payments/payments.ts';

/** What the payer is about to pay: how much, and which parts were chosen. */
export type Wanted = Readonly<{ amountMinor: bigint; chosen: readonly string[] | null; shares: readonly Share[] }>;

/**
 * Reads an amount and chosen properties from an address or a form, and says what they would pay before anything is paid (rule 31).
 * Nothing chosen means all that is due, with installments what is due of them or the next; `rest`: all of it. Refuses amounts outside what may be paid, with the field named.
 */
export function wantedFrom(
  facts: PayFacts,
  documentId: string,
  given: { amountMinor: bigint | null; parts: readonly string[]; all?: boolean; rest?: boolean },
): Wanted {
  const own = facts.parts.filter((part) => part.mayPay);
  const chosen = given.parts.map((part) => readId('part', part)).filter((part) => part !== null);
  const meant = chosen.length === 0 ? own : own.filter((part) => chosen.includes(part.partId));
  if (meant.length === 0) throw new Refusal('wrong_choice', { field: 'part' });
  const openMinor = meant.reduce((sumMinor, part) => sumMinor + (part.openMinor > 0n ? part.openMinor : 0n), 0n);
  const fullMinor = chosen.length === 0 || openMinor > facts.payableMinor ? facts.payableMinor : openMinor;
  // What is in question is left out unless the payer asks for it (rule 23).
  const usualMinor = given.rest ? payRest(facts).restMinor : (facts.nextMinor ?? payRest(facts).restMinor);
  const meantMinor = chosen.length === 0 && !given.all ? usualMinor : fullMinor;
  const amountMinor = given.amountMinor ?? meantMinor;
  mustBePayable(facts, amountMinor, fullMinor);
  return { amountMinor, chosen: chosen.length === 0 ? null : chosen, shares: sharesOf({ documentId, amountMinor }, meant) };
}

function mustBePayable(facts: PayFacts, amountMinor: bigint, fullMinor: bigint): void {
  const field = 'amount';
  if (facts.payableMinor <= 0n) throw new Refusal('nothing_to_pay');
  if (amountMinor < limits.paymentMinMinor) throw new Refusal('amount_too_small', { field });
  if (amountMinor > limits.paymentMaxMinor) throw new Refusal('amount_too_large', { field });
  if (amountMinor > fullMinor) throw new Refusal('above_balance', { field });
  if (amountMinor === payRest(facts).restMinor || amountMinor === facts.nextMinor) return;
  if (amountMinor < facts.payableMinor && !facts.partPayment) throw new Refusal('part_payment_off', { field });
  if (amountMinor < smallestMinor(facts)) throw new Refusal('below_floor', { field });
}

/** The least that may be paid: the business's floor, or what is left when that is less. */
export function smallestMinor({ floorMinor, payableMinor }: PayFacts): bigint {
  if (payableMinor < floorMinor) return payableMinor;
  return floorMinor;
}
