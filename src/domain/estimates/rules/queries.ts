import type { Scope } from '../../../db/scope.ts';
import type { EstimateName, EstimateRules } from '../estimate.ts';

export async function selectRules(scope: Scope): Promise<EstimateRules> {
  const row = await scope.tx
    .selectFrom('business_profiles')
    .select(['estimate_word', 'estimate_valid_days', 'estimate_terms', 'estimate_remind_days', 'undo_hours', 'code_threshold_minor'])
    .where('business_id', '=', scope.business)
    .executeTakeFirstOrThrow();
  return {
    word: row.estimate_word as EstimateName,
    validDays: row.estimate_valid_days,
    terms: row.estimate_terms,
    remindDays: row.estimate_remind_days,
    undoHours: row.undo_hours,
    codeThresholdMinor: row.code_threshold_minor,
  };
}

export async function updateRules(scope: Scope, rules: EstimateRules): Promise<void> {
  await scope.tx
    .updateTable('business_profiles')
    .set({
      estimate_word: rules.word,
      estimate_valid_days: rules.validDays,
      estimate_terms: rules.terms,
      estimate_remind_days: rules.remindDays,
      undo_hours: rules.undoHours,
      code_threshold_minor: rules.codeThresholdMinor,
    })
    .where('business_id', '=', scope.business)
    .execute();
}
