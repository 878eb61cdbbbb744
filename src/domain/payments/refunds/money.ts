import { todayIn } from '../../../core/calendar.ts';
import { shareOut } from '../../../core/money.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Charged } from '../../../core/way-fee.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { depositOf } from '../../invoices/deposits/deposits.ts';
import { appliedOf } from '../../ledger/ledger.ts';
import { type LockedInvoice, lockInvoices } from '../../ledger/standings.ts';
import { billsOfCredit, freeCredit } from '../credit/credit.ts';
import { byInvoice } from '../news.ts';
import type { Share } from '../payment.ts';
import { lockPayment, type PaymentRow, selectHouse, selectPayment, selectShares } from '../queries.ts';
import { sumOf } from '../shares.ts';
import { type GivenBack, selectGivenBack } from './queries.ts';
import type { Source } from './refund.ts';

/** A payment with everything its money may be on, locked in the order invoices, payment. */
export type Held = Readonly<{
  payment: PaymentRow;
  invoices: readonly LockedInvoice[];
  /** What it pays now, part by part. */
  applied: readonly Share[];
  back: GivenBack;
  today: string;
}>;

/** `others`: invoices the money may be put on. Refuses `not_found`, and `busy` when the payment was moved while this waited for it. */
export async function holdPayment(scope: Scope, paymentId: string, others: readonly string[] = []): Promise<Held> {
  const known = await selectPayment(scope, paymentId);
  if (known === undefined) throw new Refusal('not_found');
  const before = [...(await appliedOf(scope, paymentId)), ...(await selectShares(scope, paymentId))];
  const onCredit = await billsOfCredit(scope, known.customer_id, known.currency);
  const ids = [...new Set([...before.map((share) => share.documentId), ...others, ...onCredit])];
  const invoices = await lockInvoices(scope, ids);
  const payment = await lockPayment(scope, paymentId);
  if (payment === undefined) throw new Refusal('not_found');
  const applied = await appliedOf(scope, paymentId);
  if (applied.some((share) => !ids.includes(share.documentId))) throw new Refusal('busy');
  const { time_zone: zone } = await selectHouse(scope);
  return { payment, invoices, applied, back: await selectGivenBack(scope, paymentId), today: todayIn(zone, scope.now) };
}

/** For money that leaves whatever we say: credit of it that was used since comes off those bills again. */
export async function freeFor(scope: Scope, held: Held): Promise<{ held: Held; events: NewEvent[] }> {
  const { payment, back, applied, today } = held;
  const leaving = { customerId: payment.customer_id, currency: payment.currency, amountMinor: payment.amount_minor - back.refunded - back.disputed, applied };
  const events = await freeCredit(scope, leaving, today);
  return { held: events.length === 0 ? held : await holdPayment(scope, payment.id), events };
}

/** What of a payment could still go back: neither given back, nor waiting to be, nor taken by a chargeback. */
export const leftOf = ({ payment, back }: Held): bigint => payment.amount_minor - back.refunded - back.waiting - back.disputed;

/** The same of its tip. */
export const tipLeftOf = ({ payment, back }: Held): bigint => payment.tip_minor - back.tipRefunded - back.tipWaiting - back.tipDisputed;

/** The amount that is left, and what the way of paying added to it or took off it. */
export const chargedLeftOf = (held: Held): Charged => {
  const { payment, back } = held;
  return { amountMinor: leftOf(held), wayMinor: payment.way_minor - back.wayRefunded - back.wayWaiting - back.wayDisputed };
};

/** What of it lies with the customer as credit and was not used otherwise. */
export function creditOf({ payment, back, applied }: Held): bigint {
  const own = payment.amount_minor - back.refunded - back.disputed - sumOf(applied);
  return own < back.credit ? own : back.credit;
}

/** Credit first, then what it was put on last, until the amount is reached. */
export function usualSources(held: Held, amountMinor: bigint): Source[] {
  let left = amountMinor - lesser(positive(creditOf(held)), amountMinor);
  return byInvoice(held.applied)
    .reverse()
    .flatMap(({ documentId, amountMinor: paid }) => {
      const takes = lesser(left, paid);
      left -= takes;
      return takes > 0n ? [{ documentId, amountMinor: takes }] : [];
    });
}

/**
 * What comes off which part: in proportion to what the payment pays there, largest remainder first. Refuses `refund_sources` where the
 * chosen invoices are not paid by it so far, `credit_used` where the rest is more than the credit left of it, `deposit_used`.
 */
export async function takenOf(
  scope: Scope,
  held: Held,
  sources: readonly Source[],
  amountMinor: bigint,
  must: { deposits: boolean } = { deposits: true },
): Promise<Share[]> {
  const fromCredit = amountMinor - sumOf(sources);
  if (fromCredit < 0n || new Set(sources.map(({ documentId }) => documentId)).size < sources.length) throw new Refusal('refund_sources', { field: 'sources' });
  const taken = sources.flatMap(({ documentId, amountMinor: off }) => {
    const parts = held.applied.filter((share) => share.documentId === documentId);
    if (off < 1n || off > sumOf(parts)) throw new Refusal('refund_sources', { field: 'sources', paidMinor: sumOf(parts) });
    const amounts = shareOut(
      off,
      parts.map((part) => part.amountMinor),
    );
    return parts.map((part, at) => ({ ...part, amountMinor: amounts[at] ?? 0n })).filter((part) => part.amountMinor > 0n);
  });
  if (fromCredit > positive(creditOf(held))) throw new Refusal('credit_used', { creditMinor: positive(creditOf(held)) });
  if (must.deposits) await mustBeHeld(scope, held, sources);
  return taken;
}

/** Money of a deposit that was used on a bill is not there to be given back. */
async function mustBeHeld(scope: Scope, { invoices }: Held, sources: readonly Source[]): Promise<void> {
  for (const { documentId, amountMinor } of sources) {
    if (invoices.find((invoice) => invoice.documentId === documentId)?.purpose !== 'deposit') continue;
    const deposit = await depositOf(scope, documentId);
    if ((deposit?.heldMinor ?? 0n) < amountMinor) throw new Refusal('deposit_used');
  }
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
