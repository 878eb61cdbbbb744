import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { selectKeyScopes, selectStaffRole } from './queries.ts';

export const staffRoles = ['owner', 'admin', 'office', 'field'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What a program may be allowed by its key, one scope each. This is the only list: keys, the API's document and its pages read it. */
export const keyRights = [
  'settings:read',
  'settings:write',
  'customers:read',
  'customers:write',
  'items:read',
  'items:write',
  'invoices:read',
  'invoices:write',
  'estimates:read',
  'estimates:write',
  'jobs:read',
  'jobs:write',
  'payments:read',
  'payments:write',
  'messages:read',
  'messages:write',
  'events:read',
  'imports:read',
  'imports:write',
  'reports:read',
  'webhooks:read',
  'webhooks:write',
] as const;
export type KeyRight = (typeof keyRights)[number];

/** Everything the office can be allowed to do; what leaves in bulk, `team` and `keys` are never a key's. */
export const rights = [...keyRights, 'exports:read', 'team:write', 'keys:write'] as const;
export type Right = (typeof rights)[number];

const personalOnly: readonly Right[] = ['team:write', 'keys:write'];

/**
 * Field crew see whom they work for and may prepare invoices; money, reports and settings are not theirs. They come in by the operations
 * made for them alone, and the database shows them the customers assigned to them and nobody else's rows.
 */
const byRole: Readonly<Record<StaffRole, readonly Right[]>> = {
  owner: rights,
  admin: rights,
  office: rights.filter((right) => !personalOnly.includes(right) && right !== 'settings:write' && right !== 'webhooks:write'),
  field: ['customers:read', 'items:read', 'invoices:read', 'invoices:write', 'jobs:read'],
};

const known = new WeakMap<Scope, Promise<readonly Right[]>>();

/**
 * What the actor of this transaction may do in the office, as it stands now: roles and keys are read in the transaction itself, so
 * a change counts from the next request. The system may all; a customer's person and anyone unknown, nothing.
 */
export function rightsOf(scope: Scope): Promise<readonly Right[]> {
  const found = known.get(scope) ?? readRights(scope);
  known.set(scope, found);
  return found;
}

async function readRights(scope: Scope): Promise<readonly Right[]> {
  const { kind, id } = scope.actor;
  if (kind === 'system') return rights;
  if (id === null || scope.role === 'portal') return [];
  if (kind === 'staff') {
    const role = await selectStaffRole(scope, id);
    return role === undefined ? [] : byRole[role];
  }
  if (kind === 'key') {
    const scopes = await selectKeyScopes(scope, id);
    return keyRights.filter((right) => scopes.includes(right));
  }
  return [];
}

export async function may(scope: Scope, right: Right): Promise<boolean> {
  return (await rightsOf(scope)).includes(right);
}

/** Refuses `not_allowed` for a person and `api_key_scope` for a key unless the actor has the right. */
export async function mustBeAllowed(scope: Scope, right: Right): Promise<void> {
  if (!(await may(scope, right))) throw new Refusal(scope.actor.kind === 'key' ? 'api_key_scope' : 'not_allowed', { right });
}

/** What only an owner may do, in person. Refuses `only_owners`. */
export async function mustBeOwner(scope: Scope): Promise<void> {
  const { kind, id } = scope.actor;
  if (kind !== 'staff' || id === null || (await selectStaffRole(scope, id)) !== 'owner') throw new Refusal('only_owners');
}

/** What a role may do: for screens that leave out what would be refused. */
export function rightsOfRole(role: StaffRole): readonly Right[] {
  return byRole[role];
}
