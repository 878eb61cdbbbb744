import type { PayMethod } from '../../core/gateways.ts';
import { type WayRule, wayMinorOf } from '../../core/way-fee.ts';
import type { House } from './queries.ts';

/** A business's rule as JSON, its amounts in its own currency; null: every way costs the same. */
export type StoredRule = Readonly<{ kind: WayRule['kind']; ratePpm: number; fixedMinor: bigint | number; mostMinor: bigint | number | null }> | null;

/** What holds for a payment in a currency: amounts are set in the business's own, so that others cost the same every way. */
export function ruleFor(stored: StoredRule, home: string, currency: string): WayRule | null {
  if (stored === null || home !== currency) return null;
  const ratePpm = BigInt(stored.ratePpm);
  if (stored.kind === 'bank_saving') return { kind: 'bank_saving', ratePpm };
  return { kind: 'card_fee', ratePpm, fixedMinor: BigInt(stored.fixedMinor), mostMinor: stored.mostMinor === null ? null : BigInt(stored.mostMinor) };
}

type Paying = Readonly<{ currency: string; amountMinor: bigint; keepCreditMinor: bigint }>;

/** What a way adds to a payment or takes off it. What is kept as credit carries a card fee, but is no bill that could be saved on. */
export function wayMinorFor(house: Pick<House, 'wayRule' | 'currency'>, way: PayMethod, { currency, amountMinor, keepCreditMinor }: Paying): bigint {
  return wayMinorOn(ruleFor(house.wayRule, house.currency, currency), way, { amountMinor, keepCreditMinor });
}

/** The same where the rule is known. `keepCreditMinor` is part of the amount. */
export function wayMinorOn(rule: WayRule | null, way: PayMethod, { amountMinor, keepCreditMinor }: Omit<Paying, 'currency'>): bigint {
  return wayMinorOf(rule, way, rule?.kind === 'bank_saving' ? amountMinor - keepCreditMinor : amountMinor);
}
