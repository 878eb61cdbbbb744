import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Stripe } from 'stripe';
import type { EventOutcome, GatewayEvent } from '../../../core/gateways.ts';
import { disputeNews, refundNews } from './money-back.ts';
import { outcomeOfCharge } from './outcome.ts';

export const stripeSignature = 'stripe-signature';
const [toleranceS, shortestSecret] = [300, 24];

/**
 * Checks Stripe's signature over the bytes as they came. Ours and not the library's, because that takes times in the future; a test holds the two
 * together. The signature is judged before the time.
 */
export function verifyStripe(rawBody: Uint8Array, header: string | undefined, secrets: readonly string[], nowUnixS: number): EventOutcome {
  const check = checkHeader(rawBody, header, secrets, nowUnixS);
  if (check !== 'right') return { kind: 'refused', reason: check };
  const event = parse(rawBody);
  return event === null ? { kind: 'refused', reason: 'malformed' } : readEvent(event);
}

type Check = 'right' | 'missing' | 'malformed' | 'wrong' | 'stale' | 'future';

function checkHeader(rawBody: Uint8Array, header: string | undefined, secrets: readonly string[], nowS: number): Check {
  if (header === undefined || header === '') return 'missing';
  const pairs = header.split(',', 20).map((pair) => pair.split('=', 2));
  const time = pairs.find(([name]) => name === 't')?.[1] ?? '';
  const given = pairs.filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? '')).map(([, value]) => Buffer.from(value ?? '', 'hex'));
  if (!/^\d{1,12}$/.test(time) || given.length === 0) return 'malformed';
  const expected = secrets.filter((secret) => secret.length >= shortestSecret).map((secret) => macOf(secret, time, rawBody));
  if (!expected.some((mac) => given.some((one) => timingSafeEqual(mac, one)))) return 'wrong';
  if (Number(time) < nowS - toleranceS) return 'stale';
  return Number(time) > nowS + toleranceS ? 'future' : 'right';
}

const macOf = (secret: string, time: string, body: Uint8Array): Buffer => createHmac('sha256', secret).update(`${time}.`).update(body).digest();

function parse(rawBody: Uint8Array): Stripe.Event | null {
  try {
    const event = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) as Stripe.Event & { account?: unknown };
    const whole = event.object === 'event' && /^evt_\w{1,200}$/.test(event.id) && typeof event.type === 'string' && event.type.length < 100;
    const named = event.account === undefined || event.account === null || typeof event.account === 'string';
    return whole && named && typeof event.livemode === 'boolean' && typeof event.data?.object === 'object' && Number.isInteger(event.created) ? event : null;
  } catch {
    return null;
  }
}

/** What a notice's object is to us: only charges and ended checkouts say all that is needed; of the rest the truth is fetched. */
export function readEvent(event: Stripe.Event): GatewayEvent {
  const object = event.data.object as unknown as Record<string, unknown>;
  const notes = (object['metadata'] ?? {}) as Record<string, unknown>;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const [group = ''] = event.type.split('.');
  const payment = text(object['payment_intent']) ?? (object['object'] === 'payment_intent' ? text(object['id']) : null);
  const said = {
    ...({ kind: 'event', id: event.id, account: text(event.account), liveMode: event.livemode, business: text(notes['business']), payment } as const),
    ...{ attempt: text(notes['attempt']), outcome: null, refund: null, dispute: null, type: event.type, createdUnixS: event.created },
  };
  if (event.type === 'checkout.session.expired') return { ...said, outcome: { kind: 'expired', session: String(object['id']) } };
  if (object['object'] === 'dispute') {
    const dispute = disputeNews(object as unknown as Stripe.Dispute);
    return { ...said, dispute, look: dispute === null };
  }
  if (object['object'] === 'refund') return { ...said, refund: refundNews(object as unknown as Stripe.Refund) };
  if (object['object'] === 'charge') {
    const outcome = outcomeOfCharge(object as unknown as Stripe.Charge);
    return { ...said, outcome, look: said.attempt !== null && outcome === null };
  }
  return { ...said, look: said.attempt !== null && (group === 'checkout' || group === 'payment_intent') };
}
