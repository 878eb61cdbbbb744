import { Refusal } from '../../core/refusal.ts';
import type { NewSession } from '../../domain/people/entry/sessions.ts';
import type { AskedCode, Asker } from '../../domain/people/sign-in.ts';
import { callerAddress, type Deps, type WebContext } from '../context.ts';
import { ceremonyCookie, deviceCookie, officeCookie, officeNonceCookie } from '../cookies.ts';
import type { OfficeGrant } from './caller.ts';

/** The browser that asks, as the socket and its own words tell. */
export function askerOf(c: WebContext, { config }: Deps): Asker {
  const secure = config.secureCookies;
  return { address: callerAddress(c), device: c.req.header('user-agent') ?? '', token: officeCookie.read(c, secure), known: deviceCookie.read(c, secure) };
}

/** A mailed code works in the browser that asked for it only: this cookie is how we know it again. */
export function keepNonce(c: WebContext, { config, now }: Deps, code: AskedCode): void {
  const lifeS = Math.max(1, Math.trunc((Temporal.Instant.from(code.expiresAt).epochMilliseconds - now().epochMilliseconds) / 1000));
  officeNonceCookie.set(c, config.secureCookies, code.nonce, lifeS);
}

export function readNonce(c: WebContext, { config }: Deps): string {
  const nonce = officeNonceCookie.read(c, config.secureCookies);
  if (nonce === null) throw new Refusal('code_wrong');
  return nonce;
}

export function keepSession(c: WebContext, { config }: Deps, session: NewSession): void {
  officeCookie.set(c, config.secureCookies, session.token, session.maxAgeSeconds);
  if (session.deviceToken !== undefined) deviceCookie.set(c, config.secureCookies, session.deviceToken, 400 * 24 * 3600);
}

/** A question to an authenticator is answered in the browser that was asked, or not at all. */
export function keepCeremony(c: WebContext, { config }: Deps, asked: Readonly<{ nonce: string }>): void {
  ceremonyCookie.set(c, config.secureCookies, asked.nonce, 600);
}

export function readCeremonyNonce(c: WebContext, { config }: Deps, otherwise: 'passkey_refused' | 'factor_wrong'): string {
  const nonce = ceremonyCookie.read(c, config.secureCookies);
  if (nonce === null) throw new Refusal(otherwise);
  return nonce;
}

/** The token of the session that was let in a moment ago. */
export function ownToken(c: WebContext, { config }: Deps): string {
  const token = officeCookie.read(c, config.secureCookies);
  if (token === null) throw new Refusal('sign_in_required');
  return token;
}

export function codeIs(grant: OfficeGrant): { business: string; identityId: string } {
  if (grant.business === undefined || grant.identity === undefined) throw new Refusal('sign_in_required');
  return { business: grant.business, identityId: grant.identity };
}
