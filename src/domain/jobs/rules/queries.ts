import type { Scope } from '../../../db/scope.ts';
import type { VisitRules } from '../job.ts';

export async function selectRules(scope: Scope): Promise<VisitRules> {
  const row = await scope.tx
    .selectFrom('business_profiles')
    .select(['visits_shown', 'crew_named'])
    .where('business_id', '=', scope.business)
    .executeTakeFirstOrThrow();
  return { shown: row.visits_shown, crewNamed: row.crew_named };
}

export async function updateRules(scope: Scope, rules: VisitRules): Promise<void> {
  await scope.tx
    .updateTable('business_profiles')
    .set({ visits_shown: rules.shown, crew_named: rules.crewNamed })
    .where('business_id', '=', scope.business)
    .execute();
}
