import { daysBetween, todayIn } from '../../../core/calendar.ts';
import type { InstallmentStanding } from '../../../core/installments.ts';
import { Refusal } from '../../../core/refusal.ts';
import { announcedGraceDays, type SettlementFacts, settle } from '../../../core/settlement.ts';
import type { WayRule } from '../../../core/way-fee.ts';
import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { Purpose } from '../../invoices/invoice.ts';
import type { Method } from '../payment.ts';
import { fromStored } from '../stored.ts';
import type { TipRules } from '../tips/tips.ts';
import { ruleFor, type StoredRule } from '../way-rule.ts';
import type { Ways } from '../ways.ts';
import { billsQuery, payPageQuery } from './queries.ts';

const some = (text: string): string | null => (text === '' ? null : text);

/** What the pay page shows and the form may ask for. Amounts in minor units of `currency`. */
export type PayFacts = Readonly<{
  number: string;
  currency: string;
  customerId: string;
  dueOn: string;
  today: string;
  businessName: string;
  homeCurrency: string;
  /** null: no processor, customers see how to pay instead. */
  gateway: string | null;
  howToPay: string | null;
  /** Parts of an amount are taken, from the floor on. */
  partPayment: boolean;
  floorMinor: bigint;
  ways: Ways;
  /** False: the payer sees some of its properties only. */
  whole: boolean;
  mayPay: boolean;
  /** The most this payer may pay now: what pays the whole while paying early costs less. */
  payableMinor: bigint;
  /** Until when the whole costs less, and what it would cost afterwards; null: no such offer (now). */
  early: Readonly<{ untilOn: string; insteadMinor: bigint }> | null;
  purpose: Purpose;
  processingMinor: bigint;
  checking: boolean;
  inQuestionMinor: bigint;
  /** Of what may be paid: announced, and not due yet. */
  announcedMinor: bigint;
  dueLaterMinor: bigint;
  /** What it is paid in, and what paying now comes to of it; null: paid as one, or seen in part. */
  installments: readonly InstallmentStanding[] | null;
  nextMinor: bigint | null;
  /** How a tip may be given with the whole; null: it is not offered here (rule 42). */
  tips: TipRules | null;
  /** What paying by card costs more, or by bank account less; null: every way costs the same (rule 43). */
  wayRule: WayRule | null;
  returned: boolean;
  parts: readonly Readonly<{ partId: string; propertyId: string | null; title: string; openMinor: bigint; movingMinor: bigint; mayPay: boolean }>[];
  announced: readonly Readonly<{ id: string; personId: string | null; method: Method; alreadyPaid: boolean; amountMinor: bigint; expectedOn: string }>[];
}>;

type House = Readonly<{
  name: string;
  timeZone: string;
  currency: string;
  gateway: string | null;
  partPayment: boolean;
  floorMinor: bigint;
  howToPay: string;
  ways: Ways;
  tips: TipRules | null;
  wayRule: StoredRule;
}>;
type BillJson = Readonly<{
  number: string;
  currency: string;
  customerId: string;
  dueOn: string;
  /** Asked where one bill is paid. */
  residential?: boolean;
  standing:
    | (Readonly<{
        balanceMinor: bigint;
        processingMinor: bigint;
        unknownMinor: bigint;
        inQuestionMinor: bigint;
        heldBackMinor: bigint;
        returned: boolean;
        purpose: Purpose;
        canceled: boolean;
        closed: boolean;
      }> &
        Pick<
          SettlementFacts,
          'totalMinor' | 'creditedMinor' | 'paidMinor' | 'announcedMinor' | 'installments' | 'dueOn' | 'startedOn' | 'earlyMinor' | 'earlyUntil'
        >)
    | null;
  /** `inQuestionMinor`: of the part, or of the whole. */
  parts: readonly (PayFacts['parts'][number] & { checking: boolean; inQuestionMinor: bigint })[];
  announced: PayFacts['announced'];
}>;
type Frame = Readonly<{ now: string; house: House }>;

export function payFactsQuery(business: string, documentId: string): Compiled {
  return payPageQuery({ business, document: documentId });
}

/** The same within a scope. Refuses `not_found`. */
export async function readPayFacts(scope: Scope, documentId: string): Promise<PayFacts> {
  return payFactsOf(await firstText(scope, payPageQuery({ business: scope.business, document: documentId })));
}

/** What the query's text says. The most that may be paid follows the same rule as `startPayment`. Refuses `not_found`. */
export function payFactsOf(json: string | null): PayFacts {
  if (json === null) throw new Refusal('not_found');
  const { now, house, ...bill } = fromStored<Frame & BillJson>(json);
  return factsOf(bill, { now, house });
}

