import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvents } from '../../events/events.ts';
import { lockForShowing, markShown } from './queries.ts';

export async function show(scope: Scope, documentIds: readonly string[]): Promise<void> {
  const rows = await lockForShowing(scope, documentIds);
  if (rows.length !== new Set(documentIds).size) throw new Refusal('not_found');
  if (rows.some((row) => !row.issued)) throw new Refusal('not_issued');
  const hidden = rows.filter((row) => !row.shown);
  if (hidden.length === 0) return;
  await markShown(
    scope,
    hidden.map((row) => row.id),
  );
  await recordEvents(
    scope,
    hidden.map((row) => ({ kind: 'invoice.shown' as const, customerId: row.customerId, documentId: row.id, shown: true })),
  );
}
