import type { Keys } from '../../../core/gateways.ts';
import type { Scope } from '../../../db/scope.ts';
import { askDeposit, dropDeposit, listApprovals, passOn } from '../../approvals/approvals.ts';
import { lockStanding } from '../../estimates/estimates.ts';

/** What follows a decision: the next person after advice, the deposit after an approval and after its end. Safe to run twice. */
export async function followDecision(scope: Scope, _keys: Keys, of: Readonly<{ documentId: string; approvalId: string }>): Promise<void> {
  await lockStanding(scope, of.documentId);
  const { rows } = await listApprovals(scope, { documentId: of.documentId, limit: 1 });
  // What was decided since has a task of its own.
  if (rows[0]?.id !== of.approvalId) return;
  const { kind } = rows[0];
  if (kind === 'recommended') await passOn(scope, of.documentId);
  if (kind === 'approved') await askDeposit(scope, of.documentId);
  if (kind === 'withdrawn_approval') await dropDeposit(scope, of.documentId);
}
