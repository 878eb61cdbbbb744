import { type Address, addressLines } from '../../../core/address.ts';
import { daysBetween, todayIn } from '../../../core/calendar.ts';
import { isLocale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import { announcedGraceDays, type SettlementFacts, settle } from '../../../core/settlement.ts';
import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { ReceiptFacts } from '../../../outgoing/receipt-facts.ts';
import type { Purpose } from '../../invoices/invoice.ts';
import type { Method, PaymentState } from '../payment.ts';
import { fromStored } from '../stored.ts';
import { attemptQuery, payPageQuery, receiptQuery } from './queries.ts';

type ShareJson = Readonly<{
  documentId: string;
  number: string;
  currency: string;
  state: PaymentState;
  method: Method;
  methodLabel: string;
  day: string;
  receiptNumber: string | null;
  amountMinor: bigint;
  appliedMinor: bigint | null;
  leftMinor: bigint;
  wholeLeftMinor: bigint | null;
  purpose: Purpose | null;
}>;
type ReceiptJson = Readonly<{
  business: Readonly<
    Record<'slug' | 'name' | 'timeZone' | 'currency' | 'country' | 'phone' | 'email' | 'website' | 'hours' | 'licenseLine' | 'brandColor', string>
  > &
    Readonly<{ logo: string | null; address: Partial<Address> }>;
  payment: Readonly<{
    method: Method;
    methodLabel: string;
    reference: string;
    state: PaymentState;
    currency: string;
    amountMinor: bigint;
    creditMinor: bigint;
    startedOn: string;
    receivedOn: string | null;
    clearedOn: string | null;
    endedAt: string | null;
    receiptNumber: string | null;
    failure: string;
    personName: string | null;
    language: string | null;
  }> | null;
  shares: readonly ShareJson[];
}>;

/** Everything a receipt shows, as a query for `readPage`. */
export function receiptFactsQuery(business: string, paymentId: string): Compiled {
  return receiptQuery({ business, payment: paymentId });
}

/** The same within a scope. Refuses `not_found`, also while nothing was paid yet. */
export async function readReceipt(scope: Scope, paymentId: string): Promise<ReceiptFacts> {
  return receiptOf(await firstText(scope, receiptQuery({ business: scope.business, payment: paymentId })));
}

const receiptStates = ['pending', 'cleared', 'returned', 'refunded', 'reversed'] as const satisfies readonly PaymentState[];
const some = (text: string): string | null => (text === '' ? null : text);

/** What the query's text says. Somebody of some parts sees what went on these, and nothing of the rest. Refuses `not_found`. */
export function receiptOf(json: string | null): ReceiptFacts {
  const found = json === null ? null : fromStored<ReceiptJson>(json);
  const first = found?.shares[0];
  if (!found || (!found.payment && !first)) throw new Refusal('not_found');
  const { business, payment, shares } = found;
  const state = receiptStates.find((each) => each === (payment?.state ?? first?.state));
  if (state === undefined) throw new Refusal('not_found');
  const paidFor = paidForOf(shares, payment !== null);
  const sharesMinor = shares.reduce((total, share) => total + share.amountMinor, 0n);
  const paidMinor = paidFor.reduce((total, each) => total + each.amountMinor, 0n);
  const amountMinor = payment?.amountMinor ?? paidMinor;
  const creditMinor = payment === null ? 0n : payment.creditMinor + (sharesMinor - paidMinor);
  const language = payment?.language ?? 'en';
  const label = payment?.methodLabel || first?.methodLabel || payment?.reference || '';
  return {
    business: headOf(business),
    ...(payment ? ofPayment(payment, state) : ofShare(first)),
    reference: some(label),
    state,
    stateOn: payment?.endedAt ? todayIn(business.timeZone, payment.endedAt) : null,
    paidBy: payment?.personName ?? '',
    language: isLocale(language) ? language : 'en',
    homeCurrency: business.currency,
    amountMinor,
    paidFor,
    creditMinor,
    leftMinor: paidFor.reduce((total, each) => total + each.leftMinor, 0n),
  };
}

function headOf(business: ReceiptJson['business']): ReceiptFacts['business'] {
  return {
    ...{ slug: business.slug, name: business.name, logo: business.logo, brandColor: business.brandColor, country: business.country },
    ...{ phone: some(business.phone), email: some(business.email), website: some(business.website), hours: some(business.hours) },
    ...{ addressLines: linesOf(business.address), licenseLine: some(business.licenseLine), howToPay: null, greeting: null },
  };
}

type Named = Pick<ReceiptFacts, 'number' | 'day' | 'method' | 'currency'>;

function ofPayment(payment: NonNullable<ReceiptJson['payment']>, state: PaymentState): Named {
  const arrivedOn = state === 'pending' ? null : (payment.receivedOn ?? payment.clearedOn);
  return { number: payment.receiptNumber ?? '', day: arrivedOn ?? payment.startedOn, method: payment.method, currency: payment.currency };
}

function ofShare(share: ShareJson | undefined): Named {
  return { number: share?.receiptNumber ?? '', day: share?.day ?? '', method: share?.method ?? 'other', currency: share?.currency ?? '' };
}

function linesOf(address: Partial<Address>): string[] {
  return addressLines({ street: '', unit: '', city: '', region: '', postalCode: '', country: '', ...address });
}

function paidForOf(shares: readonly ShareJson[], whole: boolean): ReceiptFacts['paidFor'] {
  return [...Map.groupBy(shares, (share) => share.documentId)].map(([documentId, group]) => {
    const [first] = group;
    const leftMinor = whole && first?.wholeLeftMinor != null ? first.wholeLeftMinor : group.reduce((total, share) => total + share.leftMinor, 0n);
    const amountMinor = group.reduce((total, share) => total + (share.appliedMinor ?? share.amountMinor), 0n);
    return { documentId, number: first?.number ?? '', purpose: first?.purpose ?? 'bill', amountMinor, leftMinor };
  });
}

/** Where an attempt stands, for the page its payer came back to. */
export type AttemptView = Readonly<{
  id: string;
  state: PaymentState;
  method: Method;
  amountMinor: bigint;
  currency: string;
  /** Why the last try did not go through: a `FailureReason`, or ''. */
  failure: string;
  receiptNumber: string | null;
  startedOn: string;
  documentIds: readonly string[];
}>;

export function attemptViewQuery(business: string, attempt: string): Compiled {
  return attemptQuery({ business, payment: attempt });
}

/** Refuses `not_found`. */
export function attemptViewOf(json: string | null): AttemptView {
  if (json === null) throw new Refusal('not_found');
  return fromStored<AttemptView>(json);
}

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
  returned: boolean;
  parts: readonly Readonly<{ partId: string; propertyId: string | null; title: string; openMinor: bigint; movingMinor: bigint; mayPay: boolean }>[];
  announced: readonly Readonly<{ id: string; personId: string | null; method: Method; alreadyPaid: boolean; amountMinor: bigint; expectedOn: string }>[];
}>;

