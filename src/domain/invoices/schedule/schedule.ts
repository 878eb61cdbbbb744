import { daysBetween, toDay, todayIn } from '../../../core/calendar.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { instantAt } from '../../../core/local-time.ts';
import { Refusal } from '../../../core/refusal.ts';
import { cleanLines } from '../../../core/text.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { lockInvoices } from '../../ledger/standings.ts';
import * as drafts from '../drafts/drafts.ts';
import type { Draft } from '../invoice.ts';
import {
  deleteSchedules,
  isInvoice,
  lockDue,
  markFailed,
  type Scheduled,
  selectAskedFor,
  selectScheduled,
  selectZone,
  setState,
  upsertSchedule,
} from './queries.ts';

export type Scheduling = Readonly<{ documentId: string; sendOn: string; sendHour: number; personIds: readonly string[]; note?: string }>;
const mostListed = 500;

/** Sets or moves the hour a draft leaves. It keeps having no number. */
export async function schedule(scope: Scope, input: Scheduling): Promise<Scheduled> {
  await lockInvoices(scope, [input.documentId]);
  const draft = await drafts.read(scope, input.documentId);
  const sendOn = toDay(input.sendOn);
  const personIds = [...new Set(input.personIds)];
  if (!Number.isInteger(input.sendHour) || input.sendHour < 0 || input.sendHour > 23) throw new Refusal('invalid_input', { field: 'sendHour' });
  if (personIds.length === 0) throw new Refusal('no_recipients', { field: 'personIds' });
  if (personIds.length > limits.recipientsPerSend) throw new Refusal('invalid_input', { field: 'personIds' });
  const zone = await selectZone(scope);
  const sendAt = instantAt(zone, sendOn, input.sendHour);
  if (Temporal.Instant.compare(sendAt, scope.now) <= 0) throw new Refusal('send_in_the_past', { field: 'sendOn' });
  if (daysBetween(todayIn(zone, scope.now), sendOn) > limits.dueDaysMax) throw new Refusal('date_invalid', { field: 'sendOn' });
  await mustBeReady(scope, draft);
  const note = cleanLines(input.note ?? '', textLimits.message, 'note');
  const { documentId, sendHour } = input;
  await upsertSchedule(scope, { documentId, customerId: draft.customerId, sendOn, sendHour, sendAt: sendAt.toString(), personIds, note });
  await setState(scope, documentId, 'scheduled');
  await recordEvent(scope, { kind: 'invoice.scheduled', customerId: draft.customerId, documentId, data: { sendOn, sendHour, people: personIds } });
  return readSchedule(scope, documentId);
}

/** What keeps an invoice from leaving by itself, though a person sending it by hand is only warned. */
export async function mustBeReady(scope: Scope, draft: Draft): Promise<void> {
  const { propertyId, lines } = draft.body;
  const places = lines.length === 0 ? [propertyId] : lines.map((line) => line.propertyId);
  const asked = await selectAskedFor(scope, draft.id, places);
  if (asked === undefined) throw new Refusal('not_found');
  if (asked.archived) throw new Refusal('customer_archived');
  if (asked.poRequired && draft.body.poNumber === '') throw new Refusal('po_number_required', { field: 'poNumber' });
  if (draft.body.lines.length === 0) throw new Refusal('no_lines', { field: 'lines' });
}

/** Back to a plain draft. Refuses `not_scheduled`. */
export async function unschedule(scope: Scope, documentId: string): Promise<void> {
  await lockInvoices(scope, [documentId]);
  const { customerId } = await readSchedule(scope, documentId);
  await deleteSchedules(scope, [documentId]);
  await setState(scope, documentId, 'draft');
  await recordEvent(scope, { kind: 'invoice.unscheduled', customerId, documentId });
}

export async function readSchedule(scope: Scope, documentId: string): Promise<Scheduled> {
  const [found] = await selectScheduled(scope, documentId, 1);
  if (found === undefined) throw new Refusal((await isInvoice(scope, documentId)) ? 'not_scheduled' : 'not_found');
  return found;
}

export function list(scope: Scope): Promise<Scheduled[]> {
  return selectScheduled(scope, null, mostListed);
}

/** The schedule whose time came first, held until the transaction ends; null when none is due. */
export async function takeDue(scope: Scope): Promise<Scheduled | null> {
  const documentId = await lockDue(scope);
  return documentId === null ? null : readSchedule(scope, documentId);
}

/** It did not leave, and waits for somebody with the reason. No number was used. Once more, or after it was moved, does nothing. */
export async function fail(scope: Scope, documentId: string, failure: string): Promise<void> {
  if (!(await markFailed(scope, documentId, failure))) return;
  const { customerId } = await readSchedule(scope, documentId);
  await recordEvent(scope, { kind: 'invoice.schedule_failed', customerId, documentId, data: { failure } });
}
