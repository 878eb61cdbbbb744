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
import { selectAccounts, selectDesk, selectIdentity, selectWorkplaces } from './identities/queries.ts';

export type { AskedCode, Asker, NewSession };

/**
 * Office sign-in by password. An address nobody has takes as long as a wrong password and is refused the same: `sign_in_failed`. The right
 * password of a sign-up not confirmed yet answers `unconfirmed` and has a new code mailed. Refuses `too_many_requests`.
 */
export async function passwordSignIn(
  database: Database,
  keys: Keys,
  input: Readonly<{ email: string; password: string; remember?: boolean; asker: Asker }>,
): Promise<{ kind: 'signed_in'; session: NewSession; business: string } | { kind: 'unconfirmed'; code: AskedCode; email: string }> {
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
  const workplaces = await asLogin(database, async (tx) => {
    await forgive(tx, account);
    return selectWorkplaces(tx, identity.id);
  });
  const [first] = workplaces;
  if (first === undefined) throw new Refusal('sign_in_failed');
  const crew = input.remember === true && (await isCrewOnly(database, identity.id, workplaces));
  const session = await openDesk(database, {
    identityId: identity.id,
    business: first.business,
    assurance: ['password'],
    life: crew ? 'crew' : 'office',
    asker: input.asker,
  });
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
