import { addDays } from '../../core/calendar.ts';
import { instantAt, isWeekend } from '../../core/local-time.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type PastRow, type ReceiverRow, selectBills, selectInvoiceChoice, selectPast, selectReceivers } from './queries.ts';
import { type Bill, type Decision, decide, type Reason, type Rules } from './reminder.ts';
import { mostBills, rulesNow } from './rules.ts';

export type Receiver = Pick<ReceiverRow, 'personId' | 'name' | 'email' | 'language'>;
export type PlannedBill = Readonly<{ documentId: string; number: string; step: string; amountMinor: bigint; currency: string; dueOn: string }>;

/** One mail per person for one customer on one day, or why there is none. */
export type PlannedMail = Readonly<{
  customerId: string;
  customerName: string;
  bills: readonly PlannedBill[];
  receivers: readonly Receiver[];
  /** Those with a right to it who get none, and why. */
  leftOut: readonly Readonly<{ personId: string; name: string; why: 'stopped' | 'bounced' }>[];
  reason: Reason | null;
}>;
export type Plan = Readonly<{ sendHour: number; days: readonly Readonly<{ day: string; mails: readonly PlannedMail[] }>[]; complete: boolean }>;

export const longestPlanDays = 60;

/**
 * Who gets what on which day, if nothing happens until then: no payment, no question, no change of mind. What is held back today is
 * named on the day its step falls due, with the reason. A thousand bills at most; `complete` says whether that was all.
 */
export async function planReminders(scope: Scope, asked: Readonly<{ days: number; customerId?: string }>): Promise<Plan> {
  await mustBeAllowed(scope, 'invoices:read');
  const { rules, house, lastRoundOn } = await rulesNow(scope);
  const until = addDays(house.today, asked.days + 60);
  const bills = await selectBills(scope, { today: house.today, until, customerId: asked.customerId, limit: mostBills + 1 });
  const shown = bills.slice(0, mostBills);
  const receivers = await receiversOf(scope, shown);
  const begun = lastRoundOn !== null && lastRoundOn >= house.today;
  const days = [];
  const told = new Set<string>();
  let current: readonly Bill[] = shown;
  for (let at = begun ? 1 : 0; at < asked.days; at += 1) {
    const day = addDays(house.today, at);
    if (rules.weekdaysOnly && isWeekend(day)) continue;
    const moment = { now: laterOf(instantAt(house.timeZone, day, rules.sendHour), scope.now), today: day };
    const decided = current.flatMap((bill) => planned(bill, { ...rules, active: true }, moment));
    const fresh = decided.filter((each) => isNews(told, each));
    if (fresh.length > 0) days.push({ day, mails: mailsOf(fresh, receivers) });
    current = afterwards(current, decided, moment);
  }
  return { sendHour: rules.sendHour, days, complete: bills.length <= mostBills };
}

type Moment = Readonly<{ now: Temporal.Instant; today: string }>;
type Decided = Readonly<{ bill: Bill; decision: Decision }>;

function planned(bill: Bill, rules: Rules, moment: Moment): Decided[] {
  const decision = decide(bill, rules, moment);
  return decision === null ? [] : [{ bill, decision }];
}

