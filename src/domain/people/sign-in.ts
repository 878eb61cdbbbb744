import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail } from '../../core/text.ts';
import type { Database } from '../../db/pool.ts';
import { asLogin, inTransaction, systemActor } from '../../db/scope.ts';
import { askConfirmation } from './confirm.ts';
import type { AskedCode } from './entry/codes.ts';
import { type Asker, type DeskOpening, openDeskIn } from './entry/desk.ts';
import { isPassword } from './entry/passwords.ts';
import { selectPending } from './entry/queries.ts';
import type { NewSession } from './entry/sessions.ts';
import { forgive, mustNotWait, networkOf, waitFor } from './entry/throttles.ts';
import { type Asked, openCeremony, readCeremony } from './factors/ceremonies.ts';
import { proofOf } from './factors/codes.ts';
import { answeredBy, credentialOf, type Party, type RequestOptions, requestOptions } from './factors/passkeys.ts';
import { endCeremony, hasSecondFactor, lockPasskey, notePasskeyUse } from './factors/queries.ts';
import { selectAccounts, selectDesk, selectIdentity, selectWorkplaces } from './identities/queries.ts';

export type { AskedCode, Asker, NewSession };

type In = Readonly<{ kind: 'signed_in'; session: NewSession; business: string }>;

/**
 * Office sign-in by password. An address nobody has takes as long as a wrong password and is refused the same: `sign_in_failed`. The right
 * password of a sign-up not confirmed yet answers `unconfirmed` and has a new code mailed; of somebody with a passkey or an app, `second`:
 * nobody is in yet. Refuses `too_many_requests`.
 */
export async function passwordSignIn(
  database: Database,
  keys: Keys,
  input: Readonly<{ email: string; password: string; remember?: boolean; asker: Asker }>,
): Promise<In | { kind: 'unconfirmed'; code: AskedCode; email: string } | { kind: 'second'; asked: Asked }> {
  const email = canonicalEmail(input.email) ?? '';
  const account = { name: 'password.account', subject: email } as const;
  const found = await asLogin(database, async (tx, now) => {
    const wait = await waitFor(tx, now, [account, { name: 'password.network', subject: networkOf(input.asker.address) }]);
    const identity = await selectIdentity(tx, email);
    const pending = identity === undefined ? undefined : await selectPending(tx, identity.id);
    return { wait, identity, pending: identity?.password_hash === null ? pending : undefined };
  });
  mustNotWait(found.wait);
  const { identity, pending } = found;
  const right = await isPassword(input.password, identity?.password_hash ?? pending?.password_hash ?? null);
  if (!right || identity === undefined) throw new Refusal('sign_in_failed');
  if (pending?.for_business && pending.password_hash) {
    return { kind: 'unconfirmed', email, code: await askConfirmation(database, keys, pending.for_business, identity.id, pending.password_hash) };
  }
  const remember = input.remember === true;
  const asked = await asLogin(database, async (tx, now) => {
    await forgive(tx, account);
    if (!(await hasSecondFactor(tx, identity.id))) return null;
    return openCeremony(tx, now, { purpose: 'second', identityId: identity.id, facts: { remember } });
  });
  if (asked !== null) return { kind: 'second', asked };
  return enter(database, { identityId: identity.id, assurance: ['password'], remember, asker: input.asker });
}

/** The second half of a sign-in, in the browser that gave the password: the app's code or a recovery code. Refuses `factor_wrong`. */
export async function secondSignIn(database: Database, keys: Keys, input: Readonly<{ nonce: string; code: string; asker: Asker }>): Promise<In> {
  const answer = await asLogin(database, async (tx, now) => {
    const asked = await readCeremony(tx, now, input.nonce, 'second');
    const identityId = asked?.identity_id ?? null;
    const network = { name: 'factor.network', subject: networkOf(input.asker.address) } as const;
    const wait = await waitFor(tx, now, identityId === null ? [network] : [network, { name: 'factor.account', subject: identityId }]);
    if (wait !== null || asked === undefined || identityId === null) return { wait, proof: null, identityId, remember: false };
    const proof = await proofOf(tx, now, keys, identityId, input.code);
    if (proof !== null) {
      await endCeremony(tx, now, asked.id);
      await forgive(tx, { name: 'factor.account', subject: identityId });
    }
    return { wait, proof, identityId, remember: asked.facts['remember'] === true };
  });
  mustNotWait(answer.wait);
  const { proof, identityId, remember } = answer;
  if (proof === null || identityId === null) throw new Refusal('factor_wrong');
  return enter(database, { identityId, assurance: ['password', proof], remember, asker: input.asker });
}

