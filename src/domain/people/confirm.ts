import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail } from '../../core/text.ts';
import { hashToken, newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { enqueue } from '../../db/queue.ts';
import { asLogin, inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { type AskedCode, newCode, type Purpose, takeCode } from './entry/codes.ts';
import { type Asker, openDeskIn } from './entry/desk.ts';
import { hashPassword, mustBeGoodPassword } from './entry/passwords.ts';
import { deleteSpent, endSessions, refreshSession, selectCode, selectCodeByNonce, selectSession } from './entry/queries.ts';
import type { NewSession } from './entry/sessions.ts';
import { mustNotWait, networkOf, waitFor } from './entry/throttles.ts';
import { deletePastCeremonies, hasSecondFactor } from './factors/queries.ts';
import { confirmIdentity, selectDesk, selectIdentity, selectPeopleOf, selectWorkplaces } from './identities/queries.ts';
import { joinAsStaff } from './staff/queries.ts';

/** The hash of a password for a new sign-up. Refuses weak ones, and `too_many_requests` for a network that signs up all day. */
export async function preparePassword(database: Database, input: Readonly<{ password: string; known: readonly string[]; asker: Asker }>): Promise<string> {
  mustBeGoodPassword(input.password, input.known);
  mustNotWait(await asLogin(database, (tx, now) => waitFor(tx, now, [{ name: 'sign-up.network', subject: networkOf(input.asker.address) }])));
  return hashPassword(input.password);
}

/** A code that gives an identity its password when it comes back; never before. In a scope of the business that is being confirmed. */
export async function askConfirmationIn(scope: Scope, keys: Keys, of: Readonly<{ identityId: string; passwordHash: string }>): Promise<AskedCode> {
  return askOffice(scope, keys, { purpose: 'confirm', ...of });
}

/** The same in a transaction of its own. */
export function askConfirmation(database: Database, keys: Keys, business: string, identityId: string, passwordHash: string): Promise<AskedCode> {
  return inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => askConfirmationIn(scope, keys, { identityId, passwordHash }));
}

type Asking = Readonly<{ purpose: Purpose; identityId: string | null; passwordHash: string | null; sentTo?: string; askedBy?: string }>;

/** A code of the office realm, mailed by a task. Its own transaction decides whether it was asked for at all. */
export async function askOffice(scope: Scope, keys: Keys, of: Asking): Promise<AskedCode> {
  const code = await newCode(scope.tx, scope.now, keys, { realm: 'office', business: scope.business, ...of });
  await enqueue(scope, 'mail-code', { codeId: code.codeId }, { priority: -10 });
  return code;
}

/** Mails the code of a sign-up or reset anew, from the browser that asked; the one before ends. Refuses `code_wrong` when there is nothing to repeat. */
export async function repeatCode(database: Database, keys: Keys, input: Readonly<{ nonce: string; asker: Asker }>): Promise<AskedCode & { business: string }> {
  const nonceHash = hashToken(input.nonce);
  const { wait, row } = await asLogin(database, async (tx, now) => ({
    wait: await waitFor(tx, now, [
      { name: 'code.account', subject: input.nonce },
      { name: 'code.network', subject: networkOf(input.asker.address) },
    ]),
    row: await selectCodeByNonce(tx, nonceHash),
  }));
  mustNotWait(wait);
  if (row === undefined || row.for_business === null || (row.purpose !== 'confirm' && row.purpose !== 'reset')) throw new Refusal('code_wrong');
  const { purpose, identity_id: identityId, password_hash: passwordHash, for_business: business } = row;
  const code = await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) =>
    askOffice(scope, keys, { purpose, identityId, passwordHash }),
  );
  return { ...code, business };
}

/**
 * A forgotten or first password: it counts once the code mailed to the stored address comes back in this browser. Unknown addresses
 * are answered the same. Refuses weak passwords and `too_many_requests`.
 */
export async function startPasswordReset(
  database: Database,
  keys: Keys,
  input: Readonly<{ email: string; password: string; asker: Asker }>,
): Promise<AskedCode> {
  const email = canonicalEmail(input.email);
  if (email === null) throw new Refusal('email_invalid', { field: 'email' });
  mustBeGoodPassword(input.password, [email]);
  const found = await asLogin(database, async (tx, now) => {
    const wait = await waitFor(tx, now, [
      { name: 'code.account', subject: `office:${email}` },
      { name: 'code.network', subject: networkOf(input.asker.address) },
    ]);
    const identity = await selectIdentity(tx, email);
    return { wait, identity, workplaces: await selectWorkplaces(tx, identity?.id ?? newId()) };
  });
  mustNotWait(found.wait);
  const passwordHash = await hashPassword(input.password);
  const [workplace] = found.workplaces;
  const identityId = workplace === undefined ? null : (found.identity?.id ?? null);
  // Nobody's code is kept under a business that does not exist: the same rows and the same task, which then finds nobody to mail.
  const business = workplace?.business ?? newId();
  return inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) =>
    askOffice(scope, keys, { purpose: 'reset', identityId, passwordHash }),
  );
}

/**
 * The code of a sign-up or reset comes back in the browser that asked: the address is proven, the password typed there counts, every
 * other office session of this person ends, and this browser is signed in. All else is refused alike: `code_wrong`. `onConfirmed`
 * runs in the same transaction when it was a sign-up.
 */
