import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';

/** Whoever runs the team, never a key: what goes here does not come back. */
export const mayErase = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'team:write');