/** What is held back for days is told on the first of them. */
function isNews(told: Set<string>, { bill, decision }: Decided): boolean {
  if (decision.reason === null) return true;
  const key = `${bill.id} ${decision.step} ${decision.reason}`;
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

function laterOf(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b;
}

/** The bills as they will be after that day: what was sent is done, and what was held back for good is told no more. */
function afterwards(bills: readonly Bill[], decided: readonly Decided[], { now, today }: Moment): Bill[] {
  const at = now.toString();
  const by = new Map(decided.map((each) => [each.bill.id, each.decision]));
  const reminded = new Set(decided.filter(({ decision }) => decision.reason === null).map(({ bill }) => bill.customerId));
  return bills.map((bill) => {
    const decision = by.get(bill.id);
    const remindedAt = reminded.has(bill.customerId) ? at : bill.remindedAt;
    if (decision === undefined || passing.has(decision.reason ?? 'sent')) return { ...bill, remindedAt };
    const outcome = decision.reason === null ? 'sent' : 'skipped';
    return { ...bill, remindedAt, done: [...bill.done, { step: decision.step, outcome, day: today, at }] };
  });
}

/** Reasons that pass by themselves within days: the step is tried again. */
const passing: ReadonlySet<string> = new Set(['answered', 'returned', 'payment_just_now', 'question_just_now', 'reminder_just_now', 'paused']);

/** The people of each customer who may get reminders of these bills. */
export async function receiversOf(scope: Scope, bills: readonly Pick<Bill, 'id' | 'customerId'>[]): Promise<Map<string, ReceiverRow[]>> {
  const customers = [...new Set(bills.map(({ customerId }) => customerId))];
  const rows = await selectReceivers(
    scope,
    customers,
    bills.map(({ id }) => id),
  );
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/**
 * Who is reminded of a bill: those who receive the customer's bills and see the whole of this one; if nobody does, those it was sent to.
 * Someone of some properties is never reminded of a bill that spans more (rule 29).
 */
export function receiversFor(rows: readonly ReceiverRow[], bill: Pick<Bill, 'id' | 'propertyId'>): ReceiverRow[] {
  const may = rows.filter(({ whole, properties }) => whole || (bill.propertyId !== null && properties.includes(bill.propertyId)));
  const usual = may.filter(({ bills }) => bills);
  return usual.length > 0 ? usual : may.filter(({ mailed }) => mailed.includes(bill.id));
}

export const reachable = (row: ReceiverRow): boolean => !row.stopped && !row.bounced;

/** Bills of one customer that go together: one mail for those that leave, one line for each reason of those that do not. */
function mailsOf(decided: readonly Decided[], receivers: ReadonlyMap<string, readonly ReceiverRow[]>): PlannedMail[] {
  const groups = Map.groupBy(decided, ({ bill, decision }) => `${bill.customerId} ${decision.reason ?? ''} ${decision.reason === null ? bill.currency : ''}`);
  return [...groups.values()].map((group): PlannedMail => {
    const [first] = group as [Decided, ...Decided[]];
    const rows = [...new Set(group.flatMap(({ bill }) => receiversFor(receivers.get(bill.customerId) ?? [], bill)))];
    const { reason } = first.decision;
    const reached = reason === null ? rows.filter(reachable) : [];
    return {
      customerId: first.bill.customerId,
      customerName: first.bill.customerName,
      bills: group.map(({ bill, decision }) => ({
        ...{ documentId: bill.id, number: bill.number, step: decision.step, amountMinor: bill.dueNowMinor, currency: bill.currency, dueOn: bill.dueOn },
      })),
      receivers: reached.map(({ personId, name, email, language }) => ({ personId, name, email, language })),
      leftOut: rows.filter((row) => !reachable(row)).map(({ personId, name, stopped }) => ({ personId, name, why: stopped ? 'stopped' : 'bounced' })),
      reason: reason ?? (reached.length === 0 ? 'no_recipients' : null),
    };
  });
}

export type InvoiceReminders = Readonly<{
  off: boolean;
  pausedUntil: string | null;
  next: Readonly<{ day: string; step: string; reason: Reason | null; receivers: readonly Receiver[] }> | null;
  past: readonly PastRow[];
}>;

/** What comes next for one invoice, and what went before. Refuses `not_found`. */
export async function readInvoiceReminders(scope: Scope, documentId: string): Promise<InvoiceReminders> {
  await mustBeAllowed(scope, 'invoices:read');
  const choice = await selectInvoiceChoice(scope, documentId);
  if (choice === undefined) throw new Refusal('not_found');
  const { rules } = await rulesNow(scope);
  const past = await selectPast(scope, documentId);
  const answer = { off: choice.off, pausedUntil: choice.pausedUntil, past };
  if (!rules.active) return { ...answer, next: null };
  const plan = await planReminders(scope, { days: longestPlanDays, customerId: choice.customerId });
  for (const { day, mails } of plan.days) {
    for (const mail of mails) {
      const bill = mail.bills.find((each) => each.documentId === documentId);
      if (bill !== undefined) return { ...answer, next: { day, step: bill.step, reason: mail.reason, receivers: mail.receivers } };
    }
  }
  return { ...answer, next: null };
}
