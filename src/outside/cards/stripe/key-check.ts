import type { Stripe } from 'stripe';
import type { KeyCheck } from '../../../core/gateways.ts';
import type { Said, StripeClient } from './client.ts';

/** A secret or restricted key; the word in its middle says whether its money is real. */
const shape = /^(?:sk|rk)_(live|test)_[A-Za-z0-9_]{10,240}$/;

/**
 * Each right the product needs, by its name in Stripe's dashboard, and a question that only whoever has it may ask. Rights to write are asked with
 * a request that is refused for what it lacks or names, after it was allowed: nothing is made.
 */
const rights: readonly (readonly [string, (stripe: Stripe) => Promise<unknown>])[] = [
  ['Checkout Sessions: write', (stripe) => stripe.checkout.sessions.create({ mode: 'payment' })],
  ['PaymentIntents: write', (stripe) => stripe.paymentIntents.cancel('pi_none_of_ours')],
  ['SetupIntents: write', (stripe) => stripe.setupIntents.cancel('seti_none_of_ours')],
  ['PaymentMethods: write', (stripe) => stripe.paymentMethods.detach('pm_none_of_ours')],
  ['Customers: write', (stripe) => stripe.customers.update('cus_none_of_ours', {})],
  ['Charges and refunds: write', (stripe) => stripe.refunds.create({})],
  ['Disputes: read', (stripe) => stripe.disputes.list({ limit: 1 })],
  ['Events: read', (stripe) => stripe.events.list({ limit: 1 })],
  ['Balance transactions: read', (stripe) => stripe.balanceTransactions.list({ limit: 1 })],
  ['Payouts: read', (stripe) => stripe.payouts.list({ limit: 1 })],
];

/** Asks Stripe whose key it is and what it may do. Keeps nothing. */
export async function checkKey(client: StripeClient, key: string): Promise<KeyCheck> {
  const mode = shape.exec(key)?.[1];
  if (mode === undefined) return { kind: 'refused', why: 'malformed' };
  const account = await client.ask(key, (stripe) => stripe.accounts.retrieveCurrent());
  if (account.kind === 'silent') return { kind: 'unknown' };
  if (account.kind === 'no' && account.status === 401) return { kind: 'refused', why: 'wrong' };
  const missing: string[] = account.kind === 'no' ? ['Account: read'] : [];
  for (const [name, question] of rights) {
    const reply: Said<unknown> = await client.ask(key, question);
    if (reply.kind === 'silent') return { kind: 'unknown' };
    if (reply.kind === 'no' && reply.status === 403) missing.push(name);
  }
  if (account.kind === 'no' || missing.length > 0) return { kind: 'denied', missing };
  const { id, business_profile: profile, settings } = account.value;
  return { kind: 'fine', account: id, name: settings?.dashboard?.display_name ?? profile?.name ?? '', live: mode === 'live' };
}
