import type { Stripe } from 'stripe';
import type { AccountOf, AttemptOutcome, CardGateway, CheckoutOutcome, CheckoutRequest, PayMethod } from '../../core/gateways.ts';
import { log } from '../../log.ts';
import { stripeAmount } from './stripe/amounts.ts';
import { type StripeReach, stripeClient } from './stripe/client.ts';
import { checkKey } from './stripe/key-check.ts';
import { listEntries, listPayments, listPayouts, pastEvents } from './stripe/looking-back.ts';
import { fetchRefund, refund } from './stripe/money-back.ts';
import { stripeSignature, verifyStripe } from './stripe/notices.ts';
import { expanded, outcomeOfSession } from './stripe/outcome.ts';
import { chargeSaved, createSetup, fetchCharge, fetchSetup, forgetMethod } from './stripe/saved.ts';
import { found, type WithKey } from './stripe/sessions.ts';

export type StripeAccess = StripeReach & Readonly<{ accountOf: AccountOf; payOrigin: string }>;

/** Stripe, or a stand-in that shows its own checkout pages. */
export function stripePlace(apiBase: string | null): Pick<StripeAccess, 'apiBase' | 'payOrigin'> {
  return { apiBase, payOrigin: apiBase ?? 'https://checkout.stripe.com' };
}

/**
 * Card and bank payments through Stripe Checkout, with the key each business connected. What it says is data; silence is `unknown`.
 *
 * An attempt is found by its session. Where none is stored, our request timed out after Stripe may have acted: then the sessions made around the
 * attempt's birth (its id carries the time) are listed and the one that names it is taken. `none` is safe even if that list is a moment behind: the
 * address of a session is in the answer that was lost, so nobody has it and nobody can pay there. Sending the create again would do as well, but
 * needs every parameter as it was, and makes a session where none was.
 *
 * A checkout is ended by expiring its session. Its payment belongs to the session and cannot be canceled by us; before the payer first presses
 * pay there is none.
 */
export function stripeGateway(access: StripeAccess): CardGateway {
  const client = stripeClient(access);
  const withKey: WithKey = async (business, work) => {
    const account = await access.accountOf(business);
    if (account === null) return { kind: 'silent' };
    return client.ask(account.key, work);
  };
  return {
    name: 'stripe',
    payOrigin: access.payOrigin,
    noticeDoor: access.accountOf,
    checkKey: (key) => checkKey(client, key),
    pastEvents: (of) => pastEvents(withKey, of),
    listPayments: (of) => listPayments(withKey, of),
    listPayouts: (of) => listPayouts(withKey, of),
    listEntries: (of) => listEntries(withKey, of),
    createCheckout: (request) => create(withKey, request),
    fetchAttempt: (of) => fetchAttempt(withKey, of),
    createSetup: (request) => createSetup(withKey, request),
    fetchSetup: (of) => fetchSetup(withKey, of),
    chargeSaved: (request) => chargeSaved(withKey, request),
    forgetMethod: (of) => forgetMethod(withKey, of),
    refund: (request) => refund(withKey, request),
    fetchRefund: (of) => fetchRefund(withKey, of),
    async expireCheckout({ business, session }) {
      const reply = await withKey(business, (stripe) => stripe.checkout.sessions.expire(session));
      if (reply.kind === 'said') return { kind: reply.value.status === 'expired' ? 'expired' : 'too_late' };
      if (reply.kind === 'silent') return { kind: 'unknown' };
      // Only an open one can be expired: it is over already, one way or the other.
      const now = await withKey(business, (stripe) => stripe.checkout.sessions.retrieve(session));
      if (now.kind !== 'said') return { kind: 'unknown' };
      return { kind: now.value.status === 'expired' ? 'expired' : now.value.status === 'complete' ? 'too_late' : 'unknown' };
    },
    verifyEvent: (rawBody, headers, secrets, nowUnixS) => verifyStripe(rawBody, headers[stripeSignature], secrets, nowUnixS),
  };
}

/** Stripe's names for our ways to pay. Wallets come with cards. */
const names: Readonly<Record<PayMethod, readonly string[]>> = { card: ['card', 'link'], bank: ['us_bank_account'] };

async function create(withKey: WithKey, request: CheckoutRequest): Promise<CheckoutOutcome> {
  const amount = stripeAmount(request.amountMinor, request.currency);
  if (amount === null) return { kind: 'refused', reason: 'amount' };
  const options = { idempotencyKey: request.idempotencyKey };
  const reply = await withKey(request.business, (stripe) => stripe.checkout.sessions.create(paramsOf(request, amount), options));
  if (reply.kind === 'said') return opened(reply.value);
  if (reply.kind === 'silent') return { kind: 'unknown' };
  log.warn('stripe refused a checkout', { attempt: request.attempt, code: reply.code, type: reply.type });
  // The key was used before with other words around it, perhaps in another language: the checkout it made is this attempt's.
  if (reply.type === 'StripeIdempotencyError') return foundAgain(withKey, request);
  return { kind: 'refused', reason: reply.code === '' ? reply.type : reply.code };
}

function paramsOf(request: CheckoutRequest, amount: number): Stripe.Checkout.SessionCreateParams {
  const { attempt, business, currency, description, payee, returnUrl, cancelUrl, methods, locale, payerEmail } = request;
  const notes = { attempt, business };
  return {
    mode: 'payment',
    client_reference_id: attempt,
    // A filter on what the account may take, not a list: Stripe shows what fits currency and place.
    allowed_payment_method_types: methods.flatMap((method) => names[method]),
    // The payer pays the amount of the bill in the bill's own currency.
    adaptive_pricing: { enabled: false },
    line_items: [
      { quantity: 1, price_data: { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name: description, description: payee } } },
    ],
    metadata: notes,
    payment_intent_data: { metadata: notes, description },
    success_url: returnUrl,
    cancel_url: cancelUrl,
    locale,
    ...(payerEmail === null ? {} : { customer_email: payerEmail }),
  };
}

function opened(session: Stripe.Checkout.Session): CheckoutOutcome {
  return session.url === null ? { kind: 'unknown' } : { kind: 'open', url: session.url, session: session.id };
}

async function foundAgain(withKey: WithKey, { attempt, business }: CheckoutRequest): Promise<CheckoutOutcome> {
  const again = await found(withKey, business, attempt);
  return again.kind === 'said' && again.value !== null ? opened(again.value) : { kind: 'unknown' };
}

async function fetchAttempt(withKey: WithKey, of: Parameters<CardGateway['fetchAttempt']>[0]): Promise<AttemptOutcome> {
  const { attempt, business, session, holder = null } = of;
  if (session === null && holder !== null) return fetchCharge(withKey, { attempt, business, holder });
  const search = session === null ? await found(withKey, business, attempt) : null;
  if (search !== null && search.kind !== 'said') return { kind: 'unknown' };
  const id = session ?? search?.value?.id ?? null;
  if (id === null) return { kind: 'none' };
  const reply = await withKey(business, (stripe) => stripe.checkout.sessions.retrieve(id, { expand: expanded }));
  if (reply.kind !== 'said') return { kind: 'unknown' };
  // A session of somebody else under a name we stored would be a bug; it settles nothing.
  if (reply.value.client_reference_id !== attempt) return { kind: 'unknown' };
  return outcomeOfSession(reply.value) ?? { kind: 'unknown' };
}
