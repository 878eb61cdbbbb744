import { textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { cleanLines } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { tellStaff } from '../people/notices.ts';
import { rightsOfRole } from '../people/rights.ts';
import { listStaff } from '../people/staff.ts';
import { decidePayChange, insertPayChange, lockPayChange, type PayChange, selectPayChange, setHowToPay } from './pay-details/queries.ts';
import { mayRead, mayWrite } from './policy.ts';
import { selectSettings } from './queries.ts';

export type { PayChange };

/** How customers are told to pay, and a change of it that waits. */
export type PayDetails = Readonly<{ howToPay: string; waiting: (PayChange & Readonly<{ needs: 'time' | 'second_person' }>) | null }>;

const waitHours = 24;

export async function readPayDetails(scope: Scope): Promise<PayDetails> {
  await mayRead(scope);
  const { waysToPay } = await selectSettings(scope);
  const waiting = await selectPayChange(scope);
  return { howToPay: waysToPay.howToPay, waiting: waiting === undefined ? null : { ...waiting, needs: waiting.liveAt === null ? 'second_person' : 'time' } };
}

/**
 * Asks for another text about paying (rule 47). Where somebody else here may decide too, it waits for them; else for a day, and everyone who
 * could stop it is told by mail. Customers read the old text until then. A first text counts at once, and so does removing it. Refuses
 * `pay_change_waiting`.
 */
export async function changePayDetails(scope: Scope, input: Readonly<{ howToPay: string }>): Promise<PayDetails> {
  await mayWrite(scope);
  const howToPay = cleanLines(input.howToPay, textLimits.howToPay, 'howToPay');
  const before = (await selectSettings(scope)).waysToPay.howToPay;
  if (howToPay === before) return readPayDetails(scope);
  if ((await selectPayChange(scope)) !== undefined) throw new Refusal('pay_change_waiting');
  const asker = scope.actor;
  if (before === '' || howToPay === '' || asker.id === null) {
    await setHowToPay(scope, howToPay);
    await recordEvent(scope, { kind: 'pay_details.changed', data: { before, after: howToPay, by: asker.name } });
    return readPayDetails(scope);
  }
  const deciders = await others(scope);
  const liveAt = deciders.length > 0 ? null : scope.now.add({ hours: waitHours });
  const id = newId();
  await insertPayChange(scope, { id, howToPay, askedBy: asker.id, askedByName: asker.name, askedAt: scope.now.toString(), liveAt: liveAt?.toString() ?? null });
  if (liveAt !== null) await enqueue(scope, 'publish-pay-change', { changeId: id }, { key: id, runAt: liveAt });
  await tellAll(scope, 'pay_details_asked', id, { by: asker.name, liveAt: liveAt?.toString() ?? '' });
  await recordEvent(scope, { kind: 'pay_details.asked', data: { changeId: id, before, after: howToPay, liveAt: liveAt?.toString() ?? null } });
  return readPayDetails(scope);
}

/** A second person says yes. Refuses `pay_change_own` for whoever asked, `not_found`. */
export async function confirmPayDetails(scope: Scope): Promise<PayDetails> {
  await mayWrite(scope);
  const change = await lockPayChange(scope, null);
  if (change === undefined || change.liveAt !== null) throw new Refusal('not_found');
  if (scope.actor.id === change.askedBy) throw new Refusal('pay_change_own');
  await publish(scope, change);
  return readPayDetails(scope);
}

/** Stops a change that waits; anybody who could have made it may. Refuses `not_found`. */
export async function cancelPayDetails(scope: Scope): Promise<PayDetails> {
  await mayWrite(scope);
  const change = await lockPayChange(scope, null);
  if (change === undefined) throw new Refusal('not_found');
  await decidePayChange(scope, change.id, 'canceled');
  await tellAll(scope, 'pay_details_canceled', change.id, { by: scope.actor.name });
  await recordEvent(scope, { kind: 'pay_details.canceled', data: { changeId: change.id } });
  return readPayDetails(scope);
}

/** The day is over. Does nothing for a change that was stopped, or too early. */
export async function publishPayChange(scope: Scope, changeId: string): Promise<void> {
  const change = await lockPayChange(scope, changeId);
  if (change === undefined || change.liveAt === null || Temporal.Instant.compare(scope.now, Temporal.Instant.from(change.liveAt)) < 0) return;
  await publish(scope, change);
}

async function publish(scope: Scope, change: PayChange): Promise<void> {
  await setHowToPay(scope, change.howToPay);
  await decidePayChange(scope, change.id, 'live');
  await tellAll(scope, 'pay_details_live', change.id, { by: change.askedByName });
  await recordEvent(scope, { kind: 'pay_details.changed', data: { changeId: change.id, after: change.howToPay, by: change.askedByName } });
}

async function deciders(scope: Scope) {
  return (await listStaff(scope)).filter(({ role }) => rightsOfRole(role).includes('settings:write'));
}

async function others(scope: Scope) {
  return (await deciders(scope)).filter(({ id }) => id !== scope.actor.id);
}

async function tellAll(
  scope: Scope,
  notice: 'pay_details_asked' | 'pay_details_live' | 'pay_details_canceled',
  changeId: string,
  facts: Record<string, string>,
): Promise<void> {
  for (const { id } of await deciders(scope)) await tellStaff(scope, id, { notice, once: `${notice}:${changeId}:${id}`, facts });
}
