import type { Counter, Histogram, Registry } from 'prom-client';

/** What is counted while somebody asks for it (METRICS_PORT). Labels are names out of our own code: never a tenant, a person or an id. */
type Counters = Readonly<{
  registry: Registry;
  requests: Counter;
  seconds: Histogram;
  tasks: Counter;
  events: Counter;
  mails: Counter;
}>;

let counters: Counters | null = null;

/** Begins to count. Until then every count costs nothing. */
export async function startMetrics(): Promise<Registry> {
  if (counters !== null) return counters.registry;
  const { Counter, collectDefaultMetrics, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  counters = {
    registry,
    requests: new Counter({ name: 'http_requests_total', help: 'Requests by route and status', labelNames: ['method', 'route', 'status'], registers }),
    seconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'From the first byte to the answer',
      labelNames: ['route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10],
      registers,
    }),
    tasks: new Counter({ name: 'tasks_total', help: 'Tries of background tasks by outcome', labelNames: ['task', 'outcome'], registers }),
    events: new Counter({ name: 'events_total', help: 'What happened, payments by what became of them included', labelNames: ['kind'], registers }),
    mails: new Counter({ name: 'mails_total', help: 'Tries of mails by outcome', labelNames: ['outcome'], registers }),
  };
  return registry;
}

type Reading = Readonly<{
  name: string;
  help: string;
  label?: string;
  read: () => Promise<Readonly<Record<string, number>>> | Readonly<Record<string, number>>;
}>;

/** A value that is read when somebody asks, by the values of its one label; without a label by ''. */
export async function addReading({ name, help, label, read }: Reading): Promise<void> {
  if (counters === null) return;
  const { Gauge } = await import('prom-client');
  new Gauge({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [counters.registry],
    async collect() {
      this.reset();
      for (const [value, count] of Object.entries(await read())) {
        if (label === undefined) this.set(count);
        else this.set({ [label]: value }, count);
      }
    },
  });
}

export function countRequest(method: string, route: string, status: number, ms: number): void {
  counters?.requests.inc({ method, route, status });
  counters?.seconds.observe({ route }, ms / 1000);
}

export function countTask(task: string, outcome: 'done' | 'failed' | 'dead'): void {
  counters?.tasks.inc({ task, outcome });
}

/** Counted as it is recorded; a transaction that rolls back afterwards is counted all the same. */
export function countEvent(kind: string): void {
  counters?.events.inc({ kind });
}

export function countMail(outcome: string): void {
  counters?.mails.inc({ outcome });
}
