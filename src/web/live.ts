import { streamSSE } from 'hono/streaming';
import { type Listening, listen } from '../db/listen.ts';
import type { Database, Login } from '../db/pool.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { type EventRow, headSeq } from '../domain/events/events.ts';
import { feedAfter, type NamedEvent } from '../domain/feed/feed.ts';
import { errorFields, log } from '../log.ts';
import type { WebContext } from './context.ts';

/** An event as a stream presents it. The office's carries the names of what it is about. */
export type SeenEvent = EventRow & Readonly<Partial<Pick<NamedEvent, 'customer_name' | 'invoice_number' | 'estimate_number' | 'document_kind'>>>;

type Listener = (event: NamedEvent) => void;
type Feed = { listeners: Set<Listener>; seq: bigint; reading: boolean; again: boolean };

/** The one feed of all businesses in this process: a notice names a business, its new events are read once and handed to all who listen. */
export type Live = Readonly<{
  /** Every event after the head of this moment reaches the listener, in order. Answers how to stop. */
  follow: (business: string, listener: Listener) => Promise<() => void>;
  /** How many listen in this process. */
  listeners: () => number;
  close: () => Promise<void>;
}>;

const batch = 500;
const waitingMost = 2_000;
const heartbeatMs = 20_000;

/** Starts listening with the login's own connection. After a cut every followed business is read again from the last event handed out. */
export async function startLive(login: Login, database: Database): Promise<Live> {
  const feeds = new Map<string, Feed>();
  const wake = (business: string): void => {
    const feed = feeds.get(business);
    if (feed) void drain(database, business, feed);
  };
  const listening: Listening = await listen(
    login,
    'events',
    (payload) => wake(payload.split(':')[0] ?? ''),
    () => [...feeds.keys()].forEach(wake),
  );
  return {
    follow: async (business, listener) => {
      // The head is read first: what is older is the listener's own backlog, which it reads after this.
      const seq = feeds.get(business)?.seq ?? (await inTransaction(database, { role: 'system', business, actor: systemActor }, headSeq));
      const feed = feeds.get(business) ?? { listeners: new Set(), seq, reading: false, again: false };
      feeds.set(business, feed);
      feed.listeners.add(listener);
      return () => {
        feed.listeners.delete(listener);
        if (feed.listeners.size === 0) feeds.delete(business);
      };
    },
    listeners: () => [...feeds.values()].reduce((sum, feed) => sum + feed.listeners.size, 0),
    close: () => listening.close(),
  };
}

/** Reads what is new and hands it out in order. One reader per business at a time; a notice during the reading means one more round. */
async function drain(database: Database, business: string, feed: Feed): Promise<void> {
  if (feed.reading) {
    feed.again = true;
    return;
  }
  feed.reading = true;
  try {
    let full = true;
    while (full || feed.again) {
      feed.again = false;
      const events = await inTransaction(database, { role: 'system', business, actor: systemActor }, (scope) => feedAfter(scope, feed.seq, batch));
      for (const event of events) {
        feed.seq = event.seq;
        for (const listener of feed.listeners) listener(event);
      }
      full = events.length === batch;
    }
  } catch (error) {
    log.warn('live events not read', { business, ...errorFields(error) });
  } finally {
    feed.reading = false;
  }
}

export type Stream = Readonly<{
  business: string;
  /** The last event the listener has; what came after is read first. */
  afterSeq: bigint;
  backlog: (afterSeq: bigint) => Promise<readonly SeenEvent[]>;
  sees: (event: SeenEvent) => boolean;
  /** Asked before each event leaves: a right that ended ends the stream. */
  allowed: () => Promise<boolean>;
  present: (event: SeenEvent) => string;
}>;

/**
 * Server-sent events with resume. Listening starts before the backlog is read, so nothing falls between the two; the seq is
 * the event's id, so that a browser that was cut off names it in Last-Event-ID. A listener too slow to keep up is cut off and resumes.
 */
export function streamEvents(c: WebContext, live: Live, stream: Stream): Response {
  c.header('X-Accel-Buffering', 'no');
  const answer = streamSSE(c, async (out) => {
    const waiting: NamedEvent[] = [];
    let wakeUp = (): void => {};
    let open = true;
    const unfollow = await live.follow(stream.business, (event) => {
      if (waiting.length >= waitingMost) open = false;
      else waiting.push(event);
      wakeUp();
    });
    out.onAbort(() => {
      open = false;
      wakeUp();
    });
    try {
      let sent = stream.afterSeq;
      const send = async (event: SeenEvent): Promise<void> => {
        if (event.seq <= sent) return;
        sent = event.seq;
        if (!stream.sees(event)) return;
        if (!(await stream.allowed())) open = false;
        else await out.writeSSE({ id: event.seq.toString(), data: stream.present(event) });
      };
      await out.write(': listening\n\n');
      await sendBacklog(stream, send, () => open);
      while (open) {
        for (let event = waiting.shift(); event && open; event = waiting.shift()) await send(event);
        if (open && (await pause((wake) => (wakeUp = wake))) === 'quiet') await out.write(': here\n\n');
      }
    } finally {
      unfollow();
    }
  });
  // It says no-cache by itself, which still lets a shared cache keep what it saw.
  answer.headers.set('Cache-Control', 'no-store');
  return answer;
}

async function sendBacklog(stream: Stream, send: (event: SeenEvent) => Promise<void>, open: () => boolean): Promise<void> {
  let after = stream.afterSeq;
  for (let full = true; full && open(); ) {
    const events = await stream.backlog(after);
    for (const event of events) await send(event);
    after = events.at(-1)?.seq ?? after;
    full = events.length === batch;
  }
}

/** Waits for the next event, or for the moment when a quiet line must show that it still lives. */
function pause(onWake: (wake: () => void) => void): Promise<'woken' | 'quiet'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('quiet'), heartbeatMs);
    onWake(() => {
      clearTimeout(timer);
      resolve('woken');
    });
  });
}

/** How many events one backlog read may hold; a full one means there is more. */
export const backlogLimit = batch;

/** What the browser says it has last: the header on a reconnect, else the query the page was made with; null: neither, or not a number. */
export function lastEventSeq(c: WebContext): bigint | null {
  const text = c.req.header('last-event-id') ?? c.req.query('after') ?? '';
  return /^\d{1,18}$/.test(text) ? BigInt(text) : null;
}
