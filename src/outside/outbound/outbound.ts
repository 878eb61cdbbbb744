import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Outbound, OutboundOutcome, OutboundRequest } from '../../core/gateways.ts';
import { isLoopback, isPublicAddress, readOutboundUrl } from '../../core/outbound-address.ts';

export type Resolver = (hostname: string) => Promise<readonly { address: string; family: number }[]>;
export type OutboundOptions = Readonly<{
  /** Lets plain http to this machine through: for trying things out. */
  loopback: boolean;
  resolve?: Resolver;
  connectMs?: number;
  totalMs?: number;
}>;

const answerBytes = 64 * 1024;
const keptCharacters = 1024;
/** All that resolve, in the system's order. A machine's own hosts file counts, as it does for everything else on it. */
const systemResolver: Resolver = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * The one client for addresses that somebody typed. The address is checked as text, its name is resolved once, every answer of the resolver must
 * be public, and the connection goes to the checked number itself, so a name that changes its mind changes nothing. It follows no redirect,
 * uses no proxy, reads at most 64 KB, and gives up after 5 seconds without a connection or 15 in all. What goes wrong is data, never an exception.
 */
export function outboundClient({ loopback, resolve = systemResolver, connectMs = 5_000, totalMs = 15_000 }: OutboundOptions): Outbound {
  return {
    post: async (request) => {
      const url = readOutboundUrl(request.url, { loopback });
      if (typeof url === 'string') return refused(`address_${url}`);
      const startedMs = performance.now();
      const pinned = await within(totalMs, pin(url, resolve, loopback)).catch(() => null);
      if (pinned === null) return { kind: 'failed', reason: 'name_unknown', durationMs: since(startedMs) };
      if (pinned === 'inside') return refused('address_inside');
      return send(url, pinned, request, { connectMs, totalMs: Math.max(1, totalMs - since(startedMs)), startedMs });
    },
  };
}

const refused = (reason: string): OutboundOutcome => ({ kind: 'refused', reason });
const since = (startedMs: number): number => Math.trunc(performance.now() - startedMs);

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('too slow')), limitMs);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

type Pinned = Readonly<{ address: string; family: number }>;

/** The number to connect to. One inner address among public ones spoils them all. */
async function pin(url: URL, resolve: Resolver, loopback: boolean): Promise<Pinned | 'inside' | null> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const found = await resolve(hostname);
  const allowed =
    url.protocol === 'http:' ? loopback && found.every(({ address }) => isLoopback(address)) : found.every(({ address }) => isPublicAddress(address));
  if (!allowed) return 'inside';
  // IPv4 first: a host with a broken IPv6 route is common, one with a broken IPv4 route is not.
  return found.find(({ family }) => family === 4) ?? found[0] ?? null;
}

type Times = Readonly<{ connectMs: number; totalMs: number; startedMs: number }>;

function send(url: URL, { address, family }: Pinned, { headers, body }: OutboundRequest, { connectMs, totalMs, startedMs }: Times): Promise<OutboundOutcome> {
  const { promise, resolve: done } = Promise.withResolvers<OutboundOutcome>();
  const bytes = Buffer.from(body, 'utf8');
  const toPinned: LookupFunction = (_hostname, options, found) => (options.all ? found(null, [{ address, family }]) : found(null, address, family));
  const options = {
    method: 'POST',
    lookup: toPinned,
    family,
    autoSelectFamily: false,
    headers: { ...headers, 'Content-Length': String(bytes.length), Accept: '*/*', Connection: 'close' },
  };
  // An agent of its own: no connection is shared between businesses, and no proxy is read from the environment.
  const plain = url.protocol === 'http:';
  const asked = plain
    ? http.request(url, { ...options, agent: new http.Agent({ keepAlive: false }) })
    : https.request(url, { ...options, agent: new https.Agent({ keepAlive: false }) });
  const end = (outcome: OutboundOutcome): void => {
    clearTimeout(connecting);
    clearTimeout(all);
    done(outcome);
    asked.destroy();
  };
  const failed = (reason: string): void => end({ kind: 'failed', reason, durationMs: since(startedMs) });
  const connecting = setTimeout(() => failed('connect_timeout'), connectMs);
  const all = setTimeout(() => failed('timeout'), totalMs);
  asked.on('socket', (socket) => {
    socket.once(plain ? 'connect' : 'secureConnect', () => {
      clearTimeout(connecting);
      if (socket.remoteAddress !== undefined && socket.remoteAddress !== address) failed('address_changed');
    });
  });
  asked.on('error', (error: NodeJS.ErrnoException) => failed(reasonOf(error)));
  asked.on('response', (answer) => {
    readAnswer(answer, (text) =>
      end({ kind: 'answered', status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? null, text, durationMs: since(startedMs) }),
    );
  });
  asked.end(bytes);
  return promise;
}

/** The beginning of what was answered. An answer that does not stop is cut, and its status counts all the same. */
function readAnswer(answer: http.IncomingMessage, done: (text: string) => void): void {
  const pieces: Buffer[] = [];
  let size = 0;
  const finish = (): void =>
    done(
      readable(
        Buffer.concat(pieces)
          .subarray(0, keptCharacters * 4)
          .toString('utf8'),
      ),
    );
  answer.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    if (size > answerBytes) finish();
  });
  answer.on('end', finish);
  answer.on('error', finish);
  answer.on('close', finish);
}

/** Foreign text for a page of ours: no control characters, no half letters. */
function readable(text: string): string {
  return [...text.replace(/[^\P{Cc}\n\t]|\p{Cf}|\p{Co}|\uFFFD/gu, '').toWellFormed()].slice(0, keptCharacters).join('');
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ETIMEDOUT: 'connect_timeout',
  HPE_HEADER_OVERFLOW: 'answer_malformed',
};

function reasonOf({ code = '' }: NodeJS.ErrnoException): string {
  if (reasons[code] !== undefined) return reasons[code];
  if (code.startsWith('HPE_')) return 'answer_malformed';
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? 'certificate' : 'connection_failed';
}
