import { magnitude } from '../../../core/authority.ts';
import type { Scope } from '../../../db/scope.ts';
import { lockStanding } from '../../estimates/estimates.ts';
import { recordEvent } from '../../events/events.ts';
import { selectApprovals } from '../queries.ts';
import { type NextPerson, selectNext, setWaitingFor } from './queries.ts';

/**
 * After a recommendation, or the first yes of two: whom the estimate waits for now, kept on its standing. Null when nobody at the customer may approve it, or it was decided
 * meanwhile. Once more answers the same person.
 */
export async function passOn(scope: Scope, documentId: string): Promise<(NextPerson & { totalMinor: bigint; currency: string }) | null> {
  const standing = await lockStanding(scope, documentId);
  if (standing.state !== 'sent') return null;
  const [last] = await selectApprovals(scope, { documentId, limit: 1 });
  if (last?.kind !== 'recommended' && last?.kind !== 'first_approved') return null;
  const { customerId, propertyId, number, revision, shown } = standing;
  const next = await selectNext(scope, {
    documentId,
    customerId,
    propertyId,
    totalMinor: magnitude(last.totalMinor),
    exceptId: standing.firstApproverId,
    today: standing.today,
  });
  if (next === null) return null;
  const { totalMinor, currency } = last;
  if (standing.waitingForId === next.id && standing.waitingInsteadOfId === (next.instead?.personId ?? null)) return { ...next, totalMinor, currency };
  await setWaitingFor(scope, documentId, next);
  await recordEvent(scope, {
    kind: 'estimate.waiting',
    ...{ customerId, propertyId, documentId, shown },
    data: { number, revision, personId: next.id, name: next.name, ...(next.instead && { insteadOf: next.instead.name }), totalMinor, currency },
  });
  return { ...next, totalMinor, currency };
}
