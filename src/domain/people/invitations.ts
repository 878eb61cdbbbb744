import { timingSafeEqual } from 'node:crypto';
import type { Keys } from '../../core/gateways.ts';
import { publicId, readId } from '../../core/ids.ts';
import { textLimits } from '../../core/limits.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { enqueue } from '../../db/queue.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { askOffice } from './confirm.ts';
import { type AskedCode, takeCode } from './entry/codes.ts';
import { type Asker, openDeskIn } from './entry/desk.ts';
import { hashPassword, mustBeGoodPassword } from './entry/passwords.ts';
import { endSessions } from './entry/queries.ts';
import type { NewSession } from './entry/sessions.ts';
import { mustNotWait, networkOf, waitFor } from './entry/throttles.ts';
import { hasSecondFactor } from './factors/queries.ts';
import { confirmIdentity, hasPassword, nameOfBusiness } from './identities/queries.ts';
import { cleanEmail } from './person.ts';
import { mayRunTeam, mustBeOwnerFor } from './policy.ts';
import { identitiesOf } from './queries.ts';
import { type StaffRole, staffRoles } from './rights.ts';
import { insertStaff, joinAsStaff, lockStaff, selectStaff } from './staff/queries.ts';
import { endInvitation, type InvitationRow, insertInvitation, lockInvitation, resendRow, selectInvitations } from './team/queries.ts';

/** An invitation as the office sees it. The address belongs to nobody here until it was accepted. */
export type Invitation = Omit<InvitationRow, 'identityId' | 'round'> & Readonly<{ ended: boolean }>;

const lifeDays = 7;
const shape = /^(biz_[0-9a-z]{26})\.(ivt_[0-9a-z]{26})\.([\w-]{43})$/;

/**
 * Asks somebody to join, by mail. Whether the address is known elsewhere changes nothing and is told to nobody. Refuses bad fields by name,
 * `staff_duplicate` for a colleague or an open invitation, `only_owners` where an admin names an owner.
 */
export async function inviteStaff(scope: Scope, input: Readonly<{ name: string; email: string; role: StaffRole; language?: Locale }>): Promise<Invitation> {
  await mayRunTeam(scope);
  const name = clean(input.name, textLimits.name, 'name');
  const email = cleanEmail(input.email, 'email');
  if (name === '') throw new Refusal('required', { field: 'name' });
  if (email === '') throw new Refusal('required', { field: 'email' });
  if (!staffRoles.includes(input.role)) throw new Refusal('wrong_choice', { field: 'role' });
  await mustBeOwnerFor(scope, input.role);
  if ((await selectStaff(scope)).some((other) => other.email === email)) throw new Refusal('staff_duplicate', { field: 'email' });
  const identityId = (await identitiesOf(scope, [email])).get(email);
  if (identityId === undefined) throw new Error('an address has an identity');
  const sentAt = scope.now.toString();
  const row: InvitationRow = {
    ...{ id: newId(), identityId, name, email, role: input.role, language: input.language ?? 'en', invitedBy: scope.actor.name, round: 1 },
    ...{ sentAt, createdAt: sentAt, expiresAt: lifeFrom(scope.now) },
  };
  await insertInvitation(scope, row);
  await enqueue(scope, 'mail-invite', { invitationId: row.id, round: 1 }, { key: row.id });
  await recordEvent(scope, { kind: 'staff.invited', data: { invitationId: row.id, name, email, role: row.role } });
  return shown(scope, row);
}

/** Open invitations, the newest first; one that ran out can be sent again. */
export async function listInvitations(scope: Scope): Promise<Invitation[]> {
  await mayRunTeam(scope);
  return (await selectInvitations(scope)).map((row) => shown(scope, row));
}

/** Mails it anew for seven more days; the link before ends. Refuses `not_found`. */
export async function resendInvitation(scope: Scope, id: string): Promise<Invitation> {
  await mayRunTeam(scope);
  const row = await lockInvitation(scope, id);
  if (row === undefined) throw new Refusal('not_found');
  const again = { ...row, round: row.round + 1, sentAt: scope.now.toString(), expiresAt: lifeFrom(scope.now) };
  await resendRow(scope, id, again);
  await enqueue(scope, 'mail-invite', { invitationId: id, round: again.round }, { key: id });
  await recordEvent(scope, { kind: 'staff.invited', data: { invitationId: id, name: row.name, email: row.email, role: row.role, again: true } });
  return shown(scope, again);
}

/** Takes it back: its link opens nothing any more. Refuses `not_found`. */
export async function withdrawInvitation(scope: Scope, id: string): Promise<void> {
  await mayRunTeam(scope);
  const row = await lockInvitation(scope, id);
  if (row === undefined) throw new Refusal('not_found');
  await endInvitation(scope, id, 'withdrawn_at');
  await recordEvent(scope, { kind: 'staff.invitation_withdrawn', data: { invitationId: id, name: row.name, email: row.email } });
}

/** What the mail of an invitation says; null when it was withdrawn, accepted or sent again meanwhile. */
export async function readInvitationMail(
  scope: Scope,
  id: string,
  round: number,
): Promise<{ to: { address: string; name: string; locale: Locale }; facts: Record<string, unknown> } | null> {
  const row = await lockInvitation(scope, id);
  if (row === undefined || row.round !== round) return null;
  const locale = isLocale(row.language) ? row.language : 'en';
  return {
    to: { address: row.email, name: row.name, locale },
    facts: { invitationId: id, round, invitedBy: row.invitedBy, role: row.role, expiresAt: row.expiresAt },
  };
}

/** The secret of an invitation's link. It is derived, so that no table holds it, and stands behind the # of the address, so that no log does. */
export function invitationToken(keys: Keys, business: string, id: string, round: number): string {
  return `${publicId('business', business)}.${publicId('invitation', id)}.${keys.mac(`invite:${business}:${id}:${round}`)}`;
}