/** Asks this browser for any passkey of ours: nobody has said who they are. */
export function startPasskeySignIn(database: Database, party: Party, asker: Asker): Promise<Asked & { options: RequestOptions }> {
  return asLogin(database, async (tx, now) => {
    const wait = await waitFor(tx, now, [{ name: 'check.network', subject: networkOf(asker.address) }]);
    const options = await requestOptions(party);
    return { wait, options, ...(await openCeremony(tx, now, { purpose: 'sign_in', challenge: options.challenge, identityId: null })) };
  }).then(({ wait, ...asked }) => {
    mustNotWait(wait);
    return asked;
  });
}

/** A passkey answers: its owner is in, with two proofs in one. Everything else is refused alike: `passkey_refused`. */
export async function passkeySignIn(
  database: Database,
  party: Party,
  input: Readonly<{ nonce: string; response: unknown; remember?: boolean; asker: Asker }>,
): Promise<In> {
  const identityId = await asLogin(database, async (tx, now) => {
    const asked = await readCeremony(tx, now, input.nonce, 'sign_in');
    if (asked === undefined) return null;
    await endCeremony(tx, now, asked.id);
    const key = await lockPasskey(tx, credentialOf(input.response));
    const counter = key === undefined ? null : await answeredBy(party, asked.challenge, key, input.response);
    if (key === undefined || counter === null) return null;
    await notePasskeyUse(tx, now, key.id, counter);
    return key.identity_id;
  });
  if (identityId === null) throw new Refusal('passkey_refused');
  return enter(database, { identityId, assurance: ['passkey'], remember: input.remember === true, asker: input.asker });
}

/** Opens the session of somebody who has shown who they are, in the business they worked in last. Refuses `sign_in_failed` when there is none. */
export async function enter(
  database: Database,
  of: Readonly<{ identityId: string; assurance: readonly string[]; remember: boolean; asker: Asker; business?: string }>,
): Promise<In> {
  const workplaces = await asLogin(database, (tx) => selectWorkplaces(tx, of.identityId));
  const first = workplaces.find(({ business }) => business === of.business) ?? workplaces[0];
  if (first === undefined) throw new Refusal('sign_in_failed');
  const crew = of.remember && (await isCrewOnly(database, of.identityId, workplaces));
  const { identityId, assurance, asker } = of;
  const session = await openDesk(database, { identityId, business: first.business, assurance, life: crew ? 'crew' : 'office', asker });
  if (session === null) throw new Refusal('sign_in_failed');
  return { kind: 'signed_in', session, business: first.business };
}

/** An office session, and its event, in one transaction of the business; null when the identity does not work there any more. */
function openDesk(database: Database, of: DeskOpening): Promise<NewSession | null> {
  return inTransaction(database, { role: 'system', business: of.business, actor: systemActor }, (scope) => openDeskIn(scope, of));
}

/** A phone of the crew stays signed in for a month; whoever runs an office anywhere signs in each working day. */
async function isCrewOnly(database: Database, identityId: string, workplaces: readonly { business: string }[]): Promise<boolean> {
  for (const { business } of workplaces) {
    const desk = await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => selectDesk(scope, identityId));
    if (desk?.role !== 'field') return false;
  }
  return true;
}

/** The businesses a signed-in customer has an account with. Tell nobody but this very person. */
export function accountsOf(database: Database, identityId: string): Promise<{ business: string; slug: string; name: string }[]> {
  return asLogin(database, (tx) => selectAccounts(tx, identityId));
}

/** The businesses a signed-in staff member works in, with the id they have there. */
export function workplacesOf(database: Database, identityId: string): Promise<{ business: string; staffId: string }[]> {
  return asLogin(database, (tx) => selectWorkplaces(tx, identityId));
}

/** Counts a knock at a business's door that mails something: a lost link, an invoice looked for. Refuses `too_many_requests`. */
export async function countKnock(database: Database, address: string): Promise<void> {
  mustNotWait(await asLogin(database, (tx, now) => waitFor(tx, now, [{ name: 'door.network', subject: networkOf(address) }])));
}
