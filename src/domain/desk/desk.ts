import { todayIn } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Standing } from '../../core/settlement.ts';
import type { Scope } from '../../db/scope.ts';
import { propertyTitle } from '../customers/properties.ts';
import type { ListedInvoice, Purpose } from '../invoices/invoice.ts';
import { notedOf } from '../invoices/issue/cancel.ts';
import { parseStored } from '../invoices/stored.ts';
import { standingOf } from '../invoices/view/view.ts';
import { may } from '../people/rights.ts';
import { type DeskJson, selectDesk, selectPropertyNames, selectQuestioned } from './queries.ts';

/** Why an invoice waits for somebody of the office. */
export type Need =
  | 'question'
  | 'mail_bounced'
  | 'payment_returned'
  | 'payment_disputed'
  | 'autopay_failed'
  | 'refund_waiting'
  | 'refund_failed'
  | 'payment_announced'
  | 'schedule_failed'
  | 'crew_ready'
  | 'not_sent'
  | 'overdue'
  | 'payment_unknown';
export type InvoiceAct =
  | 'edit'
  | 'discard'
  | 'issue'
  | 'send'
  | 'resend'
  | 'show'
  | 'void'
  | 'replace'
  | 'duplicate'
  | 'record_payment'
  | 'link'
  | 'close'
  | 'reopen'
  | 'credit'
  | 'installments';
type Ref = Readonly<{ id: string; number: string | null }>;

/** One invoice or draft as the office works with it, beside what it says. Amounts in minor units of `currency`. */
export type InvoiceDesk = Readonly<{
  id: string;
  state: 'draft' | 'scheduled' | 'issued';
  version: number;
  number: string | null;
  language: 'en' | 'es' | 'fr';
  currency: string;
  issuedOn: string | null;
  dueOn: string | null;
  createdAt: string;
  updated: Readonly<{ at: string; by: string }>;
  imported: boolean;
  shown: boolean;
  delivery: 'none' | 'queued' | 'sent' | 'bounced';
  sentAt: string | null;
  lastMailedAt: string | null;
  openedAt: string | null;
  canceledAt: string | null;
  cancelReason: string;
  customer: Readonly<{
    id: string;
    name: string;
    company: string;
    kind: 'residential' | 'commercial' | 'property_manager';
    poRequired: boolean;
    taxExempt: boolean;
  }>;
  /** What it is for, and the bill a late fee is charged for. */
  purpose: Purpose;
  about: Ref | null;
  /** Fees charged for paying this one late, oldest first, and when the next is judged. */
  lateFees: readonly Readonly<{
    id: string;
    number: string | null;
    amountMinor: bigint;
    chargedOn: string;
    state: 'draft' | 'open' | 'paid' | 'canceled' | 'thrown_away';
  }>[];
  nextFeeOn: string | null;
  replacedBy: Ref | null;
  replaces: Ref | null;
  internalNote: string;
  /** Net of each part, and the item of each line that has one, by id. */
  partNets: Readonly<Record<string, number>>;
  lineItems: Readonly<Record<string, string>>;
  payments: readonly Readonly<{
    id: string;
    day: string;
    method: string;
    methodLabel: string;
    state: string;
    receiptNumber: string | null;
    amountMinor: bigint;
  }>[];
  attachments: readonly Readonly<{ id: string; name: string; mediaType: string; bytes: number }>[];
  standing: Standing & Readonly<{ totalMinor: bigint; creditedMinor: bigint; discountedMinor: bigint; depositMinor: bigint; paidMinor: bigint }>;
  announced: Readonly<{ amountMinor: bigint; expectedOn: string }> | null;
  returned: boolean;
  today: string;
  canceledOn: string | null;
  needs: readonly Need[];
  acts: readonly InvoiceAct[];
}>;

