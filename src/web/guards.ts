import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { limits } from '../core/limits.ts';
import { callerBehind, type Network } from '../core/networks.ts';
import { Refusal } from '../core/refusal.ts';
import { newId } from '../db/fresh.ts';
import { log } from '../log.ts';
import { countRequest } from '../metrics.ts';
import { callerAddress, type WebContext, type WebEnv } from './context.ts';

/** A token or code in a path is as good as a password: what is logged names the route, never the secret. */
export function loggedPath(path: string): string {
  return path.replace(/(\/(?:l|enter|stop)\/)[^/\s"]+/g, '$1…').slice(0, 500);
}

/** The address as the router knows it, `/:business/d/:document`: names no token, no business and no person, and there are few of them. */
export function routeOf(c: WebContext): string {
  const path = routePath(c);
  return path === '/*' || path === '*' ? 'unmatched' : path;
}

/** Gives each request an id that its answer, its events and its log line share, and says in one line what became of it. */
export function requestLine(): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const requestId = newId();
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    const startedMs = performance.now();
    await next();
    const route = routeOf(c);
    const { status } = c.res;
    const ms = performance.now() - startedMs;
    countRequest(c.req.method, route, status, ms);
    // Probes come every few seconds and say nothing while all is well.
    if (route.startsWith('/health/') && status < 400) return;
    log.info('request', { requestId, method: c.req.method, route, status, ms: Math.trunc(ms), business: c.get('business') });
  };
}

/** Behind proxies of the host's own, who really asks. */
export function callerOf(trusted: readonly Network[]): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (trusted.length > 0) c.set('caller', callerBehind(callerAddress(c), c.req.header('x-forwarded-for'), trusted));
    await next();
  };
}

/** Headers every answer carries. Pages add their content policy through `contentPolicy`. */
export function safeHeaders(secure: boolean): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('X-Frame-Options', 'SAMEORIGIN');
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    await next();
  };
}

/** What a page of ours may load: itself, and the inline pieces that carry this answer's nonce. Sets the header and gives the nonce. */
export function contentPolicy(c: WebContext, extra: Readonly<{ formAction?: string; frameAncestors?: string }> = {}): string {
  const nonce = randomBytes(16).toString('base64url');
  c.set('nonce', nonce);
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; ` +
      `connect-src 'self'; frame-src 'self' blob:; form-action 'self'${extra.formAction ? ` ${extra.formAction}` : ''}; base-uri 'none'; object-src 'none'; ` +
      `frame-ancestors ${extra.frameAncestors ?? "'none'"}; report-uri /csp-report`,
  );
  return nonce;
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses acts that another site started. A browser says where a form came from with Sec-Fetch-Site or Origin; with our
 * no-referrer policy Origin reads "null" on a plain form, so on plain-http hosts (where Sec-Fetch-Site is not sent)
 * "null" passes and the SameSite cookie is what protects. Callers with a key carry no cookie; processors sign their bytes.
 */
export function ownOriginOnly(appUrl: string, secure: boolean): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (reading.has(c.req.method) || c.req.path.startsWith('/inbound/') || c.req.header('authorization') !== undefined) return next();
    if (isOneClick(c)) return next();
    if (!fromHere(c, appUrl, secure)) throw new Refusal('origin_refused');
    await next();
  };
}

/** A mail program stops reminders for its reader (RFC 8058): it is no browser, carries no cookie, and the address itself is the proof. */
function isOneClick(c: WebContext): boolean {
  const browser = ['sec-fetch-site', 'origin', 'cookie'].some((name) => c.req.header(name) !== undefined);
  return !browser && /^\/[^/]+\/stop\/[^/]+$/.test(c.req.path);
}

function fromHere(c: WebContext, appUrl: string, secure: boolean): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  if (origin === undefined) return false;
  if (origin === 'null') return !secure;
  return origin === appUrl || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
}

/** An address with a NUL in it names nothing: no text in the database can hold one. */
export function readableAddress(): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (c.req.url.includes('%00')) throw new Refusal('text_unreadable');
    await next();
  };
}

/** Bodies have a limit before anything reads them; a body of unknown length is let in only where it is read as a stream with its own limit. */
export function bodyLimit(): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (reading.has(c.req.method)) return next();
    const length = c.req.header('content-length');
    const most = largestBody(c.req.path);
    const streamed = length === undefined && c.req.header('transfer-encoding') !== undefined;
    if (streamed && !imports.test(c.req.path) && !uploads.test(c.req.path)) throw new Refusal('body_too_large');
    if (length !== undefined && (!/^\d{1,12}$/.test(length) || Number(length) > most)) throw new Refusal('body_too_large');
    await next();
  };
}

/** Read piece by piece, and cut off there at their own limit. */
const imports = /^\/api\/v1\/imports(\/|$)/;
const uploads =
  /^\/api\/v1\/(settings\/logo|(invoices|drafts|estimates)\/[^/]+\/attachments|(field\/invoices|(field\/)?visits)\/[^/]+\/photos|threads\/[^/]+\/files|shelf)$/;
/** A record somebody wants checked: read whole, so its length must be told. */
const record = /^\/[^/]+\/verify$/;
/** A message with files, from somebody signed in. */
const message = /^\/[^/]+\/messages\/[^/]+$/;

function largestBody(path: string): number {
  if (imports.test(path)) return limits.importBodyBytes;
  return uploads.test(path) || record.test(path) || message.test(path) ? limits.attachmentBytes + 64 * 1024 : limits.jsonBodyBytes;
}
