import { publicId } from '../../src/core/ids.ts';
import { signed } from '../../test/fakes/stripe/notices.ts';
import { connectStripe, stripeOfBench } from '../connect-stripe.ts';
import { type Filled, fill } from '../fill.ts';
import { percentile, type Result, short } from '../result.ts';
import { openStand, type Stand } from '../stand.ts';

const [perSecond, seconds] = [200, 30];
const { secret } = stripeOfBench;
const longestDrainMs = 180_000;

/** A notice as Stripe sends it, of trade that is none of ours: stored and worked through like any other. */
function notice(at: number): string {
  const nowS = Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);
  const object = {
    id: `ch_${at}`,
    object: 'charge',
    amount: 5_000,
    currency: 'usd',
    status: 'succeeded',
    captured: true,
    metadata: {},
    payment_intent: `pi_${at}`,
  };
  const padding = 'x'.repeat(2_000);
  return JSON.stringify({
    id: `evt_bench${at}`,
    object: 'event',
    type: 'charge.succeeded',
    livemode: false,
    created: nowS,
    data: { object: { ...object, padding } },
  });
}

/** Notices at a steady pace, a tenth of them twice: how fast they are acknowledged, how many are lost, and how soon all are worked through. */
export async function webhookIntake(): Promise<Result[]> {
  const stand = await openStand();
  try {
    const business = await fill(stand.client, 'intake', 100);
    await connectStripe(stand, business);
    return await measured(stand, business);
  } finally {
    await stand.stop();
  }
}

async function measured(stand: Stand, business: Filled): Promise<Result[]> {
  const { times, sent, refused } = await sendAll(`${stand.url}/inbound/stripe/${publicId('business', business.id)}`);
  const count = async (where: string): Promise<number> => {
    const { rows } = await stand.client.query<{ n: number }>(`select count(*)::int as n from inbound_events where business_id = $1 and ${where}`, [
      business.id,
    ]);
    return rows[0]?.n ?? 0;
  };
  const stored = await count('true');
  const ended = performance.now();
  while ((await count('handled_at is null')) > 0 && performance.now() - ended < longestDrainMs) await new Promise((later) => setTimeout(later, 500));
  const drain = (performance.now() - ended) / 1000;
  const name = `${perSecond} notices a second`;
  const lost = Math.max(0, sent - Math.trunc(sent / 10) - stored) + refused;
  return [
    {
      name: `${name}, acknowledged, p99`,
      value: percentile(times, 99),
      unit: 'ms',
      limit: 500,
      atMost: true,
      spread: `median ${short(percentile(times, 50))}`,
    },
    { name: `${name}, lost or refused`, value: lost, unit: 'notices', limit: 0, atMost: true, spread: `of ${sent}` },
    { name: `${name} for ${seconds} s, worked through after`, value: drain, unit: 's', limit: 180, atMost: true },
  ];
}

async function sendAll(url: string): Promise<{ times: number[]; sent: number; refused: number }> {
  const times: number[] = [];
  let [sent, refused] = [0, 0];
  const send = async (at: number): Promise<void> => {
    const body = notice(at - (at % 10 === 9 ? 1 : 0));
    const started = performance.now();
    const answer = await fetch(url, { method: 'POST', body, headers: { 'stripe-signature': signed(secret, body) } }).catch(() => null);
    await answer?.arrayBuffer();
    times.push(performance.now() - started);
    if (!answer?.ok) refused += 1;
  };
  const going: Promise<void>[] = [];
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    for (const due = ((performance.now() - began) / 1000) * perSecond; sent < due; sent += 1) going.push(send(sent));
    await new Promise((later) => setTimeout(later, 5));
  }
  await Promise.all(going);
  return { times: times.sort((a, b) => a - b), sent, refused };
}
