import { readCursor, writeCursor } from '../../../core/cursor.ts';
import { isUuid } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Method, PaymentState } from '../payment.ts';
import { mayRead } from '../policy.ts';
import { givenStates, type RefundMethod, type RefundState } from '../refunds/refund.ts';
import { fromStored } from '../stored.ts';
import { choose, type PaymentFilter } from './choice/choice.ts';
import { portalPaymentsQuery, selectAnnouncements, selectNeeds, selectOnePayment, selectPayments } from './queries.ts';

/** One payment as the office lists it. Amounts in minor units of `currency`. */
export type ListedPayment = Readonly<{
  id: string;
  customerId: string;
  customerName: string;
  personId: string | null;
  method: Method;
  methodLabel: string;
  state: PaymentState;
  /** What it brought for bills and credit. */
  amountMinor: bigint;
  /** Charged beside it, and what of that could still go back. */
  tipMinor: bigint;
  refundableTipMinor: bigint;
  /** Added by the way it was paid (a card fee, above zero) or taken off (a saving, below), and what of that goes back with all the rest. */
  wayMinor: bigint;
  refundableWayMinor: bigint;
  /** What went back so far, with all that stands beside the amount. */
  refundedInAllMinor: bigint;
  currency: string;
  startedOn: string;
  receivedOn: string | null;
  clearedOn: string | null;
  reference: string;
  note: string;
  receiptNumber: string | null;
  reason: string;
  failure: string;
  online: boolean;
  /** Charged by itself, as its payer agreed. */
  autopay: boolean;
  imported: boolean;
  createdAt: string;
  recordedBy: string;
  /** Kept as credit: on purpose, or because its invoice was settled meanwhile. */
  creditMinor: bigint;
  shares: readonly Readonly<{ documentId: string; number: string; amountMinor: bigint; balanceMinor: bigint }>[];
  canReverse: boolean;
  refundedMinor: bigint;
  refundWaitingMinor: bigint;
  disputedMinor: bigint;
  /** What the processor kept; null: not told yet, or there is none. */
  feeMinor: bigint | null;
  /** The transfer to the bank it was part of. */
  payoutId: string | null;
  /** What could still go back. */
  refundableMinor: bigint;
  /** To the card or account it came from. */
  canRefundOnline: boolean;
  refunds: readonly ListedRefund[];
  disputes: readonly ListedDispute[];
}>;

/** A chargeback: the payer's bank asked for the money back. */
export type ListedDispute = Readonly<{
  id: string;
  state: 'open' | 'won' | 'lost';
  amountMinor: bigint;
  feeMinor: bigint;
  reason: string;
  answerBy: string | null;
  openedAt: string;
  endedAt: string | null;
}>;

export type ListedRefund = Readonly<{
  id: string;
  amountMinor: bigint;
  /** Of the tip, beside the amount. */
  tipMinor: bigint;
  /** The share of the card fee, or (below zero) of the saving. */
  wayMinor: bigint;
  method: RefundMethod;
  state: RefundState;
  origin: 'office' | 'processor' | 'automatic';
  reason: string;
  failure: string;
  reference: string;
  givenOn: string | null;
  askedBy: string | null;
  askedByName: string;
  askedAt: string;
  decidedByName: string;
}>;

export type PageOf<T> = Readonly<{ rows: readonly T[]; next: string | null }>;

const given: ReadonlySet<RefundState> = new Set(givenStates);

const asListed = (json: string): ListedPayment => {
  const row = fromStored<Omit<ListedPayment, 'canReverse' | 'refundableMinor' | 'refundedInAllMinor'>>(json);
  const here = row.state === 'cleared' || row.state === 'refunded';
  const backMinor = row.refundedMinor + row.refundWaitingMinor + row.disputedMinor;
  return {
    ...row,
    refundedInAllMinor: row.refunds.reduce((sum, each) => sum + (given.has(each.state) ? each.amountMinor + each.tipMinor + each.wayMinor : 0n), 0n),
    refundableTipMinor: here ? row.refundableTipMinor : 0n,
    refundableWayMinor: row.state === 'cleared' ? row.refundableWayMinor : 0n,
    refundableMinor: row.state === 'cleared' ? row.amountMinor - backMinor : 0n,
    canReverse: row.state === 'cleared' && !row.online && backMinor === 0n,
  };
};

