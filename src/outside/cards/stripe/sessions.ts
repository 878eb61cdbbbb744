import type { Stripe } from 'stripe';
import type { Said } from './client.ts';

/** Asks with the key of one business. */
export type WithKey = <T>(business: string, work: (stripe: Stripe) => Promise<T>) => Promise<Said<T>>;

/** How far clocks may be apart, how long after its birth an attempt may first be sent, and where looking ends. */
const [earlierS, laterS, mostPages] = [600, 24 * 3_600, 50];

/** The session that names one of our ids, looked for around the id's birth; null: there is none. */
export async function found(withKey: WithKey, business: string, ours: string): Promise<Said<Stripe.Checkout.Session | null>> {
  let after: { starting_after?: string } = {};
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await withKey(business, (stripe) => stripe.checkout.sessions.list({ limit: 100, ...windowOf(ours), ...after }));
    if (reply.kind !== 'said') return reply;
    const match = reply.value.data.find((session) => session.client_reference_id === ours);
    if (match !== undefined) return { kind: 'said', value: match };
    const last = reply.value.data.at(-1);
    if (!reply.value.has_more || last === undefined) return { kind: 'said', value: null };
    after = { starting_after: last.id };
  }
  return { kind: 'silent' };
}

/** When an object for one of our ids can have been made. A UUIDv7 carries its moment; another kind of id is looked for among all. */
export function windowOf(ours: string): { created?: { gte: number; lte: number } } {
  const hex = ours.replaceAll('-', '');
  if (hex[12] !== '7') return {};
  const bornS = Math.trunc(Number.parseInt(hex.slice(0, 12), 16) / 1000);
  return { created: { gte: bornS - earlierS, lte: bornS + laterS } };
}
