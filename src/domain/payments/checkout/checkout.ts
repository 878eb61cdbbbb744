import type { CardGateway, CheckoutOutcome, Keys, PayMethod } from '../../../core/gateways.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import type { Database } from '../../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { log } from '../../../log.ts';
import { type LockedInvoice, lockInvoices } from '../../ledger/standings.ts';
import type { CheckoutAnswer, CheckoutPlace, PaymentState, Share, StartedPayment } from '../payment.ts';
import { lockPayment, type PaymentRow, selectHouse, selectPayment, selectShares } from '../queries.ts';
import { type Settlement, settleAttempt } from '../settle.ts';
import { chargedOf } from '../tips/tips.ts';
import { wayMinorFor } from '../way-rule.ts';
import { waysFor } from '../ways.ts';
import { type OtherAttempt, selectHolder, selectOthers } from './queries.ts';

/** What payments need beside a transaction: they talk to processors between transactions, never inside one. */
export type Till = Readonly<{ database: Database; keys: Keys; cards: Readonly<Record<string, CardGateway>> }>;

type Blocked = Extract<CheckoutAnswer, { kind: 'blocked' }>['code'];
type Look =
  | Readonly<{ kind: 'answer'; answer: CheckoutAnswer }>
  | Readonly<{ kind: 'older'; older: OtherAttempt[] }>
  | Readonly<{ kind: 'go'; payment: PaymentRow; ways: readonly PayMethod[] }>;

/** Attempts older than this are not sent again: the processor may have forgotten their key. */
const keyLifeMs = 23 * 3_600_000;

/**
 * Takes a committed attempt to its processor: a last look under lock, older checkouts for the same parts closed, then the checkout, with
 * a key that follows from the attempt. Pressed again it answers the same page. No connection is held while the processor works.
 */
export async function openCheckout(till: Till, started: StartedPayment, place: CheckoutPlace): Promise<CheckoutAnswer> {
  const way = await clearWay(till, started);
  return way.kind === 'go' ? create(till, started, way, place) : way.answer;
}

/**
 * Looks at an attempt under lock until nothing stands in its way, closing older checkouts of the same parts between the looks. `take` is
 * done in the transaction of the look that found the way clear.
 */
export async function clearWay(
  till: Till,
  started: StartedPayment,
  take: (scope: Scope, payment: PaymentRow) => Promise<void> = async () => {},
): Promise<Exclude<Look, { kind: 'older' }>> {
  crashPoint('payment.attempt-committed');
  for (let round = 0; round < 3; round += 1) {
    const look = await inSystem(till, started.business, async (scope) => {
      const seen = await lastLook(scope, till, started.attempt);
      if (seen.kind === 'go') await take(scope, seen.payment);
      return seen;
    });
    crashPoint('payment.looked');
    if (look.kind !== 'older') return look;
    for (const older of look.older) {
      if (!(await closeOlder(till, started.business, older))) return { kind: 'answer', answer: blocked('card_processor_down') };
    }
  }
  return { kind: 'answer', answer: blocked('payment_in_check') };
}

export const blocked = (code: Blocked): CheckoutAnswer => ({ kind: 'blocked', code });

/** What the payer is told about an attempt that is past its start. */
export function answerOf(state: PaymentState): CheckoutAnswer {
  if (state === 'unknown' || state === 'initiated') return { kind: 'checking' };
  return state === 'pending' || state === 'cleared' || state === 'returned' ? { kind: 'settled', state } : { kind: 'ended', state };
}

async function lastLook(scope: Scope, till: Till, attempt: string): Promise<Look> {
  const shares = await selectShares(scope, attempt);
  const invoices = await lockInvoices(scope, [...new Set(shares.map((share) => share.documentId))]);
  const payment = await lockPayment(scope, attempt);
  if (payment === undefined) return { kind: 'answer', answer: blocked('nothing_to_pay') };
  if (payment.state !== 'initiated') return { kind: 'answer', answer: answerOf(payment.state) };
  if (payment.checkout_url !== null) return { kind: 'answer', answer: { kind: 'redirect', url: payment.checkout_url } };
  const others = await selectOthers(scope, attempt);
  const refusal = refusalOf(scope, payment, others) ?? stillOpen(shares, invoices, others);
  if (refusal !== null) {
    // Nothing was sent and nothing will be: it ends here.
    await settleAttempt(scope, till.keys, attempt, { kind: 'none' });
    return { kind: 'answer', answer: blocked(refusal) };
  }
  const older = others.filter((other) => other.state === 'initiated');
  if (older.length > 0) return { kind: 'older', older };
  return { kind: 'go', payment, ways: await sameWays(scope, payment) };
}

