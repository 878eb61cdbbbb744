import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';

/** The office sees and records payments by right; the field crew does not. */
export const mayRead = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'payments:read');
export const mayRecord = (scope: Scope): Promise<void> => mustBeAllowed(scope, 'payments:write');

/** Paying and announcing is the customer's own act; what they may pay is judged part by part. */
export function mustBeCustomer(scope: Scope): void {
  if (scope.role !== 'portal') throw new Refusal('not_allowed');
}

/** What a processor says is carried out by the system alone. */
export function mustBeSystem(scope: Scope): void {
  if (scope.role !== 'system') throw new Refusal('not_allowed');
}