function factsOf({ standing, parts, announced, residential, ...head }: BillJson, { now, house }: Frame): PayFacts {
  const own = parts.filter((part) => part.mayPay);
  const checking = own.some((part) => part.checking);
  const openMinor = own.reduce((total, part) => total + (part.openMinor > 0n ? part.openMinor : 0n), 0n);
  const wholeMinor = standing === null ? openMinor : standing.balanceMinor - standing.processingMinor - standing.unknownMinor - standing.heldBackMinor;
  const lowest = wholeMinor < openMinor ? wholeMinor : openMinor;
  const today = todayIn(house.timeZone, now);
  const stands = standing && settle({ ...standing, state: 'issued', today, replacedBy: null, returnedSinceLastAct: standing.returned });
  // Money that earns the discount is on its way: nothing more is asked for meanwhile.
  const covered = stands !== null && stands.status === 'processing';
  const early = stands?.early && own.length === parts.length && stands.early.payMinor < lowest ? stands.early : null;
  return {
    ...head,
    today,
    early: early && { untilOn: early.untilOn, insteadMinor: lowest },
    purpose: standing?.purpose ?? 'bill',
    ...{ businessName: house.name, homeCurrency: house.currency, gateway: house.gateway, partPayment: house.partPayment, floorMinor: house.floorMinor },
    ways: house.ways,
    howToPay: some(house.howToPay),
    whole: standing !== null,
    mayPay: own.length > 0,
    payableMinor: checking || covered || lowest < 0n ? 0n : (early?.payMinor ?? lowest),
    processingMinor: own.reduce((total, part) => total + part.movingMinor, 0n),
    checking,
    inQuestionMinor: standing?.inQuestionMinor ?? 0n,
    announcedMinor: stands ? stands.onItsWayMinor - lesser(stands.balanceMinor, standing.processingMinor + standing.unknownMinor) : 0n,
    dueLaterMinor: stands?.dueLaterMinor ?? 0n,
    installments: own.length === parts.length ? (stands?.installments ?? null) : null,
    nextMinor: own.length === parts.length && !checking && !covered ? (stands?.nextMinor ?? null) : null,
    tips: tipsFor(house, standing, residential, own.length === parts.length),
    wayRule: ruleFor(house.wayRule, house.currency, head.currency),
    returned: standing?.returned ?? false,
    parts,
    announced: announced.filter((each) => daysBetween(each.expectedOn, today) <= announcedGraceDays),
  };
}

/** With the whole of a household's bill: a deposit is money held, and a late fee no work done. */
function tipsFor({ tips }: House, standing: BillJson['standing'], residential: boolean | undefined, whole: boolean): TipRules | null {
  return residential === true && whole && standing?.purpose === 'bill' ? tips : null;
}

/** One of several bills a person may pay. `only`: of a bill over several properties this part alone, by its title. */
export type Bill = PayFacts & Readonly<{ documentId: string; only: string | null }>;

/** Every bill a signed-in person could pay, oldest due first. `more`: there are others beyond these. */
export type Bills = Readonly<{
  bills: readonly Bill[];
  more: boolean;
  accounts: readonly Readonly<{ id: string; name: string }>[];
  credits: readonly Credit[];
  house: House;
}>;

/** Money of an account that is on no bill; seen by who sees the whole account. */
export type Credit = Readonly<{ customerId: string; currency: string; creditMinor: bigint }>;

/** The most bills one payment can be for. */
export const mostBills = 100;

/** The query of the signed-in pay page; `ids` null: all that is open. `propertyId`: only what is for work there. */
export function billsQueryOf(business: string, ids: readonly string[] | null, propertyId: string | null = null): Compiled {
  return billsQuery({ business, ids: ids === null ? null : `{${ids.join(',')}}`, property: propertyId, limit: mostBills + 1 });
}

/** The same within a scope. */
export async function readBills(scope: Scope, ids: readonly string[] | null, propertyId: string | null = null): Promise<Bills> {
  return billsOf(await firstText(scope, billsQueryOf(scope.business, ids, propertyId)), propertyId);
}

/** What its text says. With a property, of bills over several only the part that is for it (rule 30): none where parts are not taken. */
export function billsOf(json: string | null, propertyId: string | null = null): Bills {
  if (json === null) throw new Refusal('not_found');
  const { bills, accounts, credits, ...frame } = fromStored<Frame & Pick<Bills, 'accounts' | 'credits'> & { bills: (BillJson & { documentId: string })[] }>(
    json,
  );
  const read = bills.slice(0, mostBills).flatMap(({ documentId, ...bill }): Bill[] => {
    const at = propertyId === null ? bill.parts : bill.parts.filter((part) => part.propertyId === propertyId);
    if (at.length === bill.parts.length) return [{ ...factsOf(bill, frame), documentId, only: null }];
    return frame.house.partPayment ? [{ ...partFacts(bill, at, frame), documentId }] : [];
  });
  return { bills: read, more: bills.length > mostBills, accounts, credits, house: frame.house };
}

/** Some parts of a bill as if they were the bill. What the whole does not take, a part of it does not take either. */
function partFacts(bill: BillJson, parts: BillJson['parts'], frame: Frame): PayFacts & { only: string | null } {
  const whole = factsOf(bill, frame);
  const facts = factsOf({ ...bill, standing: null, parts, announced: [] }, frame);
  const mostMinor = whole.early ? whole.early.insteadMinor : whole.payableMinor;
  const payableMinor = lesser(facts.payableMinor, mostMinor);
  const inQuestionMinor = lesser(
    parts.reduce((total, part) => total + part.inQuestionMinor, 0n),
    payableMinor,
  );
  return { ...facts, purpose: whole.purpose, payableMinor, inQuestionMinor, only: parts[0]?.title ?? '' };
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
