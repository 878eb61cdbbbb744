import type { EventKind } from '../events/events.ts';

/** An address that listens, and what is known of each thing sent there. */

export type DisabledReason = 'by_hand' | 'gone' | 'failing' | 'secret_lost';
export type DeliveryState = 'waiting' | 'delivered' | 'failed';

export type Endpoint = Readonly<{
  id: string;
  version: number;
  url: string;
  description: string;
  /** null: every kind. */
  kinds: EventKind[] | null;
  state: 'active' | 'disabled';
  disabled_reason: DisabledReason | null;
  disabled_at: string | null;
  old_secret_until: string | null;
  failing_since: string | null;
  last_delivered_at: string | null;
  created_by_name: string;
  created_at: string;
}>;

export type Delivery = Readonly<{
  id: string;
  endpoint_id: string;
  event_id: string;
  event_seq: bigint | null;
  kind: string;
  state: DeliveryState;
  round: number;
  tries: number;
  next_at: string | null;
  created_at: string;
  ended_at: string | null;
  last_status: number | null;
  last_error: string;
}>;

export type Try = Readonly<{ number: number; at: string; duration_ms: number; status: number | null; error: string; answer: string }>;

export const endpointsMost = 10;
export const bothSecretsHours = 24;
export const failingDays = 5;
export const deliveriesKeptDays = 30;
export const replayMost = 10_000;

/** Pauses after a failed try, in seconds: ten tries in all, over 75 hours before the share of chance is added. */
const pausesS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
export const triesMost = pausesS.length + 1;
/** So that a thousand deliveries that failed together do not come back together: up to a fifth longer. */
const chancePart = 5;
const retryAfterMostS = 86_400;

/**
 * How long to wait after try `round` (the first is 1) failed, or null after the last. `chance` is from 0 up to 1. What the receiver asked for in
 * Retry-After counts when it is longer, up to a day.
 */
export function pauseAfter(round: number, chance: number, retryAfterS: number | null): number | null {
  const pauseS = pausesS[round - 1];
  if (pauseS === undefined) return null;
  return Math.max(Math.ceil(pauseS * (1 + chance / chancePart)), Math.min(retryAfterS ?? 0, retryAfterMostS));
}

/** Retry-After as seconds or as a date of HTTP; null for anything else. */
export function readRetryAfter(text: string | null, now: Temporal.Instant): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.epochMilliseconds) / 1000));
}

/** An endpoint nobody answers at rests a little longer each time, so that it takes no turn from others: five seconds to five minutes. */
export function restSeconds(failures: number): number {
  return Math.min(300, 5 * 2 ** Math.min(failures, 6));
}
