import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { endSession, endSessions, selectSessions } from './entry/queries.ts';

type Which = Readonly<{ identityId: string; own: string } & ({ session: string } | { session: null })>;

/**
 * A customer's person signs out one device of theirs, or with null all but the one in hand: it counts from the next request. In a scope of the system
 * with that person as actor. Refuses `not_found` for a session that is not theirs or has ended.
 */
export async function signOutDevice(scope: Scope, { identityId, session, own }: Which): Promise<void> {
  const { kind, id, name } = scope.actor;
  if (kind !== 'person' || id === null || scope.role !== 'system') throw new Refusal('not_allowed');
  if (session === null) await endSessions(scope.tx, scope.now, { identityId, realm: 'portal', except: own });
  else {
    const theirs = await selectSessions(scope.tx, scope.now, identityId, 'portal');
    if (!theirs.some((each) => each.id === session)) throw new Refusal('not_found');
    await endSession(scope.tx, scope.now, { identityId, sessionId: session });
  }
  await recordEvent(scope, { kind: 'person.signed_out', data: { personId: id, name, which: session === null ? 'others' : session === own ? 'this' : 'one' } });
}
