import { readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { maskEmail } from '../../../core/text.ts';
import { readPage } from '../../../db/read.ts';
import { type LinkGrant, type Look, noPage, openByLink, openBySession, type SessionGrant } from '../../../domain/front/front.ts';
import { checkPortalCode, startPersonCode } from '../../../domain/people/portal-sign-in.ts';
import { href, type Params } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie, portalNonceCookie } from '../../cookies.ts';
import { Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { choiceFields, withChoices } from '../estimate/choice-address.ts';
import { givenForm, problemOf } from '../given.ts';
import { linkCookie } from '../link-cookie.ts';
import { lookAt } from '../look.ts';
import { businessIn, documentIn, namesIn, seesInSession } from '../visit.ts';
import { askerOf, codeSeconds, keepSession, Remember } from './sign-in.tsx';

type Addressee = Readonly<{ business: string; personId: string; sentTo: string; language: string | null }>;

/** Whoever a link was made for, by the link this browser holds; null when it opens nothing, or was made for nobody by name. */
async function addresseeOf(c: WebContext, deps: Deps): Promise<Addressee | null> {
  const business = await businessIn(c, deps);
  const token = linkCookie.read(c, deps.config.secureCookies);
  if (token === null) return null;
  const { grant } = await readPage<LinkGrant>(deps.database, openByLink(c.req.param('business') ?? '', token, documentIn(c)), noPage);
  const { person, sentTo, language = null } = grant;
  return grant.state === 'open' && person && sentTo ? { business, personId: person, sentTo, language } : null;
}

/** Signed in already; on the way to a document that means: as somebody who sees this one. */
async function isSignedIn(c: WebContext, deps: Deps): Promise<boolean> {
  if (c.req.query('to') !== undefined) return seesInSession(c, deps);
  const token = portalCookie.read(c, deps.config.secureCookies);
  if (token === null) return false;
  const { grant } = await readPage<SessionGrant>(deps.database, openBySession(c.req.param('business') ?? '', token), noPage);
  return grant.state === 'open';
}

const toDoor = (c: WebContext): Response => seeOther(c, href('frontDoor', { business: c.req.param('business') ?? '' }, { stay: '1' }));

/** Where it goes on once it is known who it is: approving this document with the choices made, another document of the account, else the account. */
function onward(c: WebContext): Response {
  const to = c.req.query('to') ?? '';
  if (to === 'approve') return seeOther(c, withChoices(href('approve', namesIn(c)), choiceFields(new URL(c.req.url).searchParams)));
  if (readId('invoice', to) !== null) return seeOther(c, href('document', { ...namesIn(c), document: to }));
  return seeOther(c, href('home', namesIn(c)));
}

/** This page's own address, with where it goes on. */
function ownAddress(c: WebContext, more: Readonly<Record<string, string>> = {}): string {
  const to = c.req.query('to');
  return withChoices(href('documentConfirm', namesIn(c), { ...(to === undefined ? {} : { to }), ...more }), choiceFields(new URL(c.req.url).searchParams));
}

/** From one document to the account: a code to the address the link was sent to, which nobody has to type. Opening the page sends nothing. */
export async function showConfirm(c: WebContext, deps: Deps): Promise<Response> {
  if (await isSignedIn(c, deps)) return onward(c);
  const addressee = await addresseeOf(c, deps);
  return addressee === null ? toDoor(c) : draw(c, deps, { addressee, asked: c.req.query('sent') === '1', problem: null });
}

type Drawing = Readonly<{ addressee: Addressee; asked: boolean; problem: FormProblem }>;

async function draw(c: WebContext, deps: Deps, drawing: Drawing, status: 200 | 422 | 429 = 200): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, drawing.addressee.language);
  return answerPage(c, deps, confirmPage({ look, reader, at: namesIn(c), action: ownAddress(c), ...drawing }), status);
}

/** Sends the code, or takes it back, as the form says. */
export async function confirmByCode(c: WebContext, deps: Deps): Promise<Response> {
  const addressee = await addresseeOf(c, deps);
  if (addressee === null) return toDoor(c);
  const given = await givenForm(c);
  const asked = given.text('step') === 'enter';
  try {
    if (asked) return await enter(c, deps, { business: addressee.business, code: given.text('code'), remember: given.text('remember') === '1' });
    const { business, personId } = addressee;
    const { nonce } = await startPersonCode(deps.database, deps.keys, { business, personId, asker: askerOf(c, deps) });
    portalNonceCookie.set(c, deps.config.secureCookies, nonce, codeSeconds);
  } catch (error) {
    const { status, code } = problemOf(error);
    return draw(c, deps, { addressee, asked, problem: { code, field: asked ? 'code' : undefined } }, status === 429 ? 429 : 422);
  }
  return seeOther(c, ownAddress(c, { sent: '1' }));
}

async function enter(c: WebContext, deps: Deps, typed: Readonly<{ business: string; code: string; remember: boolean }>): Promise<Response> {
  const nonce = portalNonceCookie.read(c, deps.config.secureCookies);
  if (nonce === null) throw new Refusal('code_wrong');
  const session = await checkPortalCode(deps.database, deps.keys, { ...typed, nonce, asker: askerOf(c, deps) });
  keepSession(c, deps, session);
  return onward(c);
}

type Shown = Drawing & Readonly<{ look: Look; reader: Reader; at: Params<'document'>; action: string }>;

function confirmPage({ look, reader, at, action, addressee, asked, problem }: Shown): Page {
  const { signIn, common } = reader.w;
  const address = maskEmail(addressee.sentTo);
  return renderPage(
    { look, locale: reader.locale, title: asked ? signIn.codeTitle : signIn.confirmTitle, path: href('documentConfirm', at) },
    <div className="narrow">
      <h1>{asked ? signIn.codeTitle : signIn.confirmTitle}</h1>
      <p className="lead">{asked ? signIn.confirmSent(address) : signIn.confirmLead(address)}</p>
      <form method="post" action={action}>
        <FormAlert w={reader.w} problem={problem} />
        {asked && (
          <>
            <input type="hidden" name="step" value="enter" />
            <Field label={signIn.codeLabel} name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={12} required problem={problem} />
            <Remember reader={reader} />
          </>
        )}
        <button className="btn" type="submit">
          {asked ? signIn.enter : signIn.sendCode}
        </button>
      </form>
      <p className="lead s sec">
        {asked && (
          <>
            <a href={action}>{signIn.newCode}</a>
            {' · '}
          </>
        )}
        <a href={href('frontDoor', { business: look.slug }, { stay: '1' })}>{signIn.otherPerson}</a>
        {' · '}
        <a href={href('document', at)}>{common.notNow}</a>
      </p>
    </div>,
  );
}
