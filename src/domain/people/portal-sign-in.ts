import { deviceParts } from '../../core/device.ts';
import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail } from '../../core/text.ts';
import type { Database } from '../../db/pool.ts';
import { enqueue } from '../../db/queue.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { type AskedCode, newCode, takeCode } from './entry/codes.ts';
import type { Asker } from './entry/desk.ts';
import { meetBrowser } from './entry/devices.ts';
import { type NewSession, openSession } from './entry/sessions.ts';
import { mustNotWait, networkOf, waitFor } from './entry/throttles.ts';
import { confirmIdentity, markVerified, type PersonOfIdentity, selectAddressee, selectPeopleSince, selectPersonByEmail } from './identities/queries.ts';
import { tellPerson } from './notices.ts';

type Asking = Readonly<{ business: string; asker: Asker }>;

/**
 * A customer asks for a code. The answer, the rows and the work are the same whether the business knows the address or not; the mail
 * goes to the stored address only, later, by a task. Refuses `email_invalid` and `too_many_requests`. Keep `nonce` in a cookie of the
 * asking browser.
 */
export async function startPortalCode(database: Database, keys: Keys, input: Asking & Readonly<{ email: string }>): Promise<AskedCode> {
  const email = canonicalEmail(input.email);
  if (email === null) throw new Refusal('email_invalid', { field: 'email' });
  return askFor(database, keys, input, async (scope) => ({ email, identityId: (await selectPersonByEmail(scope, email))?.identity_id ?? null }));
}

/** The same for whoever a document link was made for: no address is typed, the code goes to the recorded one. Refuses `too_many_requests`. */
export function startPersonCode(database: Database, keys: Keys, input: Asking & Readonly<{ personId: string }>): Promise<AskedCode> {
  return askFor(database, keys, input, async (scope) => {
    const person = await selectAddressee(scope, input.personId);
    return { email: person?.email ?? '', identityId: person?.identity_id ?? null };
  });
}

type Addressee = Readonly<{ email: string; identityId: string | null }>;

async function askFor(database: Database, keys: Keys, { business, asker }: Asking, find: (scope: Scope) => Promise<Addressee>): Promise<AskedCode> {
  const asked = await inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const { email, identityId } = await find(scope);
    const wait = await waitFor(scope.tx, scope.now, [
      { name: 'code.account', subject: `${business}:${email}` },
      { name: 'code.network', subject: networkOf(asker.address) },
      { name: 'code.business', subject: business },
    ]);
    if (wait !== null) return { wait, code: null };
    const code = await newCode(scope.tx, scope.now, keys, { realm: 'portal', purpose: 'sign_in', business, identityId, passwordHash: null });
    await enqueue(scope, 'mail-code', { codeId: code.codeId }, { priority: -10 });
    return { wait, code };
  });
  mustNotWait(asked.wait);
  if (asked.code === null) throw new Refusal('too_many_requests');
  return asked.code;
}

/**
 * The customer types the code in the browser that asked. Everything that is not right is refused alike: `code_wrong`. Opens a session
 * of the portal, which is nobody in the office. `remember`: this device is the person's own.
 */
export async function checkPortalCode(
  database: Database,
  keys: Keys,
  input: Readonly<{ business: string; nonce: string; code: string; remember: boolean; asker: Asker }>,
): Promise<NewSession> {
  const { business, asker } = input;
  const answer = await inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const wait = await waitFor(scope.tx, scope.now, [{ name: 'check.network', subject: networkOf(asker.address) }]);
    if (wait !== null) return { wait, session: null };
    const given = { nonce: input.nonce, code: input.code.replace(/\D/g, ''), realm: 'portal', purposes: ['sign_in'], business } as const;
    const code = await takeCode(scope.tx, scope.now, keys, given);
    // The address may have been taken from the account since the code was mailed, or taken and given back.
    const [person] = code === null ? [] : await selectPeopleSince(scope, code.identity_id, code.created_at);
    if (code === null || person === undefined) return { wait, session: null };
    const opening = { identityId: code.identity_id, business: null, assurance: ['code'], device: asker.device, replaces: asker.token };
    const session = await openSession(scope.tx, scope.now, { ...opening, life: input.remember ? 'remembered' : 'portal' });
    await confirmIdentity(scope, code.identity_id, null);
    await markVerified(scope, code.identity_id);
    const actor = { kind: 'person', id: person.id, name: person.name } as const;
    const deviceToken = asker.known === undefined ? undefined : await meetDevice(scope, { identityId: code.identity_id, asker, person, sessionId: session.id });
    await recordEvent({ ...scope, actor }, { kind: 'person.signed_in', data: { personId: person.id, name: person.name } });
    return { wait, session: deviceToken === undefined ? session : { ...session, deviceToken } };
  });
  mustNotWait(answer.wait);
  if (answer.session === null) throw new Refusal('code_wrong');
  return answer.session;
}

type Meeting = Readonly<{ identityId: string; asker: Asker; person: PersonOfIdentity; sessionId: string }>;

/** Tells the person by mail of a sign-in from a browser never seen before, unless it is the very first. Answers what that browser keeps. */
async function meetDevice(scope: Scope, { identityId, asker, person, sessionId }: Meeting): Promise<string> {
  const { token, isNew } = await meetBrowser(scope, identityId, asker.known ?? null);
  if (isNew)
    await tellPerson(scope, {
      ...{
        personId: person.id,
        customerId: null,
        what: 'new_device',
        once: `device:${sessionId}`,
        address: person.email,
        name: person.name,
        locale: person.language,
      },
      facts: { by: '', account: '', may: null, device: deviceParts(asker.device) },
    });
  return token;
}
