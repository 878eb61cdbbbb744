import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';

/** Customers and properties: the office and keys with the right read and write; field crew read. A customer's own people see them by grants only. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'customers:read');
export const mayWrite = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'customers:write');