/** Refuses `not_found`. */
export async function readDesk(scope: Scope, documentId: string): Promise<InvoiceDesk> {
  if (scope.role === 'portal') throw new Refusal('not_found');
  const json = await selectDesk(scope, documentId);
  if (json === null) throw new Refusal('not_found');
  const { timeZone, question, ...found } = parseStored<DeskJson>(json);
  const today = todayIn(timeZone, scope.now);
  const { totalMinor, creditedMinor, paidMinor, announcedMinor, announcedFor, unknownMinor, processingMinor, returned } = found.standing;
  const { discountedMinor = 0n, depositMinor = 0n } = found.standing;
  const sums = { totalMinor, creditedMinor, discountedMinor, depositMinor, paidMinor };
  const standing = { ...standingOf(found.standing, found.dueOn, today, found.state), ...sums };
  const desk = {
    ...found,
    ...{ standing, returned, today },
    announced: announcedMinor > 0n && announcedFor ? { amountMinor: announcedMinor, expectedOn: announcedFor } : null,
    canceledOn: found.canceledAt === null ? null : todayIn(timeZone, found.canceledAt),
  };
  const money = paidMinor > 0n || processingMinor > 0n || unknownMinor > 0n;
  const needs = needsOf({ ...desk, question, unknown: unknownMinor > 0n, announced: announcedMinor > 0n });
  return { ...desk, needs, acts: await actsOf(scope, desk, money) };
}

type Told = Readonly<{
  state: string;
  shown: boolean;
  imported: boolean;
  question: boolean;
  delivery: string;
  returned: boolean;
  unknown: boolean;
  announced: boolean;
  standing: Pick<Standing, 'status' | 'overdueMinor'>;
}>;

function needsOf(of: Told): Need[] {
  const needs: [Need, boolean][] = [
    ['payment_returned', of.returned],
    ['payment_unknown', of.unknown],
    ['mail_bounced', of.delivery === 'bounced'],
    ['question', of.question],
    ['payment_announced', of.announced],
    ['not_sent', of.state === 'issued' && !of.shown && !of.imported && !['canceled', 'replaced'].includes(of.standing.status)],
    ['overdue', of.standing.overdueMinor > 0n],
  ];
  return needs.filter(([, is]) => is).map(([need]) => need);
}

/** The same for rows of a list, with one look at the questions of all. */
export async function needsOfRows(scope: Scope, rows: readonly ListedInvoice[]): Promise<Map<string, Need[]>> {
  const questioned = await selectQuestioned(
    scope,
    rows.map((row) => row.id),
  );
  return new Map(
    rows.map((row) => [
      row.id,
      needsOf({
        ...row,
        state: row.status === 'draft' ? 'draft' : 'issued',
        question: questioned.has(row.id),
        returned: row.status === 'returned',
        unknown: row.status === 'checking',
        announced: row.announcedMinor > 0n,
      }),
    ]),
  );
}

async function actsOf(
  scope: Scope,
  desk: Pick<InvoiceDesk, 'state' | 'shown' | 'sentAt' | 'standing' | 'canceledAt' | 'replacedBy' | 'purpose'>,
  money: boolean,
): Promise<InvoiceAct[]> {
  const write = await may(scope, 'invoices:write');
  const acts: [InvoiceAct, boolean][] = [];
  const draft = desk.state !== 'issued';
  const alive = !draft && desk.canceledAt === null && desk.replacedBy === null;
  for (const act of ['edit', 'discard', 'issue'] as const) acts.push([act, write && draft]);
  acts.push(['send', write && (draft || (alive && desk.sentAt === null))], ['resend', write && alive && desk.sentAt !== null]);
  acts.push(['show', write && alive && !desk.shown], ['link', write && alive]);
  const whole = !money && desk.standing.status !== 'closed' && notedOf(desk.standing) === 0n;
  acts.push(['void', write && alive && whole], ['replace', write && alive && whole], ['duplicate', write]);
  const pay = await may(scope, 'payments:write');
  const closed = desk.standing.status === 'closed';
  acts.push(['record_payment', alive && (desk.standing.balanceMinor > 0n || closed) && pay]);
  acts.push(['close', alive && pay && !closed && desk.purpose !== 'deposit' && desk.standing.balanceMinor > 0n && desk.standing.onItsWayMinor === 0n]);
  const credits = alive && write && !closed && desk.purpose !== 'deposit' && desk.standing.creditedMinor < desk.standing.totalMinor;
  acts.push(['installments', alive && write && !closed && desk.purpose === 'bill' && desk.standing.balanceMinor > 0n]);
  acts.push(['credit', credits && desk.standing.totalMinor > 0n]);
  acts.push(['reopen', alive && pay && closed]);
  return acts.filter(([, allowed]) => allowed).map(([act]) => act);
}

/** How properties are called, by id: for sections of what is not issued yet. */
export async function propertyTitles(scope: Scope, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const names = await selectPropertyNames(scope, [...new Set(ids.filter((id) => id !== null))]);
  return new Map(names.map(({ id, street, ...name }) => [id, propertyTitle({ ...name, address: { street } })]));
}
