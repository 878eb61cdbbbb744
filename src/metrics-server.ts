import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenSentence, StartError } from './boot.ts';
import type { Config } from './config.ts';
import { readAlerts } from './db/host.ts';
import { type Database, poolState } from './db/pool.ts';
import { queueState } from './db/queue.ts';
import { errorFields, log } from './log.ts';
import { addReading, startMetrics } from './metrics.ts';
import type { Readiness } from './web/health.ts';

export type MetricsServer = Readonly<{ port: number; close: () => Promise<void> }>;
type Parts = Readonly<{ config: Config; database: Database; ready: Readiness; listeners: () => number }>;

/**
 * The host's own listener: /metrics for Prometheus and the same two probes as on the public port, for a worker that has no other. It has no
 * sign-in, so it listens on this machine alone unless METRICS_HOST says otherwise. Null without METRICS_PORT.
 */
export async function serveMetrics({ config, database, ready, listeners }: Parts): Promise<MetricsServer | null> {
  if (config.metrics === null) return null;
  const { host, port } = config.metrics;
  const registry = await startMetrics();
  await addReadings(database, listeners);
  const answers: Readonly<Record<string, () => Promise<readonly [number, string, string]>>> = {
    '/metrics': async () => [200, registry.contentType, await registry.metrics()],
    '/health/live': async () => [200, 'text/plain', 'live'],
    '/health/ready': async () => {
      const why = await ready();
      return [why === null ? 200 : 503, 'application/json', JSON.stringify(why === null ? { ready: true } : { ready: false, why })];
    },
  };
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? answers[request.url ?? ''] : undefined;
    const send = ([status, type, body]: readonly [number, string, string]): void => void response.writeHead(status, { 'content-type': type }).end(body);
    if (answer === undefined) return send([404, 'text/plain', 'not here']);
    answer().then(send, (error: unknown) => {
      log.warn('metrics not read', errorFields(error));
      send([503, 'text/plain', 'not now']);
    });
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(new StartError(listenSentence(error, host, port).replace(/^(PORT|HOST)/, 'METRICS_$1'))));
    server.listen(port, host, done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function addReadings(database: Database, listeners: () => number): Promise<void> {
  const pool = (part: 'used' | 'idle' | 'waiting') => () => Object.fromEntries(Object.entries(poolState(database)).map(([name, state]) => [name, state[part]]));
  const queue = (part: 'waiting' | 'running' | 'dead' | 'oldestSeconds') => async () =>
    Object.fromEntries((await queueState(database)).map((state) => [state.task, state[part]]));
  await addReading({ name: 'database_connections_used', help: 'Connections at work, by pool', label: 'pool', read: pool('used') });
  await addReading({ name: 'database_connections_idle', help: 'Open connections at rest, by pool', label: 'pool', read: pool('idle') });
  await addReading({ name: 'database_connections_waiting', help: 'Callers that wait for a connection, by pool', label: 'pool', read: pool('waiting') });
  await addReading({ name: 'tasks_waiting', help: 'Tasks that are due and wait', label: 'task', read: queue('waiting') });
  await addReading({ name: 'tasks_running', help: 'Tasks a worker has taken', label: 'task', read: queue('running') });
  await addReading({ name: 'tasks_dead', help: 'Tasks that failed for good', label: 'task', read: queue('dead') });
  await addReading({ name: 'tasks_oldest_seconds', help: 'How long the oldest due task has waited', label: 'task', read: queue('oldestSeconds') });
  await addReading({ name: 'live_listeners', help: 'Open live streams of this process', read: () => ({ '': listeners() }) });
  await addReading({
    name: 'alerts',
    help: 'Conditions that need the host now',
    label: 'condition',
    read: async () =>
      Object.fromEntries((await readAlerts(database)).filter(({ state }) => state !== 'over').map(({ condition, found }) => [condition, found])),
  });
}
