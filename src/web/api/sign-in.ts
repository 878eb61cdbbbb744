import { maskEmail } from '../../core/text.ts';
import { startPasswordReset } from '../../domain/people/confirm.ts';
import type { NewSession } from '../../domain/people/entry/sessions.ts';
import { partyOf, type RequestOptions } from '../../domain/people/factors.ts';
import { join, lookAtInvitation, startJoining } from '../../domain/people/invitations.ts';
import { passkeySignIn, secondSignIn, startPasskeySignIn } from '../../domain/people/sign-in.ts';
import type { Deps, WebContext } from '../context.ts';
import { ceremonyCookie, officeNonceCookie } from '../cookies.ts';
import type { HandlersOf } from './call.ts';
import { askerOf, keepCeremony, keepNonce, keepSession, readCeremonyNonce, readNonce } from './entry.ts';
import { sessionOf } from './present-session.ts';
import type { signInOperations } from './schemas/sign-in.ts';

export const signInHandlers: HandlersOf<typeof signInOperations> = {
  secondSignIn: async ({ c, deps, body, answer }) => {
    const nonce = readCeremonyNonce(c, deps, 'factor_wrong');
    return answer(await entered(c, deps, await secondSignIn(deps.database, deps.keys, { nonce, code: body.code, asker: askerOf(c, deps) })));
  },

  startPasskeySignIn: async ({ c, deps, answer }) => {
    const asked = await startPasskeySignIn(deps.database, partyOf(deps.config.appUrl), askerOf(c, deps));
    keepCeremony(c, deps, asked);
    return answer({ options: plain(asked.options) });
  },

  passkeySignIn: async ({ c, deps, body, answer }) => {
    const nonce = readCeremonyNonce(c, deps, 'passkey_refused');
    const { response, remember } = body;
    return answer(
      await entered(c, deps, await passkeySignIn(deps.database, partyOf(deps.config.appUrl), { nonce, response, remember, asker: askerOf(c, deps) })),
    );
  },

  startReset: async ({ c, deps, body, answer }) => {
    const code = await startPasswordReset(deps.database, deps.keys, { ...body, asker: askerOf(c, deps) });
    keepNonce(c, deps, code);
    return answer({ sentTo: maskEmail(body.email), expiresAt: code.expiresAt });
  },

  lookAtInvitation: async ({ deps, body, answer }) => {
    const look = await lookAtInvitation(deps.database, deps.keys, body.token);
    return answer({ ...look, sentTo: maskEmail(look.sentTo) });
  },

  startJoining: async ({ c, deps, body, answer }) => {
    const code = await startJoining(deps.database, deps.keys, { token: body.token, asker: askerOf(c, deps) });
    keepNonce(c, deps, code);
    return answer({ sentTo: maskEmail(code.sentTo), expiresAt: code.expiresAt });
  },

  joinTeam: async ({ c, deps, body, answer }) => {
    const joined = await join(deps.database, deps.keys, { ...body, nonce: readNonce(c, deps), asker: askerOf(c, deps) });
    officeNonceCookie.clear(c, deps.config.secureCookies);
    return answer(await entered(c, deps, joined));
  },
};

async function entered(c: WebContext, deps: Deps, { session, business }: Readonly<{ session: NewSession; business: string }>) {
  ceremonyCookie.clear(c, deps.config.secureCookies);
  keepSession(c, deps, session);
  return sessionOf(deps, session.token, business);
}

/** What the library wrote for the browser, as the JSON it is. */
export function plain(options: Pick<RequestOptions, 'challenge'>): { challenge: string; [name: string]: unknown } {
  return { ...options };
}
