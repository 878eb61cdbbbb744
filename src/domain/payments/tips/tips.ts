import { limits } from '../../../core/limits.ts';
import { divideHalfUp } from '../../../core/money.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import type { PaymentRow } from '../queries.ts';
import type { PayFacts } from '../view/pay-facts.ts';
import { selectTipRules } from './queries.ts';

/** How a business lets its customers tip: what it suggests, and the most it takes, in percent of what is paid. */
export type TipRules = Readonly<{ percents: readonly number[]; capPercent: number }>;

/** What may be given beside one amount. In minor units of its currency. */
export type TipOffer = Readonly<{ amountMinor: bigint; mostMinor: bigint; choices: readonly Readonly<{ percent: number; tipMinor: bigint }>[] }>;

/** A tip beside the amount it is given with, and what both come to. */
export type Tip = Readonly<{ tipMinor: bigint; totalMinor: bigint }>;

/** What is charged in one sum: what a payment brings for bills, its tip, and what the way of paying adds or takes off. */
export const chargedOf = (payment: Pick<PaymentRow, 'amount_minor' | 'tip_minor' | 'way_minor'>): bigint =>
  payment.amount_minor + payment.tip_minor + payment.way_minor;

/** The suggestions and the cap for an amount. */
export function offerOn({ percents, capPercent }: TipRules, amountMinor: bigint): TipOffer {
  const capMinor = (amountMinor * BigInt(capPercent)) / 100n;
  const roomMinor = limits.paymentMaxMinor - amountMinor;
  const mostMinor = capMinor < roomMinor ? capMinor : roomMinor;
  const choices = percents.map((percent) => ({ percent, tipMinor: divideHalfUp(amountMinor * BigInt(percent), 100n) }));
  return { amountMinor, mostMinor, choices: choices.filter(({ tipMinor }) => tipMinor > 0n && tipMinor <= mostMinor) };
}

/** What may be given with this amount; null: a tip is offered only with the whole of a residential customer's bill (rule 42). */
export function tipOffer({ tips, payableMinor }: Pick<PayFacts, 'tips' | 'payableMinor'>, amountMinor: bigint): TipOffer | null {
  if (tips === null || amountMinor !== payableMinor) return null;
  const offer = offerOn(tips, amountMinor);
  return offer.mostMinor > 0n ? offer : null;
}

/** Refuses `amount_too_small` and `tip_too_large`. */
export function giveTip({ amountMinor, mostMinor }: TipOffer, tipMinor: bigint): Tip {
  if (tipMinor < 0n) throw new Refusal('amount_too_small', { field: 'own' });
  if (tipMinor > mostMinor) throw new Refusal('tip_too_large', { field: 'own', mostMinor });
  return { tipMinor, totalMinor: amountMinor + tipMinor };
}

type Given = Readonly<{ customerId: string; documentId: string; amountMinor: bigint; tipMinor: bigint; settles: boolean }>;

/** Judged again when a payment is started, whatever its page showed. Refuses `tip_not_offered` and what `giveTip` refuses. */
export async function mustTakeTip(scope: Scope, { customerId, documentId, amountMinor, tipMinor, settles }: Given): Promise<void> {
  const rules = settles ? await selectTipRules(scope, customerId, documentId) : null;
  if (rules === null) throw new Refusal('tip_not_offered', { field: 'tip' });
  giveTip(offerOn(rules, amountMinor), tipMinor);
}
