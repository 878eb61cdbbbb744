import type { Keys } from '../../../core/gateways.ts';
import { chargedPart } from '../../../core/way-fee.ts';
import type { Scope } from '../../../db/scope.ts';
import type { NewEvent } from '../../events/events.ts';
import { grantEarly, takeBackEarly } from '../../invoices/early/early.ts';
import { applyPayment, standingsNow, unapplyPayment } from '../../ledger/standings.ts';
import { type Beside, type Money, postBeside, postIn, postLoss, postOut } from '../books.ts';
import { lockStandingDispute, updateTaken } from '../disputes/queries.ts';
import { mailRefund } from '../letters.ts';
import { paidOff, told } from '../news.ts';
import { type AttemptEvent, type Method, type Share, stepOf } from '../payment.ts';
import { updatePayment } from '../queries.ts';
import { fitting, roomsOf, together, upTo } from '../shares.ts';
import type { Held } from './money.ts';
import { moveApplied, moveRefunded, type RefundRow } from './queries.ts';

/** The account a refund leaves by: the payment's own, or that of the hand it is given back with. */
const methodOf = (refund: RefundRow, held: Held): Method => (refund.method === 'original' ? held.payment.method : refund.method);

function moneyOf(refund: RefundRow, held: Held): Money {
  const { payment, today } = held;
  const effectiveOn = refund.given_on ?? today;
  return {
    paymentId: payment.id,
    customerId: payment.customer_id,
    method: methodOf(refund, held),
    amountMinor: refund.amount_minor,
    currency: refund.currency,
    effectiveOn,
  };
}

/** What goes back of what stands beside its amount. */
const besideOf = (refund: RefundRow): Beside => ({ tipMinor: refund.tip_minor, wayMinor: refund.way_minor });

/** All together: what whoever paid gets. */
export const backOf = (refund: Pick<RefundRow, 'amount_minor' | 'tip_minor' | 'way_minor'>): bigint =>
  refund.amount_minor + refund.tip_minor + refund.way_minor;

/** Out of the books: off the parts it is taken from, out of the customer's credit, out of clearing. The invoices are owed again. */
export async function giveBack(scope: Scope, held: Held, refund: RefundRow, taken: readonly Share[]): Promise<NewEvent[]> {
  const { payment, invoices, today } = held;
  await unapplyPayment(scope, taken);
  await moveApplied(scope, payment.id, taken, -1n);
  await postOut(scope, moneyOf(refund, held), 'refund', taken, invoices);
  await postBeside(scope, moneyOf(refund, held), besideOf(refund), { back: true });
  await moveRefunded(scope, payment.id, { refundedMinor: refund.amount_minor });
  if (held.back.refunded + refund.amount_minor === payment.amount_minor) await stepPayment(scope, held, 'refunded');
  return takeBackEarly(scope, [...new Set(taken.map(({ documentId }) => documentId))], today);
}

/** A refund that did not hold: the money is with the business again, and on what it paid as far as that still takes it. */
export async function takeAgain(scope: Scope, held: Held, refund: RefundRow): Promise<NewEvent[]> {
  const { payment, today } = held;
  await moveRefunded(scope, payment.id, { refundedMinor: -refund.amount_minor });
  if (refund.amount_minor > 0n) await stepPayment(scope, held, 'refund_failed');
  if (payment.state === 'returned') {
    // The bank took the payment back meanwhile, and what went out twice was lost: it is not any more.
    await postLoss(scope, { ...moneyOf(refund, held), effectiveOn: today }, 'refund', true);
    await postBeside(scope, { ...moneyOf(refund, held), effectiveOn: today }, besideOf(refund), { lost: true });
    return [];
  }
  if (payment.state === 'disputed') return takeIntoDispute(scope, held, refund);
  const invoices = await standingsNow(
    scope,
    refund.taken.map(({ documentId }) => documentId),
  );
  const { applied } = fitting(refund.taken, roomsOf(invoices));
  await applyPayment(scope, applied, payment.started_on);
  await moveApplied(scope, payment.id, applied, 1n);
  await postIn(scope, { ...moneyOf(refund, held), effectiveOn: today }, applied, invoices, 'refund');
  await postBeside(scope, { ...moneyOf(refund, held), effectiveOn: today }, besideOf(refund));
  const early = await grantEarly(scope, invoices, { startedOn: payment.started_on, today });
  return [...paidOff(applied, invoices), ...early];
}

