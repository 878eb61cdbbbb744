import { maskEmail } from '../../../core/text.ts';
import { type Joining, readJoinToken } from '../../../domain/people/join.ts';
import { startPersonCode } from '../../../domain/people/portal-sign-in.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalNonceCookie } from '../../cookies.ts';
import { FormAlert, type FormProblem } from '../../ui/form.tsx';
import { renderPage } from '../../ui/page.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { businessIn } from '../visit.ts';
import { Reach } from './ended.tsx';
import { askerOf, codeSeconds } from './sign-in.tsx';

const joiningIn = async (c: WebContext, deps: Deps): Promise<Joining | null> =>
  readJoinToken(deps.database, deps.keys, await businessIn(c, deps), c.req.param('token') ?? '');

/** What the mail of an invitation leads to. Opening it sends and changes nothing: mail scanners come here too. */
export async function showJoin(c: WebContext, deps: Deps): Promise<Response> {
  return draw(c, deps, await joiningIn(c, deps), null);
}

async function draw(c: WebContext, deps: Deps, joining: Joining | null, problem: FormProblem): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, joining?.language ?? null);
  const { people, signIn } = reader.w;
  const title = people.join.title(look.name);
  const body = (
    <div className="narrow">
      <h1>{title}</h1>
      <p className="lead">{joining === null ? people.join.ended : people.join.lead(maskEmail(joining.email))}</p>
      {joining !== null && (
        <form method="post">
          <FormAlert w={reader.w} problem={problem} />
          <button className="btn" type="submit">
            {signIn.sendCode}
          </button>
        </form>
      )}
      <Reach look={look} locale={reader.locale} />
    </div>
  );
  const page = renderPage({ look, locale: reader.locale, title, path: '', foot: null }, body);
  return answerPage(c, deps, page, joining === null ? 410 : problem === null ? 200 : 422);
}

/** The press: a code to the recorded address, to be typed in this browser. */
export async function sendJoin(c: WebContext, deps: Deps): Promise<Response> {
  const joining = await joiningIn(c, deps);
  if (joining === null) return draw(c, deps, null, null);
  const business = await businessIn(c, deps);
  try {
    const { nonce } = await startPersonCode(deps.database, deps.keys, { business, personId: joining.personId, asker: askerOf(c, deps) });
    portalNonceCookie.set(c, deps.config.secureCookies, nonce, codeSeconds);
  } catch (error) {
    const { code } = problemOf(error);
    return draw(c, deps, joining, { code, field: undefined });
  }
  return seeOther(c, href('enterCode', { business: c.req.param('business') ?? '' }));
}
