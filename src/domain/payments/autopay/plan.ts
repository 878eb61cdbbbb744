import { addDays, daysBetween, todayIn } from '../../../core/calendar.ts';
import type { Keys } from '../../../core/gateways.ts';
import { hourIn } from '../../../core/local-time.ts';
import { newId } from '../../../db/fresh.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { mustBeSystem } from '../policy.ts';
import { tellPerson } from './letters.ts';
import { endMandate } from './mandate.ts';
import { type Due, insertCharge, selectDueCharges, selectLapsed, selectMandates, selectToPlan } from './queries.ts';
import { isChargeHour } from './rule.ts';
import { markRound, selectExpiring, selectRules } from './rules/queries.ts';

/**
 * What a business's clock brings, looked at every ten minutes: agreements whose right is gone end the same day; once a day, from its
 * morning on, notices go out for what will be charged; and each planned charge whose day has come becomes a task. Only the business's own
 * day and hour count, so a clock change moves nothing. Answers how many charges are to be tried. System only.
 */
export async function tendAutopay(scope: Scope, keys: Keys): Promise<number> {
  mustBeSystem(scope);
  for (const { id, reason } of await selectLapsed(scope)) {
    const [mandate] = await selectMandates(scope, { id, active: true });
    if (mandate !== undefined) await endMandate(scope, mandate, { reason });
  }
  const rules = await selectRules(scope);
  if (!isChargeHour(hourIn(rules.timeZone, scope.now))) return 0;
  const today = todayIn(rules.timeZone, scope.now);
  if ((rules.lastRoundOn === null || rules.lastRoundOn < today) && (await markRound(scope, today))) {
    await planBills(scope, keys, null);
    await tellExpiring(scope, today);
  }
  const due = await selectDueCharges(scope, today);
  for (const chargeId of due) await enqueue(scope, 'charge-autopay', { chargeId }, { key: `charge:${chargeId}`, maxAttempts: 3, priority: 5 });
  return due.length;
}

/** Plans what is due, or will be within its notice: one charge for a bill, told at once. Asked again it finds nothing left to plan. */
export async function planBills(scope: Scope, keys: Keys, customerId: string | null): Promise<number> {
  mustBeSystem(scope);
  const rules = await selectRules(scope);
  if (!rules.allowed || rules.gateway === null) return 0;
  const today = todayIn(rules.timeZone, scope.now);
  const news: NewEvent[] = [];
  for (const due of await selectToPlan(scope, today, customerId)) {
    const earliest = addDays(today, due.noticeDays);
    const plannedOn = due.dueOn > earliest ? due.dueOn : earliest;
    const event = await plan(scope, keys, due, plannedOn);
    if (event !== null) news.push(event);
  }
  if (news.length > 0) await recordEvents(scope, news);
  return news.length;
}

async function plan(scope: Scope, keys: Keys, due: Due, plannedOn: string): Promise<NewEvent | null> {
  const id = newId();
  const above = due.amountMinor > due.capMinor;
  if (!(await insertCharge(scope, id, due, { state: above ? 'above_cap' : 'planned', plannedOn }))) return null;
  const { amountMinor, currency, number, documentId, customerId, personId, methodLabel, capMinor } = due;
  const facts = { chargeId: id, amountMinor, currency, number, day: plannedOn, label: methodLabel, capMinor };
  await tellPerson(scope, keys, { what: above ? 'above_cap' : 'notice', once: `autopay:${id}:${plannedOn}`, personId, customerId, documentId, facts });
  const data = { chargeId: id, personId, amountMinor, currency, number, plannedOn, capMinor };
  return { kind: above ? 'autopay.above_cap' : 'autopay.planned', customerId, documentId, propertyId: due.propertyId, shown: false, data };
}

/** A card that ends is told of 30 days and 7 days before; who added it later than that is told of the nearer alone. */
async function tellExpiring(scope: Scope, today: string): Promise<void> {
  for (const card of await selectExpiring(scope, today)) {
    const step = daysBetween(today, card.expiresOn) <= 7 ? 7 : 30;
    const { id, label, expiresOn, personId, customerId } = card;
    await tellPerson(scope, null, { what: 'expiring', once: `expiring:${id}:${step}`, personId, customerId, facts: { label, day: expiresOn } });
  }
}
