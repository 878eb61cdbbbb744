import type { Stripe } from 'stripe';
import type { BalanceEntry, CardGateway, GatewayEvent, ListedAtProcessor, PayoutNews } from '../../../core/gateways.ts';
import { ourAmount } from './amounts.ts';
import type { Said } from './client.ts';
import { readEvent } from './notices.ts';
import { outcomeOfIntent } from './outcome.ts';
import type { WithKey } from './sessions.ts';

type PastEvents = NonNullable<CardGateway['pastEvents']>;
type ListEntries = NonNullable<CardGateway['listEntries']>;
type ListPayouts = NonNullable<CardGateway['listPayouts']>;
type ListPayments = NonNullable<CardGateway['listPayments']>;

/** The kinds of events about payments; Stripe keeps a month of them, delivered or not. */
const kinds = ['checkout.session.*', 'payment_intent.*', 'setup_intent.*', 'charge.*', 'refund.*'];
const mostPages = 200;

export async function pastEvents(withKey: WithKey, { business, sinceUnixS: gte }: Parameters<PastEvents>[0]): ReturnType<PastEvents> {
  const events: GatewayEvent[] = [];
  for (const type of kinds) {
    const reply = await paged((after) => withKey(business, (stripe) => stripe.events.list({ type, created: { gte }, limit: 100, ...after })));
    if (reply.kind !== 'said') return { kind: 'unknown' };
    events.push(...reply.value.map(readEvent));
  }
  return { kind: 'heard', events: events.sort((a, b) => a.createdUnixS - b.createdUnixS) };
}

export async function listPayments(withKey: WithKey, { business, sinceUnixS: gte }: Parameters<ListPayments>[0]): ReturnType<ListPayments> {
  const expand = ['data.latest_charge'];
  const reply = await paged((after) => withKey(business, (stripe) => stripe.paymentIntents.list({ created: { gte }, limit: 100, expand, ...after })));
  return reply.kind === 'said' ? { kind: 'listed', payments: reply.value.map(listed) } : { kind: 'unknown' };
}

function listed(intent: Stripe.PaymentIntent): ListedAtProcessor {
  const currency = intent.currency.toUpperCase();
  const said = outcomeOfIntent(intent);
  const open = said === null || said.kind === 'open' || said.kind === 'expired';
  return {
    reference: intent.id,
    attempt: intent.metadata['attempt'] ?? null,
    business: intent.metadata['business'] ?? null,
    state: open ? 'open' : said.kind,
    amountMinor: ourAmount(intent.amount, currency),
    currency,
    createdUnixS: intent.created,
  };
}

/** A charge, a refund or a dispute says which payment it is about; the rest of Stripe's kinds are about none. */
const kindsOfEntry: Readonly<Record<string, BalanceEntry['kind']>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund',
  payment_failure_refund: 'refund',
  payment_reversal: 'refund',
  adjustment: 'dispute',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  payout: 'payout',
};

export async function listEntries(withKey: WithKey, { business, sinceUnixS: gte, payout }: Parameters<ListEntries>[0]): ReturnType<ListEntries> {
  const which = payout === undefined ? { created: { gte } } : { payout };
  const expand = ['data.source'];
  const reply = await paged((after) => withKey(business, (stripe) => stripe.balanceTransactions.list({ ...which, limit: 100, expand, ...after })));
  return reply.kind === 'said' ? { kind: 'listed', entries: reply.value.map(entryOf) } : { kind: 'unknown' };
}

function entryOf({ id, type, source, amount, fee, currency: lower, created }: Stripe.BalanceTransaction): BalanceEntry {
  const currency = lower.toUpperCase();
  const intent = typeof source === 'object' && source !== null && 'payment_intent' in source ? source.payment_intent : null;
  const payment = typeof intent === 'string' ? intent : (intent?.id ?? null);
  const kind = kindsOfEntry[type] ?? 'other';
  return {
    ...{ reference: id, payment, currency, createdUnixS: created },
    // An adjustment without a payment is Stripe's own correction, no chargeback.
    kind: kind === 'dispute' && payment === null ? 'other' : kind,
    ...{ amountMinor: ourAmount(amount, currency), feeMinor: ourAmount(fee, currency) },
  };
}

export async function listPayouts(withKey: WithKey, { business, sinceUnixS: gte }: Parameters<ListPayouts>[0]): ReturnType<ListPayouts> {
  const reply = await paged((after) => withKey(business, (stripe) => stripe.payouts.list({ created: { gte }, limit: 100, ...after })));
  return reply.kind === 'said' ? { kind: 'listed', payouts: reply.value.map(payoutOf) } : { kind: 'unknown' };
}

function payoutOf({ id, status, amount, currency: lower, arrival_date, created, automatic, failure_code }: Stripe.Payout): PayoutNews {
  const currency = lower.toUpperCase();
  const ended = status === 'paid' || status === 'failed' || status === 'canceled';
  return {
    ...{ reference: id, state: ended ? status : 'pending', amountMinor: ourAmount(amount, currency), currency },
    ...{ arrivesUnixS: arrival_date, createdUnixS: created, failure: failure_code ?? '', manual: !automatic },
  };
}

type Page<T> = Readonly<{ data: T[]; has_more: boolean }>;

/** Page after page, each one request with its own tries. */
async function paged<T extends { id: string }>(ask: (after: { starting_after?: string }) => Promise<Said<Page<T>>>): Promise<Said<T[]>> {
  const all: T[] = [];
  let after: { starting_after?: string } = {};
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await ask(after);
    if (reply.kind !== 'said') return reply;
    all.push(...reply.value.data);
    const last = reply.value.data.at(-1);
    if (!reply.value.has_more || last === undefined) return { kind: 'said', value: all };
    after = { starting_after: last.id };
  }
  return { kind: 'silent' };
}
