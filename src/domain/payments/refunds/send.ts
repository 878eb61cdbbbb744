import type { CardGateway, Keys, RefundNews, RefundOutcome } from '../../../core/gateways.ts';
import { isUuid } from '../../../core/ids.ts';
import { chargedPart } from '../../../core/way-fee.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { errorFields, log } from '../../../log.ts';
import { recordEvents } from '../../events/events.ts';
import { inSystem, type Till } from '../checkout/checkout.ts';
import { lockStandingDispute } from '../disputes/queries.ts';
import { mustBeSystem } from '../policy.ts';
import { lockPayment, type PaymentRow } from '../queries.ts';
import { backOf, giveBack, refundNews, takeAgain, writeRefund } from './carry.ts';
import { chargedLeftOf, freeFor, type Held, holdPayment, takenOf, tipLeftOf, usualSources } from './money.ts';
import { insertRefund, lockRefund, type RefundRow, selectOpenRefunds, selectRefund, selectRefundByGateway, selectRefundsOf, updateRefund } from './queries.ts';
import { refundEventOf, refundStep } from './refund.ts';
import { drop } from './request.ts';

/** After this long a processor may have forgotten the key: it is asked, and never told again. */
const keyLifeMs = 23 * 3_600_000;
const batch = 200;

/** `gone`: why the money is not there to be given back any more; null while it is. */
type Due = Readonly<{ row: RefundRow; payment: PaymentRow; before: boolean; ageMs: number; gone: 'payment_returned' | 'payment_disputed' | null }>;

/**
 * Hands a committed refund to its processor, under a key that follows from the row. One that was handed over before is asked about first,
 * and one whose payment a bank took back meanwhile is not handed over: the money would go out twice.
 * A silence leaves it `unknown`, and `reconcileRefunds` finds the truth. No connection is held while the processor works.
 */
export async function sendRefund(till: Till, business: string, refundId: string): Promise<void> {
  const due = await inSystem(till, business, (scope) => claim(scope, refundId));
  crashPoint('refund.claimed');
  const gateway = till.cards[due?.row.gateway ?? ''];
  if (!due || !gateway) return;
  const said = await outcomeOf(gateway, business, due);
  crashPoint('refund.answered');
  await inSystem(till, business, (scope) => settleRefund(scope, till.keys, refundId, said));
  crashPoint('refund.settled');
}

/** What becomes of it: what the processor says of one it has, or of one it is given now. `none`: it is asked again later. */
async function outcomeOf(gateway: CardGateway, business: string, { row, payment, before, ageMs, gone }: Due): Promise<RefundOutcome | { kind: 'none' }> {
  if (!before && gone !== null && row.state === 'requested') return { kind: 'refused', reason: gone };
  const of = { refund: row.id, attempt: payment.id, business, reference: payment.gateway_payment ?? '' };
  const known = before ? await gateway.fetchRefund(of) : ({ kind: 'none' } as const);
  if (known.kind !== 'none') return known;
  if (row.state === 'pending' || ageMs >= keyLifeMs) return { kind: 'refused', reason: 'never_sent' };
  // What was handed over may still arrive there: it is neither sent again nor called failed before its key is forgotten.
  if (gone !== null) return known;
  return gateway.refund({ ...of, amountMinor: backOf(row), currency: row.currency, idempotencyKey: `refund-${row.id}` });
}

/** Under the payment's lock, so that its return comes wholly before or wholly after. One that is not to be sent is not marked as sent. */
async function claim(scope: Scope, refundId: string): Promise<Due | null> {
  const known = await selectRefund(scope, refundId);
  const payment = known && (await lockPayment(scope, known.payment_id));
  const row = payment && (await lockRefund(scope, refundId));
  if (!payment || !row || row.gateway === null || !['requested', 'unknown', 'pending'].includes(row.state)) return null;
  const gone = await goneOf(scope, payment);
  const before = row.sent_at !== null;
  if (!before && gone === null) await updateRefund(scope, row.id, { sent_at: scope.now.toString() });
  const ageMs = row.sent_at === null ? 0 : scope.now.epochMilliseconds - Date.parse(row.sent_at);
  return { row, payment, before, ageMs, gone };
}

/** Sent back by the bank, or under a chargeback that took what was being given back as well. */
async function goneOf(scope: Scope, payment: PaymentRow): Promise<Due['gone']> {
  if (payment.state === 'returned') return 'payment_returned';
  if (payment.state !== 'disputed') return null;
  const dispute = await lockStandingDispute(scope, payment.id);
  return dispute !== undefined && dispute.amount_minor > dispute.taken_minor + dispute.tip_minor + dispute.way_minor ? 'payment_disputed' : null;
}

