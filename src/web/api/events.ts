import { Refusal } from '../../core/refusal.ts';
import { headSeq } from '../../domain/events/events.ts';
import { feedAfter } from '../../domain/feed/feed.ts';
import { presentEvent } from '../../outgoing/public-event.ts';
import { backlogLimit, lastEventSeq, streamEvents } from '../live.ts';
import type { Call, HandlersOf } from './call.ts';
import { recently } from './recent.ts';
import type { eventOperations } from './schemas/events.ts';
import { timelineOf } from './timeline.ts';

/** A right that ended ends the streams it opened within this long (a second), however many listen in its name. */
const rightKeptMs = 1_000;

export function eventHandlers(): HandlersOf<typeof eventOperations> {
  const allowed = recently<boolean>(rightKeptMs);
  return {
    listEvents: async (call) => call.answer(await call.read((scope) => timelineOf(scope, {}, call.query))),

    streamEvents: async (call) => {
      const { business = '', session, key } = call.grant;
      const afterSeq = lastEventSeq(call.c) ?? (await call.read(headSeq));
      return streamEvents(call.c, call.deps.live, {
        business,
        afterSeq,
        backlog: (after) => call.read((scope) => feedAfter(scope, after, backlogLimit)),
        sees: () => true,
        allowed: () => allowed(`${business} ${session ?? ''} ${key ?? ''}`, () => stillAllowed(call)),
        present: (event) => JSON.stringify(presentEvent(event)),
      });
    },
  };
}

async function stillAllowed(call: Pick<Call, 'read'>): Promise<boolean> {
  try {
    await call.read(async () => null);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
