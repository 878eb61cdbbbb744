import { todayIn } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import { type Scope, sqlState } from '../../db/scope.ts';
import { readStanding } from '../businesses/businesses.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type AssignmentRow, endAssignmentRow, insertAssignment, selectAssignments, selectCrewName } from './queries.ts';

export type Assignment = AssignmentRow;

const noteMax = 300;

/**
 * Lets a crew member see and work for a customer: on a day (and to finish for a month after), or until ended. Refuses `not_found` for
 * somebody who is not of the crew and for another's customer or property.
 */
export async function assign(
  scope: Scope,
  input: Readonly<{ staffId: string; customerId: string; propertyId: string | null; onDay: string | null; note?: string }>,
): Promise<Assignment> {
  await mustBeAllowed(scope, 'customers:write');
  const name = await selectCrewName(scope, input.staffId);
  if (name === undefined) throw new Refusal('not_found', { field: 'staffId' });
  const { staffId, customerId, propertyId, onDay } = input;
  const row = { id: newId(), staffId, customerId, propertyId, onDay, note: clean(input.note ?? '', noteMax, 'note') };
  await insertAssignment(scope, row).catch((error: unknown) => {
    throw sqlState(error) === '23503' ? new Refusal('not_found', { field: 'customerId' }) : error;
  });
  await recordEvent(scope, { kind: 'crew.assigned', customerId, propertyId, data: { assignmentId: row.id, staffId, name, onDay } });
  const made = (await listAssignments(scope, { staffId, customerId })).find(({ id }) => id === row.id);
  if (made === undefined) throw new Refusal('not_found', { field: 'onDay' });
  return made;
}

/** Who works for whom, now and on days to come. */
export async function listAssignments(scope: Scope, filter: Readonly<{ staffId?: string | null; customerId?: string | null }> = {}): Promise<Assignment[]> {
  await mustBeAllowed(scope, 'customers:read');
  const { timeZone } = await readStanding(scope);
  return selectAssignments(scope, { staffId: filter.staffId ?? null, customerId: filter.customerId ?? null, today: todayIn(timeZone, scope.now) });
}

/** They see the customer no more, from their next request on. Refuses `not_found`. */
export async function unassign(scope: Scope, id: string): Promise<void> {
  await mustBeAllowed(scope, 'customers:write');
  const ended = await endAssignmentRow(scope, id);
  if (ended === undefined) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'crew.unassigned', customerId: ended.customerId, data: { assignmentId: id, staffId: ended.staffId } });
}
