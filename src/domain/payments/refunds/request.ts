import { toDay } from '../../../core/calendar.ts';
import type { Keys } from '../../../core/gateways.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean } from '../../../core/text.ts';
import { wayShareOf } from '../../../core/way-fee.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { enqueue } from '../../../db/queue.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvents } from '../../events/events.ts';
import { tellStaff } from '../../people/notices.ts';
import { rightsOfRole } from '../../people/rights.ts';
import { listStaff } from '../../people/staff.ts';
import { told } from '../news.ts';
import { mayRecord } from '../policy.ts';
import { checkAmount } from '../shares.ts';
import { backOf, giveBack, refundNews, writeRefund } from './carry.ts';
import { chargedLeftOf, type Held, holdPayment, leftOf, takenOf, tipLeftOf, usualSources } from './money.ts';
import { insertRefund, lockRefund, moveRefunded, type RefundRow, selectRefund, selectRefundLimit, updateRefund } from './queries.ts';
import { type RefundAsked, refundStep } from './refund.ts';

/**
 * Gives money of a payment back, with its share of a card fee or saving (rule 43), and of its tip where that is asked for, or asks a second person to
 * say so (rule 47). In the books at once; what goes through a processor is handed to it by a task after the commit. The same id again is the same refund. Refuses `refund_too_large` (with what is left), `payment_state`,
 * `refund_by_hand_only`, `refund_sources`, `credit_used`, `deposit_used`, `reason_required`.
 */
export async function requestRefund(scope: Scope, keys: Keys, asked: RefundAsked): Promise<RefundRow> {
  await mayRecord(scope);
  const tipMinor = asked.tipMinor ?? 0n;
  if (asked.amountMinor < 0n || tipMinor < 0n) throw new Refusal('amount_too_small', { field: asked.amountMinor < 0n ? 'amountMinor' : 'tipMinor' });
  checkAmount(asked.amountMinor + tipMinor);
  const reason = clean(asked.reason, textLimits.reason, 'reason');
  if (reason === '') throw new Refusal('reason_required', { field: 'reason' });
  const held = await holdPayment(
    scope,
    asked.paymentId,
    asked.sources?.map(({ documentId }) => documentId),
  );
  const known = await selectRefund(scope, asked.id);
  if (known !== undefined) return sameRefund(known, asked);
  mustBeRefundable(held, { ...asked, tipMinor });
  const { payment } = held;
  const wayMinor = wayShareOf(chargedLeftOf(held), asked.amountMinor);
  checkAmount(asked.amountMinor + tipMinor + wayMinor);
  const second = await secondPersons(scope, asked.amountMinor + tipMinor + wayMinor);
  const waits = second.length > 0;
  const byHand = asked.method !== 'original';
  const row = {
    ...{ id: asked.id, payment_id: payment.id, customer_id: payment.customer_id, document_id: payment.document_id, currency: payment.currency },
    ...{
      amount_minor: asked.amountMinor,
      tip_minor: tipMinor,
      way_minor: wayMinor,
      method: asked.method,
      origin: 'office' as const,
      reason,
      sources: asked.sources,
    },
    state: waits ? ('waiting_second' as const) : byHand ? ('succeeded' as const) : ('requested' as const),
    ...{ gateway: byHand ? null : payment.gateway, gateway_refund: null, reference: clean(asked.reference ?? '', textLimits.title, 'reference') },
    ...{ given_on: byHand ? dayOf(held, asked) : null, asked_by: scope.actor.id, asked_by_name: scope.actor.name },
  };
  // Judged now as well where it waits: nobody is asked about what cannot be done.
  await takenOf(scope, held, asked.sources ?? usualSources(held, asked.amountMinor), asked.amountMinor);
  if (!(await insertRefund(scope, row))) throw new Refusal('id_taken', { field: 'id' });
  if (waits) return wait(scope, held, asked.id, second);
  const made = await rowOf(scope, asked.id);
  await tellAlone(scope, held, made);
  return begin(scope, keys, held, made);
}

function sameRefund(known: RefundRow, asked: RefundAsked): RefundRow {
  if (
    known.payment_id !== asked.paymentId ||
    known.amount_minor !== asked.amountMinor ||
    known.tip_minor !== (asked.tipMinor ?? 0n) ||
    known.method !== asked.method
  )
    throw new Refusal('id_taken', { field: 'id' });
  return known;
}

function mustBeRefundable(held: Held, { amountMinor, tipMinor, method }: Required<Pick<RefundAsked, 'amountMinor' | 'tipMinor' | 'method'>>): void {
  const { payment, back } = held;
  if (payment.state !== 'cleared' && payment.state !== 'refunded') throw new Refusal('payment_state', { state: payment.state });
  if (amountMinor > leftOf(held)) throw new Refusal('refund_too_large', { field: 'amountMinor', leftMinor: leftOf(held) });
  if (tipMinor > tipLeftOf(held)) throw new Refusal('refund_too_large', { field: 'tipMinor', leftMinor: tipLeftOf(held) });
  if (method === 'original' && (payment.gateway === null || payment.gateway_payment === null || back.imported))
    throw new Refusal('refund_by_hand_only', { field: 'method' });
}

function dayOf({ today }: Held, asked: RefundAsked): string {
  const day = asked.givenOn == null ? today : toDay(asked.givenOn);
  if (day > today) throw new Refusal('payment_day_in_future', { field: 'givenOn' });
  return day;
}

async function rowOf(scope: Scope, id: string): Promise<RefundRow> {
  const row = await selectRefund(scope, id);
  if (row === undefined) throw new Refusal('not_found');
  return row;
}

