import { todayIn } from '../../core/calendar.ts';
import type { AttemptOutcome, Keys } from '../../core/gateways.ts';
import { crashPoint } from '../../db/crash-point.ts';
import type { Scope } from '../../db/scope.ts';
import { log } from '../../log.ts';
import { type NewEvent, recordEvents } from '../events/events.ts';
import { takeUpAgain } from '../invoices/closing/closing.ts';
import { grantEarly, takeBackEarly } from '../invoices/early/early.ts';
import { appliedOf } from '../ledger/ledger.ts';
import { type LockedInvoice, lockInvoices, moveMoney, type Place } from '../ledger/standings.ts';
import { endPaidQuestions } from '../questions/questions.ts';
import { endOnPaid } from './announced/ending.ts';
import { cancelPlanned, followCharge } from './autopay/follow.ts';
import { type Money, postBeside, postIn, postLoss, postOut } from './books.ts';
import { billsOfCredit, freeCredit } from './credit/credit.ts';
import { indexPayment } from './index-payment.ts';
import { mailProcessing, mailReceipt, mailReturned } from './letters.ts';
import { paidOff, told } from './news.ts';
import { type AttemptEvent, eventFor, eventOf, type PaymentState, type Share, stepOf } from './payment.ts';
import { mustBeSystem } from './policy.ts';
import {
  lockPayment,
  markApplied,
  nextReceipt,
  type PaymentPatch,
  type PaymentRow,
  selectHouse,
  selectPayment,
  selectShares,
  updatePayment,
} from './queries.ts';
import { refundRest } from './refunds/automatic.ts';
import { selectGivenBack } from './refunds/queries.ts';
import { fitting, roomsOf, sumOf } from './shares.ts';
import { chargedOf } from './tips/tips.ts';

/**
 * What became of a piece of news. `illegal` and `mismatch` changed nothing; a mismatch is told to the office as well.
 * `foreign`: no attempt of this business.
 */
export type Settlement =
  | Readonly<{ kind: 'changed' | 'same' | 'illegal'; state: PaymentState }>
  | Readonly<{ kind: 'mismatch'; why: 'amount' | 'currency' | 'session' }>
  | Readonly<{ kind: 'foreign' }>;

/** Everything of one attempt, locked in the order invoices, payment. */
type Case = { scope: Scope; keys: Keys; payment: PaymentRow; shares: Share[]; invoices: LockedInvoice[]; today: string; news: NewEvent[] };

/** What we did ourselves to an attempt, beside what a processor says of it. */
export type OwnOutcome = Readonly<{ kind: 'turned_down'; reason: string }>;

/**
 * Carries out what a processor says of an attempt, in one transaction. The same news twice, late or out of order ends in the same
 * books: states, balances and receipt follow one table. System only.
 */
export async function settleAttempt(scope: Scope, keys: Keys, attempt: string, outcome: AttemptOutcome | OwnOutcome): Promise<Settlement> {
  mustBeSystem(scope);
  crashPoint('payment.before-settling');
  const found = await lockCase(scope, keys, attempt);
  if (found === null) return { kind: 'foreign' };
  const { payment } = found;
  const why = outcome.kind === 'turned_down' ? null : differs(payment, outcome);
  if (why !== null) {
    await recordEvents(
      scope,
      told(
        'payment.quarantined',
        { ...payment, customerId: payment.customer_id, amountMinor: payment.amount_minor },
        found.shares,
        found.invoices,
        { why },
        false,
      ),
    );
    return { kind: 'mismatch', why };
  }
  const said: AttemptEvent = outcome.kind === 'turned_down' ? 'refused' : eventOf(outcome);
  const method = ('method' in outcome && outcome.method) || null;
  const event = eventFor(said, { state: payment.state, saved: payment.saved_method_id !== null, method });
  const next = stepOf(payment.state, event);
  if (next === null) {
    // News of an earlier moment that comes late is no surprise.
    if (event !== 'opened' && event !== 'processing') log.warn('payment news not carried out', { payment: payment.id, state: payment.state, news: event });
    return { kind: 'illegal', state: payment.state };
  }
  const patch = learn(payment, outcome);
  found.payment = { ...payment, ...patch } as PaymentRow;
  if (next !== payment.state) await step(found, payment.state, next, event, patch);
  else await note(found, payment, patch);
  if (next !== payment.state) found.news.push(...(await tellAutopay(found, next)));
  await recordEvents(scope, found.news);
  crashPoint('payment.before-settle-commit');
  return { kind: next === payment.state ? 'same' : 'changed', state: next };
}

