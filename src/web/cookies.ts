import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { WebContext } from './context.ts';

/**
 * A session cookie: HttpOnly, Lax, whole site. On https it carries Secure and the `__Host-` prefix; a plain-http host gets the plain
 * name, because browsers refuse the prefix there.
 */
function sessionCookie(name: string) {
  const nameFor = (secure: boolean): string => (secure ? `__Host-${name}` : name);
  return {
    read: (c: WebContext, secure: boolean): string | null => {
      const token = getCookie(c, nameFor(secure)) ?? '';
      return /^[\w-]{43}$/.test(token) ? token : null;
    },
    set: (c: WebContext, secure: boolean, token: string, maxAgeS: number): void =>
      setCookie(c, nameFor(secure), token, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: maxAgeS }),
    clear: (c: WebContext, secure: boolean): void => {
      deleteCookie(c, nameFor(secure), { path: '/', secure });
    },
  };
}

export const officeCookie = sessionCookie('office');
export const portalCookie = sessionCookie('portal');
/** Binds a mailed code to the browser that asked for it. */
export const officeNonceCookie = sessionCookie('office-code');
export const portalNonceCookie = sessionCookie('portal-code');
/** Binds a question to an authenticator, or the wait for a second proof, to the browser that asked. */
export const ceremonyCookie = sessionCookie('office-ask');
/** By this a browser is known again, so that a new one can be told of. It opens nothing. */
export const deviceCookie = sessionCookie('device');
