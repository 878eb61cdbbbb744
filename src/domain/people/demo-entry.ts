import { Refusal } from '../../core/refusal.ts';
import type { Database } from '../../db/pool.ts';
import { asLogin, inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { type Asker, openDeskIn } from './entry/desk.ts';
import { type NewSession, openSession } from './entry/sessions.ts';
import { isDemo, markVerified, selectIdentity, selectPersonByEmail } from './identities/queries.ts';

type Entering = Readonly<{ business: string; email: string; asker: Asker }>;

/** A real office session of an invented colleague, without a password. Refuses `not_found` for any business that is not the demo's. */
export async function signInAsStaff(database: Database, { business, email, asker }: Entering): Promise<NewSession> {
  const identity = await asLogin(database, (tx) => selectIdentity(tx, email));
  const session = await inDemo(database, business, async (scope) =>
    identity === undefined ? null : openDeskIn(scope, { identityId: identity.id, business, assurance: ['password'], life: 'office', asker }),
  );
  if (session === null) throw new Refusal('not_found');
  return session;
}

/** A real portal session of an invented customer's person, without a code. Refuses like `signInAsStaff`. */
export async function signInAsPerson(database: Database, { business, email, asker }: Entering): Promise<NewSession> {
  const session = await inDemo(database, business, async (scope) => {
    const person = await selectPersonByEmail(scope, email);
    if (person === undefined) return null;
    const { identity_id: identityId, id, name } = person;
    const opening = { identityId, business: null, assurance: ['code'], device: asker.device, replaces: asker.token };
    const opened = await openSession(scope.tx, scope.now, { ...opening, life: 'portal' });
    await markVerified(scope, identityId);
    await recordEvent({ ...scope, actor: { kind: 'person', id, name } }, { kind: 'person.signed_in', data: { personId: id, name } });
    return opened;
  });
  if (session === null) throw new Refusal('not_found');
  return session;
}

function inDemo<T>(database: Database, business: string, work: (scope: Scope) => Promise<T>): Promise<T> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    if (!(await isDemo(scope))) throw new Refusal('not_found');
    return work(scope);
  });
}
