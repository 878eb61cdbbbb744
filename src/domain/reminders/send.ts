import { addDays, toDay } from '../../core/calendar.ts';
import type { Keys, MailOutcome } from '../../core/gateways.ts';
import { hourIn, isWeekend } from '../../core/local-time.ts';
import { Refusal } from '../../core/refusal.ts';
import { newId } from '../../db/fresh.ts';
import { enqueueMany } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { isClosing } from '../businesses/closing.ts';
import { recordEvent, recordEvents } from '../events/events.ts';
import { freshLink } from '../links/links.ts';
import { dropMail, type MailRow, queueMail, rewriteFacts } from '../mails/mails.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { reachable, receiversFor, receiversOf } from './plan.ts';
import {
  countWaiting,
  endReminders,
  insertReminder,
  lockCustomer,
  markRound,
  type ReceiverRow,
  selectBills,
  selectInvoiceChoice,
  upsertInvoiceChoice,
} from './queries.ts';
import { type Bill, decide, heldBack, isMissed, manualStep, openSteps, type Rules, stepDay, stepFor } from './reminder.ts';
import { type House, rulesNow } from './rules.ts';

/** A round missed by more than this waits for the next day: nobody is reminded in the evening. */
const roundHours = 8;

/**
 * Begins the business's round of the day once its hour has come: one task for each customer with a step due. However many workers ask, a
 * day has one round; a day nobody worked is not made up for, because each bill's latest step is still to come. Answers how many tasks.
 */
export async function beginRound(scope: Scope): Promise<number> {
  const { rules, house, lastRoundOn } = await rulesNow(scope, true);
  const hour = hourIn(house.timeZone, scope.now);
  const late = lastRoundOn !== null && lastRoundOn >= house.today;
  if (!rules.active || late || hour < rules.sendHour || hour >= rules.sendHour + roundHours) return 0;
  if (await isClosing(scope)) return 0;
  await markRound(scope, house.today);
  if (rules.weekdaysOnly && isWeekend(house.today)) return 0;
  const bills = await selectBills(scope, { today: house.today, until: addDays(house.today, daysAhead(rules)) });
  const due = bills.filter((bill) => decide(bill, rules, { now: scope.now, today: house.today })?.reason === null);
  const customers = [...new Set(due.map(({ customerId }) => customerId))];
  await enqueueMany(
    scope,
    'send-reminders',
    customers.map((customerId) => ({ customerId })),
  );
  return customers.length;
}

/** How far ahead the earliest step looks, weekends included. */
function daysAhead({ steps }: Rules): number {
  return Math.max(0, ...steps.map(({ offsetDays }) => -offsetDays)) + 3;
}

/** Decides for one customer now, and queues one mail for each person. Run twice, the second finds nothing left to do. Answers the mails queued. */
export async function remindCustomer(scope: Scope, keys: Keys, customerId: string): Promise<number> {
  if (!(await lockCustomer(scope, customerId))) return 0;
  if (await isClosing(scope)) return 0;
  const { rules, house } = await rulesNow(scope);
  const bills = await selectBills(scope, { today: house.today, until: addDays(house.today, daysAhead(rules)), customerId });
  const turns = bills.flatMap((bill): Turn[] => {
    const decision = decide(bill, rules, { now: scope.now, today: house.today });
    return decision?.reason === null ? [{ bill, step: decision.step, over: overBy(decision.planned, house.today) }] : [];
  });
  return mailTurns(scope, keys, turns);
}

/** `over`: steps up to this day are done with it. */
type Turn = Readonly<{ bill: Bill; step: string; over: string }>;

/** A step that had to wait stands for those of the next two days as well: nobody is reminded of one bill on two days running. */
function overBy(planned: string, today: string): string {
  return planned < today ? addDays(today, 2) : today;
}

/** Bills of one currency go in one mail; two currencies are never added up. */
async function mailTurns(scope: Scope, keys: Keys, turns: readonly Turn[]): Promise<number> {
  const receivers = await receiversOf(
    scope,
    turns.map(({ bill }) => bill),
  );
  let mails = 0;
  for (const group of Map.groupBy(turns, ({ bill }) => bill.currency).values()) mails += await mailGroup(scope, keys, group, receivers);
  return mails;
}

async function mailGroup(scope: Scope, keys: Keys, turns: readonly Turn[], receivers: ReadonlyMap<string, readonly ReceiverRow[]>): Promise<number> {
  const batchId = newId();
  const reached = turns
    .map((turn) => ({ ...turn, people: receiversFor(receivers.get(turn.bill.customerId) ?? [], turn.bill).filter(reachable) }))
    .filter(({ people }) => people.length > 0);
  const kept = [];
  for (const turn of reached) {
    const { id: documentId, customerId, installmentOn } = turn.bill;
    const of = { id: newId(), batchId, documentId, customerId, installmentOn };
    if (await insertReminder(scope, { ...of, step: turn.step, outcome: 'queued', day: turn.over })) kept.push(turn);
  }
  const people = new Map(kept.flatMap((turn) => turn.people.map((person) => [person.personId, person] as const)));
  let mails = 0;
  for (const person of people.values()) {
    const own = kept.filter((turn) => turn.people.some(({ personId }) => personId === person.personId));
    if (await mailPerson(scope, keys, { batchId, person, turns: own })) mails += 1;
  }
  return mails;
}

