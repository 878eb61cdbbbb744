import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';

/** Writing estimates is the office's: staff, its keys, and the system acting for it. A customer decides on one and never changes it. */
export function mayWrite(scope: Scope): void {
  if (scope.role === 'portal') throw new Refusal('not_allowed');
}

/** Drafts, lists of the whole business and its totals do not exist for the customer. */
export function mayReadAll(scope: Scope): void {
  if (scope.role === 'portal') throw new Refusal('not_found');
}
