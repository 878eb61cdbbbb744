import { addDays, type Day, daysBetween } from '../../core/calendar.ts';
import { isWeekend } from '../../core/local-time.ts';
import type { Locale } from '../../core/locale.ts';

export const tones = ['friendly', 'plain', 'firm'] as const;
export type Tone = (typeof tones)[number];
export type Wording = Readonly<{ subject: string; text: string }>;

/** One step on the way from friendly to firm. A language without words of its own uses ours. */
export type Step = Readonly<{ id: string; offsetDays: number; tone: Tone; texts: Readonly<Partial<Record<Locale, Wording>>> }>;

export type Rules = Readonly<{
  version: number;
  active: boolean;
  /** Steps of an earlier day are left alone; null: none are. */
  since: Day | null;
  /** Imported invoices too. */
  history: boolean;
  sendHour: number;
  weekdaysOnly: boolean;
  /** Reminders one invoice gets at most. */
  most: number;
  steps: readonly Step[];
}>;

/** What was done about a bill before. Steps up to `day` are over. */
export type Done = Readonly<{ step: string; outcome: 'queued' | 'sent' | 'skipped'; day: Day; at: string }>;

/** An open bill and all that speaks for or against a reminder of it now. Instants as ISO texts. */
export type Bill = Readonly<{
  id: string;
  customerId: string;
  customerName: string;
  number: string;
  currency: string;
  propertyId: string | null;
  /** With installments that of the oldest open one. */
  dueOn: Day;
  /** The same day where it is an installment's: each has its own steps. */
  installmentOn: Day | null;
  imported: boolean;
  /** What falls due by its day at the latest. */
  dueNowMinor: bigint;
  unknownMinor: bigint;
  customerOn: boolean;
  customerHistory: boolean;
  customerSince: Day | null;
  off: boolean;
  pausedUntil: Day | null;
  done: readonly Done[];
  /** A question of the customer on it waits for the office. */
  asked: boolean;
  /** After a questioned charge was answered: no reminder before that day. */
  restUntil: Day | null;
  /** When the office last answered on it, and when a payment of it was last sent back. */
  answeredAt: string | null;
  returnedAt: string | null;
  /** A promised payment whose time ran out without it. */
  missed: Readonly<{ id: string; amountMinor: bigint; expectedOn: Day }> | null;
  /** Of the customer, whatever it was about. */
  paidAt: string | null;
  questionAt: string | null;
  remindedAt: string | null;
}>;

export const reasons = [
  'off',
  'customer_off',
  'history',
  'invoice_off',
  'paused',
  'checking',
  'nothing_due',
  'question',
  'answered',
  'returned',
  'payment_just_now',
  'question_just_now',
  'reminder_just_now',
  'most',
  'no_recipients',
] as const;
export type Reason = (typeof reasons)[number];

/** `planned`: the step's own day; a step that had to wait goes out later. */
export type Decision = Readonly<{ step: string; planned: Day; reason: Reason | null }>;

const quietHours = 24;
const answeredHours = 5 * 24;
const returnedHours = 3 * 24;
const missedStep = 'missed:';
export const manualStep = 'manual:';

/** The day a step falls on: with weekdays only, one before or at the due day moves back, one after it forward. */
export function stepDay(step: Step, dueOn: Day, weekdaysOnly: boolean): Day {
  let day = addDays(dueOn, step.offsetDays);
  while (weekdaysOnly && isWeekend(day)) day = addDays(day, step.offsetDays <= 0 ? -1 : 1);
  return day;
}

type Moment = Readonly<{ now: Temporal.Instant; today: Day }>;
type Candidate = Readonly<{ step: string; planned: Day }>;

