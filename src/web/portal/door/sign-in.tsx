import { Refusal } from '../../../core/refusal.ts';
import type { Look } from '../../../domain/front/front.ts';
import { type NewSession, signOut } from '../../../domain/people/entry/sessions.ts';
import { checkPortalCode, startPortalCode } from '../../../domain/people/portal-sign-in.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import { deviceCookie, portalCookie, portalNonceCookie } from '../../cookies.ts';
import { Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm, problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { doorPage } from './door.tsx';

/** As long as a code works. */
export const codeSeconds = 600;

export function askerOf(c: WebContext, deps: Deps) {
  const secure = deps.config.secureCookies;
  return { address: callerAddress(c), device: c.req.header('user-agent') ?? '', token: portalCookie.read(c, secure), known: deviceCookie.read(c, secure) };
}

/** Keeps a session that a code just opened, and what its browser is known again by. */
export function keepSession(c: WebContext, deps: Deps, session: NewSession): void {
  const secure = deps.config.secureCookies;
  portalCookie.set(c, secure, session.token, session.maxAgeSeconds);
  portalNonceCookie.clear(c, secure);
  if (session.deviceToken !== undefined) deviceCookie.set(c, secure, session.deviceToken, 400 * 24 * 3600);
}

/** "Send me a code": the same answer for every address. */
export async function sendCode(c: WebContext, deps: Deps): Promise<Response> {
  const { business, look, reader } = await lookAt(c, deps);
  const email = (await givenForm(c)).text('email').trim();
  try {
    const asked = await startPortalCode(deps.database, deps.keys, { business, email, asker: askerOf(c, deps) });
    portalNonceCookie.set(c, deps.config.secureCookies, asked.nonce, codeSeconds);
  } catch (error) {
    const { status, ...problem } = problemOf(error);
    return answerPage(c, deps, doorPage(look, reader, { email, problem, form: 'code' }), status === 429 ? 429 : 422);
  }
  return seeOther(c, href('enterCode', { business: look.slug }));
}

/** Where the six digits are typed. */
export async function showEnterCode(c: WebContext, deps: Deps): Promise<Response> {
  const { look, reader } = await lookAt(c, deps);
  return answerPage(c, deps, codePage(look, reader, null));
}

function codePage(look: Look, reader: Reader, problem: FormProblem): Page {
  const { signIn } = reader.w;
  const at = { business: look.slug };
  return renderPage(
    { look, locale: reader.locale, title: signIn.codeTitle, path: href('enterCode', at) },
    <div className="narrow">
      <h1>{signIn.codeTitle}</h1>
      <p className="lead">{signIn.codeLeadNoAddress}</p>
      <form method="post" action={href('enterCode', at)}>
        <FormAlert w={reader.w} problem={problem} />
        <Field label={signIn.codeLabel} name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={12} required problem={problem} />
        <Remember reader={reader} />
        <button className="btn" type="submit">
          {signIn.enter}
        </button>
      </form>
      <p className="lead sec s">{signIn.nothingCame}</p>
      <p className="s">
        <a href={href('frontDoor', at, { stay: '1' })}>{signIn.newCode}</a>
      </p>
    </div>,
  );
}

export function Remember({ reader }: Readonly<{ reader: Reader }>) {
  return (
    <fieldset className="pick">
      <label>
        <input type="checkbox" name="remember" value="1" />
        <span>{reader.w.signIn.remember}</span>
      </label>
    </fieldset>
  );
}

/** Takes the code back. Every wrong one, for a known address or not, the first or the tenth, is the same answer to the byte. */
export async function enterCode(c: WebContext, deps: Deps): Promise<Response> {
  const { business, look, reader } = await lookAt(c, deps);
  const given = await givenForm(c);
  const nonce = portalNonceCookie.read(c, deps.config.secureCookies);
  try {
    if (nonce === null) throw new Refusal('code_wrong', { field: 'code' });
    const input = { business, nonce, code: given.text('code'), remember: given.text('remember') === '1', asker: askerOf(c, deps) };
    const session = await checkPortalCode(deps.database, deps.keys, input);
    keepSession(c, deps, session);
  } catch (error) {
    const { code, status } = problemOf(error);
    return answerPage(c, deps, codePage(look, reader, { code, field: 'code' }), status === 429 ? 429 : 422);
  }
  return seeOther(c, href('home', { business: look.slug }));
}

/** The mailed link: signs nobody in by itself, asks for a press in the browser that asked for the code. */
export async function showEnterByLink(c: WebContext, deps: Deps): Promise<Response> {
  const { look, reader } = await lookAt(c, deps);
  const { signIn } = reader.w;
  const asked = portalNonceCookie.read(c, deps.config.secureCookies) !== null;
  const at = { business: look.slug };
  const page = renderPage(
    { look, locale: reader.locale, title: signIn.linkTitle, path: '' },
    <div className="narrow">
      <h1>{signIn.linkTitle}</h1>
      {asked ? (
        <form method="post" action={href('enterCode', at)}>
          <input type="hidden" name="code" value={(c.req.param('code') ?? '').replace(/\D/g, '').slice(0, 6)} />
          <Remember reader={reader} />
          <button className="btn" type="submit">
            {signIn.linkEnter}
          </button>
        </form>
      ) : (
        <p className="lead">{signIn.linkOtherBrowser}</p>
      )}
    </div>,
  );
  return answerPage(c, deps, page);
}

/** Ends the session on the server and in this browser. Opened document links stay. */
export async function leave(c: WebContext, deps: Deps): Promise<Response> {
  const token = portalCookie.read(c, deps.config.secureCookies);
  if (token !== null) await signOut(deps.database, token);
  portalCookie.clear(c, deps.config.secureCookies);
  return seeOther(c, href('frontDoor', { business: c.req.param('business') ?? '' }, { said: 'out' }));
}
