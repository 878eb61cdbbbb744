import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';

/** Everyone in the office may look at the settings; owners, admins and keys made for it may change them. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'settings:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'settings:write');
