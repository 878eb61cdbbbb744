import { randomInt } from 'node:crypto';
import type { Keys, OutboundOutcome } from '../../core/gateways.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { headSeq, recordEvent } from '../events/events.ts';
import { eventsBySeq, type NamedEvent } from '../feed/feed.ts';
import { officeAddress, queueMail } from '../mails/mails.ts';
import {
  endTry,
  failWaiting,
  insertDeliveries,
  lockEndpoint,
  lockListeners,
  moveCursor,
  noteOutcome,
  selectEventNames,
  selectNextDue,
  setBusy,
  type Turn,
  takeDue,
} from './deliveries/queries.ts';
import { disableEndpoint, noteListening, sendsOut } from './queries.ts';
import { type Delivery, type DisabledReason, failingDays, pauseAfter, readRetryAfter, restSeconds } from './webhook.ts';

const handedOnAtOnce = 500;
/** Deliveries to one endpoint at the same time. */
const batchSize = 4;
/** A turn that is not ended by then belongs to a worker that died. */
const turnSeconds = 60;

/** Queues the work on one endpoint. There is one such task at most, so ten thousand deliveries of one stand in nobody's way. */
export function wake(scope: Scope, endpointId: string, at: Temporal.Instant | null = null): Promise<void> {
  return enqueue(scope, 'deliver-webhooks', { endpointId }, { key: endpointId, priority: 10, ...(at === null ? {} : { runAt: at }) });
}

/**
 * Makes a delivery of each new event for each endpoint that wants it. Run twice or at once it does so once. Answers whether there is more. The events
 * are the truth: what is not handed on now is found by the next run.
 */
export async function handOnEvents(scope: Scope): Promise<boolean> {
  let more = false;
  const upTo = await headSeq(scope);
  for (const { id, kinds, cursor_seq: after } of await lockListeners(scope)) {
    if (after >= upTo) continue;
    const events = await selectEventNames(scope, { after, upTo, kinds, limit: handedOnAtOnce });
    const full = events.length === handedOnAtOnce;
    await insertDeliveries(scope, id, events);
    await moveCursor(scope, id, full ? (events.at(-1)?.seq ?? upTo) : upTo);
    if (events.length > 0) await wake(scope, id);
    more ||= full;
  }
  return more;
}

/** Wakes whatever has something to do: for a schedule that finds what a lost task left lying. */
export async function wakeAll(scope: Scope): Promise<void> {
  while (await handOnEvents(scope));
  for (const { id } of await lockListeners(scope)) {
    const due = await selectNextDue(scope, id);
    if (due !== null && Temporal.Instant.compare(Temporal.Instant.from(due), scope.now.subtract({ minutes: 2 })) < 0) await wake(scope, id);
  }
}

export type Batch =
  | { kind: 'none' }
  | {
      kind: 'send';
      url: string;
      /** The new one first. */
      secrets: readonly string[];
      /** False for the demo: nothing leaves it. */
      leaves: boolean;
      deliveries: readonly (Delivery & Readonly<{ event: NamedEvent | null }>)[];
    };

/** Takes the next few deliveries of an endpoint for one try each. `none`: nothing is due, or another worker is at it; the task was queued for then. */
export async function takeBatch(scope: Scope, keys: Keys, endpointId: string): Promise<Batch> {
  const turn = await lockEndpoint(scope, endpointId);
  if (turn === undefined || turn.state !== 'active') return { kind: 'none' };
  if (turn.busy_until !== null && isAfter(turn.busy_until, scope.now)) {
    await wake(scope, endpointId, Temporal.Instant.from(turn.busy_until).add({ seconds: 1 }));
    return { kind: 'none' };
  }
  const secrets = secretsOf(scope, keys, endpointId, turn);
  if (secrets.length === 0) {
    await stop(scope, endpointId, turn, 'secret_lost');
    return { kind: 'none' };
  }
  const until = scope.now.add({ seconds: turnSeconds }).toString();
  const due = await takeDue(scope, endpointId, until, batchSize);
  if (due.length === 0) {
    const next = await selectNextDue(scope, endpointId);
    if (next !== null) await wake(scope, endpointId, Temporal.Instant.from(next));
    return { kind: 'none' };
  }
  await setBusy(scope, endpointId, until);
  const events = new Map(
    (
      await eventsBySeq(
        scope,
        due.flatMap(({ event_seq }) => event_seq ?? []),
      )
    ).map((event) => [event.seq, event]),
  );
  const deliveries = due.map((one) => ({ ...one, event: one.event_seq === null ? null : (events.get(one.event_seq) ?? null) }));
  return { kind: 'send', url: turn.url, secrets, leaves: await sendsOut(scope), deliveries };
}

