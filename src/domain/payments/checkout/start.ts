import { daysBetween, todayIn } from '../../../core/calendar.ts';
import { dueAfter, openSince } from '../../../core/installments.ts';
import { exponentOf } from '../../../core/money.ts';
import { Refusal } from '../../../core/refusal.ts';
import { announcedGraceDays } from '../../../core/settlement.ts';
import type { Scope } from '../../../db/scope.ts';
import { mustNotBeClosing } from '../../businesses/closing.ts';
import { recordEvents } from '../../events/events.ts';
import { told } from '../news.ts';
import type { Share, StartedPayment, StartPayment, Target } from '../payment.ts';
import { mustBeCustomer } from '../policy.ts';
import { type House, insertPayment, insertShares, selectHouse } from '../queries.ts';
import { usableMethod } from '../saved/methods.ts';
import { checkAmount, sharesOf, sumOf } from '../shares.ts';
import { selectBeside } from '../tips/queries.ts';
import { mustTakeTip } from '../tips/tips.ts';
import { wayMinorFor } from '../way-rule.ts';
import { waysFor } from '../ways.ts';
import { type PayablePart, selectOwnShares, selectPayable } from './queries.ts';

/**
 * Writes down what a payer is about to pay, before any processor hears of it. Commit, then hand the answer to `openCheckout`. The same
 * id again is the same attempt. Refuses what is not theirs (`not_found`, `not_allowed`), `no_card_processor`, `method_unavailable`, `currency_mismatch`,
 * `nothing_to_pay`, `payment_processing`, `payment_in_check`, `above_balance`, `part_payment_off`, `below_floor`, `tip_not_offered`, `tip_too_large`,
 * `charge_changed`.
 */
export async function startPayment(scope: Scope, input: StartPayment): Promise<StartedPayment> {
  mustBeCustomer(scope);
  const keepCreditMinor = input.keepCreditMinor ?? 0n;
  const amountMinor = sumOf(input.targets) + keepCreditMinor;
  const tipMinor = input.tipMinor ?? 0n;
  checkAmount(amountMinor);
  checkAmount(amountMinor + tipMinor);
  exponentOf(input.currency);
  if (keepCreditMinor < 0n || input.targets.length === 0 || input.targets.length > 100) throw new Refusal('invalid_input', { field: 'targets' });
  const house = await selectHouse(scope);
  await mustNotBeClosing(scope);
  if (house.gateway === null) throw new Refusal('no_card_processor');
  const saved = input.savedMethodId ? await usableMethod(scope, input.savedMethodId, input.customerId) : null;
  if (saved !== null && saved.gateway !== house.gateway) throw new Refusal('not_found', { field: 'method' });
  const method = saved?.method ?? input.method;
  if (!waysFor(house, amountMinor).includes(method)) throw new Refusal('method_unavailable', { field: 'method' });
  const started = { business: scope.business, attempt: input.id };
  if (await pressedBefore(scope, input)) return started;
  const parts = Map.groupBy(
    await selectPayable(
      scope,
      input.targets.map((target) => target.documentId),
    ),
    (part) => part.documentId,
  );
  if (keepCreditMinor > 0n && ![...parts.values()].flat().every((part) => part.whole && part.mayPay)) throw new Refusal('not_allowed');
  const startedOn = todayIn(house.time_zone, scope.now);
  const asked = input.targets.map((target) => sharesFor(input, target, parts.get(target.documentId) ?? [], startedOn));
  if (asked.some((each) => each.partial)) checkPartial(house, amountMinor, asked);
  const shares = asked.flatMap((each) => each.shares);
  const [only, ...more] = input.targets;
  const { id, customerId, personId, currency } = input;
  await judgeTip(scope, { ...input, tipMinor, amountMinor }, asked);
  const wayMinor = asShown(input, wayMinorFor(house, method, { currency, amountMinor, keepCreditMinor }));
  checkAmount(amountMinor + tipMinor + wayMinor);
  const added = await insertPayment(scope, {
    id,
    customerId,
    personId,
    method,
    state: 'initiated',
    amountMinor,
    tipMinor,
    wayMinor,
    currency,
    startedOn,
    keepCreditMinor,
    gateway: house.gateway,
    documentId: more.length === 0 ? (only?.documentId ?? null) : null,
    savedMethodId: saved?.id ?? null,
  });
  if (!added) {
    if (await pressedBefore(scope, input)) return started;
    throw new Refusal('id_taken', { field: 'id' });
  }
  await insertShares(scope, id, shares, { state: 'initiated', method, day: startedOn });
  await recordEvents(scope, told('payment.started', { id, customerId, method, amountMinor, currency }, shares, [], {}, false));
  return started;
}

/** What was shown is what is charged (decision 0140). */
function asShown({ wayMinor: shownMinor }: StartPayment, wayMinor: bigint): bigint {
  if (shownMinor !== undefined && shownMinor !== wayMinor) throw new Refusal('charge_changed');
  return wayMinor;
}

/** A tip comes with the whole of one bill or not at all. */
async function judgeTip(scope: Scope, input: StartPayment & { tipMinor: bigint; amountMinor: bigint }, asked: readonly Asked[]): Promise<void> {
  const { customerId, targets, amountMinor, tipMinor } = input;
  const [only, ...more] = targets;
  if (tipMinor === 0n || only === undefined) return;
  const settles = more.length === 0 && amountMinor === only.amountMinor && asked.every((each) => each.settles);
  await mustTakeTip(scope, { customerId, documentId: only.documentId, amountMinor, tipMinor, settles });
}

