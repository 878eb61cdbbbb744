import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebEnv } from './context.ts';

export type HttpServer = Readonly<{
  /** The port it listens on: the given one, or the one chosen when 0 was given. */
  port: number;
  /** Still answers everything, and asks each caller to open a new connection for the next request, which then goes elsewhere. */
  retire: () => void;
  /** Takes no new requests, ends live streams, and waits for running requests for at most `limitMs`. */
  drain: (limitMs: number) => Promise<void>;
}>;

/**
 * How long a caller may take, in milliseconds, how long a connection may stand still in the middle of an answer, and how many may be connected at once.
 */
export type CallerLimits = Readonly<{ headersMs: number; requestMs: number; stillMs: number; checkMs: number; connections: number }>;

/** Longer than any proxy keeps an idle connection, so that it is the proxy who closes it. */
const keepAliveMs = 75_000;
/** A caller who sends a letter a second holds a socket and a few kilobytes until its time is over, and nothing else. */
const usual: CallerLimits = { headersMs: 20_000, requestMs: 120_000, stillMs: 150_000, checkMs: 5_000, connections: 10_000 };

/** Serves `app`. Rejects with the system's error when the port cannot be had. */
export async function listenHttp(app: Hono<WebEnv>, host: string, port: number, changes: Partial<CallerLimits> = {}): Promise<HttpServer> {
  const limits = { ...usual, ...changes };
  const serverOptions = { connectionsCheckingInterval: limits.checkMs, headersTimeout: limits.headersMs, requestTimeout: limits.requestMs };
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
  const streams = new Set<ServerResponse>();
  let retired = false;
  server.keepAliveTimeout = keepAliveMs;
  // Whoever asks and does not read holds what was written for them; a live stream is never still for so long.
  server.setTimeout(limits.stillMs);
  server.maxConnections = limits.connections;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (retired) response.shouldKeepAlive = false;
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
  const retire = (): void => {
    retired = true;
    // A live stream comes back by itself, and finds a server that stays.
    for (const stream of streams) stream.destroy();
  };
  const drain = async (limitMs: number): Promise<void> => {
    retire();
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), limitMs);
    await closed;
    clearTimeout(late);
  };
  return { port: (server.address() as AddressInfo).port, retire, drain };
}