type Door = Readonly<{ token: string; asker: Asker }>;

/** What the page of an invitation shows before anything is pressed. Changes nothing. Refuses `invitation_ended` for whatever does not open. */
export function lookAtInvitation(
  database: Database,
  keys: Keys,
  token: string,
): Promise<{ business: string; name: string; invitedBy: string; role: StaffRole; sentTo: string }> {
  return withInvitation(database, keys, token, async (scope, row) => {
    return { business: await nameOfBusiness(scope), name: row.name, invitedBy: row.invitedBy, role: row.role, sentTo: row.email };
  });
}

/** The press: a code goes to the very mailbox the invitation went to. Whoever only found the link gets no further. */
export async function startJoining(database: Database, keys: Keys, { token, asker }: Door): Promise<AskedCode & { sentTo: string }> {
  const asked = await withInvitation(database, keys, token, async (scope, row) => {
    const wait = await waitFor(scope.tx, scope.now, [
      { name: 'code.account', subject: `invite:${row.id}` },
      { name: 'code.network', subject: networkOf(asker.address) },
    ]);
    if (wait !== null) return { wait, code: null };
    return {
      wait,
      code: { ...(await askOffice(scope, keys, { purpose: 'invite', identityId: row.identityId, passwordHash: null, sentTo: row.email })), sentTo: row.email },
    };
  });
  mustNotWait(asked.wait);
  if (asked.code === null) throw new Refusal('too_many_requests');
  return asked.code;
}

/**
 * The code comes back: whoever reads that mailbox works here from now on. A password counts when one is given; without one the session can
 * add a passkey at once. Refuses `code_wrong`, weak passwords, and `second_factor_needed` for somebody who has one: they have joined, and
 * sign in as they always do.
 */
export async function join(
  database: Database,
  keys: Keys,
  input: Door & Readonly<{ nonce: string; code: string; password: string | null }>,
): Promise<{ session: NewSession; business: string }> {
  const { asker } = input;
  const look = await lookAtInvitation(database, keys, input.token);
  if (input.password !== null) mustBeGoodPassword(input.password, [look.sentTo, look.name, look.business]);
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  const outcome = await withInvitation(database, keys, input.token, async (scope, row) => {
    const wait = await waitFor(scope.tx, scope.now, [{ name: 'check.network', subject: networkOf(asker.address) }]);
    if (wait !== null) return { wait, session: null };
    const given = { nonce: input.nonce, code: input.code.replace(/\D/g, ''), realm: 'office', purposes: ['invite'], business: scope.business } as const;
    const code = await takeCode(scope.tx, scope.now, keys, given);
    if (code === null || code.identity_id !== row.identityId) return { wait, session: null };
    await accept(scope, row);
    await confirmIdentity(scope, row.identityId, passwordHash);
    if (passwordHash !== null) await endSessions(scope.tx, scope.now, { identityId: row.identityId, realm: 'office', except: null });
    if (await hasSecondFactor(scope.tx, row.identityId)) return { wait, session: 'second' as const };
    const assurance = (await hasPassword(scope, row.identityId)) && passwordHash !== null ? ['password', 'code'] : ['code'];
    return {
      wait,
      session: await openDeskIn(scope, { identityId: row.identityId, business: scope.business, assurance, life: 'office', asker }),
      business: scope.business,
    };
  });
  mustNotWait(outcome.wait);
  if (outcome.session === 'second') throw new Refusal('second_factor_needed');
  if (outcome.session === null || !('business' in outcome)) throw new Refusal('code_wrong');
  return { session: outcome.session, business: outcome.business };
}

async function accept(scope: Scope, row: InvitationRow): Promise<void> {
  const { identityId, name, email, role, language } = row;
  await insertStaff(scope, { id: newId(), identityId, name, email, role, language, createdAt: scope.now.toString() });
  const staff = (await lockStaff(scope)).find((each) => each.identityId === identityId);
  if (staff === undefined) throw new Error('who was added is here');
  await joinAsStaff(scope, identityId, staff.id);
  await endInvitation(scope, row.id, 'accepted_at');
  await recordEvent({ ...scope, actor: { kind: 'staff', id: staff.id, name } }, { kind: 'staff.joined', data: { staffId: staff.id, name, role } });
}

/** Opens the business of a link in the system's name, if the link is one we made, the newest one, and in time. */
async function withInvitation<T>(database: Database, keys: Keys, token: string, work: (scope: Scope, row: InvitationRow) => Promise<T>): Promise<T> {
  const [, first = '', second = '', mac = ''] = shape.exec(token) ?? [];
  const business = readId('business', first);
  const id = readId('invitation', second);
  if (business === null || id === null) throw new Refusal('invitation_ended');
  return inTransaction(database, { role: 'system', business, actor: systemActor }, async (scope) => {
    const row = await lockInvitation(scope, id);
    const wanted = Buffer.from(keys.mac(`invite:${business}:${id}:${row?.round ?? 0}`));
    const given = Buffer.from(mac);
    const ours = given.length === wanted.length && timingSafeEqual(given, wanted);
    if (row === undefined || !ours || isOver(scope, row)) throw new Refusal('invitation_ended');
    return work(scope, row);
  });
}

const lifeFrom = (now: Temporal.Instant): string => now.add({ hours: 24 * lifeDays }).toString();
const isOver = (scope: Scope, row: InvitationRow): boolean => Temporal.Instant.compare(scope.now, Temporal.Instant.from(row.expiresAt)) >= 0;

function shown(scope: Scope, row: InvitationRow): Invitation {
  const { identityId: _identity, round: _round, ...rest } = row;
  return { ...rest, ended: isOver(scope, row) };
}
