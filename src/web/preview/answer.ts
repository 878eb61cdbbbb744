import type { WebContext } from '../context.ts';
import type { Page } from '../ui/page.tsx';

/**
 * Answers a page to be framed by the office: it may load its own style and pictures and do nothing else. No form sends, no script
 * runs, and no link leads anywhere, so looking at it leaves no trace. It keeps our origin, or its pictures would not load.
 */
export function answerPreview(c: WebContext, page: Page): Response {
  return answerInert(c, page.html, `style-src 'sha256-${page.styleHash}'; img-src 'self' data:`);
}

/** The same for a mail, whose styles stand on its elements; `pictures` is where its logo comes from. */
export function answerMailPreview(c: WebContext, html: string, pictures: string): Response {
  return answerInert(c, html, `style-src 'unsafe-inline'; img-src 'self' ${pictures} data:`);
}

/** Any page that only shows. `allowed`: where its style and pictures may come from. */
export function answerInert(c: WebContext, html: string, allowed: string): Response {
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex');
  c.header('Content-Type', 'text/html; charset=UTF-8');
  c.header('Content-Security-Policy', `default-src 'none'; ${allowed}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin`);
  return c.body(inert(html));
}

/** Links keep their words and lose their way; buttons cannot be pressed. */
function inert(html: string): string {
  return html.replace(/(<a\b[^>]*?)\s(?:href|target|ping)="[^"]*"/g, '$1').replace(/<button\b/g, '<button disabled');
}