async function mailPerson(
  scope: Scope,
  keys: Keys,
  { batchId, person, turns }: Readonly<{ batchId: string; person: ReceiverRow; turns: readonly Turn[] }>,
): Promise<boolean> {
  const bills = [];
  for (const { bill, step } of turns) {
    const link = { documentId: bill.id, customerId: bill.customerId, personId: person.personId, sentTo: person.email };
    bills.push({ documentId: bill.id, linkId: await freshLink(scope, keys, link), step });
  }
  const [first] = turns;
  const mailId = await queueMail(scope, {
    kind: 'reminder',
    once: `reminder:${batchId}:${person.personId}`,
    documentId: first?.bill.id ?? null,
    customerId: person.customerId,
    personId: person.personId,
    facts: { batchId, bills },
  });
  return mailId !== null;
}

type Queued = Readonly<{ documentId: string; linkId: string; step: string }>;
const queuedIn = (mail: MailRow): Queued[] => (Array.isArray(mail.facts['bills']) ? (mail.facts['bills'] as Queued[]) : []);
const batchIn = (mail: MailRow): string => (typeof mail.facts['batchId'] === 'string' ? mail.facts['batchId'] : '');

/**
 * The last look before a reminder leaves, in the transaction that takes it for sending: every bill is judged again, what is settled,
 * moving, asked about or stopped since is left out, and the figures are those of this second. Null: nothing is left to say, and the mail
 * has ended.
 */
export async function lastLook(scope: Scope, mail: MailRow): Promise<MailRow | null> {
  const queued = queuedIn(mail);
  const batchId = batchIn(mail);
  const { rules, house } = await rulesNow(scope);
  const documentIds = queued.map(({ documentId }) => documentId);
  const bills = new Map(
    (await selectBills(scope, { today: house.today, until: '9999-12-31', documentIds, exceptBatch: batchId })).map((bill) => [bill.id, bill]),
  );
  const people = await receiversOf(scope, [...bills.values()]);
  const judged = queued.map((each) => {
    const bill = bills.get(each.documentId);
    return { each, bill, reason: against(bill, each, rules, scope, house) ?? notFor(mail.person_id, bill, people) };
  });
  const left = judged.flatMap(({ each, bill, reason }) => (bill === undefined || reason !== null ? [] : [{ each, bill }]));
  const over = judged.filter(({ reason }) => reason !== null);
  if (over.length > 0 && (await countWaiting(scope, batchId, mail.id)) === 0) {
    for (const { each, reason } of over) await endReminders(scope, { batchId, documentIds: [each.documentId], outcome: 'dropped', reason: reason ?? '' });
  }
  if (left.length === 0) {
    await dropMail(scope, mail.id, over[0]?.reason ?? 'nothing_due');
    return null;
  }
  const facts = { ...mail.facts, ...toldOf(left, rules, house) };
  await rewriteFacts(scope, mail.id, facts);
  return { ...mail, facts };
}

function against(bill: Bill | undefined, { step }: Queued, rules: Rules, scope: Scope, { today }: House): string | null {
  if (bill === undefined) return 'nothing_due';
  const held = heldBack(bill, { now: scope.now, today });
  if (held !== null || step.startsWith(manualStep)) return held;
  if (bill.pausedUntil !== null && today < bill.pausedUntil) return 'paused';
  return !rules.active ? 'off' : !bill.customerOn ? 'customer_off' : bill.off ? 'invoice_off' : null;
}

/** Whoever lost the right to a bill, or asked for no more reminders, since it was queued. */
function notFor(personId: string | null, bill: Bill | undefined, people: ReadonlyMap<string, readonly ReceiverRow[]>): string | null {
  const reader = bill && receiversFor(people.get(bill.customerId) ?? [], bill).find((row) => row.personId === personId);
  return reader === undefined ? 'no_recipients' : reader.stopped ? 'stopped' : null;
}

/** What the mail will say, in amounts and days of now. The firmest of its steps chooses the words. */
export function toldOf(left: readonly Readonly<{ each: Queued; bill: Bill }>[], rules: Rules, house: House) {
  const offset = (step: string): number => rules.steps.find(({ id }) => id === step)?.offsetDays ?? -1_000;
  const firmest = left.reduce((a, b) => (offset(b.each.step) > offset(a.each.step) ? b : a));
  const missed = left.find(({ each }) => isMissed(each.step))?.bill.missed ?? null;
  const words = stepFor(rules, firmest.each.step, firmest.bill, house.today);
  return {
    bills: left.map(({ each, bill }) => ({ ...each, number: bill.number, dueOn: bill.dueOn, amountMinor: bill.dueNowMinor })),
    currency: firmest.bill.currency,
    today: house.today,
    tone: words?.tone ?? 'friendly',
    texts: missed === null ? (words?.texts ?? {}) : {},
    missed,
  };
}

