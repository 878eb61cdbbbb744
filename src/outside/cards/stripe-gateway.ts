import type { Stripe } from 'stripe';
import type { AccountOf, AttemptOutcome, CardGateway, CheckoutOutcome, CheckoutRequest, PayMethod } from '../../core/gateways.ts';
import { log } from '../../log.ts';
import { stripeAmount } from './stripe/amounts.ts';
import { type Said, type StripeClient, type StripeReach, stripeClient } from './stripe/client.ts';
import { checkKey } from './stripe/key-check.ts';
import { stripeSignature, verifyStripe } from './stripe/notices.ts';
import { expanded, outcomeOfSession } from './stripe/outcome.ts';

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
  const withKey = async <T>(business: string, work: (stripe: Stripe) => Promise<T>): Promise<Said<T>> => {
    const account = await access.accountOf(business);
    if (account === null) return { kind: 'silent' };
    return client.ask(account.key, work);
  };
  return {
    name: 'stripe',
    payOrigin: access.payOrigin,
    noticeDoor: access.accountOf,
    checkKey: (key) => checkKey(client, key),
    createCheckout: (request) => create(withKey, request),
    fetchAttempt: (of) => fetchAttempt(withKey, of),
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

type WithKey = <T>(business: string, work: (stripe: Stripe) => Promise<T>) => Promise<Said<T>>;

export type { StripeClient };

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
  const found = await findSession(withKey, business, attempt);
  return found.kind === 'said' && found.value !== null ? opened(found.value) : { kind: 'unknown' };
}

async function fetchAttempt(withKey: WithKey, of: { attempt: string; business: string; session: string | null }): Promise<AttemptOutcome> {
  const { attempt, business, session } = of;
  const id = session ?? (await findSession(withKey, business, attempt).then((found) => (found.kind === 'said' ? (found.value?.id ?? null) : 'silent')));
  if (id === 'silent') return { kind: 'unknown' };
  if (id === null) return { kind: 'none' };
  const reply = await withKey(business, (stripe) => stripe.checkout.sessions.retrieve(id, { expand: expanded }));
  if (reply.kind !== 'said') return { kind: 'unknown' };
  // A session of somebody else under a name we stored would be a bug; it settles nothing.
  if (reply.value.client_reference_id !== attempt) return { kind: 'unknown' };
  return outcomeOfSession(reply.value) ?? { kind: 'unknown' };
}

/** How far clocks may be apart, and how long after its birth an attempt may first be sent. */
const [earlierS, laterS, mostPages] = [600, 24 * 3_600, 50];

async function findSession(withKey: WithKey, business: string, attempt: string): Promise<Said<Stripe.Checkout.Session | null>> {
  const bornS = bornUnixS(attempt);
  const created = bornS === null ? {} : { created: { gte: bornS - earlierS, lte: bornS + laterS } };
  let after: { starting_after?: string } = {};
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await withKey(business, (stripe) => stripe.checkout.sessions.list({ limit: 100, ...created, ...after }));
    if (reply.kind !== 'said') return reply;
    const found = reply.value.data.find((session) => session.client_reference_id === attempt);
    if (found !== undefined) return { kind: 'said', value: found };
    const last = reply.value.data.at(-1);
    if (!reply.value.has_more || last === undefined) return { kind: 'said', value: null };
    after = { starting_after: last.id };
  }
  return { kind: 'silent' };
}

/** The moment inside a UUIDv7; null for another kind of id, which then is looked for among all. */
function bornUnixS(attempt: string): number | null {
  const hex = attempt.replaceAll('-', '');
  return hex[12] === '7' ? Math.trunc(Number.parseInt(hex.slice(0, 12), 16) / 1000) : null;
}
