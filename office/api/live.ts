import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { addressOf } from './client.ts';
import type { Event, EventPage } from './types.ts';

/** Which of what we read is renewed by what happens, by the noun of the event. */
const renewed: Readonly<Record<string, readonly string[]>> = {
  business: ['settings', 'session'],
  staff: ['staff', 'rights', 'devices', 'factors'],
  team: ['team-rules', 'session'],
  crew: ['assignments', 'field'],
  processor: ['processor', 'settings'],
  pay_details: ['settings', 'pay-details', 'home'],
  key: ['api-keys', 'home'],
  webhook: ['webhooks', 'home'],
  customer: ['customers', 'search', 'reminders', 'detail-changes'],
  property: ['customers'],
  person: ['customers', 'people', 'links', 'reminders'],
  item: ['items'],
  tax_rate: ['tax-rates', 'items'],
  invoice: ['invoices', 'home', 'customers', 'links', 'payments', 'search', 'reminders', 'field', 'credit-notes'],
  estimate: ['estimates', 'home', 'customers', 'links', 'search'],
  job: ['jobs', 'visits', 'customers', 'estimates', 'invoices', 'search'],
  visit: ['visits', 'jobs', 'customers', 'field', 'visit-rules'],
  deposit: ['invoices', 'customers', 'payments', 'home'],
  charges: ['settings', 'charges', 'customers', 'invoices'],
  reminder: ['reminders', 'invoices', 'customers'],
  reminders: ['reminders', 'customers'],
  export: ['exports'],
  mail: ['mails', 'invoices', 'estimates', 'home', 'links', 'refusing', 'customers'],
  link: ['links', 'estimates'],
  shelf: ['shelf'],
  message: ['threads', 'home'],
  question: ['threads', 'home', 'invoices', 'estimates'],
  charge: ['charges-asked', 'threads', 'home', 'invoices', 'customers', 'reports', 'reminders'],
  payment: ['payments', 'invoices', 'home', 'customers', 'credit-notes'],
  payout: ['payments', 'home'],
  credit: ['payments', 'invoices', 'home', 'customers'],
  method: ['autopay', 'customers'],
  autopay: ['autopay', 'home', 'customers', 'invoices', 'settings'],
  import: ['imports', 'customers', 'invoices', 'home', 'settings'],
  batch: ['batches'],
  filter: ['filters'],
  snippet: ['snippets'],
  history: ['settings', 'invoices'],
};
const always = ['events'];

/** The first words of the query keys an event makes stale. Unknown nouns renew everything: better once too often. */
export function keysRenewedBy(kind: string): readonly string[] | 'all' {
  const keys = renewed[kind.split('.')[0] ?? ''];
  return keys === undefined ? 'all' : [...keys, ...always];
}

export type LiveState = 'off' | 'connecting' | 'live' | 'cut';
type Listener = (event: Event) => void;

let state: LiveState = 'off';
const stateListeners = new Set<() => void>();
const eventListeners = new Set<Listener>();

function setState(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const listener of stateListeners) listener();
}

/** Whether what is on screen is kept up to date right now. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

export function onLiveEvent(listener: Listener): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

const retryFirstMs = 1_000;
const retryMostMs = 20_000;
const hiddenCloseMs = 60_000;
const batchMs = 250;

/**
 * Listens to the events of one business and renews what they touch. After a cut it goes on from the last event seen, so nothing
 * is missed; a window nobody looks at gives its connection back after a minute. Answers how to stop.
 */
export function startLive(client: QueryClient, business: string): () => void {
  let source: EventSource | null = null;
  let lastSeq: number | null = null;
  let retryMs = retryFirstMs;
  let retryTimer = 0;
  let hiddenTimer = 0;
  let batchTimer = 0;
  const stale = new Set<string>();

  const flush = (): void => {
    batchTimer = 0;
    const keys = new Set(stale);
    stale.clear();
    void client.invalidateQueries(keys.has('all') ? {} : { predicate: ({ queryKey }) => keys.has(String(queryKey[0])) && queryKey[1] !== 'feed' });
  };
  const take = (message: MessageEvent<string>): void => {
    const event = JSON.parse(message.data) as Event;
    if (lastSeq !== null && event.seq <= lastSeq) return;
    lastSeq = event.seq;
    client.setQueryData<EventPage>(['events', 'feed'], (page) => page && { ...page, items: [event, ...page.items].slice(0, 60) });
    const keys = keysRenewedBy(event.kind);
    for (const key of keys === 'all' ? ['all'] : keys) stale.add(key);
    if (batchTimer === 0) batchTimer = window.setTimeout(flush, batchMs);
    for (const listener of eventListeners) listener(event);
  };
  const close = (): void => {
    source?.close();
    source = null;
    clearTimeout(retryTimer);
  };
  const open = (): void => {
    close();
    if (state !== 'cut') setState('connecting');
    source = new EventSource(addressOf('streamEvents', { query: { business, ...(lastSeq === null ? {} : { after: lastSeq }) } }));
    source.onmessage = take;
    source.onopen = () => {
      // What happened before the very first connection may be missing from what was read a moment ago.
      if (state === 'cut' && lastSeq === null) void client.invalidateQueries();
      retryMs = retryFirstMs;
      setState('live');
    };
    source.onerror = () => {
      setState('cut');
      if (source?.readyState !== EventSource.CLOSED) return;
      retryTimer = window.setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, retryMostMs);
    };
  };
  const onVisibility = (): void => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = window.setTimeout(close, hiddenCloseMs);
    else if (source === null || source.readyState === EventSource.CLOSED) open();
  };

  open();
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', open);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', open);
    clearTimeout(hiddenTimer);
    clearTimeout(batchTimer);
    close();
    setState('off');
  };
}