/** One page of the office's payments, newest first, in one query. Refuses `cursor_invalid`. */
export async function listPayments(
  scope: Scope,
  { cursor, limit, ...filter }: PaymentFilter & Readonly<{ cursor?: string | null; limit: number }>,
): Promise<PageOf<ListedPayment>> {
  const texts = await selectPayments(scope, await choose(scope, filter), keyOf('payments', cursor), limit);
  const rows = texts.slice(0, limit).map(asListed);
  const last = rows.at(-1);
  return { rows, next: texts.length > limit && last ? writeCursor('payments', [last.createdAt, last.id]) : null };
}

/** One payment. Refuses `not_found`. */
export async function readPayment(scope: Scope, paymentId: string): Promise<ListedPayment> {
  await mayRead(scope);
  const json = await selectOnePayment(scope, paymentId);
  if (json === null) throw new Refusal('not_found');
  return asListed(json);
}

export type ListedAnnouncement = Readonly<{
  id: string;
  documentId: string;
  number: string;
  customerId: string;
  customerName: string;
  personName: string;
  method: Method;
  alreadyPaid: boolean;
  amountMinor: bigint;
  currency: string;
  expectedOn: string;
  endsOn: string;
  note: string;
  createdAt: string;
}>;

/** Money customers told us of, to be matched when it comes: soonest first. */
export async function listAnnouncements(
  scope: Scope,
  filter: Readonly<{ customerId?: string; cursor?: string | null; limit: number }>,
): Promise<PageOf<ListedAnnouncement>> {
  await mayRead(scope);
  const texts = await selectAnnouncements(scope, filter, keyOf('announcements', filter.cursor));
  const rows = texts.slice(0, filter.limit).map((json) => fromStored<ListedAnnouncement>(json));
  const last = rows.at(-1);
  return { rows, next: texts.length > filter.limit && last ? writeCursor('announcements', [last.expectedOn, last.id]) : null };
}

/** What of payments waits for somebody of the office. */
export type PaymentNeed = Readonly<{
  kind: 'payment_returned' | 'payment_unknown' | 'payment_announced' | 'refund_waiting' | 'refund_failed' | 'payment_disputed' | 'autopay_failed';
  at: string;
  customerId: string;
  customerName: string;
  documentId: string | null;
  number: string | null;
  paymentId: string | null;
  announcementId: string | null;
  amountMinor: bigint;
  currency: string;
  expectedOn: string | null;
  failure: string;
}>;

/** Returned payments nobody acted on since, payments being checked, announced money; newest first. */
export async function paymentNeeds(scope: Scope, limit = 20): Promise<PaymentNeed[]> {
  await mayRead(scope);
  return (await selectNeeds(scope, limit)).map((json) => fromStored<PaymentNeed>(json));
}

function keyOf(list: string, cursor: string | null | undefined): [string, string] | null {
  const key = readCursor(list, cursor, 2);
  if (key === null) return null;
  const [at = '', id = ''] = key;
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(at) || !isUuid(id)) throw new Refusal('cursor_invalid');
  return [at, id];
}

/** A payment as its customer sees it in a list. */
export type PortalPayment = Readonly<{
  id: string;
  day: string;
  method: Method;
  methodLabel: string;
  state: PaymentState;
  /** All that was charged, a tip included. */
  amountMinor: bigint;
  currency: string;
  receiptNumber: string | null;
  paidFor: readonly Readonly<{ documentId: string; number: string; purpose: 'bill' | 'late_fee' | 'deposit' | null; amountMinor: bigint }>[];
}>;

/** The query of a portal page of payments, newest first; `cursor` as `portalPaymentsOf` answered it. */
export function portalPayments(business: string, filter: Readonly<{ cursor?: string | null; limit: number }>): Compiled {
  const [before, beforeId] = keyOf('portal payments', filter.cursor) ?? [null, null];
  return portalPaymentsQuery({ business, before, beforeId, limit: filter.limit + 1 });
}

export function portalPaymentsOf(json: string | null, limit: number): PageOf<PortalPayment> {
  const all = json === null ? [] : fromStored<PortalPayment[]>(json);
  const rows = all.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: all.length > limit && last ? writeCursor('portal payments', [last.day, last.id]) : null };
}
