import { addDays, todayIn } from '../../../core/calendar.ts';
import { announcedGraceDays } from '../../../core/settlement.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { recordEvents } from '../../events/events.ts';
import { lockInvoices, setAnnounced } from '../../ledger/standings.ts';
import { mustBeSystem } from '../policy.ts';
import { selectHouse } from '../queries.ts';
import { type AnnouncedRow, endAnnounced, selectOpenAnnounced, selectOverAnnounced } from './queries.ts';

const batch = 200;

/** Repeats on each standing what is announced for it: all open announcements together, believed until the last of them ends. */
export async function recount(scope: Scope, documentIds: readonly string[]): Promise<void> {
  const open = Map.groupBy(await selectOpenAnnounced(scope, documentIds), (row) => row.document_id);
  for (const documentId of [...new Set(documentIds)].sort()) {
    const rows = open.get(documentId) ?? [];
    const latest = rows
      .map((row) => row.ends_on)
      .sort()
      .at(-1);
    const amountMinor = rows.reduce((total, row) => total + row.amount_minor, 0n);
    await setAnnounced(scope, documentId, amountMinor, latest === undefined ? null : addDays(latest, -announcedGraceDays));
  }
}

export type Ending = 'matched' | 'taken_back' | 'ended_by_office' | 'over' | 'paid' | 'replaced';

/** Ends announcements and says so on the timelines. The caller holds their invoices. */
export async function end(scope: Scope, rows: readonly AnnouncedRow[], why: Ending, paymentId: string | null = null): Promise<NewEvent[]> {
  if (rows.length === 0) return [];
  const ended = new Set(
    await endAnnounced(
      scope,
      rows.map((row) => row.id),
      paymentId,
    ),
  );
  await recount(
    scope,
    rows.map((row) => row.document_id),
  );
  return rows
    .filter((row) => ended.has(row.id))
    .map((row) => ({
      kind: 'payment.announcement_ended' as const,
      customerId: row.customer_id,
      documentId: row.document_id,
      propertyId: row.property_id,
      shown: true,
      data: { announcementId: row.id, amountMinor: row.amount_minor, method: row.method, why, paymentId },
    }));
}

/** Nothing more is expected on what is paid. The caller holds the invoices. */
export async function endOnPaid(scope: Scope, documentIds: readonly string[]): Promise<NewEvent[]> {
  if (documentIds.length === 0) return [];
  return end(scope, await selectOpenAnnounced(scope, documentIds), 'paid');
}

/** Ends what nobody waits for any more: ten days after the day that was given (rule 18). Answers how many. System only. */
export async function endOverAnnouncements(scope: Scope): Promise<number> {
  mustBeSystem(scope);
  const { time_zone: zone } = await selectHouse(scope);
  const over = await selectOverAnnounced(scope, todayIn(zone, scope.now), batch);
  await lockInvoices(scope, [...new Set(over.map((row) => row.document_id))]);
  const events = await end(scope, over, 'over');
  await recordEvents(scope, events);
  return events.length;
}
