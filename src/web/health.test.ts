import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../../test/tcp-proxy.ts';
import { testWeb } from '../../test/web.ts';
import { readConfig } from '../config.ts';
import { type Pulse, takePulse } from '../db/health.ts';
import { serveMetrics } from '../metrics-server.ts';
import { createApp } from './app.ts';
import type { NotReady } from './health.ts';

const web = testWeb();
let proxy: TcpProxy;
let pulse: Pulse;
let phase: NotReady | null = null;
beforeAll(async () => {
  proxy = await startTcpProxy(() => [{ path: `${inject('cluster').socketDir}/.s.PGSQL.5432` }]);
  pulse = takePulse({ ...web().login, host: '127.0.0.1', port: proxy.port });
});
afterAll(async () => {
  await pulse.close();
  await proxy.close();
});

const ready = async () => phase ?? (await pulse.ask());
const ask = async (path: string): Promise<readonly [number, string]> => {
  const answer = await createApp({ ...web().deps, ready }).request(`http://localhost:3999${path}`);
  return [answer.status, await answer.text()];
};

describe('O2 the probes', () => {
  test('are two: a process whose database is gone or that is about to stop is alive and not ready', async () => {
    expect(await ask('/health/ready')).toEqual([200, '{"ready":true}']);
    proxy.cut();
    await expect.poll(() => ask('/health/ready'), { timeout: 5_000 }).toEqual([503, '{"ready":false,"why":"database"}']);
    expect(await ask('/health/live')).toEqual([200, 'live']);
    proxy.join();
    await expect.poll(() => ask('/health/ready'), { timeout: 5_000 }).toEqual([200, '{"ready":true}']);
    phase = 'draining';
    expect(await ask('/health/ready')).toEqual([503, '{"ready":false,"why":"draining"}']);
    expect(await ask('/health/live')).toEqual([200, 'live']);
    phase = null;
  });
});

describe('O9 D4 the metrics', () => {
  test('stand on a listener of their own, on this machine alone, and name no business, person or address', async () => {
    const config = readConfig({ METRICS_PORT: '0' });
    expect(config.metrics).toEqual({ host: '127.0.0.1', port: 0 });
    expect(readConfig({}).metrics).toBeNull();
    const server = await serveMetrics({ config, database: web().database, ready, listeners: web().deps.live.listeners });
    try {
      await ask('/api/v1/invoices/inv_secretinvoice?q=rosa@example.com');
      await ask('/paper-otter/l/secret-token-of-a-link');
      expect((await ask('/metrics'))[0]).toBe(404);
      const answer = await fetch(`http://127.0.0.1:${server?.port}/metrics`);
      const text = await answer.text();
      for (const name of ['http_requests_total', 'http_request_duration_seconds_bucket', 'nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes'])
        expect(text).toContain(name);
      for (const name of ['database_connections_used{pool="acts"}', 'database_connections_waiting{pool="pages"}', 'live_listeners 0'])
        expect(text).toContain(name);
      expect(text).toMatch(/^http_requests_total\{method="GET",route="\/api\/v1\/invoices\/:invoiceId",status="40[14]"\} 1$/m);
      expect(text).not.toMatch(/secret|rosa|paper-otter|inv_/);
      expect((await fetch(`http://127.0.0.1:${server?.port}/health/ready`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${server?.port}/`)).status).toBe(404);
    } finally {
      await server?.close();
    }
  });
});
