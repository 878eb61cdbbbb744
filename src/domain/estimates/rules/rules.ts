import { limits, textLimits } from '../../../core/limits.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { Reading } from '../../invoices/drafts/reading.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import { type EstimateRules, estimateNames } from '../estimate.ts';
import { selectRules, updateRules } from './queries.ts';

const fields = ['word', 'validDays', 'terms', 'remindDays', 'undoHours', 'codeThresholdMinor'] as const;

/** Changes what is named and leaves the rest. */
export async function changeRules(scope: Scope, input: unknown): Promise<EstimateRules> {
  await mustBeAllowed(scope, 'settings:write');
  const before = await selectRules(scope);
  const reading = new Reading();
  const body = reading.object(input, '', fields);
  const threshold = body['codeThresholdMinor'];
  const word = body['word'] === undefined ? before.word : estimateNames.find((each) => each === body['word']);
  if (word === undefined) reading.add('word', 'wrong_choice');
  const rules: EstimateRules = {
    word: word ?? before.word,
    validDays: reading.whole(body['validDays'], 'validDays', 1, limits.dueDaysMax) ?? before.validDays,
    terms: body['terms'] === undefined ? before.terms : reading.text(body['terms'], 'terms', textLimits.terms, 'lines'),
    remindDays: reading.whole(body['remindDays'], 'remindDays', 0, 30) ?? before.remindDays,
    undoHours: reading.whole(body['undoHours'], 'undoHours', 0, 720) ?? before.undoHours,
    codeThresholdMinor:
      threshold === undefined ? before.codeThresholdMinor : threshold === null ? null : reading.amount(threshold, 'codeThresholdMinor', 'amount_invalid'),
  };
  if ((rules.codeThresholdMinor ?? 0n) < 0n) reading.add('codeThresholdMinor', 'amount_too_small');
  reading.end();
  const changed = fields.filter((name) => before[name] !== rules[name]);
  if (changed.length === 0) return before;
  await updateRules(scope, rules);
  await recordEvent(scope, { kind: 'estimate.rules_changed', data: { changed } });
  return rules;
}