/** Those who may say yes beside whoever asks; nobody below the limit, or where there is no second person. */
async function secondPersons(scope: Scope, amountMinor: bigint): Promise<string[]> {
  const limit = await selectRefundLimit(scope);
  if (limit === null || amountMinor < limit || scope.actor.kind === 'system') return [];
  return (await deciders(scope)).filter((id) => id !== scope.actor.id);
}

async function deciders(scope: Scope): Promise<string[]> {
  return (await listStaff(scope)).filter(({ role }) => rightsOfRole(role).includes('payments:write')).map(({ id }) => id);
}

async function wait(scope: Scope, held: Held, id: string, second: readonly string[]): Promise<RefundRow> {
  const row = await rowOf(scope, id);
  await moveRefunded(scope, held.payment.id, { waitingMinor: row.amount_minor });
  for (const staffId of second)
    await tellStaff(scope, staffId, { notice: 'refund_waiting', once: `refund_waiting:${id}:${staffId}`, facts: { by: scope.actor.name } });
  await recordEvents(scope, ofOffice(held, row, 'payment.refund_asked'));
  return row;
}

/** Above the limit and alone: a notice by mail beside the fresh proof, so that a stolen session is noticed. */
async function tellAlone(scope: Scope, { payment }: Held, made: RefundRow): Promise<void> {
  const limit = await selectRefundLimit(scope);
  if (limit === null || backOf(made) < limit || scope.actor.id === null) return;
  for (const staffId of await deciders(scope))
    await tellStaff(scope, staffId, {
      notice: 'refund_made',
      once: `refund_made:${made.id}:${staffId}`,
      facts: { by: scope.actor.name, to: payment.receipt_number ?? '' },
    });
}

function ofOffice(held: Held, row: RefundRow, kind: 'payment.refund_asked' | 'payment.refund_declined') {
  const { id, customer_id: customerId, method, document_id: documentId } = held.payment;
  const whom = { id, customerId, method, amountMinor: backOf(row), currency: row.currency };
  const on = documentId === null ? [] : [{ documentId, partId: '', amountMinor: backOf(row) }];
  return told(kind, whom, on, held.invoices, { refundId: row.id, reason: row.reason }, false);
}

/** Carries it out in the books; by hand it is done with that, else a task hands it to the processor. */
export async function begin(scope: Scope, keys: Keys, held: Held, row: RefundRow): Promise<RefundRow> {
  crashPoint('refund.before-books');
  const taken = await takenOf(scope, held, row.sources ?? usualSources(held, row.amount_minor), row.amount_minor);
  const ended = await giveBack(scope, held, row, taken);
  const done = row.state === 'succeeded';
  await updateRefund(scope, row.id, { taken, ...(done ? { ended_at: scope.now.toString() } : {}) });
  const refund = { ...row, taken };
  if (done) await writeRefund(scope, keys, held, refund);
  else if (row.state === 'requested') await enqueue(scope, 'send-refund', { refundId: row.id }, { key: row.id, priority: -5 });
  await recordEvents(scope, [...refundNews(held, refund, done ? 'done' : 'started', done), ...ended]);
  crashPoint('refund.committing');
  return rowOf(scope, row.id);
}

/** A second person says yes. Refuses `refund_own` for whoever asked, `refund_decided`, and what `requestRefund` refuses by now. */
export async function approveRefund(scope: Scope, keys: Keys, refundId: string): Promise<RefundRow> {
  const { held, row } = await decide(scope, refundId);
  if (row.asked_by === scope.actor.id) throw new Refusal('refund_own');
  await moveRefunded(scope, held.payment.id, { waitingMinor: -row.amount_minor });
  const free = { ...held, back: { ...held.back, waiting: held.back.waiting - row.amount_minor, tipWaiting: held.back.tipWaiting - row.tip_minor } };
  mustBeRefundable(free, { amountMinor: row.amount_minor, tipMinor: row.tip_minor, method: row.method });
  const state = row.method === 'original' ? (refundStep(row.state, 'approved') ?? 'requested') : 'succeeded';
  await updateRefund(scope, row.id, { state, ...by(scope) });
  return begin(scope, keys, free, { ...row, state });
}

/** Says no; whoever asked may take it back so. Refuses `refund_decided`. */
export async function declineRefund(scope: Scope, refundId: string): Promise<RefundRow> {
  const { held, row } = await decide(scope, refundId);
  await drop(scope, row);
  await recordEvents(scope, ofOffice(held, row, 'payment.refund_declined'));
  return rowOf(scope, row.id);
}

/** What waits makes way: declined in words, or overtaken by what the processor did. */
export async function drop(scope: Scope, row: RefundRow): Promise<void> {
  await moveRefunded(scope, row.payment_id, { waitingMinor: -row.amount_minor });
  await updateRefund(scope, row.id, { state: 'declined', ended_at: scope.now.toString(), ...by(scope) });
}

const by = ({ actor, now }: Scope) => ({ decided_by: actor.id, decided_by_name: actor.name, decided_at: now.toString() });

async function decide(scope: Scope, refundId: string): Promise<{ held: Held; row: RefundRow }> {
  await mayRecord(scope);
  const known = await selectRefund(scope, refundId);
  if (known === undefined) throw new Refusal('not_found');
  const held = await holdPayment(
    scope,
    known.payment_id,
    known.sources?.map(({ documentId }) => documentId),
  );
  const row = await lockRefund(scope, refundId);
  if (row?.state !== 'waiting_second') throw new Refusal('refund_decided');
  return { held, row };
}
