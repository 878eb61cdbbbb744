import type { Stripe } from 'stripe';
import type { AttemptOutcome, CheckoutOutcome, PayMethod, SavedChargeRequest, SetupOutcome, SetupRequest } from '../../../core/gateways.ts';
import { stripeAmount } from './amounts.ts';
import type { Said } from './client.ts';
import { failureOf, labelOf, outcomeOfIntent } from './outcome.ts';
import { found, type WithKey, windowOf } from './sessions.ts';

const names: Readonly<Record<PayMethod, string>> = { card: 'card', bank: 'us_bank_account' };

/** The page where a payer saves a card or bank account, under the one customer Stripe has for them. */
export async function createSetup(withKey: WithKey, request: SetupRequest): Promise<CheckoutOutcome> {
  const { setup, business, payerRef, methods, returnUrl, cancelUrl, locale } = request;
  const holder = await holderOf(withKey, business, payerRef);
  if (holder.kind === 'silent') return { kind: 'unknown' };
  if (holder.kind === 'no') return { kind: 'refused', reason: holder.code };
  const notes = { setup, business };
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: 'setup',
    client_reference_id: setup,
    customer: holder.value,
    allowed_payment_method_types: methods.map((method) => names[method]),
    metadata: notes,
    setup_intent_data: { metadata: notes },
    success_url: returnUrl,
    cancel_url: cancelUrl,
    locale,
  };
  const reply = await withKey(business, (stripe) => stripe.checkout.sessions.create(params, { idempotencyKey: request.idempotencyKey }));
  if (reply.kind === 'said') return reply.value.url === null ? { kind: 'unknown' } : { kind: 'open', url: reply.value.url, session: reply.value.id };
  if (reply.kind === 'silent') return { kind: 'unknown' };
  if (reply.type !== 'StripeIdempotencyError') return { kind: 'refused', reason: reply.code === '' ? reply.type : reply.code };
  const again = await found(withKey, business, setup);
  return again.kind === 'said' && again.value?.url ? { kind: 'open', url: again.value.url, session: again.value.id } : { kind: 'unknown' };
}

/**
 * The customer a payer has at Stripe, made when there is none. Stripe's search is a minute behind and its keys are forgotten after a day: together
 * they leave no gap.
 */
async function holderOf(withKey: WithKey, business: string, payerRef: string): Promise<Said<string>> {
  const search = await withKey(business, (stripe) => stripe.customers.search({ query: `metadata['payer']:'${payerRef.replace(/[^\w:.-]/g, '')}'`, limit: 1 }));
  if (search.kind === 'silent') return search;
  const [known] = search.kind === 'said' ? search.value.data : [];
  if (known !== undefined) return { kind: 'said', value: known.id };
  const made = await withKey(business, (stripe) =>
    stripe.customers.create({ metadata: { payer: payerRef, business } }, { idempotencyKey: `holder-${business}-${payerRef}` }),
  );
  return made.kind === 'said' ? { kind: 'said', value: made.value.id } : made;
}

export async function fetchSetup(withKey: WithKey, of: { setup: string; business: string; session: string | null }): Promise<SetupOutcome> {
  const { setup, business, session } = of;
  const search = session === null ? await found(withKey, business, setup) : null;
  if (search !== null && search.kind !== 'said') return { kind: 'unknown' };
  const id = session ?? search?.value?.id ?? null;
  if (id === null) return { kind: 'none' };
  const reply = await withKey(business, (stripe) => stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent.payment_method'] }));
  if (reply.kind !== 'said' || reply.value.client_reference_id !== setup) return { kind: 'unknown' };
  return setupOf(reply.value);
}

function setupOf(session: Stripe.Checkout.Session): SetupOutcome {
  if (session.status === 'expired') return { kind: 'expired' };
  const intent = typeof session.setup_intent === 'object' ? session.setup_intent : null;
  const method = typeof intent?.payment_method === 'object' ? intent.payment_method : null;
  if (intent?.status === 'canceled') return { kind: 'failed', failure: 'canceled' };
  // A bank account may still have to be confirmed by two small deposits: it is not saved before.
  if (intent?.status !== 'succeeded' || method === null) return { kind: 'open', session: session.id, url: session.url };
  const holder = typeof session.customer === 'string' ? session.customer : (session.customer?.id ?? '');
  const expires = method.card ? { month: method.card.exp_month, year: method.card.exp_year } : null;
  return { kind: 'saved', method: method.type === 'us_bank_account' ? 'bank' : 'card', reference: method.id, holder, label: labelOf(method), expires };
}

/** Charges a saved method while its payer is away. What the payer's bank would have to ask them fails as `needs_confirmation`. */
export async function chargeSaved(withKey: WithKey, request: SavedChargeRequest): Promise<AttemptOutcome> {
  const { attempt, business, reference, holder, method, amountMinor, currency, description, idempotencyKey } = request;
  const amount = stripeAmount(amountMinor, currency);
  if (amount === null) return { kind: 'failed', failure: 'other' };
  const params: Stripe.PaymentIntentCreateParams = {
    amount,
    currency: currency.toLowerCase(),
    customer: holder,
    payment_method: reference,
    allowed_payment_method_types: [names[method]],
    off_session: true,
    confirm: true,
    description,
    metadata: { attempt, business },
    expand: ['latest_charge'],
  };
  const reply = await withKey(business, (stripe) => stripe.paymentIntents.create(params, { idempotencyKey }));
  if (reply.kind === 'silent') return { kind: 'unknown' };
  if (reply.kind === 'said') return outcomeOfIntent(reply.value) ?? { kind: 'unknown' };
  if (reply.type === 'StripeIdempotencyError') return fetchCharge(withKey, { attempt, business, holder });
  if (reply.code === 'authentication_required' || reply.decline === 'authentication_required') return { kind: 'failed', failure: 'needs_confirmation' };
  // A method that was taken away at Stripe, or belongs to nobody any more.
  if (reply.code === 'resource_missing' || reply.code === 'payment_method_unexpected_state') return { kind: 'failed', failure: 'account_closed' };
  return { kind: 'failed', failure: reply.status === 402 ? failureOf(method, reply.code, reply.decline) : 'other' };
}

/** An attempt at a saved method, found among the payments of whoever it belongs to. */
export async function fetchCharge(withKey: WithKey, of: { attempt: string; business: string; holder: string }): Promise<AttemptOutcome> {
  const { attempt, business, holder } = of;
  const reply = await withKey(business, (stripe) =>
    stripe.paymentIntents.list({ customer: holder, limit: 100, ...windowOf(attempt), expand: ['data.latest_charge'] }).autoPagingToArray({ limit: 1_000 }),
  );
  if (reply.kind !== 'said') return { kind: 'unknown' };
  const intent = reply.value.find(({ metadata }) => metadata['attempt'] === attempt);
  return intent === undefined ? { kind: 'none' } : (outcomeOfIntent(intent) ?? { kind: 'unknown' });
}

export async function forgetMethod(withKey: WithKey, of: { business: string; reference: string }): Promise<'gone' | 'unknown'> {
  const reply = await withKey(of.business, (stripe) => stripe.paymentMethods.detach(of.reference));
  // One that belongs to nobody cannot be taken away again.
  return reply.kind === 'said' || (reply.kind === 'no' && (reply.status === 404 || reply.status === 400)) ? 'gone' : 'unknown';
}