/** The steps of a bill that are still to come or due, first day first. */
export function openSteps(bill: Bill, rules: Rules): Candidate[] {
  const last = bill.done.reduce((latest, { day }) => (day > latest ? day : latest), '');
  const taken = new Set(bill.done.map(({ step }) => step));
  const since = [rules.since ?? '', bill.customerSince ?? ''].reduce((a, b) => (a > b ? a : b));
  return rules.steps
    .map((step) => ({ step: step.id, planned: stepDay(step, bill.dueOn, rules.weekdaysOnly), offset: step.offsetDays }))
    .filter(({ step, planned }) => planned > last && planned >= since && !taken.has(step))
    .sort((a, b) => a.offset - b.offset);
}

/** The step whose turn it is: the latest one that is due. What speaks of a day to come is over once that day is past. */
function turnOf(bill: Bill, rules: Rules, today: Day): Candidate | null {
  const { missed } = bill;
  if (missed !== null && today >= bill.dueOn && !bill.done.some(({ step }) => step === missedStep + missed.id)) {
    return { step: missedStep + missed.id, planned: today };
  }
  const early = new Set(rules.steps.filter(({ offsetDays }) => offsetDays <= 0).map(({ id }) => id));
  const due = openSteps(bill, rules).filter(({ step, planned }) => planned <= today && (!early.has(step) || today <= bill.dueOn));
  return due.at(-1) ?? null;
}

/** Whether a step of this bill is due at this moment, and what stands against it (rules 2, 18, 19, 23, 28). Null: it is nothing's turn. */
export function decide(bill: Bill, rules: Rules, moment: Moment): Decision | null {
  const turn = turnOf(bill, rules, moment.today);
  if (turn === null) return null;
  return { ...turn, reason: refusedByChoice(bill, rules, moment.today) ?? heldBack(bill, moment) };
}

/** What the office chose; a reminder sent by hand does not ask it. */
function refusedByChoice(bill: Bill, rules: Rules, today: Day): Reason | null {
  if (!rules.active) return 'off';
  if (!bill.customerOn) return 'customer_off';
  if (bill.imported && !rules.history && !bill.customerHistory) return 'history';
  if (bill.off) return 'invoice_off';
  if (bill.pausedUntil !== null && today < bill.pausedUntil) return 'paused';
  if (bill.done.filter(({ outcome }) => outcome !== 'skipped').length >= rules.most) return 'most';
  return null;
}

/** What nobody may override: money that moves, a question that is open, and a day of quiet after whatever happened. */
export function heldBack(bill: Bill, { now, today }: Moment): Reason | null {
  if (bill.unknownMinor > 0n) return 'checking';
  if (bill.dueNowMinor <= 0n) return 'nothing_due';
  if (bill.asked) return 'question';
  if (bill.answeredAt !== null && (within(bill.answeredAt, answeredHours, now) || today < bill.dueOn)) return 'answered';
  if (bill.restUntil !== null && today < bill.restUntil) return 'answered';
  if (within(bill.returnedAt, returnedHours, now)) return 'returned';
  if (within(bill.paidAt, quietHours, now)) return 'payment_just_now';
  if (within(bill.questionAt, quietHours, now)) return 'question_just_now';
  if (within(bill.remindedAt, quietHours, now)) return 'reminder_just_now';
  return null;
}

function within(at: string | null, hours: number, now: Temporal.Instant): boolean {
  return at !== null && Temporal.Instant.compare(Temporal.Instant.from(at).add({ hours }), now) > 0;
}

/** The words for a step: its own, or for one outside the steps those of the step nearest to how late the bill is. */
export function stepFor(rules: Rules, step: string, bill: Pick<Bill, 'dueOn'>, today: Day): Step | null {
  const own = rules.steps.find(({ id }) => id === step);
  if (own !== undefined) return own;
  const late = daysBetween(bill.dueOn, today);
  return [...rules.steps].sort((a, b) => a.offsetDays - b.offsetDays).findLast(({ offsetDays }) => offsetDays <= late) ?? rules.steps[0] ?? null;
}

/** The notice after a promised payment did not come is of its own kind. */
export function isMissed(step: string): boolean {
  return step.startsWith(missedStep);
}
