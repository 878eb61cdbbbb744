import { setTimeout as wait } from 'node:timers/promises';
import { Stripe } from 'stripe';
import { log } from '../../../log.ts';
import { type Circuit, circuit } from '../circuit.ts';

/** The version every request names and every test of ours was written against; it moves with the library, on purpose. */
export const apiVersion = '2026-10-28.endive';

/** A "no" by its codes; Stripe's message may quote what was sent, so it goes nowhere. `decline`: what the payer's bank said. */
export type No = Readonly<{ kind: 'no'; type: string; code: string; decline: string; status: number }>;
export type Said<T> = Readonly<{ kind: 'said'; value: T }> | No | Readonly<{ kind: 'silent' }>;

export type StripeClient = Readonly<{
  /**
   * One request with a key, at most three tries: while nobody answers, on a 5xx, on a lock and on "too many requests", as long as Stripe asks
   * to wait. Writes carry their own idempotency key, so that trying again is safe. `silent`: what it did, only Stripe knows.
   */
  ask: <T>(key: string, work: (stripe: Stripe) => Promise<T>) => Promise<Said<T>>;
}>;

const tries = 3;
/** No new try begins later than this after the first one: a payer is waiting. */
const patienceMs = 12_000;
/** Longer waits asked for by Stripe are left to whoever asks next. */
const longestWaitMs = 5_000;

export type StripeReach = Readonly<{ apiBase: string | null; timeoutMs?: number; now?: () => number }>;

/** Stripe by its own library. Retries, limits of time and the circuit are ours: the library would retry a closed connection unasked. */
export function stripeClient({ apiBase, timeoutMs = 10_000, now = () => Temporal.Now.instant().epochMilliseconds }: StripeReach): StripeClient {
  const gate = circuit(now);
  const open = (key: string): Stripe =>
    new Stripe(key, { ...place(apiBase), apiVersion, maxNetworkRetries: 0, telemetry: false, timeout: timeoutMs, httpClient });
  return {
    ask: async (key, work) => {
      const began = now();
      for (let attempt = 1; ; attempt += 1) {
        if (!gate.mayAsk()) return { kind: 'silent' };
        const reply = await once(gate, () => work(open(key)));
        if (reply.kind !== 'again') return reply;
        const pauseMs = reply.afterMs ?? Math.random() * 250 * 2 ** attempt;
        if (attempt >= tries || pauseMs > longestWaitMs || now() - began + pauseMs > patienceMs) return reply.last;
        await wait(pauseMs);
      }
    },
  };
}

/** Never follows a redirect: a key goes to one place. */
const httpClient = Stripe.createFetchHttpClient((url: string | URL | Request, init?: RequestInit) => fetch(url, { ...init, redirect: 'error' }));

function place(apiBase: string | null): { host?: string; port?: string; protocol?: 'http' | 'https' } {
  if (apiBase === null) return {};
  const { hostname, port, protocol } = new URL(apiBase);
  const http = protocol === 'http:';
  return { host: hostname, protocol: http ? 'http' : 'https', port: port === '' ? (http ? '80' : '443') : port };
}

type Again = Readonly<{ kind: 'again'; afterMs: number | null; last: No | Readonly<{ kind: 'silent' }> }>;

async function once<T>(gate: Circuit, work: () => Promise<T>): Promise<Said<T> | Again> {
  try {
    const value = await work();
    gate.worked();
    return { kind: 'said', value };
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { statusCode: status = 0, code = '', type } = error;
    if (status === 0 || status >= 500) {
      gate.failed();
      log.warn('stripe did not answer', { status, code, request: error.requestId ?? '' });
      return { kind: 'again', afterMs: status === 0 ? null : retryAfterMs(error), last: { kind: 'silent' } };
    }
    gate.worked();
    if (status === 429) return { kind: 'again', afterMs: retryAfterMs(error), last: { kind: 'silent' } };
    // The same key is being worked on at this moment, by a try of ours that gave up waiting.
    if (status === 409) return { kind: 'again', afterMs: retryAfterMs(error), last: { kind: 'silent' } };
    return { kind: 'no', type, code, decline: error.decline_code ?? '', status };
  }
}

function retryAfterMs(error: InstanceType<typeof Stripe.errors.StripeError>): number | null {
  const said = error.headers?.['retry-after'];
  return said !== undefined && /^\d{1,5}$/.test(said) ? Number(said) * 1_000 : null;
}
