import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';

export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'webhooks:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'webhooks:write');