const isAfter = (text: string, now: Temporal.Instant): boolean => Temporal.Instant.compare(Temporal.Instant.from(text), now) > 0;

function secretsOf({ business, now }: Scope, keys: Keys, id: string, turn: Turn): string[] {
  const old = turn.old_secret !== null && turn.old_secret_until !== null && isAfter(turn.old_secret_until, now) ? [turn.old_secret] : [];
  return [turn.secret, ...old].flatMap((sealed) => keys.unseal(sealed, `webhook:${business}:${id}`) ?? []);
}

export type Sent = Readonly<{ delivery: Delivery; at: Temporal.Instant; outcome: OutboundOutcome }>;

/**
 * Writes down what came of a batch. A 2xx is delivered; 410 stops the endpoint; anything else is tried again later, ten times in all. An endpoint
 * at which nothing succeeded for five days is stopped, and the office is told. Answers whether to go on at once.
 */
export async function endBatch(scope: Scope, endpointId: string, sent: readonly Sent[]): Promise<boolean> {
  const turn = await lockEndpoint(scope, endpointId);
  if (turn === undefined) return false;
  let gone = false;
  for (const one of sent) {
    gone ||= one.outcome.kind === 'answered' && one.outcome.status === 410;
    await endTry(scope, endedOf(scope, one), {
      at: one.at.toString(),
      duration_ms: one.outcome.kind === 'refused' ? 0 : one.outcome.durationMs,
      answer: answerOf(one.outcome),
    });
  }
  const delivered = sent.some(({ outcome }) => isDelivered(outcome));
  const kept = sent.every(({ outcome }) => outcome.kind === 'refused' && outcome.reason === 'demo');
  const failures = delivered || kept ? 0 : turn.failures + sent.length;
  const failingSince = delivered || kept ? null : (turn.failing_since ?? scope.now.toString());
  await noteOutcome(scope, endpointId, { delivered, failures, failingSince });
  if (turn.state !== 'active') return false;
  const tooLong = failingSince !== null && !isAfter(failingSince, scope.now.subtract({ hours: 24 * failingDays }));
  if (gone || tooLong) {
    await stop(scope, endpointId, turn, gone ? 'gone' : 'failing');
    return false;
  }
  return goOn(scope, endpointId, failures);
}

async function goOn(scope: Scope, endpointId: string, failures: number): Promise<boolean> {
  const next = await selectNextDue(scope, endpointId);
  if (next === null) return false;
  const rested = failures === 0 ? scope.now : scope.now.add({ seconds: restSeconds(failures) });
  if (failures === 0 && !isAfter(next, scope.now)) return true;
  await wake(scope, endpointId, isAfter(next, rested) ? Temporal.Instant.from(next) : rested);
  return false;
}

const isDelivered = (outcome: OutboundOutcome): boolean => outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
const answerOf = (outcome: OutboundOutcome): string => (outcome.kind === 'answered' ? outcome.text : '');

function endedOf(scope: Scope, { delivery, outcome }: Sent) {
  const of = { id: delivery.id, status: outcome.kind === 'answered' ? outcome.status : null };
  if (isDelivered(outcome)) return { ...of, state: 'delivered', nextAt: null, error: '' } as const;
  const error = outcome.kind === 'answered' ? (outcome.status >= 300 && outcome.status < 400 ? 'redirect' : 'refused_there') : outcome.reason;
  const asked = outcome.kind === 'answered' ? readRetryAfter(outcome.retryAfter, scope.now) : null;
  const final = error === 'demo' || of.status === 410;
  const pauseS = final ? null : pauseAfter(delivery.round, randomInt(0, 1_000_000) / 1_000_000, asked);
  if (pauseS === null) return { ...of, state: 'failed', nextAt: null, error } as const;
  return { ...of, state: 'waiting', nextAt: scope.now.add({ seconds: pauseS }).toString(), error } as const;
}

/** Stops an endpoint by itself, and tells the office where and why. */
async function stop(scope: Scope, endpointId: string, { url }: Turn, reason: DisabledReason): Promise<void> {
  await disableEndpoint(scope, endpointId, reason);
  await failWaiting(scope, endpointId, 'switched_off');
  await noteListening(scope);
  const to = await officeAddress(scope);
  const once = `webhook_stopped:${endpointId}:${scope.now.toString()}`;
  if (to !== null) await queueMail(scope, { kind: 'office_notice', once, to, facts: { notice: 'webhook_stopped', name: url, detail: reason } });
  await recordEvent(scope, { kind: 'webhook.disabled', data: { webhookId: endpointId, url, reason } });
}
