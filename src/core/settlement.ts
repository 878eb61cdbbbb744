import { addDays, type Day, daysBetween } from './calendar.ts';
import { dueAfter, type Installment, type InstallmentStanding, installmentsNow, openSince } from './installments.ts';

/** What is known about one invoice today. Amounts in minor units, all of one currency. */
export type SettlementFacts = {
  state: 'draft' | 'scheduled' | 'issued';
  totalMinor: bigint;
  creditedMinor: bigint;
  /** Cleared money only. */
  paidMinor: bigint;
  /** Started here, the bank is working. */
  processingMinor: bigint;
  /** Attempts whose truth is being fetched; nobody may charge meanwhile. */
  unknownMinor: bigint;
  /** What the customer told us is coming. */
  announcedMinor: bigint;
  announcedFor?: Day | null | undefined;
  inQuestionMinor: bigint;
  heldBackMinor: bigint;
  /** What it is to be paid in, oldest first; none: a plain invoice, which is due now whatever its due day. */
  installments?: readonly Installment[] | null | undefined;
  /** The due day of a plain invoice; with installments the day of the oldest open one counts. */
  dueOn: Day | null;
  today: Day;
  /** The day the payment that is processing, or that paid it, was started: lateness is judged by it (rule 19). */
  startedOn?: Day | null | undefined;
  /** What paying the whole by `earlyUntil` saves; 0 or absent: no discount for paying early. */
  earlyMinor?: bigint | undefined;
  /** The last day a payment may be started on to be early. */
  earlyUntil?: Day | null | undefined;
  canceled: boolean;
  /** Number of the invoice that replaced this one. */
  replacedBy: string | null;
  /** Given up by the office; it can still be paid. */
  closed: boolean;
  returnedSinceLastAct: boolean;
};

export const invoiceStatuses = [
  'draft',
  'scheduled',
  'canceled',
  'replaced',
  'closed',
  'paid',
  'checking',
  'processing',
  'returned',
  'overdue',
  'partly_paid',
  'due',
] as const;

/** The one status word, first that fits in the order above. */
export type InvoiceStatus = (typeof invoiceStatuses)[number];

export type Standing = {
  /** total − credits − paid = balance = due now + due later + on its way + in question + held back. */
  balanceMinor: bigint;
  dueNowMinor: bigint;
  dueLaterMinor: bigint;
  onItsWayMinor: bigint;
  inQuestionMinor: bigint;
  heldBackMinor: bigint;
  /** Of due now; never added to it. */
  overdueMinor: bigint;
  /** The most a payment may be right now: what is processing or held back is left out, nothing while one is checked. */
  payableMinor: bigint;
  /** While paying the whole at once costs less: how much that is, until when, and what it saves. */
  early: Readonly<{ payMinor: bigint; untilOn: Day; saveMinor: bigint }> | null;
  /** Each installment as it stands; null for a plain invoice. */
  installments: readonly InstallmentStanding[] | null;
  /** With installments: what paying now comes to, due now or else the next one; null: nothing of them is open. */
  nextMinor: bigint | null;
  /** The day it is judged by: its due day, or that of the oldest open installment. */
  dueOn: Day | null;
  status: InvoiceStatus;
  /** Days after the due day: until today while it is owed, until the payment was started once it is paid or processing. */
  daysLate: number;
  /** Days until the due day, 0 on it and after; null without one or once nothing is owed. */
  daysLeft: number | null;
};

/** How long an announced payment is believed after its day (rule 18). */
export const announcedGraceDays = 10;

/** Where one invoice stands. Each cent of the balance is in exactly one figure. Throws RangeError when more was settled than billed. */
export function settle(given: SettlementFacts): Standing {
  const restMinor = given.totalMinor - given.creditedMinor - given.paidMinor;
  if (restMinor < 0n) throw new RangeError('more was settled on the invoice than was billed');
  const facts = byInstallment(given, restMinor);
  const rows = facts.installments ?? [];
  const owed = facts.state === 'issued' && !facts.canceled && facts.replacedBy === null;
  // A closed bill has left the books, so it is in no figure; what is left of it can still be paid.
  const counted = owed && !facts.closed;
  const take = taker(counted ? restMinor : 0n);
  const movingMinor = take(isEarly(facts, restMinor) ? restMinor : facts.processingMinor + facts.unknownMinor);
  const heldBackMinor = take(facts.heldBackMinor);
  const inQuestionMinor = take(facts.inQuestionMinor);
  const announcedMinor = take(believed(facts) ? facts.announcedMinor : 0n);
  const dueLaterMinor = take(dueAfter(rows, facts.today));
  const dueNowMinor = take(restMinor);
  const pastDue = facts.dueOn !== null && daysBetween(facts.dueOn, facts.today) > 0;
  // Only the missed installment is overdue (rule 21): not one that is due today.
  const missedMinor = atLeastZero(dueNowMinor + dueLaterMinor - dueAfter(rows, addDays(facts.today, -1)));
  const overdueMinor = pastDue ? missedMinor : 0n;
  const openMinor = inQuestionMinor + announcedMinor + dueLaterMinor + dueNowMinor;
  const installments = rows.length > 0 ? installmentsNow(rows, { restMinor: atLeastZero(restMinor - heldBackMinor), movingMinor, today: facts.today }) : null;
  const status = statusOf(facts, { restMinor, openMinor, movingMinor, overdueMinor });
  return {
    balanceMinor: counted ? restMinor : 0n,
    dueNowMinor,
    dueLaterMinor,
    onItsWayMinor: movingMinor + announcedMinor,
    inQuestionMinor,
    heldBackMinor,
    overdueMinor,
    payableMinor: !owed || facts.unknownMinor > 0n ? 0n : facts.closed ? atLeastZero(restMinor - facts.processingMinor) : openMinor,
    early: counted ? earlyOf(facts, { restMinor, openMinor }) : null,
    installments,
    nextMinor: nextOf(installments, { dueNowMinor, dueLaterMinor }),
    dueOn: facts.dueOn,
    status,
    daysLate: lateness(facts, status),
    daysLeft: counted && restMinor > 0n && facts.dueOn !== null ? Math.max(0, daysBetween(facts.today, facts.dueOn)) : null,
  };
}