/** Carries out what a processor says of a refund; the same news twice or late ends in the same books. System only. */
export async function settleRefund(
  scope: Scope,
  keys: Keys,
  refundId: string,
  outcome: RefundOutcome | { kind: 'none' },
): Promise<'changed' | 'same' | 'illegal'> {
  mustBeSystem(scope);
  const known = await selectRefund(scope, refundId);
  if (known === undefined) return 'illegal';
  const held = await holdPayment(
    scope,
    known.payment_id,
    known.taken.map(({ documentId }) => documentId),
  );
  const row = await lockRefund(scope, refundId);
  if (row === undefined) return 'illegal';
  const next = refundStep(row.state, refundEventOf(outcome));
  if (next === null) {
    log.warn('refund news not carried out', { refund: refundId, state: row.state, news: outcome.kind });
    return 'illegal';
  }
  const reference = 'reference' in outcome ? outcome.reference : null;
  const failure = 'reason' in outcome ? outcome.reason.slice(0, 200) : '';
  const over = next === 'succeeded' || next === 'failed';
  if (next === row.state) return 'same';
  await updateRefund(scope, row.id, {
    ...{ state: next, failure, ended_at: over ? scope.now.toString() : null },
    ...(reference === null ? {} : { gateway_refund: reference }),
  });
  const refund = { ...row, state: next, failure };
  const wasTold = row.state === 'pending' || row.state === 'succeeded';
  if (next === 'failed') {
    const news = await takeAgain(scope, held, refund);
    if (wasTold) await writeRefund(scope, keys, held, refund, true);
    await recordEvents(scope, [...refundNews(held, refund, 'failed', wasTold), ...news]);
  } else if (!wasTold && (next === 'pending' || next === 'succeeded')) {
    await writeRefund(scope, keys, held, refund);
    await recordEvents(scope, refundNews(held, refund, 'done', true));
  }
  return 'changed';
}

/** A notice about a refund: one of ours, or one that was made in the processor's dashboard and is taken into the books now (P13). */
export async function settleRefundNews(
  scope: Scope,
  keys: Keys,
  gateway: string,
  payment: PaymentRow,
  news: RefundNews,
): Promise<'settled' | 'no_change' | 'mismatch'> {
  if (news.currency !== payment.currency) return 'mismatch';
  const known =
    news.refund !== null && isUuid(news.refund) ? await selectRefund(scope, news.refund) : await selectRefundByGateway(scope, gateway, news.reference);
  if (known !== undefined) {
    if (known.payment_id !== payment.id || backOf(known) !== news.amountMinor) return 'mismatch';
    const outcome =
      news.state === 'failed' ? ({ kind: 'failed', reference: news.reference, reason: news.reason } as const) : { kind: news.state, reference: news.reference };
    return (await settleRefund(scope, keys, known.id, outcome)) === 'changed' ? 'settled' : 'no_change';
  }
  // Money that never left us needs no entry.
  if (news.state === 'failed') return 'no_change';
  return adopt(scope, keys, gateway, payment, news);
}

async function adopt(scope: Scope, keys: Keys, gateway: string, { id: paymentId }: PaymentRow, news: RefundNews): Promise<'settled' | 'mismatch'> {
  let held = await holdPayment(scope, paymentId);
  const { payment } = held;
  if (payment.state !== 'cleared' && payment.state !== 'refunded') return 'mismatch';
  if (news.amountMinor > chargedLeft(held)) {
    // It is done already: what only waits for a second person makes way.
    for (const row of await selectRefundsOf(scope, paymentId)) if (row.state === 'waiting_second') await drop(scope, row);
    held = await holdPayment(scope, paymentId);
  }
  if (news.amountMinor > chargedLeft(held)) return 'mismatch';
  // What is more than the bills were paid with can only be of the tip.
  const { amountMinor, wayMinor } = chargedPart(chargedLeftOf(held), news.amountMinor);
  const freed = await freeFor(scope, held);
  held = freed.held;
  const sources = usualSources(held, amountMinor);
  const refundId = newId();
  await insertRefund(scope, {
    ...{ id: refundId, payment_id: payment.id, customer_id: payment.customer_id, document_id: payment.document_id, currency: payment.currency },
    ...{
      amount_minor: amountMinor,
      tip_minor: news.amountMinor - amountMinor - wayMinor,
      way_minor: wayMinor,
      method: 'original',
      origin: 'processor',
      reason: news.reason,
      sources,
      state: news.state === 'succeeded' ? 'succeeded' : 'pending',
    },
    ...{ gateway, gateway_refund: news.reference, reference: '', given_on: null, asked_by: null, asked_by_name: '' },
  });
  const row = await lockRefund(scope, refundId);
  if (row === undefined) throw new Error('a refund that was written is there');
  const taken = await takenOf(scope, held, sources, amountMinor, { deposits: false });
  const ended = await giveBack(scope, held, row, taken);
  await updateRefund(scope, refundId, { taken, ended_at: row.state === 'succeeded' ? scope.now.toString() : null });
  const refund = { ...row, taken };
  await writeRefund(scope, keys, held, refund);
  await recordEvents(scope, [...refundNews(held, refund, 'done', true), ...ended, ...freed.events]);
  return 'settled';
}

/** Asks about every refund that is open for more than a minute, and hands over what no worker did. Answers how many were looked at. */
export async function reconcileRefunds(till: Till, business: string, olderThanS = 60): Promise<number> {
  const due = await inSystem(till, business, (scope) => selectOpenRefunds(scope, scope.now.subtract({ seconds: olderThanS }).toString(), batch));
  for (const refundId of due) {
    await sendRefund(till, business, refundId).catch((error: unknown) => log.error('refund not reconciled', { refund: refundId, ...errorFields(error) }));
  }
  return due.length;
}

/** All that could still go back, tip included. */
function chargedLeft(held: Held): bigint {
  const { amountMinor, wayMinor } = chargedLeftOf(held);
  return amountMinor + wayMinor + tipLeftOf(held);
}
