import { textLimits } from '../../core/limits.ts';
import type { Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { cleanEmail } from './person.ts';
import { mayRunTeam, mustWorkHere } from './policy.ts';
import { endMembership, identitiesOf } from './queries.ts';
import { type StaffRole, staffRoles } from './rights.ts';
import { insertStaff, joinAsStaff, lockStaff, selectStaff, updateStaff } from './staff/queries.ts';

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
export async function changeStaff(scope: Scope, input: Readonly<{ id: string; name?: string; role?: StaffRole; language?: Locale }>): Promise<void> {
  await mayRunTeam(scope);
  const team = await lockStaff(scope);
  const before = team.find((colleague) => colleague.id === input.id);
  if (before === undefined) throw new Refusal('not_found');
  if (input.role !== undefined && input.role !== 'owner') refuseLastOwner(team, before);
  const name = input.name === undefined ? before.name : clean(input.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const role = input.role ?? before.role;
  await updateStaff(scope, before.id, { name, role, language: input.language ?? before.language });
  await recordEvent(scope, { kind: 'staff.changed', data: { staffId: before.id, name, role } });
}

/** Takes a colleague out; what they hold open ends with their next request. Refuses `last_owner`, `not_found`. */
export async function removeStaff(scope: Scope, id: string): Promise<void> {
  await mayRunTeam(scope);
  const team = await lockStaff(scope);
  const before = team.find((colleague) => colleague.id === id);
  if (before === undefined) throw new Refusal('not_found');
  refuseLastOwner(team, before);
  await updateStaff(scope, id, { removed_at: scope.now.toString() });
  await endMembership(scope, before.identityId, id);
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
