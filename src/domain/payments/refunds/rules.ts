import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { selectRefundLimit, setRefundLimit } from './queries.ts';

/** From which amount on a refund needs a second person, where there is one; null: never. In the business's currency. */
export type RefundRules = Readonly<{ limitMinor: bigint | null }>;

export async function readRefundRules(scope: Scope): Promise<RefundRules> {
  await mustBeAllowed(scope, 'settings:read');
  return { limitMinor: await selectRefundLimit(scope) };
}

/** Refuses `amount_too_small` below zero. */
export async function changeRefundRules(scope: Scope, { limitMinor }: RefundRules): Promise<RefundRules> {
  await mustBeAllowed(scope, 'settings:write');
  if (limitMinor !== null && limitMinor < 0n) throw new Refusal('amount_too_small', { field: 'limitMinor' });
  const before = await selectRefundLimit(scope);
  await setRefundLimit(scope, limitMinor);
  await recordEvent(scope, { kind: 'business.settings_changed', data: { sections: ['refunds'], before: { limitMinor: before }, after: { limitMinor } } });
  return { limitMinor };
}
