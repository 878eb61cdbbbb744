import { inSystem, type Till } from '../checkout/checkout.ts';
import { storeNotices } from './notices.ts';
import { selectKnown } from './queries.ts';

/** Notices stored in one transaction. */
const together = 100;

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
  const missed = past.events.filter(({ id }) => !known.has(id)).map((event) => ({ event, door }));
  let added = 0;
  for (let at = 0; at < missed.length; at += together) {
    added += (await inSystem(till, business, (scope) => storeNotices(scope, gatewayName, missed.slice(at, at + together)))).size;
  }
  return added;
}
