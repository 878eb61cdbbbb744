import { Refusal } from '../../../../core/refusal.ts';
import type { Scope } from '../../../../db/scope.ts';
import { recordEvent } from '../../../events/events.ts';
import { mustBeAllowed } from '../../../people/rights.ts';
import { selectRules, upsertRules } from './queries.ts';

/** Whether customers may turn autopay on, and how many days before a charge they are told, unless they choose otherwise. */
export type AutopayRules = Readonly<{ version: number; allowed: boolean; noticeDays: number }>;

export async function readAutopayRules(scope: Scope): Promise<AutopayRules> {
  await mustBeAllowed(scope, 'settings:read');
  return plain(await selectRules(scope));
}

const plain = ({ version, allowed, noticeDays }: AutopayRules): AutopayRules => ({ version, allowed, noticeDays });

/** Changes what is given. Not allowed any more, nothing is charged or planned from that moment on. Refuses `stale_version`. */
export async function changeAutopayRules(
  scope: Scope,
  input: Readonly<{ version: number; changes: Readonly<{ allowed?: boolean | undefined; noticeDays?: number | undefined }> }>,
): Promise<AutopayRules> {
  await mustBeAllowed(scope, 'settings:write');
  const before = plain(await selectRules(scope));
  const { allowed = before.allowed, noticeDays = before.noticeDays } = input.changes;
  if (!Number.isInteger(noticeDays) || noticeDays < 1 || noticeDays > 14) throw new Refusal('invalid_input', { field: 'noticeDays' });
  if (before.version !== input.version || !(await upsertRules(scope, { version: input.version, allowed, noticeDays }))) {
    throw new Refusal('stale_version', { current: plain(await selectRules(scope)) });
  }
  await recordEvent(scope, { kind: 'autopay.rules_changed', data: { allowed, noticeDays } });
  return { version: input.version + 1, allowed, noticeDays };
}