/** After a reminder left, or came back: kept with each bill, and told on its timeline. */
export async function endReminder(scope: Scope, mail: MailRow, outcome: MailOutcome['kind']): Promise<void> {
  if (outcome === 'bounced' || outcome === 'retry') return dropReminder(scope, mail, outcome === 'bounced' ? 'bounced' : 'failed');
  const batchId = batchIn(mail);
  const documentIds = queuedIn(mail).map(({ documentId }) => documentId);
  await endReminders(scope, { batchId, documentIds, outcome: 'sent', reason: '' });
  await recordEvents(
    scope,
    queuedIn(mail).map(({ documentId, step }) => ({
      kind: 'reminder.sent' as const,
      customerId: mail.customer_id,
      documentId,
      data: { mailId: mail.id, personId: mail.person_id, name: mail.to_name, to: mail.to_address, step },
    })),
  );
}

/** A mail of it will never leave: unless another of its batch still may, its steps are as if they had not been. */
export async function dropReminder(scope: Scope, mail: MailRow, reason: string): Promise<void> {
  const batchId = batchIn(mail);
  if ((await countWaiting(scope, batchId, mail.id)) > 0) return;
  const documentIds = queuedIn(mail).map(({ documentId }) => documentId);
  await endReminders(scope, { batchId, documentIds, outcome: 'dropped', reason });
}

/**
 * Reminds of one invoice now, by hand: its next step comes early. What the office chose against reminders does not hold it back; money
 * on its way, open questions and the day of quiet do. Refuses `not_found`, `reminder_held_back` with the reason, `no_recipients`.
 */
export async function remindNow(scope: Scope, keys: Keys, documentId: string): Promise<{ mails: number }> {
  await mustBeAllowed(scope, 'invoices:write');
  const choice = await selectInvoiceChoice(scope, documentId);
  if (choice === undefined) throw new Refusal('not_found');
  await lockCustomer(scope, choice.customerId);
  const { rules, house } = await rulesNow(scope);
  const [bill] = await selectBills(scope, { today: house.today, until: '9999-12-31', documentIds: [documentId] });
  const reason = bill === undefined ? 'nothing_due' : heldBack(bill, { now: scope.now, today: house.today });
  if (bill === undefined || reason !== null) throw new Refusal('reminder_held_back', { reason });
  const step = openSteps(bill, rules)[0]?.step;
  const over = step === undefined ? house.today : laterDay(house.today, plannedOf(rules, bill, step));
  const turn = { bill, step: `${manualStep}${step ?? newId()}`, over };
  const mails = await mailTurns(scope, keys, [turn]);
  if (mails === 0) throw new Refusal('no_recipients');
  return { mails };
}

const laterDay = (a: string, b: string): string => (a > b ? a : b);

function plannedOf(rules: Rules, bill: Bill, stepId: string): string {
  const step = rules.steps.find(({ id }) => id === stepId);
  return step === undefined ? '' : stepDay(step, bill.dueOn, rules.weekdaysOnly);
}

/** Leaves the next step of an invoice out; the ones after it stay. Refuses `not_found` and `nothing_planned`. */
export async function skipNext(scope: Scope, documentId: string): Promise<void> {
  await mustBeAllowed(scope, 'invoices:write');
  const choice = await selectInvoiceChoice(scope, documentId);
  if (choice === undefined) throw new Refusal('not_found');
  await lockCustomer(scope, choice.customerId);
  const { rules, house } = await rulesNow(scope);
  const [bill] = await selectBills(scope, { today: house.today, until: '9999-12-31', documentIds: [documentId] });
  const turn =
    bill &&
    (decide(bill, { ...rules, active: true }, { now: scope.now, today: house.today }) ?? openSteps(bill, rules).find(({ planned }) => planned >= house.today));
  if (bill === undefined || !turn) throw new Refusal('nothing_planned');
  const { step, planned } = turn;
  const of = { id: newId(), batchId: newId(), documentId, customerId: choice.customerId, installmentOn: bill.installmentOn };
  await insertReminder(scope, { ...of, step, outcome: 'skipped', day: laterDay(planned, house.today) });
  await recordEvent(scope, { kind: 'reminder.skipped', customerId: choice.customerId, documentId, data: { step, number: choice.number } });
}

/** Off for one invoice, or quiet until a day. Refuses `not_found` and a day that is none. */
export async function chooseForInvoice(scope: Scope, input: Readonly<{ documentId: string; off: boolean; pausedUntil: string | null }>): Promise<void> {
  await mustBeAllowed(scope, 'invoices:write');
  const choice = await selectInvoiceChoice(scope, input.documentId);
  if (choice === undefined) throw new Refusal('not_found');
  const pausedUntil = input.pausedUntil === null ? null : toDay(input.pausedUntil);
  await upsertInvoiceChoice(scope, { documentId: input.documentId, customerId: choice.customerId, off: input.off, pausedUntil });
  await recordEvent(scope, {
    kind: 'reminder.choice_changed',
    customerId: choice.customerId,
    documentId: input.documentId,
    data: { off: input.off, pausedUntil, number: choice.number },
  });
}