type PayJson = Readonly<{
  now: string;
  number: string;
  currency: string;
  customerId: string;
  dueOn: string;
  house: Readonly<{ name: string; timeZone: string; currency: string; gateway: string | null; partPayment: boolean; floorMinor: bigint; howToPay: string }>;
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
          'totalMinor' | 'creditedMinor' | 'paidMinor' | 'announcedMinor' | 'dueLaterMinor' | 'dueOn' | 'startedOn' | 'earlyMinor' | 'earlyUntil'
        >)
    | null;
  parts: readonly (PayFacts['parts'][number] & { checking: boolean })[];
  announced: PayFacts['announced'];
}>;

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
  const { house, standing, parts, announced, now, ...head } = fromStored<PayJson>(json);
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
    howToPay: some(house.howToPay),
    whole: standing !== null,
    mayPay: own.length > 0,
    payableMinor: checking || covered || lowest < 0n ? 0n : (early?.payMinor ?? lowest),
    processingMinor: own.reduce((total, part) => total + part.movingMinor, 0n),
    checking,
    inQuestionMinor: standing?.inQuestionMinor ?? 0n,
    returned: standing?.returned ?? false,
    parts,
    announced: announced.filter((each) => daysBetween(each.expectedOn, today) <= announcedGraceDays),
  };
}