/** The ways that cost what was shown: at the processor's page nobody changes to one that costs another amount. */
async function sameWays(scope: Scope, payment: PaymentRow): Promise<readonly PayMethod[]> {
  const house = await selectHouse(scope);
  const paying = { currency: payment.currency, amountMinor: payment.amount_minor, keepCreditMinor: payment.keep_credit_minor };
  return waysFor(house, payment.amount_minor).filter((way) => wayMinorFor(house, way, paying) === payment.way_minor);
}

/** Of two attempts at the same parts the newer one goes on. */
function refusalOf(scope: Scope, payment: PaymentRow, others: readonly OtherAttempt[]): Blocked | null {
  if (others.some((other) => other.state === 'initiated' && other.newer)) return 'payment_superseded';
  return Date.parse(payment.created_at) < scope.now.epochMilliseconds - keyLifeMs ? 'payment_superseded' : null;
}

/** Null while every part still takes its share and no part is being checked. */
function stillOpen(shares: readonly Share[], invoices: readonly LockedInvoice[], others: readonly OtherAttempt[]): Blocked | null {
  return others.some((other) => other.state === 'unknown') ? 'payment_in_check' : refusedBy(shares, invoices);
}

/** Null while every part still takes its share. */
export function refusedBy(shares: readonly Share[], invoices: readonly LockedInvoice[]): Blocked | null {
  const asked = new Map<string, bigint>();
  for (const share of shares) {
    const invoice = invoices.find(({ documentId }) => documentId === share.documentId);
    const part = invoice?.parts.find(({ partId }) => partId === share.partId);
    const total = (asked.get(share.documentId) ?? 0n) + share.amountMinor;
    asked.set(share.documentId, total);
    const refusal = invoice && part ? takes(share, total, invoice, part) : 'nothing_to_pay';
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Null while a part and its invoice take the amounts; what was given up of a bill can still be paid. */
function takes({ amountMinor }: Share, totalMinor: bigint, invoice: LockedInvoice, part: LockedInvoice['parts'][number]): Blocked | null {
  const balanceMinor = invoice.balanceMinor + invoice.writtenOffMinor;
  if (balanceMinor <= 0n) return 'nothing_to_pay';
  const openMinor = part.openMinor + part.writtenOffMinor;
  if (amountMinor > openMinor) return part.processingMinor > 0n ? 'payment_processing' : openMinor > 0n ? 'above_balance' : 'nothing_to_pay';
  if (totalMinor <= balanceMinor - invoice.processingMinor - invoice.unknownMinor) return null;
  return invoice.processingMinor > 0n ? 'payment_processing' : 'above_balance';
}

/** Closes a checkout that somebody left open, so that only one can be confirmed. False: it could not be closed, so nothing new may start. */
export async function closeOlder(till: Till, business: string, older: Pick<OtherAttempt, 'id' | 'gateway' | 'session'>): Promise<boolean> {
  const gateway = till.cards[older.gateway];
  if (!gateway) return false;
  crashPoint('payment.before-expiring-older');
  const { id: attempt } = older;
  const session = older.session ?? (await sessionOf(gateway, business, attempt));
  const closed = session === 'unknown' ? 'unknown' : session === null ? 'expired' : (await gateway.expireCheckout({ attempt, business, session })).kind;
  crashPoint('payment.older-expired');
  if (closed === 'unknown') return false;
  const outcome = closed === 'expired' ? ({ kind: 'none' } as const) : await gateway.fetchAttempt({ attempt, business, session });
  if (outcome.kind === 'unknown') return false;
  await inSystem(till, business, (scope) => settleAttempt(scope, till.keys, attempt, outcome));
  crashPoint('payment.older-settled');
  return true;
}

/** The checkout of an attempt whose answer was lost; null: the processor never heard of it. */
async function sessionOf(gateway: CardGateway, business: string, attempt: string): Promise<string | null | 'unknown'> {
  const found = await gateway.fetchAttempt({ attempt, business, session: null });
  if (found.kind === 'none') return null;
  return found.kind === 'open' ? found.session : 'unknown';
}

async function create(till: Till, started: StartedPayment, { payment, ways }: Extract<Look, { kind: 'go' }>, place: CheckoutPlace): Promise<CheckoutAnswer> {
  const gateway = till.cards[payment.gateway ?? ''];
  if (!gateway) return blocked('card_processor_down');
  const chosen = payment.method as PayMethod;
  crashPoint('payment.before-checkout');
  const outcome = await gateway.createCheckout({
    ...place,
    attempt: payment.id,
    business: started.business,
    amountMinor: chargedOf(payment),
    currency: payment.currency,
    methods: [chosen, ...ways.filter((way) => way !== chosen)],
    idempotencyKey: `attempt-${payment.id}`,
  });
  crashPoint('payment.after-checkout');
  return store(till, started, gateway, outcome);
}

async function store(till: Till, { business, attempt }: StartedPayment, gateway: CardGateway, outcome: CheckoutOutcome): Promise<CheckoutAnswer> {
  crashPoint('payment.before-storing-checkout');
  if (outcome.kind === 'refused') log.error('checkout refused by the processor', { attempt, reason: outcome.reason });
  const said = outcome.kind === 'refused' ? ({ kind: 'turned_down', reason: 'other' } as const) : outcome;
  const settled = await inSystem(till, business, (scope) => settleAttempt(scope, till.keys, attempt, said));
  crashPoint('payment.checkout-stored');
  if (outcome.kind === 'refused') return blocked('card_processor_down');
  if (settled.kind === 'foreign' || settled.kind === 'mismatch') return blocked('payment_in_check');
  if (settled.state === 'initiated' && outcome.kind === 'open') return { kind: 'redirect', url: outcome.url };
  if (outcome.kind === 'open' && settled.kind === 'illegal' && (settled.state === 'expired' || settled.state === 'failed')) {
    // A newer attempt ended this one while its checkout was being made: nobody was sent there, and nobody will be.
    await gateway.expireCheckout({ attempt, business, session: outcome.session });
    return blocked('payment_superseded');
  }
  return answerOf(settled.state);
}

/** One short transaction of the system, in the name of nobody. */
export function inSystem<T>(till: Till, business: string, work: (scope: Scope) => Promise<T>): Promise<T> {
  return inTransaction(till.database, { role: 'system', business, actor: systemActor }, work);
}

/** Well past the longest a processor is waited for. */
const landsWithinMinutes = 5;

function sentLately(till: Till, payment: PaymentRow, business: string): Promise<boolean> {
  if (payment.saved_method_id === null) return Promise.resolve(false);
  return inSystem(till, business, async (scope) => scope.now.since(Temporal.Instant.from(payment.created_at)).total('minutes') < landsWithinMinutes);
}

/** Asks the processor what became of an attempt and settles it. A silent processor changes nothing but, with `mark`, the attempt's state to unknown. */
export async function askProcessor(till: Till, business: string, attempt: string, mark = false): Promise<Settlement | null> {
  const [payment, holder] = await inSystem(till, business, async (scope) => [await selectPayment(scope, attempt), await selectHolder(scope, attempt)] as const);
  const gateway = till.cards[payment?.gateway ?? ''];
  if (!payment || !gateway) return null;
  crashPoint('payment.before-asking');
  const outcome = await gateway.fetchAttempt({ attempt, business, session: payment.gateway_session, holder });
  crashPoint('payment.after-asking');
  if (outcome.kind === 'unknown' && !mark) return null;
  // Our own row says the processor knows it: "never heard of it" is then no truth to act on.
  if (outcome.kind === 'none' && payment.gateway_session !== null) return null;
  // A charge that was sent may still be on its way there.
  if (outcome.kind === 'none' && payment.state === 'unknown' && (await sentLately(till, payment, business))) return null;
  const settled = await inSystem(till, business, (scope) => settleAttempt(scope, till.keys, attempt, outcome));
  crashPoint('payment.settled');
  return settled;
}
