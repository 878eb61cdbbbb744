import { textLimits } from '../../core/limits.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { cleanEmail } from './person.ts';
import { mayRunTeam, mustBeOwnerFor, mustWorkHere } from './policy.ts';
import { endMembership, identitiesOf } from './queries.ts';
import { type StaffRole, staffRoles } from './rights.ts';
import { insertStaff, joinAsStaff, lockStaff, selectColleague, selectStaff, updateStaff } from './staff/queries.ts';
import { endAssignmentsOf, endKeysOf } from './team/queries.ts';

/** Someone who works in the business. */
export type Colleague = Readonly<{ id: string; name: string; email: string; role: StaffRole; language: Locale; createdAt: string }>;
type NewColleague = Readonly<{
  id?: string;
  name: string;
  email: string;
  role: StaffRole;
  language?: Locale /** false: joins when the address is confirmed */;
  joined?: boolean;
}>;

/** Adds a colleague, who signs in after setting a password by a code mailed to this address. Refuses bad fields by name. */
export async function addStaff(scope: Scope, input: NewColleague): Promise<Colleague & { identityId: string }> {
  await mayRunTeam(scope);
  const name = clean(input.name, textLimits.name, 'name');
  const email = cleanEmail(input.email, 'email');
  if (name === '') throw new Refusal('required', { field: 'name' });
  if (email === '') throw new Refusal('required', { field: 'email' });
  if (!staffRoles.includes(input.role)) throw new Refusal('wrong_choice', { field: 'role' });
  if ((await lockStaff(scope)).some((other) => other.email === email)) throw new Refusal('staff_duplicate', { field: 'email' });
  const identityId = (await identitiesOf(scope, [email])).get(email);
  if (identityId === undefined) throw new Error('an address has an identity');
  const staff = { id: input.id ?? newId(), name, email, role: input.role, language: input.language ?? 'en', createdAt: scope.now.toString(), identityId };
  await insertStaff(scope, staff);
  const stored = (await lockStaff(scope)).find((other) => other.identityId === identityId) ?? staff;
  if (input.joined !== false) await joinAsStaff(scope, identityId, stored.id);
  await recordEvent(scope, { kind: 'staff.added', data: { staffId: stored.id, name, role: input.role } });
  return { ...stored, identityId };
}

/** Changes name, role or language; a role counts from the next request. Refuses `last_owner`, `not_found`. */
export async function changeStaff(
  scope: Scope,
  input: Readonly<{ id: string; name?: string | undefined; role?: StaffRole | undefined; language?: Locale | undefined }>,
): Promise<void> {
  await mayRunTeam(scope);
  const team = await lockStaff(scope);
  const before = team.find((colleague) => colleague.id === input.id);
  if (before === undefined) throw new Refusal('not_found');
  if (input.role !== undefined && !staffRoles.includes(input.role)) throw new Refusal('wrong_choice', { field: 'role' });
  await mustBeOwnerFor(scope, before.role, input.role ?? before.role);
  if (input.role !== undefined && input.role !== 'owner') refuseLastOwner(team, before);
  const name = input.name === undefined ? before.name : clean(input.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const role = input.role ?? before.role;
  await updateStaff(scope, before.id, { name, role, language: input.language ?? before.language });
  await recordEvent(scope, { kind: 'staff.changed', data: { staffId: before.id, name, role, before: { name: before.name, role: before.role } } });
}

/** A colleague's own name and language. */
export async function changeOwnCard(scope: Scope, input: Readonly<{ name?: string | undefined; language?: Locale | undefined }>): Promise<void> {
  const before = scope.actor.kind === 'staff' && scope.actor.id !== null ? await selectColleague(scope, scope.actor.id) : undefined;
  if (before === undefined) throw new Refusal('not_allowed');
  const name = input.name === undefined ? before.name : clean(input.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const language = input.language ?? before.language;
  if (!isLocale(language)) throw new Refusal('wrong_choice', { field: 'language' });
  await updateStaff(scope, before.id, { name, language });
  await recordEvent(scope, { kind: 'staff.changed', data: { staffId: before.id, name, role: before.role } });
}

/** A passkey or an app was added to a colleague's account or removed from it, by themselves. */
export async function noteFactor(scope: Scope, staffId: string, of: Readonly<{ factor: 'passkey' | 'app'; how: 'added' | 'removed' }>): Promise<void> {
  const colleague = await selectColleague(scope, staffId);
  const actor = { kind: 'staff', id: staffId, name: colleague?.name ?? '' } as const;
  await recordEvent({ ...scope, actor }, { kind: `staff.factor_${of.how}`, data: { staffId, name: actor.name, factor: of.factor } });
}

/** Ends every session of a colleague, everywhere: what `revokeSessions` carries out. Answers whose. Refuses `not_found`, `only_owners` for an owner's. */
export async function mustMaySignOut(scope: Scope, id: string): Promise<{ identityId: string }> {
  await mayRunTeam(scope);
  const colleague = await selectColleague(scope, id);
  if (colleague === undefined) throw new Refusal('not_found');
  await mustBeOwnerFor(scope, colleague.role);
  await recordEvent(scope, { kind: 'staff.signed_out', data: { staffId: id, name: colleague.name } });
  return { identityId: colleague.identityId };
}

/** Takes a colleague out; what they hold open ends with their next request, and so do the API keys they made. Refuses `last_owner`, `not_found`. */
export async function removeStaff(scope: Scope, id: string): Promise<void> {
  await mayRunTeam(scope);
  const team = await lockStaff(scope);
  const before = team.find((colleague) => colleague.id === id);
  if (before === undefined) throw new Refusal('not_found');
  await mustBeOwnerFor(scope, before.role);
  refuseLastOwner(team, before);
  await updateStaff(scope, id, { removed_at: scope.now.toString() });
  await endMembership(scope, before.identityId, id);
  await endAssignmentsOf(scope, id);
  for (const key of await endKeysOf(scope, id)) await recordEvent(scope, { kind: 'key.revoked', data: { keyId: key.id, name: key.name, withStaff: id } });
  await recordEvent(scope, { kind: 'staff.removed', data: { staffId: id, name: before.name } });
}

/** Everyone who works here, in the order they came. */
export async function listStaff(scope: Scope): Promise<Colleague[]> {
  mustWorkHere(scope);
  return selectStaff(scope);
}

function refuseLastOwner(team: readonly Colleague[], leaving: Colleague): void {
  if (leaving.role === 'owner' && team.filter((colleague) => colleague.role === 'owner').length === 1) throw new Refusal('last_owner');
}
