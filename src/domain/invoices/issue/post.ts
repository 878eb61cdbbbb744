import { toDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { lockForShowing, setPosted } from './queries.ts';
import { show } from './show.ts';

/**
 * Put in an envelope and mailed on a day: from now on it is with the customer, so the portal shows it too. null takes the mark back; what
 * was shown stays shown. Refuses `not_issued`, `already_done` (a canceled one too), `not_found`.
 */
export async function post(scope: Scope, documentId: string, postedOn: string | null): Promise<void> {
  const [row] = await lockForShowing(scope, [documentId]);
  if (row === undefined) throw new Refusal('not_found');
  if (!row.issued) throw new Refusal('not_issued');
  const day = postedOn === null ? null : toDay(postedOn);
  if (day !== null) await show(scope, [documentId]);
  if (!(await setPosted(scope, documentId, day))) throw new Refusal('already_done');
  await recordEvent(scope, {
    kind: day === null ? 'invoice.posting_undone' : 'invoice.posted',
    customerId: row.customerId,
    documentId,
    data: { postedOn: day },
  });
}
