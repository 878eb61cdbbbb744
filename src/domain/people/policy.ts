import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { selectStaffRole } from './queries.ts';
import { mustBeAllowed, type StaffRole } from './rights.ts';

/** Contacts belong to the customer's page; the team and its keys to owners and admins alone, never to a key. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'customers:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'customers:write');
export const mayRunTeam = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'team:write');
export const mayRunKeys = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'keys:write');

/** Anyone at work here may see who else is; a customer's person may not. */
export function mustWorkHere(scope: Scope): void {
  if (scope.actor.kind === 'person' || scope.role === 'portal') throw new Refusal('not_allowed');
}

/** Only the person of this portal session, on their own details. */
export function mustBeSelf(scope: Scope): string {
  if (scope.actor.kind !== 'person' || scope.actor.id === null || scope.role !== 'portal') throw new Refusal('not_allowed');
  return scope.actor.id;
}

/** Owners are made, changed and removed by owners alone. Refuses `only_owners`. */
export async function mustBeOwnerFor(scope: Scope, ...touched: readonly StaffRole[]): Promise<void> {
  const { kind, id } = scope.actor;
  if (!touched.includes('owner') || kind === 'system') return;
  if (kind !== 'staff' || id === null || (await selectStaffRole(scope, id)) !== 'owner') throw new Refusal('only_owners');
}
