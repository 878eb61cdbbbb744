import { Refusal } from '../../core/refusal.ts';
import { maskEmail } from '../../core/text.ts';
import { confirmSignUp, signUp } from '../../domain/businesses/sign-up.ts';
import { setTheme } from '../../domain/people/appearance.ts';
import { checkFreshCode, repeatCode, startFreshCode } from '../../domain/people/confirm.ts';
import { signOut, switchBusiness } from '../../domain/people/entry/sessions.ts';
import { passwordSignIn } from '../../domain/people/sign-in.ts';
import { officeCookie, officeNonceCookie } from '../cookies.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { askerOf, codeIs, keepCeremony, keepNonce, keepSession, ownToken, readNonce } from './entry.ts';
import { addressOfCode, presentSession, sessionOf } from './present-session.ts';
import type { sessionOperations } from './schemas/session.ts';

export const sessionHandlers: HandlersOf<typeof sessionOperations> = {
  signUp: async ({ c, deps, body, answer }) => {
    const { business: name, name: ownerName, ...rest } = body;
    const { code, email } = await signUp(deps.database, deps.keys, { ...rest, name, ownerName, asker: askerOf(c, deps) });
    keepNonce(c, deps, code);
    return answer({ sentTo: maskEmail(email), expiresAt: code.expiresAt });
  },

  resendSignUpCode: async ({ c, deps, answer }) => {
    const code = await repeatCode(deps.database, deps.keys, { nonce: readNonce(c, deps), asker: askerOf(c, deps) });
    keepNonce(c, deps, code);
    return answer({ sentTo: maskEmail(await addressOfCode(deps, code)), expiresAt: code.expiresAt });
  },

  confirmSignUp: async ({ c, deps, body, answer }) => {
    const { session, business } = await confirmSignUp(deps.database, deps.keys, { nonce: readNonce(c, deps), code: body.code, asker: askerOf(c, deps) });
    officeNonceCookie.clear(c, deps.config.secureCookies);
    keepSession(c, deps, session);
    return answer(await sessionOf(deps, session.token, business));
  },

  signIn: async ({ c, deps, body, answer }) => {
    const signed = await passwordSignIn(deps.database, deps.keys, { ...body, asker: askerOf(c, deps) });
    if (signed.kind === 'unconfirmed') {
      keepNonce(c, deps, signed.code);
      throw new Refusal('email_unconfirmed', { sentTo: maskEmail(signed.email) });
    }
    if (signed.kind === 'second') {
      keepCeremony(c, deps, signed.asked);
      throw new Refusal('second_factor_needed');
    }
    keepSession(c, deps, signed.session);
    return answer(await sessionOf(deps, signed.session.token, signed.business));
  },

  readSession: async (call) => call.answer(await presentSession(call)),

  changeAppearance: async (call) => {
    await setTheme(call.deps.database, call.grant.identity ?? '', call.body.theme);
    return call.answer(await presentSession(call));
  },

  signOut: async ({ c, deps, answer }) => {
    await signOut(deps.database, ownToken(c, deps));
    officeCookie.clear(c, deps.config.secureCookies);
    return answer(null);
  },

  switchBusiness: async ({ c, deps, body, answer }) => {
    const business = uuidOf('business', body.businessId);
    const token = ownToken(c, deps);
    await switchBusiness(deps.database, token, business);
    return answer(await sessionOf(deps, token, business));
  },

  sendFreshCode: async ({ c, deps, grant, answer }) => {
    const code = await startFreshCode(deps.database, deps.keys, { ...codeIs(grant), asker: askerOf(c, deps) });
    keepNonce(c, deps, code);
    return answer({ sentTo: maskEmail(await addressOfCode(deps, { ...code, business: grant.business ?? '' })), expiresAt: code.expiresAt });
  },

  confirmFreshCode: async (call) => {
    const { c, deps, body } = call;
    await checkFreshCode(deps.database, deps.keys, { token: ownToken(c, deps), nonce: readNonce(c, deps), code: body.code, asker: askerOf(c, deps) });
    officeNonceCookie.clear(c, deps.config.secureCookies);
    return call.answer(await sessionOf(deps, ownToken(c, deps), call.grant.business ?? ''));
  },
};