/** A try of a planned charge is carried over to it; money of any other way cancels what was planned for the bill. */
async function tellAutopay(found: Case, next: PaymentState): Promise<NewEvent[]> {
  const { scope, payment, shares, invoices } = found;
  if (payment.autopay_charge_id !== null) return followCharge(found, payment.autopay_charge_id, next);
  if (next !== 'pending' && next !== 'cleared') return [];
  const documentIds = [...new Set(shares.map(({ documentId }) => documentId))];
  return cancelPlanned(scope, documentIds, (documentId) => invoices.find((each) => each.documentId === documentId)?.number ?? null);
}

async function lockCase(scope: Scope, keys: Keys, attempt: string): Promise<Case | null> {
  const known = await selectPayment(scope, attempt);
  if (known === undefined || known.gateway === null) return null;
  const shares = await selectShares(scope, attempt);
  const onCredit = await billsOfCredit(scope, known.customer_id, known.currency);
  const invoices = await lockInvoices(scope, [...new Set([...shares.map((share) => share.documentId), ...onCredit])]);
  const payment = await lockPayment(scope, attempt);
  if (payment === undefined) return null;
  crashPoint('payment.locked');
  const { time_zone: zone } = await selectHouse(scope);
  return { scope, keys, payment, shares, invoices, today: todayIn(zone, scope.now), news: [] };
}

function differs(payment: PaymentRow, outcome: AttemptOutcome): 'amount' | 'currency' | 'session' | null {
  if ('amountMinor' in outcome && outcome.amountMinor !== undefined && outcome.amountMinor !== chargedOf(payment)) return 'amount';
  if ('currency' in outcome && outcome.currency !== undefined && outcome.currency !== payment.currency) return 'currency';
  const other = 'session' in outcome && payment.gateway_session !== null && outcome.session !== payment.gateway_session;
  return other ? 'session' : null;
}

/** What the news teaches about the attempt, whatever state follows. */
function learn(payment: PaymentRow, outcome: AttemptOutcome | OwnOutcome): PaymentPatch {
  switch (outcome.kind) {
    case 'open':
      return payment.gateway_session === null ? { gateway_session: outcome.session, checkout_url: outcome.url } : {};
    case 'processing':
    case 'succeeded':
      return { method: outcome.method, method_label: outcome.label ?? '', gateway_payment: outcome.reference, failure: '' };
    case 'returned':
      return { method: outcome.method, method_label: outcome.label ?? payment.method_label, gateway_payment: outcome.reference, failure: outcome.failure };
    case 'failed':
      return { failure: outcome.failure, ...(outcome.method ? { method: outcome.method } : {}) };
    case 'turned_down':
      return { failure: outcome.reason };
    default:
      return {};
  }
}

/** Known state, perhaps new details: a declined card is told, everything else is kept quietly. */
async function note(found: Case, before: PaymentRow, patch: PaymentPatch): Promise<void> {
  const declined = before.state === 'initiated' && patch.failure !== undefined && patch.failure !== '' && patch.failure !== before.failure;
  const opened = patch.gateway_session !== undefined;
  // Which card it was may be told after the money: the last to say so is as good as the first.
  const named = before.method_label === '' && (patch.method_label ?? '') !== '';
  if (!declined && !opened && !named) return;
  await updatePayment(found.scope, before.id, patch);
  if (declined) tell(found, 'payment.declined', found.shares, { failure: patch.failure });
}