/** A bill in installments is due on the day of the oldest that is neither settled nor on its way. */
function byInstallment(facts: SettlementFacts, restMinor: bigint): SettlementFacts {
  const rows = facts.installments ?? [];
  if (rows.length === 0) return facts;
  return { ...facts, dueOn: openSince(rows, restMinor - facts.processingMinor - facts.unknownMinor - facts.heldBackMinor) ?? facts.dueOn };
}

function nextOf(rows: readonly InstallmentStanding[] | null, { dueNowMinor, dueLaterMinor }: Pick<Standing, 'dueNowMinor' | 'dueLaterMinor'>): bigint | null {
  if (rows === null) return null;
  if (dueNowMinor > 0n) return dueNowMinor;
  const next = rows.find(({ openMinor }) => openMinor > 0n)?.openMinor ?? 0n;
  const nextMinor = next < dueLaterMinor ? next : dueLaterMinor;
  return nextMinor > 0n ? nextMinor : null;
}

/** What paying now comes to without what is in question (rule 23): the whole only when all that can be paid is in question. */
export function payRest({ payableMinor, inQuestionMinor }: Readonly<{ payableMinor: bigint; inQuestionMinor: bigint }>): {
  restMinor: bigint;
  askedMinor: bigint;
} {
  if (inQuestionMinor <= 0n || inQuestionMinor >= payableMinor) return { restMinor: payableMinor, askedMinor: 0n };
  return { restMinor: payableMinor - inQuestionMinor, askedMinor: inQuestionMinor };
}

/** Hands out what is left of an amount, never more, so that the figures cannot overlap. */
function taker(amountMinor: bigint): (wantedMinor: bigint) => bigint {
  let leftMinor = amountMinor;
  return (wantedMinor) => {
    const taken = wantedMinor < leftMinor ? atLeastZero(wantedMinor) : leftMinor;
    leftMinor -= taken;
    return taken;
  };
}

/** Money under way that was started in time and leaves no more than the discount: nothing else is asked for meanwhile. */
function isEarly({ processingMinor, unknownMinor, earlyMinor = 0n, earlyUntil, startedOn }: SettlementFacts, restMinor: bigint): boolean {
  const movingMinor = processingMinor + unknownMinor;
  if (movingMinor <= 0n || earlyMinor <= 0n || !earlyUntil || !startedOn) return false;
  return restMinor - movingMinor <= earlyMinor && daysBetween(startedOn, earlyUntil) >= 0;
}

/** Offered while all that is left is simply open: what is on its way, in question or held back is not paid early. */
function earlyOf({ earlyMinor = 0n, earlyUntil, today, inQuestionMinor }: SettlementFacts, { restMinor, openMinor }: { restMinor: bigint; openMinor: bigint }) {
  if (earlyMinor <= 0n || !earlyUntil || daysBetween(today, earlyUntil) < 0) return null;
  if (openMinor !== restMinor || inQuestionMinor > 0n || restMinor <= earlyMinor) return null;
  return { payMinor: restMinor - earlyMinor, untilOn: earlyUntil, saveMinor: earlyMinor };
}

function believed(facts: SettlementFacts): boolean {
  if (facts.announcedFor === null || facts.announcedFor === undefined) return true;
  return daysBetween(addDays(facts.announcedFor, announcedGraceDays), facts.today) <= 0;
}

type Figures = { restMinor: bigint; openMinor: bigint; movingMinor: bigint; overdueMinor: bigint };

function statusOf(facts: SettlementFacts, { restMinor, openMinor, movingMinor, overdueMinor }: Figures): InvoiceStatus {
  if (facts.state !== 'issued') return facts.state;
  if (facts.replacedBy !== null) return 'replaced';
  if (facts.canceled) return 'canceled';
  if (restMinor === 0n) return 'paid';
  if (facts.closed) return 'closed';
  if (facts.unknownMinor > 0n) return 'checking';
  if (movingMinor > 0n && openMinor === 0n) return 'processing';
  if (facts.returnedSinceLastAct) return 'returned';
  if (overdueMinor > 0n) return 'overdue';
  return facts.paidMinor > 0n ? 'partly_paid' : 'due';
}

function lateness(facts: SettlementFacts, status: InvoiceStatus): number {
  if (facts.dueOn === null || ['draft', 'scheduled', 'canceled', 'replaced', 'closed'].includes(status)) return 0;
  const settledByStart = status === 'paid' || status === 'processing' || status === 'checking';
  const until = settledByStart ? (facts.startedOn ?? facts.dueOn) : facts.today;
  return Math.max(0, daysBetween(facts.dueOn, until));
}

function atLeastZero(amountMinor: bigint): bigint {
  return amountMinor > 0n ? amountMinor : 0n;
}
