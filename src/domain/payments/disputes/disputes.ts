import type { DisputeNews } from '../../../core/gateways.ts';
import { chargedPart } from '../../../core/way-fee.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { type NewEvent, recordEvents } from '../../events/events.ts';
import { grantEarly, takeBackEarly } from '../../invoices/early/early.ts';
import { applyPayment, standingsNow, unapplyPayment } from '../../ledger/standings.ts';
import { type Money, postBeside, postIn, postLoss, postOut } from '../books.ts';
import { paidOff, told } from '../news.ts';
import type { Share } from '../payment.ts';
import { mustBeSystem } from '../policy.ts';
import type { PaymentRow } from '../queries.ts';
import { stepPayment } from '../refunds/carry.ts';
import { chargedLeftOf, freeFor, type Held, holdPayment, takenOf, tipLeftOf, usualSources } from '../refunds/money.ts';
import { moveApplied, moveRefunded, selectRefundsOf } from '../refunds/queries.ts';
import { drop } from '../refunds/request.ts';
import { fitting, roomsOf } from '../shares.ts';
import { type DisputeRow, insertDispute, lockDispute, updateDispute } from './queries.ts';

type Became = 'settled' | 'no_change' | 'mismatch';

/**
 * Carries out what a processor says of a chargeback (P13): opened, the money is gone and the invoices are owed again; won, it is back on
 * them as far as they still take it; lost, it stays away. Told twice, late or out of order it ends in the same books. System only.
 */
export async function settleDispute(scope: Scope, gateway: string, payment: PaymentRow, news: DisputeNews): Promise<Became> {
  mustBeSystem(scope);
  if (news.currency !== payment.currency) return 'mismatch';
  let held = await holdPayment(scope, payment.id);
  let dispute = await lockDispute(scope, gateway, news.reference);
  if (dispute !== undefined && dispute.payment_id !== payment.id) return 'mismatch';
  if (dispute === undefined) {
    if (held.payment.state !== 'cleared' && held.payment.state !== 'refunded') return 'mismatch';
    for (const row of await selectRefundsOf(scope, payment.id)) if (row.state === 'waiting_second') await drop(scope, row);
    held = await holdPayment(scope, payment.id);
    dispute = await open(scope, held, gateway, news);
    if (news.state === 'open') return 'settled';
    held = await holdPayment(scope, payment.id);
  }
  if (dispute.state !== 'open' || news.state === 'open') return 'no_change';
  await (news.state === 'won' ? win(scope, held, dispute) : lose(scope, held, dispute));
  return 'settled';
}

const moneyOf = ({ payment, today }: Held, amountMinor: bigint): Money => {
  const { id, customer_id: customerId, method, currency } = payment;
  return { paymentId: id, customerId, method, amountMinor, currency, effectiveOn: today };
};

/** First what is left of the payment, with what its way added or took off, then its tip. What is disputed beyond was given back already: that much, and the fee, is lost. */
async function open(scope: Scope, before: Held, gateway: string, news: DisputeNews): Promise<DisputeRow> {
  const { held, events: freed } = await freeFor(scope, before);
  const { payment, invoices, today } = held;
  const { amountMinor: takenMinor, wayMinor } = chargedPart(chargedLeftOf(held), news.amountMinor);
  const tipMinor = lesser(news.amountMinor - takenMinor - wayMinor, tipLeftOf(held));
  const taken = takenMinor > 0n ? await takenOf(scope, held, usualSources(held, takenMinor), takenMinor, { deposits: false }) : [];
  const id = newId();
  const feeMinor = news.feeMinor ?? 0n;
  await unapplyPayment(scope, taken, true);
  await moveApplied(scope, payment.id, taken, -1n);
  await postOut(scope, moneyOf(held, takenMinor), 'dispute', taken, invoices);
  await postBeside(scope, moneyOf(held, takenMinor), { tipMinor, wayMinor }, { back: true });
  await postLoss(scope, moneyOf(held, news.amountMinor - takenMinor - tipMinor - wayMinor), 'dispute');
  await postLoss(scope, moneyOf(held, feeMinor), 'dispute_fee');
  await moveRefunded(scope, payment.id, { disputedMinor: takenMinor });
  await stepPayment(scope, held, 'disputed');
  await insertDispute(scope, {
    ...{
      id,
      payment_id: payment.id,
      customer_id: payment.customer_id,
      gateway,
      gateway_dispute: news.reference,
      state: 'open',
      amount_minor: news.amountMinor,
    },
    ...{
      taken_minor: takenMinor,
      tip_minor: tipMinor,
      way_minor: wayMinor,
      fee_minor: feeMinor,
      currency: news.currency,
      reason: news.reason.slice(0, 200),
      taken,
    },
    answer_by: news.answerByUnixS === null ? null : Temporal.Instant.fromEpochMilliseconds(news.answerByUnixS * 1000).toString(),
  });
  const ended = await takeBackEarly(scope, [...new Set(taken.map(({ documentId }) => documentId))], today);
  const facts = { feeMinor, reason: news.reason, answerByUnixS: news.answerByUnixS };
  await recordEvents(scope, [...newsOf(held, 'payment.disputed', taken, news.amountMinor, facts), ...ended, ...freed]);
  const kept = await lockDispute(scope, gateway, news.reference);
  if (kept === undefined) throw new Error('a dispute that was written is there');
  return kept;
}

async function win(scope: Scope, held: Held, dispute: DisputeRow): Promise<void> {
  const { payment, today } = held;
  await moveRefunded(scope, payment.id, { disputedMinor: -dispute.taken_minor });
  await stepPayment(scope, held, 'dispute_won');
  // All of it was given back before it was disputed: so it is again.
  if (held.back.refunded === payment.amount_minor) await stepPayment(scope, { ...held, payment: { ...payment, state: 'cleared' } }, 'refunded');
  const invoices = await standingsNow(
    scope,
    dispute.taken.map(({ documentId }) => documentId),
  );
  const { applied } = fitting(dispute.taken, roomsOf(invoices));
  await applyPayment(scope, applied, payment.started_on);
  await moveApplied(scope, payment.id, applied, 1n);
  await postIn(scope, moneyOf(held, dispute.taken_minor), applied, invoices, 'dispute');
  const { amount_minor: disputedMinor, taken_minor: takenMinor, tip_minor: tipMinor, way_minor: wayMinor } = dispute;
  await postBeside(scope, moneyOf(held, takenMinor), { tipMinor, wayMinor });
  await postLoss(scope, moneyOf(held, disputedMinor - takenMinor - tipMinor - wayMinor), 'dispute', true);
  await updateDispute(scope, dispute.id, 'won');
  const early = await grantEarly(scope, invoices, { startedOn: payment.started_on, today });
  await recordEvents(scope, [...newsOf(held, 'payment.dispute_won', applied, dispute.amount_minor), ...paidOff(applied, invoices), ...early]);
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

async function lose(scope: Scope, held: Held, dispute: DisputeRow): Promise<void> {
  await updateDispute(scope, dispute.id, 'lost');
  await recordEvents(scope, newsOf(held, 'payment.dispute_lost', dispute.taken, dispute.amount_minor));
}

function newsOf(
  held: Held,
  kind: 'payment.disputed' | 'payment.dispute_won' | 'payment.dispute_lost',
  shares: readonly Share[],
  amountMinor: bigint,
  extra = {},
): NewEvent[] {
  const { payment, invoices } = held;
  const whom = { id: payment.id, customerId: payment.customer_id, method: payment.method, amountMinor, currency: payment.currency };
  return told(kind, whom, shares, invoices, extra, kind !== 'payment.dispute_lost');
}
