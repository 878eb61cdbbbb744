import { textLimits } from '../../../core/limits.ts';
import { isLocale, locales } from '../../../core/locale.ts';
import { words } from '../../../core/words/words.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import { noPage, readAround } from '../../../domain/front/front.ts';
import { changeOwnDetails, readOwnDetails } from '../../../domain/people/people.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type PageLook, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm, problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { actInSession } from '../visit.ts';
import { accountsElsewhere } from './elsewhere.ts';
import { AccountNav, type Framed, visitAccount, Whose } from './frame.tsx';

type Details = Readonly<{ name: string; phone: string; email: string; language: string }>;
type Drawing = Readonly<{
  details: Details;
  visit: Framed;
  act: string;
  problem: FormProblem;
  saved: boolean;
}>;

/** What the business knows about this person, to be corrected here. */
export async function showProfile(c: WebContext, deps: Deps): Promise<Response> {
  return drawProfile(c, deps, null, null);
}

async function drawProfile(c: WebContext, deps: Deps, typed: Omit<Details, 'email'> | null, problem: FormProblem): Promise<Response> {
  const own = await actInSession(c, deps, null, async (scope) => ({
    ...(await readOwnDetails(scope)),
    around: await readAround(scope),
    business: scope.business,
  }));
  if (own === null) {
    const away = await visitAccount(c, deps, () => noPage);
    return away instanceof Response ? away : seeOther(c, href('frontDoor', { business: away.slug }));
  }
  const { look, reader } = await lookAt(c, deps, own.visitor.language);
  const [person] = own.result.people;
  const stored = person ?? { name: '', phone: '', email: '', language: 'en' };
  const others = await accountsElsewhere(deps, { identity: own.visitor.identity ?? '', session: own.visitor.caller, business: own.result.business });
  const drawing = {
    details: { ...stored, ...typed },
    visit: { slug: look.slug, name: stored.name, around: own.result.around, others },
    act: newId(),
    problem,
    saved: c.req.query('saved') === '1',
  };
  return answerPage(c, deps, profilePage(look, reader, drawing), problem === null ? 200 : 422);
}

function profilePage(look: PageLook, reader: Reader, { details, visit, act, problem, saved }: Drawing) {
  const { profile } = reader.w;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: profile.title, path: href('profile', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="profile" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <div className="narrow">
        <h1>{profile.title}</h1>
        <p className="lead">{profile.lead(look.name)}</p>
        {saved && (
          <p className="note gap" role="status">
            <Icon name="check" />
            {profile.saved}
          </p>
        )}
        <form method="post" action={href('profile', { business: look.slug })}>
          <ActId id={act} />
          <FormAlert w={reader.w} problem={problem} />
          <Field label={profile.name} name="name" required maxLength={textLimits.name} autoComplete="name" value={details.name} problem={problem} />
          <Field
            label={profile.phone}
            name="phone"
            type="tel"
            inputMode="tel"
            maxLength={textLimits.phone}
            autoComplete="tel"
            value={details.phone}
            problem={problem}
          />
          <Language reader={reader} chosen={details.language} />
          <p className="field">
            <b>{profile.email}</b>
            <br />
            {details.email}
            <br />
            <small>{profile.emailNote}</small>
          </p>
          <button className="btn" type="submit">
            {profile.save}
          </button>
        </form>
        <p className="sec">
          <a href={href('away', { business: look.slug })}>{reader.w.authority.absence.link}</a>
        </p>
      </div>
    </>,
  );
}

function Language({ reader, chosen }: Readonly<{ reader: Reader; chosen: string }>) {
  return (
    <div className="field">
      <label htmlFor="language">
        <b>{reader.w.profile.language}</b>
      </label>
      <select id="language" name="language" defaultValue={chosen}>
        {locales.map((locale) => (
          <option key={locale} value={locale}>
            {words(locale).common.languageName}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Saves name, phone and language, in this business only. */
export async function saveProfile(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const language = given.text('language');
  const typed = { name: given.text('name'), phone: given.text('phone'), language: isLocale(language) ? language : 'en' } as const;
  try {
    const saved = await actInSession(c, deps, null, (scope, visitor) =>
      once(scope, { caller: visitor.caller, id: given.act || newId(), route: 'profile', body: given.raw }, async () => {
        await changeOwnDetails(scope, typed);
        return true;
      }),
    );
    if (saved === null) return drawProfile(c, deps, null, null);
  } catch (error) {
    const { code, field } = problemOf(error);
    return drawProfile(c, deps, typed, { code, field });
  }
  return seeOther(c, href('profile', { business: c.req.param('business') ?? '' }, { saved: '1' }));
}
