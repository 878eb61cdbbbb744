import { Refusal } from '../../../core/refusal.ts';
import { canonicalEmail } from '../../../core/text.ts';
import { inTransaction } from '../../../db/scope.ts';
import type { Look } from '../../../domain/front/front.ts';
import { findMyInvoice } from '../../../domain/links/links.ts';
import { countKnock } from '../../../domain/people/sign-in.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import { portalCookie } from '../../cookies.ts';
import { Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm, problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { Reach } from './ended.tsx';

type Filled = Readonly<{ email?: string; number?: string; problem?: FormProblem; form?: 'code' | 'find' }>;

/** The front door: who it is, sign in by code, find an invoice. Whoever is signed in goes straight home. */
export async function showDoor(c: WebContext, deps: Deps): Promise<Response> {
  const { look, reader } = await lookAt(c, deps);
  if (portalCookie.read(c, deps.config.secureCookies) !== null && c.req.query('stay') === undefined) {
    return seeOther(c, href('home', { business: look.slug }));
  }
  return answerPage(c, deps, doorPage(look, reader, {}, c.req.query('said') === 'out' ? reader.w.signIn.signedOut : null));
}

export function doorPage(look: Look, reader: Reader, filled: Filled, told: string | null = null): Page {
  const { frontDoor } = reader.w;
  return renderPage(
    { look, locale: reader.locale, title: frontDoor.title(look.name), path: href('frontDoor', { business: look.slug }), foot: null },
    <>
      <h1>{frontDoor.title(look.name)}</h1>
      <p className="lead">{look.greeting ?? frontDoor.lead}</p>
      {told && (
        <p className="note gap" role="status">
          <Icon name="check" />
          {told}
        </p>
      )}
      {look.hours && (
        <p className="quiet">
          <span>
            <Icon name="clock" />
            {look.hours}
          </span>
        </p>
      )}
      <div className="two-up wide-gap">
        <SignIn look={look} reader={reader} filled={filled.form === 'find' ? {} : filled} />
        <Find look={look} reader={reader} filled={filled.form === 'find' ? filled : {}} />
      </div>
      <Reach look={look} locale={reader.locale} atDoor />
    </>,
  );
}

function SignIn({ look, reader, filled }: Readonly<{ look: Look; reader: Reader; filled: Filled }>) {
  const { frontDoor, signIn } = reader.w;
  const problem = filled.problem ?? null;
  return (
    <section>
      <h2>{frontDoor.signInTitle}</h2>
      <form method="post" action={href('sendCode', { business: look.slug })}>
        <FormAlert w={reader.w} problem={problem} />
        <Field
          label={signIn.emailLabel}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          required
          value={filled.email ?? ''}
          problem={problem}
        />
        <button className="btn" type="submit">
          {frontDoor.sendCode}
        </button>
      </form>
    </section>
  );
}

function Find({ look, reader, filled }: Readonly<{ look: Look; reader: Reader; filled: Filled }>) {
  const { frontDoor, signIn } = reader.w;
  const problem = filled.problem ?? null;
  return (
    <section>
      <h2>{frontDoor.findTitle}</h2>
      <p className="lead s">{frontDoor.findLead}</p>
      <form method="post" action={href('find', { business: look.slug })}>
        <FormAlert w={reader.w} problem={problem} />
        <Field label={frontDoor.findNumber} name="number" required maxLength={40} value={filled.number ?? ''} problem={problem} />
        <Field
          label={signIn.emailLabel}
          name="find-email"
          type="email"
          inputMode="email"
          autoComplete="email"
          required
          value={filled.email ?? ''}
          problem={problem}
        />
        <button className="btn two" type="submit">
          {frontDoor.findSend}
        </button>
      </form>
    </section>
  );
}

/** Number and address: the answer is the same whether they belong together or not; a task decides whether anything is mailed. */
export async function findInvoice(c: WebContext, deps: Deps): Promise<Response> {
  const { business, look, reader } = await lookAt(c, deps);
  const given = await givenForm(c);
  const [number, email] = [given.text('number').trim(), given.text('find-email').trim()];
  try {
    if (number === '') throw new Refusal('required', { field: 'number' });
    if (canonicalEmail(email) === null) throw new Refusal('email_invalid', { field: 'find-email' });
    await countKnock(deps.database, callerAddress(c));
    const nobody = { kind: 'person', id: null, name: '' } as const;
    await inTransaction(deps.database, { role: 'portal', business, actor: nobody }, (scope) => findMyInvoice(scope, { number, email }));
  } catch (error) {
    const { status, ...problem } = problemOf(error);
    return answerPage(c, deps, doorPage(look, reader, { number, email, problem, form: 'find' }), status === 429 ? 429 : 422);
  }
  return seeOther(c, href('find', { business: look.slug }));
}

export async function showFound(c: WebContext, deps: Deps): Promise<Response> {
  const { look, reader } = await lookAt(c, deps);
  const { frontDoor } = reader.w;
  const page = renderPage(
    { look, locale: reader.locale, title: frontDoor.findDoneTitle, path: c.req.path },
    <div className="narrow">
      <h1>{frontDoor.findDoneTitle}</h1>
      <p className="lead">{frontDoor.findDone}</p>
      <Reach look={look} locale={reader.locale} />
    </div>,
  );
  return answerPage(c, deps, page);
}
