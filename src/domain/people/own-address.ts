import type { Keys } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail, maskEmail } from '../../core/text.ts';
import type { Database } from '../../db/pool.ts';
import { asLogin, inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { askOffice } from './confirm.ts';
import { type AskedCode, takeCode } from './entry/codes.ts';
import { type Asker, openDeskIn } from './entry/desk.ts';
import { endSessions, voidAllCodes } from './entry/queries.ts';
import type { NewSession } from './entry/sessions.ts';
import { mustNotWait, networkOf, waitFor } from './entry/throttles.ts';
import { forgetProofs, hasProof, hasSecondFactor, moveFactors } from './factors/queries.ts';
import { confirmIdentity, selectDesk, selectWorkplaces } from './identities/queries.ts';
import { tellStaff } from './notices.ts';
import { endMembership, identitiesOf } from './queries.ts';
import { joinAsStaff, selectStaff, updateStaff } from './staff/queries.ts';

type Own = Readonly<{ business: string; identityId: string; asker: Asker }>;

const inHouse = <T>(database: Database, business: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  inTransaction(database, { role: 'system', business, actor: systemActor }, work);

/**
 * A colleague wants to sign in with another address: a code goes there, and the old address is told. Nothing has changed yet. Refuses
 * `email_invalid`, `staff_address_same`, `staff_duplicate` for a colleague's, `too_many_requests`.
 */
export async function startNewAddress(database: Database, keys: Keys, input: Own & Readonly<{ email: string }>): Promise<AskedCode> {
  const email = canonicalEmail(input.email);
  if (email === null) throw new Refusal('email_invalid', { field: 'email' });
  const asked = await inHouse(database, input.business, async (scope) => {
    const wait = await waitFor(scope.tx, scope.now, [
      { name: 'code.account', subject: `address:${input.identityId}` },
      { name: 'code.network', subject: networkOf(input.asker.address) },
    ]);
    if (wait !== null) return { wait, code: null };
    const desk = await selectDesk(scope, input.identityId);
    if (desk === undefined) throw new Refusal('sign_in_required');
    if (desk.email === email) throw new Refusal('staff_address_same', { field: 'email' });
    if ((await selectStaff(scope)).some((other) => other.email === email)) throw new Refusal('staff_duplicate', { field: 'email' });
    const identityId = (await identitiesOf(scope, [email])).get(email) ?? null;
    const code = await askOffice(scope, keys, { purpose: 'new_email', identityId, passwordHash: null, sentTo: email, askedBy: input.identityId });
    await tellStaff(scope, desk.id, { notice: 'email_changing', once: `address:${code.codeId}`, facts: { to: maskEmail(email) } });
    return { wait, code };
  });
  mustNotWait(asked.wait);
  if (asked.code === null) throw new Refusal('too_many_requests');
  return asked.code;
}

/**
 * The code mailed to the new address comes back to the one who asked: from now on it signs in, in every business they work in, and what
 * proves them moves along. Codes and sessions of the old address end, and it is told a last time. An address that signs in somewhere
 * already keeps its own password, passkeys and app: a mailbox stands in for none of them. Refuses `code_wrong`, and `second_factor_needed`
 * for such an address with a passkey or an app: it has moved, and signs in as always.
 */
export async function confirmNewAddress(database: Database, keys: Keys, input: Own & Readonly<{ nonce: string; code: string }>): Promise<NewSession> {
  const { business, identityId: from, asker } = input;
  const taken = await inHouse(database, business, async (scope) => {
    const wait = await waitFor(scope.tx, scope.now, [{ name: 'check.network', subject: networkOf(asker.address) }]);
    if (wait !== null) return { wait, to: null };
    const given = { nonce: input.nonce, code: input.code.replace(/\D/g, ''), realm: 'office', purposes: ['new_email'], business, askedBy: from } as const;
    const code = await takeCode(scope.tx, scope.now, keys, given);
    if (code === null) return { wait, to: null };
    await moveColleague(scope, from, { identityId: code.identity_id, email: code.sent_to });
    return { wait, to: { identityId: code.identity_id, email: code.sent_to } };
  });
  mustNotWait(taken.wait);
  const { to } = taken;
  if (to === null) throw new Refusal('code_wrong');
  const elsewhere = await asLogin(database, (tx) => selectWorkplaces(tx, from));
  for (const workplace of elsewhere) await inHouse(database, workplace.business, (scope) => moveColleague(scope, from, to));
  const asksMore = await leaveOldAddress(database, from, to.identityId);
  const session = await inHouse(database, business, async (scope) => {
    await confirmIdentity(scope, to.identityId, null);
    if (asksMore) return 'second';
    return openDeskIn(scope, { identityId: to.identityId, business, assurance: ['code'], life: 'office', asker });
  });
  if (session === null) throw new Refusal('sign_in_required');
  if (session === 'second') throw new Refusal('second_factor_needed');
  return session;
}

/** What proved the old address moves or ends, and so do its codes and sessions. Answers whether the new one asks for a second proof of its own. */
function leaveOldAddress(database: Database, from: string, to: string): Promise<boolean> {
  return asLogin(database, async (tx, now) => {
    const ownProof = await hasProof(tx, to);
    const asksMore = ownProof && (await hasSecondFactor(tx, to));
    if (!ownProof) await moveFactors(tx, from, to);
    else if ((await selectWorkplaces(tx, from)).length === 0) await forgetProofs(tx, from);
    await voidAllCodes(tx, now, from);
    await endSessions(tx, now, { identityId: from, realm: 'office', except: null });
    return asksMore;
  });
}

/** In one business: the same colleague under another identity. One who works here under both keeps both. */
async function moveColleague(scope: Scope, from: string, to: { identityId: string; email: string }): Promise<void> {
  const desk = await selectDesk(scope, from);
  if (desk === undefined || (await selectDesk(scope, to.identityId)) !== undefined) return;
  await updateStaff(scope, desk.id, { email: to.email, identity_id: to.identityId });
  await endMembership(scope, from, desk.id);
  await joinAsStaff(scope, to.identityId, desk.id);
  const facts = { to: maskEmail(to.email) };
  await tellStaff(scope, desk.id, { notice: 'email_changed', once: `moved:${desk.id}:${scope.now.epochMilliseconds}`, address: desk.email, facts });
  const actor = { kind: 'staff', id: desk.id, name: desk.name } as const;
  await recordEvent({ ...scope, actor }, { kind: 'staff.email_changed', data: { staffId: desk.id, name: desk.name, from: desk.email, to: to.email } });
}
