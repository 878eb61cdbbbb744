import { addDays, daysBetween, toDay, todayIn } from '../../../core/calendar.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { announcedGraceDays } from '../../../core/settlement.ts';
import { cleanLines } from '../../../core/text.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { mustNotBeClosing } from '../../businesses/closing.ts';
import { recordEvents } from '../../events/events.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import type { Method } from '../payment.ts';
import { mayRecord, mustBeCustomer, mustBeSystem } from '../policy.ts';
import { selectHouse } from '../queries.ts';
import { checkAmount } from '../shares.ts';
import { end, recount } from './ending.ts';
import { insertAnnounced, seesWhole, selectAnnounced, selectOpenAnnounced, selectSeenParts } from './queries.ts';

/** What a customer tells us is coming, or came. `id`: made with the form; the same id twice is one announcement. */
export type Announcement = Readonly<{
  id: string;
  documentId: string;
  method: Method;
  alreadyPaid: boolean;
  amountMinor: bigint;
  /** The day it should arrive, or was paid. */
  expectedOn: string;
  note: string;
  personId: string | null;
}>;

const longestWaitDays = 120;

/**
 * Notes that money is on its way. It warns, lowers nothing, and ends by itself ten days after the day given (rule 18). A newer
 * announcement of the same person takes the place of the older. Refuses `not_found`, `nothing_to_pay`, `above_balance`, `date_invalid`.
 */
export async function announcePayment(scope: Scope, input: Announcement): Promise<void> {
  mustBeCustomer(scope);
  await mustNotBeClosing(scope);
  checkAmount(input.amountMinor);
  await lockInvoices(scope, [input.documentId]);
  const parts = await selectSeenParts(scope, input.documentId);
  const [first] = parts;
  if (first === undefined) throw new Refusal('not_found');
  const balance = parts.reduce((total, part) => total + part.balance, 0n);
  if (balance <= 0n) throw new Refusal('nothing_to_pay');
  if (input.amountMinor > balance) throw new Refusal('above_balance', { field: 'amountMinor' });
  const { time_zone: zone } = await selectHouse(scope);
  const today = todayIn(zone, scope.now);
  const expectedOn = toDay(input.expectedOn);
  if (Math.abs(daysBetween(today, expectedOn)) > longestWaitDays) throw new Refusal('date_invalid', { field: 'expectedOn' });
  const whole = await seesWhole(scope, input.documentId);
  const propertyId = whole && parts.length > 1 ? null : first.property_id;
  const older = (await selectOpenAnnounced(scope, [input.documentId])).filter((row) => row.person_id === input.personId && row.id !== input.id);
  const added = await insertAnnounced(scope, {
    id: input.id,
    document_id: input.documentId,
    customer_id: first.customer_id,
    property_id: propertyId,
    person_id: input.personId,
    method: input.method,
    already_paid: input.alreadyPaid,
    amount_minor: input.amountMinor,
    expected_on: expectedOn,
    ends_on: addDays(expectedOn > today ? expectedOn : today, announcedGraceDays),
    note: cleanLines(input.note, textLimits.question, 'note'),
  });
  if (!added) return;
  const ended = await end(scope, older, 'replaced');
  if (older.length === 0) await recount(scope, [input.documentId]);
  // Someone of a part cannot reach the whole invoice's standing: the system repeats it there.
  if (!whole) await enqueue(scope, 'count-announcements', { documentId: input.documentId }, { key: input.documentId });
  const data = {
    announcementId: input.id,
    amountMinor: input.amountMinor,
    currency: first.currency,
    method: input.method,
    alreadyPaid: input.alreadyPaid,
    expectedOn,
    number: first.number,
  };
  await recordEvents(scope, [
    ...ended,
    { kind: 'payment.announced', customerId: first.customer_id, documentId: input.documentId, propertyId, shown: true, data },
  ]);
}

/** It is not coming after all, says the customer; or the office stops expecting it. Once more does nothing. Refuses `not_found`. */
export async function endAnnouncement(scope: Scope, announcementId: string): Promise<void> {
  if (scope.role !== 'portal') await mayRecord(scope);
  const known = await selectAnnounced(scope, announcementId);
  if (known === undefined) throw new Refusal('not_found');
  await lockInvoices(scope, [known.document_id]);
  const events = await end(scope, [known], scope.role === 'portal' ? 'taken_back' : 'ended_by_office');
  if (scope.role === 'portal') await enqueue(scope, 'count-announcements', { documentId: known.document_id }, { key: known.document_id });
  await recordEvents(scope, events);
}

/** Repeats on the standing what is announced. System only. */
export async function countAnnouncements(scope: Scope, documentId: string): Promise<void> {
  mustBeSystem(scope);
  await lockInvoices(scope, [documentId]);
  await recount(scope, [documentId]);
}
