import type { Keys } from '../../../core/gateways.ts';
import type { Database } from '../../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { listApprovals } from '../../approvals/approvals.ts';
import { isClosing } from '../../businesses/closing.ts';
import { lockStanding } from '../../estimates/estimates.ts';
import { recordEvent } from '../../events/events.ts';
import { askNext } from './follow.ts';
import { countApproverReminder, selectMisplaced, selectUnanswered } from './queries.ts';

const atOnce = 100;

/**
 * Hands on what waits for somebody who is away since today, or back again; then reminds approvers who have not answered: after two days and every two
 * days, three times at most, in working hours, never within a day of another mail of it. Each in a transaction of its own. Answers how many were reminded.
 */
export async function remindApprovers(database: Database, keys: Keys, business: string): Promise<number> {
  const as = { role: 'system', business, actor: systemActor } as const;
  const misplaced = await inTransaction(database, as, async (scope) => ((await isClosing(scope)) ? [] : selectMisplaced(scope, atOnce)));
  for (const { documentId } of misplaced) await inTransaction(database, as, (scope) => handOn(scope, keys, documentId));
  const waiting = await inTransaction(database, as, async (scope) => ((await isClosing(scope)) ? [] : selectUnanswered(scope, atOnce)));
  let reminded = 0;
  for (const { documentId } of waiting) if (await inTransaction(database, as, (scope) => remind(scope, keys, documentId))) reminded += 1;
  return reminded;
}

async function handOn(scope: Scope, keys: Keys, documentId: string): Promise<void> {
  await lockStanding(scope, documentId);
  const { rows } = await listApprovals(scope, { documentId, limit: 1 });
  if (rows[0]) await askNext(scope, keys, rows[0]);
}

/** Looks again under the lock: it may have been decided, or mailed, in the meantime. */
async function remind(scope: Scope, keys: Keys, documentId: string): Promise<boolean> {
  const { customerId, propertyId, number, revision } = await lockStanding(scope, documentId);
  const [due] = await selectUnanswered(scope, 1, documentId);
  const { rows } = await listApprovals(scope, { documentId, limit: 1 });
  const [record] = rows;
  if (due === undefined || record === undefined) return false;
  const next = await askNext(scope, keys, record, await countApproverReminder(scope, documentId));
  if (next === null) return false;
  await recordEvent(scope, {
    kind: 'estimate.reminded',
    ...{ documentId, customerId, propertyId },
    data: { number, revision, approver: next.name, people: [{ personId: next.id, to: next.email }] },
  });
  return true;
}
