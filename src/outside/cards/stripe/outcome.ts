import type { Stripe } from 'stripe';
import type { AttemptOutcome, FailureReason, PayMethod } from '../../../core/gateways.ts';
import { ourAmount } from './amounts.ts';

export type Known = Exclude<AttemptOutcome, { kind: 'none' | 'unknown' }>;

const idOf = (of: string | { id: string } | null | undefined): string | null => (typeof of === 'string' ? of : (of?.id ?? null));
const whole = <T extends object>(of: string | T | null | undefined): T | null => (typeof of === 'object' && of !== null ? of : null);

/** What to fetch along with a session, so that one request tells the whole truth. */
export const expanded = ['payment_intent.latest_charge'];

/** What a session with its payment means for the attempt it was opened for. `null`: it is fetched without what is needed to say. */
export function outcomeOfSession(session: Stripe.Checkout.Session): Known | null {
  const intent = whole<Stripe.PaymentIntent>(session.payment_intent);
  if (intent === null && session.payment_intent !== null) return null;
  const paid = intent === null ? null : outcomeOfIntent(intent);
  // A charge that went through counts whatever became of the page it was made on.
  if (paid !== null && paid.kind !== 'failed' && intent?.latest_charge) return paid;
  if (session.status === 'expired') return { kind: 'expired', session: session.id };
  if (session.status === 'open') return intent?.last_payment_error ? paid : { kind: 'open', session: session.id, url: session.url };
  return paid;
}

/** What a payment with its last charge says of itself. */
export function outcomeOfIntent(intent: Stripe.PaymentIntent): Known | null {
  const charge = whole<Stripe.Charge>(intent.latest_charge);
  const paid = charge === null ? null : outcomeOfCharge(charge);
  if (paid !== null && paid.kind !== 'failed') return paid;
  if (intent.status === 'canceled') return { kind: 'failed', failure: 'canceled', reference: intent.id };
  if (intent.status === 'requires_payment_method') return failed(intent, paid?.method);
  if (intent.status === 'succeeded') return null;
  // On its way: the bank works on it, or the payer still has to confirm two small deposits.
  return { kind: 'processing', ...moneyOf(intent.amount, intent.currency), method: methodOfIntent(intent), reference: intent.id };
}

/** What one charge says. A bank debit that comes back after it had cleared stands there as disputed, and is not to be won. */
export function outcomeOfCharge(charge: Stripe.Charge): Known | null {
  const method = methodOf(charge.payment_method_details?.type);
  const reference = idOf(charge.payment_intent) ?? charge.id;
  const label = labelOf(charge.payment_method_details);
  const settled = { ...moneyOf(charge.amount, charge.currency), method, reference, ...(label === '' ? {} : { label }) };
  if (charge.status === 'pending') return { kind: 'processing', ...settled };
  if (charge.status === 'failed') return { kind: 'failed', failure: failureOf(method, charge.failure_code, charge.outcome?.reason ?? null), method, reference };
  // Held back for a later capture: nothing we ask for, so nothing we settle.
  if (!charge.captured) return null;
  if (charge.disputed && method === 'bank') return { kind: 'returned', failure: 'returned_by_bank', ...settled };
  return { kind: 'succeeded', ...settled };
}

/** `charged`: what its last charge was of, should the error not say. */
function failed(intent: Stripe.PaymentIntent, charged: PayMethod | undefined): Known {
  const error = intent.last_payment_error;
  const method = error?.payment_method ? methodOf(error.payment_method.type) : (charged ?? 'card');
  return { kind: 'failed', failure: failureOf(method, error?.code ?? null, error?.decline_code ?? null), method, reference: intent.id };
}

function moneyOf(amount: number, currency: string): { amountMinor: bigint; currency: string } {
  const code = currency.toUpperCase();
  return { amountMinor: ourAmount(amount, code), currency: code };
}

const methodOf = (type: string | undefined): PayMethod => (type === 'us_bank_account' ? 'bank' : 'card');
const methodOfIntent = (intent: Stripe.PaymentIntent): PayMethod => methodOf(whole<Stripe.PaymentMethod>(intent.payment_method)?.type ?? bankByState(intent));
/** Only bank debits are under way for days. */
const bankByState = (intent: Stripe.PaymentIntent): string | undefined =>
  intent.status === 'processing' || intent.status === 'requires_action' ? 'us_bank_account' : undefined;

const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  eftpos_au: 'eftpos',
  cartes_bancaires: 'Cartes Bancaires',
};

/** A charge's or a saved method's own words of what it is. */
type Labelled = Readonly<{
  type: string;
  card?: { brand?: string | null; last4?: string | null } | null;
  us_bank_account?: { bank_name?: string | null; last4?: string | null } | null;
}>;

/** What the payer knows it by: "Visa •••• 4242", "STRIPE TEST BANK •••• 6789", "Link". */
export function labelOf(details: Labelled | null | undefined): string {
  const number = (last4: string | null | undefined): string => (last4 ? ` •••• ${last4}` : '');
  if (details?.type === 'card') return `${brands[details.card?.brand ?? ''] ?? 'Card'}${number(details.card?.last4)}`;
  if (details?.type === 'us_bank_account') return `${details.us_bank_account?.bank_name ?? 'Bank account'}${number(details.us_bank_account?.last4)}`;
  return details?.type === 'link' ? 'Link' : '';
}

const cardFailures: Readonly<Record<string, FailureReason>> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  authentication_required: 'confirmation_failed',
  authentication_not_handled: 'confirmation_failed',
  payment_intent_authentication_failure: 'confirmation_failed',
};
const bankFailures: Readonly<Record<string, FailureReason>> = {
  account_closed: 'account_closed',
  no_account: 'account_closed',
  bank_account_unusable: 'account_closed',
  incorrect_account_details: 'account_closed',
  debit_not_authorized: 'not_authorized',
};

/** The more telling of Stripe's two codes decides. A bank debit that failed was sent back, whatever the reason. */
export function failureOf(method: PayMethod, code: string | null, detail: string | null): FailureReason {
  const table = method === 'bank' ? bankFailures : cardFailures;
  return table[detail ?? ''] ?? table[code ?? ''] ?? (method === 'bank' ? 'returned_by_bank' : 'declined');
}
