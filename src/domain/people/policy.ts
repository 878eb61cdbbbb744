import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { type ManagerRow, selectManager } from './access/queries.ts';
import { selectStaffRole } from './queries.ts';
import { mustBeAllowed, type StaffRole } from './rights.ts';

/** Contacts belong to the customer's page; the team and its keys to owners and admins alone, never to a key. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'customers:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'customers:write');
export const mayRunTeam = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'team:write');
export const mayRunKeys = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'keys:write');

export type Manager = ManagerRow;

/**
 * Whoever manages the people of this whole account, as it stands now: a customer's person, in a scope of the system that their session was shown to.
 * Refuses `not_found` for everybody else, so that a foreign account is as one that does not exist.
 */
export async function mustManage(scope: Scope, customerId: string): Promise<Manager> {
  const { kind, id } = scope.actor;
  const found = kind === 'person' && id !== null && scope.role === 'system' ? await selectManager(scope, id, customerId) : undefined;
  if (found?.manages !== true) throw new Refusal('not_found');
  return found;
}

/** Contacts of these customers are written by the office, and by whoever manages the people there. */
export async function mayWriteAt(scope: Scope, customerIds: readonly string[]): Promise<void> {
  if (scope.actor.kind !== 'person' || scope.role !== 'system') return mayWrite(scope);
  for (const customerId of customerIds) await mustManage(scope, customerId);
}

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
