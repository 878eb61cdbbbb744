import { createHmac } from 'node:crypto';
import { type Account, fresh, type Knobs, nowS, type Thing } from './model.ts';

type Endpoint = { account: Account; url: string; secret: string; events: string[] };
export type Held = { id: string; type: string; body: string; url: string; header: string };

/** Stripe's header for a body, signed now. */
export function signed(secret: string, body: string, atS = nowS()): string {
  return `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}.${body}`).digest('hex')}`;
}

/** Events and their delivery, again and again until somebody takes them. */
export class Notices {
  readonly endpoints = new Map<string, Endpoint>();
  private held: { event: Thing; endpoint: Endpoint }[] = [];
  private readonly knobs: Knobs;

  constructor(knobs: Knobs) {
    this.knobs = knobs;
  }

  addEndpoint(account: Account, url: string, events: string[], secret = `whsec_${fresh('s').slice(2)}${fresh('s').slice(2)}`): { id: string; secret: string } {
    const id = fresh('we');
    this.endpoints.set(id, { account, url, secret, events });
    return { id, secret };
  }

  readonly tell = (account: Account, type: string, thing: Thing): void => {
    const fields = {
      type,
      api_version: '2026-10-28.endive',
      data: { object: structuredClone(thing) },
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
    };
    const event = account.make('event', 'evt', fields);
    const { notices } = this.knobs;
    if (notices === 'drop') return;
    for (const endpoint of this.endpoints.values()) {
      if (endpoint.account !== account || !(endpoint.events.includes('*') || endpoint.events.includes(type))) continue;
      if (notices === 'hold') this.held.push({ event, endpoint });
      else
        for (let copy = notices === 'twice' ? 2 : 1; copy > 0; copy -= 1) setTimeout(() => void this.deliver(event, endpoint), notices === 'late' ? 3_000 : 0);
    }
  };

  private async deliver(event: Thing, endpoint: Endpoint, attempt = 0): Promise<void> {
    const body = JSON.stringify(event, null, 2);
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signed(endpoint.secret, body), 'user-agent': 'Stripe/1.0' };
    const answer = await fetch(endpoint.url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (answer?.ok || attempt >= 8) return;
    setTimeout(() => void this.deliver(event, endpoint, attempt + 1), 500 * 2 ** attempt).unref();
  }

  takeHeld(): Held[] {
    const taken = this.held.map(({ event, endpoint }) => {
      const body = JSON.stringify(event, null, 2);
      return { id: event.id, type: String(event['type']), body, url: endpoint.url, header: signed(endpoint.secret, body) };
    });
    this.held = [];
    return taken;
  }
}
