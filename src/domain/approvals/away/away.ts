import { approvesAtMost, type Held } from '../../../core/authority.ts';
import { daysBetween, isDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvent } from '../../events/events.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import * as queries from './queries.ts';

export type Naming = Readonly<{ customerId: string; personId: string; standInId: string; fromOn: string; untilOn: string }>;

const daysAtMost = 366;

/** The one who is away themselves, else the office. */
async function mustBeTheirs(scope: Scope, personId: string): Promise<void> {
  if (scope.actor.kind !== 'person') return mustBeAllowed(scope, 'customers:write');
  if (scope.actor.id !== personId) throw new Refusal('not_found');
}

/** Whether what somebody holds lets them approve anything anywhere. */
function approvesAnything(held: readonly Held[], customerKind: string): boolean {
  const places = new Set([null, ...held.map(({ propertyId }) => propertyId)]);
  return [...places].some((propertyId) => approvesAtMost(held, { customerKind, propertyId, nteMinor: null, owns: false }) !== 0n);
}

/** Names somebody for some days. See the face for what it refuses. */
export async function name(scope: Scope, input: Naming): Promise<queries.StandIn> {
  const { customerId, personId, standInId, fromOn, untilOn } = input;
  await mustBeTheirs(scope, personId);
  const today = await queries.selectToday(scope);
  for (const [field, day] of Object.entries({ fromOn, untilOn })) if (!isDay(day)) throw new Refusal('date_invalid', { field });
  if (fromOn < today || untilOn < fromOn || daysBetween(fromOn, untilOn) > daysAtMost) throw new Refusal('stand_in_days', { field: 'untilOn' });
  const [away, instead] = await lockBoth(scope, input);
  if (away === undefined) throw new Refusal('not_found');
  if (away.sharedMailbox || !approvesAnything(away.held, away.customerKind)) throw new Refusal('approving_not_allowed');
  if (instead === undefined || instead.sharedMailbox || instead.email === '' || instead.email === away.email || instead.id === away.id)
    throw new Refusal('stand_in_unfit', { field: 'standInId' });
  const around = await queries.selectStandIns(scope, { today, customerId, personIds: [personId, standInId] });
  const meets = around.filter((each) => each.fromOn <= untilOn && each.untilOn >= fromOn);
  if (meets.some((each) => each.personId === personId)) throw new Refusal('stand_in_overlaps', { field: 'fromOn' });
  // No chains: who is away stands in for nobody, and who stands in is not away.
  if (meets.some((each) => each.personId === standInId || each.standInId === personId)) throw new Refusal('stand_in_unfit', { field: 'standInId' });
  const row = { id: newId(), ...input, personName: away.name, standInName: instead.name, createdBy: scope.actor.name };
  await queries.insertStandIn(scope, row);
  await followWaiting(scope, [personId, standInId]);
  await recordEvent(scope, {
    kind: 'person.stand_in_named',
    customerId,
    data: { standInRowId: row.id, personId, name: away.name, standInId, standInName: instead.name, fromOn, untilOn },
  });
  return { ...row, endedAt: null };
}

/** In the order of their ids, so that two namings never wait for each other. */
async function lockBoth(scope: Scope, { customerId, personId, standInId }: Naming) {
  const found = new Map<string, Awaited<ReturnType<typeof queries.lockFit>>>();
  for (const id of [...new Set([personId, standInId])].sort()) found.set(id, await queries.lockFit(scope, id, customerId));
  return [found.get(personId), found.get(standInId)] as const;
}

/** Ends it at once. Once more does nothing. */
export async function end(scope: Scope, id: string): Promise<queries.StandIn> {
  const [found] = await queries.selectStandIns(scope, { today: '', id });
  if (found === undefined) throw new Refusal('not_found');
  await mustBeTheirs(scope, found.personId);
  if (found.endedAt !== null) return found;
  await queries.endStandIn(scope, id);
  await followWaiting(scope, [found.personId, found.standInId]);
  const { customerId, personId, personName, standInId, standInName } = found;
  await recordEvent(scope, { kind: 'person.stand_in_ended', customerId, data: { standInRowId: id, personId, name: personName, standInId, standInName } });
  return { ...found, endedAt: scope.now.toString() };
}

/** What waits is handed on anew: to the stand-in, or back. */
async function followWaiting(scope: Scope, personIds: readonly string[]): Promise<void> {
  for (const each of await queries.selectWaiting(scope, personIds)) await enqueue(scope, 'follow-decision', each);
}

/** Of a customer, for the office; or of some people, for themselves. Those that are over are left out. */
export async function list(scope: Scope, of: Readonly<{ customerId: string } | { personIds: readonly string[] }>): Promise<queries.StandIn[]> {
  if (scope.actor.kind !== 'person') await mustBeAllowed(scope, 'customers:read');
  return queries.selectStandIns(scope, { today: await queries.selectToday(scope), ...of });
}
