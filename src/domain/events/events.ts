import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { countEvent } from '../../metrics.ts';
import type { EventKind } from './kinds.ts';
import { appendEvents, type EventFilter, type EventRow, selectBrokenEvent, selectEvents, selectHeadSeq } from './queries.ts';

export { type EventKind, eventKinds } from './kinds.ts';
export type { EventFilter, EventRow };

/** What happened, to whose what. `shown`: the customer sees it on their timeline too. `data` holds JSON only; amounts as numbers. */
export type NewEvent = Readonly<{
  kind: EventKind;
  customerId?: string | null;
  documentId?: string | null;
  propertyId?: string | null;
  shown?: boolean;
  data?: Readonly<Record<string, unknown>>;
}>;

/**
 * Adds one event to the business's chain and wakes whoever listens. Call it last in a verb: it holds the head of the
 * business until the transaction ends. Answers the event's number, gapless per business.
 */
export function recordEvent(scope: Scope, event: NewEvent): Promise<bigint> {
  return recordEvents(scope, [event]);
}

/** The same for many, in order, in one round trip. Answers the last number given. */
export async function recordEvents(scope: Scope, events: readonly NewEvent[]): Promise<bigint> {
  if (events.length === 0) return selectHeadSeq(scope);
  for (const { kind } of events) countEvent(kind);
  return appendEvents(
    scope,
    JSON.stringify(
      events.map((event) => asRow(scope, event)),
      (_, value) => (typeof value === 'bigint' ? Number(value) : value),
    ),
  );
}

/** Events of a business, a customer or a document; see `EventFilter` for direction and paging. */
export function listEvents(scope: Scope, filter: EventFilter): Promise<EventRow[]> {
  return selectEvents(scope, filter);
}

/** The number of the newest event: where a fresh listener starts. */
export function headSeq(scope: Scope): Promise<bigint> {
  return selectHeadSeq(scope);
}

/** Walks the chain. Answers the first event that no longer fits, or `head` when the head does not match the last event, or null. */
export async function verifyChain(scope: Scope): Promise<{ seq: bigint } | { head: bigint } | null> {
  const { broken, newest, head, fits } = await selectBrokenEvent(scope);
  if (broken !== null) return { seq: broken };
  if ((newest ?? 0n) !== (head ?? -1n) || !fits) return { head: head ?? 0n };
  return null;
}

function asRow(scope: Scope, event: NewEvent) {
  return {
    id: newId(),
    actorKind: scope.actor.kind,
    actorId: scope.actor.id,
    actorName: scope.actor.name,
    kind: event.kind,
    customerId: event.customerId ?? null,
    documentId: event.documentId ?? null,
    propertyId: event.propertyId ?? null,
    shown: event.shown ?? false,
    data: event.data ?? {},
    requestId: scope.requestId ?? '',
  };
}