/**
 * Under a chargeback it is not the business's to put on a bill. What the chargeback took beyond the payment was lost because it was being
 * given back: that much the chargeback holds instead, and the rest stays with the customer as credit.
 */
async function takeIntoDispute(scope: Scope, held: Held, refund: RefundRow): Promise<NewEvent[]> {
  const { payment, today, invoices } = held;
  const money = { ...moneyOf(refund, held), effectiveOn: today };
  await postIn(scope, money, [], invoices, 'refund');
  await postBeside(scope, money, besideOf(refund));
  const dispute = await lockStandingDispute(scope, payment.id);
  const lostMinor = dispute === undefined ? 0n : dispute.amount_minor - dispute.taken_minor - dispute.tip_minor - dispute.way_minor;
  if (dispute === undefined || lostMinor <= 0n) return [];
  const { amountMinor: heldMinor, wayMinor } = chargedPart({ amountMinor: refund.amount_minor, wayMinor: refund.way_minor }, lostMinor);
  const tipMinor = lesser(lostMinor - heldMinor - wayMinor, refund.tip_minor);
  await postOut(scope, { ...money, amountMinor: heldMinor }, 'dispute', [], invoices);
  await postBeside(scope, money, { tipMinor, wayMinor }, { back: true });
  await postLoss(scope, { ...money, amountMinor: heldMinor + wayMinor + tipMinor }, 'dispute', true);
  await moveRefunded(scope, payment.id, { disputedMinor: heldMinor });
  const takes = { takenMinor: dispute.taken_minor + heldMinor, tipMinor: dispute.tip_minor + tipMinor, wayMinor: dispute.way_minor + wayMinor };
  await updateTaken(scope, dispute.id, takes, together(dispute.taken, upTo(heldMinor, refund.taken)));
  return [];
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The payment's own state follows the one table; a step that is not there leaves it as it is. */
export async function stepPayment(scope: Scope, { payment }: Held, event: AttemptEvent): Promise<void> {
  const next = stepOf(payment.state, event);
  if (next === null || next === payment.state) return;
  await updatePayment(scope, payment.id, { state: next, ended_at: next === 'cleared' ? null : scope.now.toString() });
}

/** One event for each invoice it is taken from, or one for the customer. */
export function refundNews(held: Held, refund: RefundRow, kind: 'started' | 'done' | 'failed', shown: boolean): NewEvent[] {
  const { payment, invoices } = held;
  const whom = { id: payment.id, customerId: payment.customer_id, method: payment.method, amountMinor: backOf(refund), currency: refund.currency };
  const kinds = { started: 'payment.refund_started', done: 'payment.refunded', failed: 'payment.refund_failed' } as const;
  const facts = {
    refundId: refund.id,
    refundMinor: backOf(refund),
    ...(refund.tip_minor > 0n ? { tipMinor: refund.tip_minor } : {}),
    ...(refund.way_minor === 0n ? {} : { wayMinor: refund.way_minor }),
    by: refund.method,
    label: payment.method_label,
    failure: refund.failure,
    origin: refund.origin,
  };
  const [first, ...more] = refund.taken;
  // What stands beside the amount is told with its first invoice, so that the amounts told are what whoever paid gets.
  const taken =
    first !== undefined
      ? [{ ...first, amountMinor: first.amountMinor + refund.tip_minor + refund.way_minor }, ...more]
      : payment.document_id === null
        ? []
        : [{ documentId: payment.document_id, partId: '', amountMinor: backOf(refund) }];
  return told(kinds[kind], whom, taken, invoices, facts, shown);
}

/** To whoever paid: what goes back and where to, or that it did not arrive. */
export const writeRefund = (scope: Scope, keys: Keys, held: Held, refund: RefundRow, failed = false): Promise<void> =>
  mailRefund(
    scope,
    keys,
    held.payment,
    { id: refund.id, amountMinor: backOf(refund), byHand: refund.method === 'original' ? null : refund.method, failed },
    held.invoices,
  );