/** True when this very form was sent before; an id that means anything else is refused. */
async function pressedBefore(scope: Scope, input: StartPayment): Promise<boolean> {
  const known = await selectOwnShares(scope, input.id);
  if (known.length === 0) return false;
  const wanted = new Map(input.targets.map((target) => [target.documentId, target.amountMinor]));
  const same = known.length === wanted.size && known.every((share) => wanted.get(share.documentId) === share.amountMinor);
  const beside = await selectBeside(scope, input.id);
  const charged = beside.tipMinor === (input.tipMinor ?? 0n) && (input.wayMinor === undefined || beside.wayMinor === input.wayMinor);
  if (!same || !charged) throw new Refusal('id_taken', { field: 'id' });
  return true;
}

/** `settles`: it leaves nothing of the whole invoice to pay. */
type Asked = { shares: Share[]; partial: boolean; settles: boolean; payableMinor: bigint };

function sharesFor(input: StartPayment, target: Target, seen: readonly PayablePart[], today: string): Asked {
  const [first] = seen;
  if (first === undefined || first.customerId !== input.customerId) throw new Refusal('not_found');
  checkChosen(target, seen);
  const own = seen.filter((part) => part.mayPay);
  if (own.length === 0) throw new Refusal('not_allowed');
  if (own.some((part) => part.currency !== input.currency)) throw new Refusal('currency_mismatch', { field: 'currency' });
  const meant = own.filter((part) => target.parts === undefined || target.parts.some((chosen) => chosen.partId === part.partId));
  if (meant.some((part) => part.checking)) throw new Refusal('payment_in_check');
  if (target.amountMinor < 1n) throw new Refusal('amount_too_small', { field: 'amountMinor' });
  const wholeMinor = seen.reduce((total, part) => total + part.openMinor, 0n) - first.heldBackMinor;
  const payableMinor = payableOf(meant, first.whole ? wholeMinor : null);
  if (target.amountMinor > payableMinor) refuseAbove(target.amountMinor, payableMinor, moving(meant));
  if (earns(first, wholeMinor, moving(seen), first.startedOn)) throw new Refusal('payment_processing', { field: 'amountMinor' });
  const earned = earns(first, wholeMinor - target.amountMinor, target.amountMinor, today);
  const enoughMinor = earned ? target.amountMinor : wholeMinor - notNow(first, wholeMinor, today);
  const settles = first.whole && target.parts === undefined && (earned || target.amountMinor >= wholeMinor);
  const partial = !first.whole || target.amountMinor < enoughMinor;
  return { shares: sharesOf(target, own), partial, settles, payableMinor: lesser(payableMinor, enoughMinor) };
}

/** What of an invoice is in question, due later or announced: paying all the rest is no part payment. */
function notNow(on: PayablePart, wholeMinor: bigint, today: string): bigint {
  const believed = on.announcedFor === null || daysBetween(on.announcedFor, today) <= announcedGraceDays;
  // The next installment is enough before its day: each can be paid early.
  const rows = on.installments ?? [];
  const next = openSince(rows, wholeMinor);
  const laterMinor = dueAfter(rows, next !== null && next > today ? next : today);
  return lesser(on.inQuestionMinor + laterMinor + (believed ? on.announcedMinor : 0n), wholeMinor > 0n ? wholeMinor : 0n);
}

/** Money started on a day in time for the discount, which leaves no more than it: that pays the whole. */
function earns(on: PayablePart, leftMinor: bigint, movingMinor: bigint, startedOn: string | null): boolean {
  if (on.earlyMinor === 0n || movingMinor === 0n || startedOn === null || on.earlyUntil === null) return false;
  return leftMinor <= on.earlyMinor && daysBetween(startedOn, on.earlyUntil) >= 0;
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function checkChosen(target: Target, seen: readonly PayablePart[]): void {
  for (const chosen of target.parts ?? []) {
    const part = seen.find(({ partId }) => partId === chosen.partId);
    if (!part?.mayPay) throw new Refusal(part ? 'not_allowed' : 'not_found', { field: 'parts' });
  }
}

/** What the parts are open for, and never more than the whole is: credit lines of other parts lower it. */
function payableOf(meant: readonly PayablePart[], wholeMinor: bigint | null): bigint {
  const openMinor = positive(meant);
  if (wholeMinor === null || wholeMinor >= openMinor) return openMinor;
  return wholeMinor > 0n ? wholeMinor : 0n;
}

function refuseAbove(amountMinor: bigint, payableMinor: bigint, movingMinor: bigint): never {
  const details = { field: 'amountMinor', payableMinor };
  if (payableMinor > 0n && amountMinor > payableMinor + movingMinor) throw new Refusal('above_balance', details);
  if (movingMinor > 0n) throw new Refusal('payment_processing', details);
  throw new Refusal(payableMinor > 0n ? 'above_balance' : 'nothing_to_pay', details);
}

const positive = (parts: readonly PayablePart[]): bigint => parts.reduce((total, part) => total + (part.openMinor > 0n ? part.openMinor : 0n), 0n);
const moving = (parts: readonly PayablePart[]): bigint => parts.reduce((total, part) => total + part.movingMinor, 0n);

/** A part only where the business takes parts, and none so small that it costs more than it brings, unless nothing more is open. */
function checkPartial(house: House, amountMinor: bigint, asked: readonly Asked[]): void {
  if (!house.part_payment) throw new Refusal('part_payment_off', { field: 'amountMinor' });
  const payableMinor = asked.reduce((total, each) => total + each.payableMinor, 0n);
  const floorMinor = house.payment_floor_minor < payableMinor ? house.payment_floor_minor : payableMinor;
  if (amountMinor < floorMinor) throw new Refusal('below_floor', { field: 'amountMinor', floorMinor });
}
