import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import type { VisitRules } from '../job.ts';
import { selectRules, updateRules } from './queries.ts';

const names = ['shown', 'crewNamed'] as const;

/** Changes what is named and leaves the rest. Visits that are planned already stay as they are. */
export async function changeRules(scope: Scope, input: Partial<VisitRules>): Promise<VisitRules> {
  await mustBeAllowed(scope, 'settings:write');
  const before = await selectRules(scope);
  const rules = { ...before, ...input };
  const changed = names.filter((name) => before[name] !== rules[name]);
  if (changed.length === 0) return before;
  await updateRules(scope, rules);
  await recordEvent(scope, { kind: 'visit.rules_changed', data: { changed } });
  return rules;
}
