import { inSystem, type Till } from '../checkout/checkout.ts';
import { storeNotice } from './notices.ts';
import { selectKnown } from './queries.ts';

/**
 * Stores what a processor has told since a moment and what never arrived, with the same task as if it had: lost notices cost some minutes and no
 * money. Answers how many were new; null where the processor was silent or nothing is connected.
 */
export async function fetchMissed(till: Till, business: string, gatewayName: string, sinceUnixS: number): Promise<number | null> {
  const gateway = till.cards[gatewayName];
  const door = (await gateway?.noticeDoor(business)) ?? null;
  if (door === null || gateway?.pastEvents === undefined) return null;
  const past = await gateway.pastEvents({ business, sinceUnixS });
  if (past.kind === 'unknown') return null;
  const ids = past.events.map(({ id }) => id);
  const known = await inSystem(till, business, (scope) => selectKnown(scope, gatewayName, ids));
  let added = 0;
  for (const event of past.events.filter(({ id }) => !known.has(id))) {
    const kept = await inSystem(till, business, (scope) => storeNotice(scope, gatewayName, event, door));
    if (kept === 'stored') added += 1;
  }
  return added;
}
