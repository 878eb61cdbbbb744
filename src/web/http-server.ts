import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebEnv } from './context.ts';

export type HttpServer = Readonly<{
  /** The port it listens on: the given one, or the one chosen when 0 was given. */
  port: number;
  /** Takes no new requests, ends live streams, and waits for running requests for at most `limitMs`. */
  drain: (limitMs: number) => Promise<void>;
}>;

/** Longer than any proxy keeps an idle connection, so that it is the proxy who closes it. */
const keepAliveMs = 75_000;

/** Serves `app`. Rejects with the system's error when the port cannot be had. */
export async function listenHttp(app: Hono<WebEnv>, host: string, port: number): Promise<HttpServer> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const streams = new Set<ServerResponse>();
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = 20_000;
  server.requestTimeout = 120_000;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.headers.accept?.includes('text/event-stream')) return;
    streams.add(response);
    response.once('close', () => streams.delete(response));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
  const drain = async (limitMs: number): Promise<void> => {
    const closed = new Promise<void>((done) => server.close(() => done()));
    for (const stream of streams) stream.destroy();
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), limitMs);
    await closed;
    clearTimeout(late);
  };
  return { port: (server.address() as AddressInfo).port, drain };
}
