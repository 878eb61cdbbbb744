import { setCookie } from 'hono/cookie';
import { href } from '../../routes.ts';
import type { WebContext } from '../context.ts';

const nameFor = (secure: boolean): string => (secure ? '__Secure-link' : 'link');
const year = 365 * 24 * 3600;

/**
 * The cookie that holds a document link's token: its path is the document's, so twenty open documents are twenty cookies and none
 * goes anywhere else. `document` is its public id, as the address says it. Lax, because Strict is not sent after the press in a mail.
 */
export const linkCookie = {
  /** Every one the browser sent for this path; a newer one of the same document replaces the older in the browser itself. */
  read(c: WebContext, secure: boolean): string | null {
    const found = new RegExp(`(?:^|;\\s*)${nameFor(secure)}=([\\w-]{43})(?:;|$)`).exec(c.req.header('cookie') ?? '');
    return found?.[1] ?? null;
  },
  set(c: WebContext, secure: boolean, at: { slug: string; document: string }, token: string): void {
    setCookie(c, nameFor(secure), token, { path: pathOf(at), httpOnly: true, secure, sameSite: 'Lax', maxAge: year });
  },
  clear(c: WebContext, secure: boolean, at: { slug: string; document: string }): void {
    setCookie(c, nameFor(secure), '', { path: pathOf(at), httpOnly: true, secure, sameSite: 'Lax', maxAge: 0 });
  },
};

function pathOf({ slug, document }: { slug: string; document: string }): string {
  return href('document', { business: slug, document });
}
