import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { setCookie } from 'hono/cookie';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isLocale } from '../../core/locale.ts';
import type { Deps, WebContext } from '../context.ts';
import { portalCookie } from '../cookies.ts';
import { barStyleHash, isDemoSlug, withDemoBar } from '../demo/bar.tsx';
import type { Page } from '../ui/page.tsx';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Sends a page of the portal: never kept, never indexed, never framed, and nothing loaded from anywhere else. */
export async function answerPage(
  c: WebContext,
  deps: Deps,
  page: Page,
  status: ContentfulStatusCode = 200,
  formsTo: readonly string[] = [],
): Promise<Response> {
  portalHeaders(c);
  const withBar = deps.config.demo && isDemoSlug(c.req.param('business'));
  c.header('Content-Security-Policy', policyOf(withBar ? [page.styleHash, barStyleHash] : [page.styleHash], formsTo));
  keepLanguage(c, deps);
  c.header('Content-Type', 'text/html; charset=UTF-8');
  return compressed(c, withBar ? withDemoBar(page.html, portalCookie.read(c, deps.config.secureCookies) === null ? 'customer' : 'manager') : page.html, status);
}

export function portalHeaders(c: WebContext): void {
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex, nofollow');
  c.header('X-Content-Type-Options', 'nosniff');
}

/** On to another page after an act: the reload of that page repeats nothing. */
export function seeOther(c: WebContext, location: string): Response {
  portalHeaders(c);
  return c.redirect(location, 303);
}

/** The page's one style is allowed by its hash, so that the same page is the same bytes every time. */
function policyOf(styleHashes: readonly string[], formsTo: readonly string[]): string {
  return (
    `default-src 'none'; script-src 'self'; style-src ${styleHashes.map((hash) => `'sha256-${hash}'`).join(' ')}; img-src 'self' data:; connect-src 'self'; ` +
    `form-action ${["'self'", ...formsTo].join(' ')}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; report-uri /csp-report`
  );
}

/** A language chosen by its link stays chosen in this browser. */
function keepLanguage(c: WebContext, deps: Deps): void {
  const lang = c.req.query('lang');
  if (lang !== undefined && isLocale(lang))
    setCookie(c, 'lang', lang, { path: '/', sameSite: 'Lax', secure: deps.config.secureCookies, maxAge: 365 * 24 * 3600 });
}

async function compressed(c: WebContext, html: string, status: ContentfulStatusCode): Promise<Response> {
  c.header('Vary', 'Accept-Encoding, Accept-Language, Cookie');
  const accepts = c.req.header('accept-encoding') ?? '';
  if (c.req.method === 'HEAD' || !/\b(br|gzip)\b/.test(accepts)) return c.body(html, status);
  const best = /\bbr\b/.test(accepts) ? 'br' : 'gzip';
  const bytes = best === 'br' ? await brotli(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) : await gzipped(html, { level: 5 });
  c.header('Content-Encoding', best);
  return c.body(new Uint8Array(bytes), status);
}