function placeOf(state: PaymentState): Place {
  if (state === 'pending') return 'processing';
  if (state === 'unknown') return 'unknown';
  return state === 'cleared' ? 'paid' : 'outside';
}

async function step(found: Case, from: PaymentState, to: PaymentState, event: AttemptEvent, patch: PaymentPatch): Promise<void> {
  if (to === 'cleared') return clear(found, from, patch);
  if (to === 'returned') {
    // A return follows a success we may not have heard of: the books show both, whichever came first. Money that was refunded came in already.
    const unheard = event === 'returned' && from !== 'cleared' && from !== 'refunded';
    if (unheard) await clear(found, from, patch, false);
    return sendBack(found, unheard ? 'cleared' : from, patch);
  }
  const { scope, payment, shares } = found;
  await moveMoney(scope, shares, placeOf(from), placeOf(to), { payment: payment.id, ...(to === 'pending' ? { startedOn: payment.started_on } : {}) });
  const at = scope.now.toString();
  const ended = to === 'failed' || to === 'expired';
  await updatePayment(scope, payment.id, { ...patch, state: to, ended_at: ended ? at : null, ...(to === 'pending' ? { pending_at: at } : {}) });
  if (to === 'pending') await mailProcessing(found);
  const kinds = { pending: 'payment.processing', unknown: 'payment.checking', failed: 'payment.failed', expired: 'payment.expired' } as const;
  // A saved method is marked so before it is asked at all: nothing to tell yet.
  if (to === 'unknown' && payment.saved_method_id !== null && from === 'initiated') return;
  if (to in kinds) tell(found, kinds[to as keyof typeof kinds], shares, { failure: found.payment.failure }, to === 'pending' || to === 'unknown');
}

/** Money in. What its invoices no longer take goes back to whoever paid; what was kept on purpose stays as credit. */
async function clear(found: Case, from: PaymentState, patch: PaymentPatch, withMail = true): Promise<void> {
  const { scope, shares, today } = found;
  const receipt = found.payment.receipt_number ?? (await nextReceipt(scope));
  found.payment = { ...found.payment, receipt_number: receipt };
  const { payment } = found;
  const up = await takeUpAgain(scope, found.invoices, shares);
  found.invoices = [...up.invoices];
  found.news.push(...up.events);
  const { invoices } = found;
  const { applied, rest } = fitting(shares, roomsOf(invoices));
  await moveMoney(scope, rest, placeOf(from), 'outside');
  await moveMoney(scope, applied, placeOf(from), 'paid', { startedOn: payment.started_on, payment: payment.id });
  crashPoint('payment.standings-moved');
  await postIn(scope, moneyOf(found), applied, invoices);
  await postBeside(scope, moneyOf(found), { tipMinor: payment.tip_minor, wayMinor: payment.way_minor });
  crashPoint('payment.ledger-posted');
  const at = scope.now.toString();
  await updatePayment(scope, payment.id, { ...patch, state: 'cleared', receipt_number: receipt, cleared_at: at, cleared_on: today, ended_at: null });
  await markApplied(scope, payment.id, applied);
  await indexPayment(scope, { ...moneyOf(found), id: payment.id, reference: payment.method_label, receiptNumber: receipt });
  const twiceMinor = sumOf(rest);
  const creditMinor = payment.amount_minor - sumOf(applied) - twiceMinor;
  tell(found, 'payment.cleared', applied, { receiptNumber: receipt, creditMinor, ...besideIn(payment) });
  const early = await grantEarly(scope, invoices.filter(isIn(applied)), { startedOn: payment.started_on, today });
  const settled = [...paidOff(applied, invoices), ...early.filter(({ kind }) => kind === 'invoice.paid')];
  found.news.push(...early.filter(({ kind }) => kind !== 'invoice.paid'), ...settled);
  found.news.push(
    ...(await endOnPaid(
      scope,
      settled.map((event) => event.documentId ?? ''),
    )),
    ...(await endPaidQuestions(
      scope,
      applied.map(({ documentId }) => documentId),
      payment.created_at,
    )),
  );
  if (withMail) await mailReceipt(found, applied, creditMinor);
  // What its invoices do not take any more was paid twice: it goes back by itself, unless the bank took it back already.
  if (withMail) found.news.push(...(await refundRest(scope, payment.id, twiceMinor, applied.length === 0)));
}

