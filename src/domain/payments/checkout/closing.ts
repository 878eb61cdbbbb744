import type { Scope } from '../../../db/scope.ts';
import { settleAttempt } from '../settle.ts';
import { inSystem, type Till } from './checkout.ts';
import { selectUnder } from './queries.ts';

/** Attempts at a processor whose truth is only known there. */
export async function countMoving(scope: Scope, gateway: string): Promise<number> {
  return (await selectUnder(scope, gateway)).length;
}

/** Ends the checkouts customers left open at a processor, so that it can be left. Those being paid at this moment stay as they are. */
export async function closeOpenCheckouts(till: Till, business: string, gatewayName: string): Promise<void> {
  const gateway = till.cards[gatewayName];
  const under = gateway === undefined ? [] : await inSystem(till, business, (scope) => selectUnder(scope, gatewayName));
  for (const { id: attempt, session } of under.filter(({ state }) => state === 'initiated')) {
    const closed = session === null ? null : await gateway?.expireCheckout({ attempt, business, session });
    if (closed?.kind === 'expired') await inSystem(till, business, (scope) => settleAttempt(scope, till.keys, attempt, { kind: 'none' }));
  }
}
