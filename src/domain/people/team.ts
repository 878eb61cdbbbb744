import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mayRunTeam, mustWorkHere } from './policy.ts';
import { selectStaffRole } from './queries.ts';
import { putRules, selectRules, type TeamRules } from './team/queries.ts';

export type { TeamRules };

export type TeamRulesChanges = Readonly<{ [Rule in Exclude<keyof TeamRules, 'version'>]?: TeamRules[Rule] | undefined }>;

const usual: TeamRules = { version: 1, twoStep: false, crewPrices: false, crewSends: false };

/** What the owner decided for everybody here. */
export async function readTeamRules(scope: Scope): Promise<TeamRules> {
  mustWorkHere(scope);
  return (await selectRules(scope)) ?? usual;
}

/**
 * Changes them; they count from everybody's next request. Whoever asks all for a second proof has shown one: `shown` says so. Refuses
 * `stale_version`, `second_factor_required`, and `only_owners` for the second proof.
 */
export async function changeTeamRules(scope: Scope, input: Readonly<{ version: number; changes: TeamRulesChanges; shown: boolean }>): Promise<TeamRules> {
  await mayRunTeam(scope);
  const before = (await selectRules(scope, true)) ?? usual;
  if (before.version !== input.version) throw new Refusal('stale_version', { current: before });
  const { twoStep = before.twoStep, crewPrices = before.crewPrices, crewSends = before.crewSends } = input.changes;
  const after: TeamRules = { twoStep, crewPrices, crewSends, version: before.version + 1 };
  if (after.twoStep !== before.twoStep) {
    const { kind, id } = scope.actor;
    if (kind === 'staff' && (id === null || (await selectStaffRole(scope, id)) !== 'owner')) throw new Refusal('only_owners', { field: 'twoStep' });
    if (after.twoStep && !input.shown) throw new Refusal('second_factor_required', { field: 'twoStep' });
  }
  await putRules(scope, after);
  await recordEvent(scope, { kind: 'team.rules_changed', data: { before, after } });
  return after;
}
