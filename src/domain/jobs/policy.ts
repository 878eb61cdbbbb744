import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { may, mustBeAllowed } from '../people/rights.ts';

/** Jobs and visits are the office's and its keys'. A customer sees what is shown of a visit, by queries of the portal alone. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'jobs:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'jobs:write');

/** Whoever makes a visit says how it goes: set off, started, done, with photos. The office may say it for them. Refuses `not_allowed`. */
export async function mayWorkOn(scope: Scope, crew: readonly string[]): Promise<void> {
  if (await may(scope, 'jobs:write')) return;
  const { kind, id } = scope.actor;
  if (kind !== 'staff' || id === null || !crew.includes(id)) throw new Refusal('not_allowed', { right: 'jobs:write' });
}