/** What stands beside the amount, as its news tells it. */
const besideIn = ({ tip_minor: tipMinor, way_minor: wayMinor }: PaymentRow): Record<string, bigint> => ({
  ...(tipMinor > 0n ? { tipMinor } : {}),
  ...(wayMinor === 0n ? {} : { wayMinor }),
});

/** Sent back by the bank: off what it paid, out of the books, and the invoices are as due as before. */
async function sendBack(found: Case, from: PaymentState, patch: PaymentPatch): Promise<void> {
  const { scope, payment, shares } = found;
  const place = from === 'refunded' ? 'paid' : placeOf(from);
  const applied = place === 'paid' ? await appliedOf(scope, payment.id) : shares;
  // What was never under way on the invoice still leaves its mark there, so it passes through.
  if (place === 'outside') await moveMoney(scope, applied, 'outside', 'processing');
  await moveMoney(scope, applied, place === 'outside' ? 'processing' : place, 'outside', { returned: true });
  if (place === 'paid') found.news.push(...(await outOfBooks(found, applied)));
  await updatePayment(scope, payment.id, { ...patch, state: 'returned', ended_at: scope.now.toString() });
  tell(found, 'payment.returned', applied, { failure: payment.failure });
  await mailReturned(found, applied);
}

/** What was given back before the bank sent it back as well went out twice: that much is lost. */
async function outOfBooks(found: Case, applied: readonly Share[]): Promise<NewEvent[]> {
  const { scope, payment, invoices, today } = found;
  const { refunded, tipRefunded, wayRefunded } = await selectGivenBack(scope, payment.id);
  const money = moneyOf(found);
  const leaving = { ...money, amountMinor: money.amountMinor - refunded };
  const freed = await freeCredit(scope, { ...leaving, applied }, today);
  await postOut(scope, leaving, 'return', applied, invoices);
  await postLoss(scope, { ...money, amountMinor: refunded }, 'return');
  await postBeside(scope, money, { tipMinor: payment.tip_minor - tipRefunded, wayMinor: payment.way_minor - wayRefunded }, { back: true });
  await postBeside(scope, money, { tipMinor: tipRefunded, wayMinor: wayRefunded }, { back: true, lost: true });
  const ended = await takeBackEarly(
    scope,
    applied.map(({ documentId }) => documentId),
    today,
  );
  return [...freed, ...ended];
}

const isIn =
  (shares: readonly Share[]) =>
  (invoice: LockedInvoice): boolean =>
    shares.some(({ documentId }) => documentId === invoice.documentId);

function moneyOf({ payment, today }: Case): Money {
  const { id, customer_id: customerId, method, amount_minor: amountMinor, currency } = payment;
  return { paymentId: id, customerId, method, amountMinor, currency, effectiveOn: today };
}

function tell(found: Case, kind: NewEvent['kind'], shares: readonly Share[], extra: Record<string, unknown>, shown = true): void {
  const { payment } = found;
  const whom = { id: payment.id, customerId: payment.customer_id, method: payment.method, amountMinor: payment.amount_minor, currency: payment.currency };
  found.news.push(...told(kind, whom, shares, found.invoices, extra, shown));
}

export type { Case };
