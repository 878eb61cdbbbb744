import { type Address, addressLines } from '../../../core/address.ts';
import { todayIn } from '../../../core/calendar.ts';
import { isLocale } from '../../../core/locale.ts';
import { Refusal } from '../../../core/refusal.ts';
import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { ReceiptFacts } from '../../../outgoing/receipt-facts.ts';
import type { Purpose } from '../../invoices/invoice.ts';
import type { Method, PaymentState } from '../payment.ts';
import { fromStored } from '../stored.ts';
import { attemptQuery, receiptQuery } from './queries.ts';

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
    tipMinor: bigint;
    wayMinor: bigint;
    /** Given back of what stands beside the amount. */
    besideRefundedMinor: bigint;
    creditMinor: bigint;
    backMinor: bigint;
    refundedMinor: bigint;
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

const receiptStates = ['pending', 'cleared', 'returned', 'refunded', 'reversed', 'disputed'] as const satisfies readonly PaymentState[];
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
  const tipMinor = payment?.tipMinor ?? 0n;
  const wayMinor = payment?.wayMinor ?? 0n;
  const amountMinor = payment === null ? paidMinor : payment.amountMinor + tipMinor + wayMinor;
  const creditMinor = payment === null ? 0n : creditOf(payment, paidMinor, sharesMinor);
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
    tipMinor,
    wayMinor,
    paidFor,
    creditMinor,
    refundedMinor: payment === null ? 0n : payment.refundedMinor + payment.besideRefundedMinor,
    leftMinor: paidFor.reduce((total, each) => total + each.leftMinor, 0n),
  };
}

/** Of money that is here: what is neither on an invoice nor went back. Before that, what is meant to be kept. */
function creditOf(payment: NonNullable<ReceiptJson['payment']>, paidMinor: bigint, sharesMinor: bigint): bigint {
  const here = payment.state === 'cleared' || payment.state === 'refunded' || payment.state === 'disputed';
  return here ? payment.amountMinor - payment.backMinor - paidMinor : payment.creditMinor + (sharesMinor - paidMinor);
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