export async function confirmByCode(
  database: Database,
  keys: Keys,
  input: Readonly<{ nonce: string; code: string; asker: Asker }>,
  onConfirmed: (scope: Scope) => Promise<void>,
): Promise<{ session: NewSession; business: string }> {
  const { asker } = input;
  const before = await asLogin(database, async (tx, now) => ({
    wait: await waitFor(tx, now, [{ name: 'check.network', subject: networkOf(asker.address) }]),
    row: await selectCodeByNonce(tx, hashToken(input.nonce)),
  }));
  mustNotWait(before.wait);
  const business = before.row?.for_business;
  if (business === undefined || business === null) throw new Refusal('code_wrong');
  const session = await inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const given = { nonce: input.nonce, code: input.code.replace(/\D/g, ''), realm: 'office', purposes: ['confirm', 'reset'], business } as const;
    const code = await takeCode(scope.tx, scope.now, keys, given);
    const desk = code === null ? undefined : await selectDesk(scope, code.identity_id);
    if (code === null || desk === undefined) return null;
    const identityId = code.identity_id;
    await confirmIdentity(scope, identityId, code.password_hash);
    await endSessions(scope.tx, scope.now, { identityId, realm: 'office', except: null });
    if (code.purpose === 'confirm') {
      await joinAsStaff(scope, identityId, desk.id);
      await onConfirmed(scope);
    }
    // The mailbox gives a new password; it does not stand in for the passkey or the app.
    if (await hasSecondFactor(scope.tx, identityId)) return 'second';
    return openDeskIn(scope, { identityId, business, assurance: ['password', 'code'], life: 'office', asker });
  });
  if (session === null) throw new Refusal('code_wrong');
  if (session === 'second') throw new Refusal('second_factor_needed');
  return { session, business };
}

/** A signed-in member of staff asks for a code that confirms a sensitive act. */
export async function startFreshCode(
  database: Database,
  keys: Keys,
  input: Readonly<{ business: string; identityId: string; asker: Asker }>,
): Promise<AskedCode> {
  const { business, identityId } = input;
  const asked = await inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const wait = await waitFor(scope.tx, scope.now, [
      { name: 'code.account', subject: `fresh:${identityId}` },
      { name: 'code.network', subject: networkOf(input.asker.address) },
    ]);
    return { wait, code: wait === null ? await askOffice(scope, keys, { purpose: 'fresh', identityId, passwordHash: null }) : null };
  });
  mustNotWait(asked.wait);
  if (asked.code === null) throw new Refusal('too_many_requests');
  return asked.code;
}

/** It comes back: the session counts as signed in just now. `token` is the session's own. Refuses `code_wrong`. */
export async function checkFreshCode(
  database: Database,
  keys: Keys,
  input: Readonly<{ token: string; nonce: string; code: string; asker: Asker }>,
): Promise<void> {
  const answer = await asLogin(database, async (tx, now) => {
    const wait = await waitFor(tx, now, [{ name: 'check.network', subject: networkOf(input.asker.address) }]);
    if (wait !== null) return { wait, right: false };
    const session = await selectSession(tx, now, hashToken(input.token));
    const given = { nonce: input.nonce, code: input.code.replace(/\D/g, ''), realm: 'office', purposes: ['fresh'], business: null } as const;
    const code = await takeCode(tx, now, keys, given);
    const right = code !== null && session !== undefined && session.realm === 'office' && session.identity_id === code.identity_id;
    if (right) await refreshSession(tx, now, session.id);
    return { wait, right };
  });
  mustNotWait(answer.wait);
  if (!answer.right) throw new Refusal('code_wrong');
}

/** To whom the mail of a code goes: the stored address of a living person or colleague here, never what was typed. null: to nobody. */
export async function readCodeMail(
  scope: Scope,
  codeId: string,
): Promise<{ kind: 'sign_in_code'; personId: string } | { kind: 'staff_code'; to: { address: string; name: string; locale: 'en' | 'es' | 'fr' } } | null> {
  const code = await selectCode(scope.tx, codeId);
  if (code === undefined || code.identity_id === null || code.used_at !== null || code.for_business !== scope.business) return null;
  if (Temporal.Instant.compare(scope.now, Temporal.Instant.from(code.expires_at)) >= 0) return null;
  if (code.realm === 'portal') {
    const [person] = await selectPeopleOf(scope, code.identity_id);
    return person === undefined ? null : { kind: 'sign_in_code', personId: person.id };
  }
  const desk = await selectDesk(scope, code.identity_id);
  // Somebody invited, or a new address of a colleague: nobody works here under it yet.
  if (code.purpose === 'invite' || code.purpose === 'new_email')
    return { kind: 'staff_code', to: { address: code.sent_to, name: '', locale: desk?.language ?? 'en' } };
  return desk === undefined ? null : { kind: 'staff_code', to: { address: desk.email, name: desk.name, locale: desk.language } };
}

/** The system itself vouches for an identity and gives it a password: how a demo or a host's first owner gets in. Refuses everyone else. */
export async function givePassword(scope: Scope, input: Readonly<{ identityId: string; password: string }>): Promise<void> {
  if (scope.actor.kind !== 'system' || scope.role !== 'system') throw new Refusal('not_allowed');
  mustBeGoodPassword(input.password, []);
  await confirmIdentity(scope, input.identityId, await hashPassword(input.password));
}

/** Removes what signing in leaves behind: spent codes, ended sessions, past throttle windows. */
export function sweepSignIn(database: Database): Promise<void> {
  return asLogin(database, async (tx, now) => {
    await deleteSpent(tx, now);
    await deletePastCeremonies(tx, now);
  });
}
