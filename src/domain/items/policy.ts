import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';

/** The price book is the office's daily tool; tax rates are a setting of the business. Customers see neither, only what was invoiced. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'items:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'items:write');
export const maySetTaxes = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'settings:write');
