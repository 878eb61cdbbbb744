import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { isLocale, type Locale, locales } from '../../../core/locale.ts';
import { words } from '../../../core/words/words.ts';
import { newId } from '../../../db/fresh.ts';
import type { ManagedAccount } from '../../../domain/front/access/access.ts';
import { invitePerson } from '../../../domain/people/access.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { type Proof, ProvenPress, peoplePage } from './frame.tsx';
import { accountIn, type Managing, openPeople, pressAsManager } from './managing.ts';
import { RightsFields } from './rights-fields.tsx';
import { type Preset, presetRights, presets, rightsFrom, type TypedRights, typedFrom } from './rights-given.ts';

type Typed = Readonly<{ name: string; email: string; language: Locale; shared: boolean; rights: TypedRights }>;
type Drawing = Readonly<{ typed: Typed; act: string; proof: Proof; problem: FormProblem }>;

const isPreset = (text: string): text is Preset => (presets as readonly string[]).includes(text);

/** GET: first what fits best, then the form with that ticked. */
export async function showInvite(c: WebContext, deps: Deps): Promise<Response> {
  const managing = await openPeople(c, deps);
  if (managing instanceof Response) return managing;
  const account = accountIn(c, managing);
  const begun = c.req.query('as') ?? '';
  if (!isPreset(begun))
    return answerPage(c, deps, peoplePage(managing, managing.reader.w.people.invite, c.req.path, <Presets managing={managing} account={account} />));
  const typed = { name: '', email: '', language: managing.reader.locale, shared: false, rights: presetRights[begun] };
  return draw(c, deps, managing, { typed, act: newId(), proof: managing.fresh ? 'fresh' : 'ask', problem: null });
}

function Presets({ managing: { reader, look }, account }: Readonly<{ managing: Managing; account: ManagedAccount }>) {
  const { people, common } = reader.w;
  const customer = publicId('customer', account.id);
  const offered = presets.filter((preset) => preset !== 'property' || account.properties.length > 0);
  return (
    <div className="narrow">
      <h1>{people.form.inviteTitle}</h1>
      <p className="lead">{people.presets.lead}</p>
      <ul className="rows sec">
        {offered.map((preset) => (
          <li key={preset}>
            <a className="row" href={href('invitePerson', { business: look.slug, customer }, { as: preset })}>
              {people.presets[preset].title}
            </a>
            <span className="n dim" aria-hidden="true">
              <Icon name="next" />
            </span>
            <small>{people.presets[preset].text}</small>
          </li>
        ))}
      </ul>
      <p className="gap">
        <a href={href('people', { business: look.slug })}>{common.notNow}</a>
      </p>
    </div>
  );
}

function draw(c: WebContext, deps: Deps, managing: Managing, drawing: Drawing): Promise<Response> {
  const { reader, look } = managing;
  const account = accountIn(c, managing);
  const { people, common } = reader.w;
  const { typed, act, proof, problem } = drawing;
  const body = (
    <div className="narrow">
      <h1>{people.form.inviteTitle}</h1>
      <p className="lead">{people.form.inviteLead(account.name)}</p>
      <form method="post" action={c.req.path}>
        <ActId id={act} />
        <FormAlert w={reader.w} problem={problem} />
        <Field label={people.form.name} name="name" required maxLength={textLimits.name} autoComplete="off" value={typed.name} problem={problem} />
        <Field label={people.form.email} name="email" type="email" inputMode="email" required autoComplete="off" value={typed.email} problem={problem} />
        <fieldset className="pick">
          <label>
            <input type="checkbox" name="shared" value="1" defaultChecked={typed.shared} />
            <span>
              {people.form.shared}
              <small>{people.form.sharedHint}</small>
            </span>
          </label>
        </fieldset>
        <Language reader={reader} chosen={typed.language} />
        <RightsFields reader={reader} account={account} typed={typed.rights} problem={problem} sharedMailbox={false} />
        <ProvenPress reader={reader} proof={proof} address={addressOf(account)} problem={problem} label={people.invite} value="invite" />
      </form>
      <p className="gap">
        <a href={href('people', { business: look.slug })}>{common.notNow}</a>
      </p>
    </div>
  );
  return answerPage(c, deps, peoplePage(managing, people.form.inviteTitle, c.req.path, body), problem === null ? 200 : 422);
}

/** Where the manager's own code goes. */
export const addressOf = (account: ManagedAccount): string => account.people.find(({ own }) => own)?.email ?? '';

function Language({ reader, chosen }: Readonly<{ reader: Reader; chosen: Locale }>) {
  return (
    <div className="field">
      <label htmlFor="language">
        <b>{reader.w.people.form.language}</b>
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

function typedIn(given: Given): Typed {
  const language = given.text('language');
  return {
    ...{ name: given.text('name'), email: given.text('email').trim(), language: isLocale(language) ? language : 'en' },
    ...{ shared: given.text('shared') === '1', rights: typedFrom(given) },
  };
}

/** POST: invites, once it is shown who asks; whatever stands in the way, what was typed stays. */
export async function sendInvite(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const managing = await openPeople(c, deps);
  if (managing instanceof Response) return managing;
  const { look, reader } = managing;
  const account = accountIn(c, managing);
  const typed = typedIn(given);
  const again = (proof: Proof, problem: FormProblem) => draw(c, deps, managing, { typed, act: newId(), proof, problem });
  try {
    const rights = rightsFrom(typed.rights, look.currency, reader.locale);
    const { name, email, language, shared: sharedMailbox } = typed;
    const pressed = await pressAsManager(c, deps, given, async (scope) => {
      await invitePerson(scope, { name, email, language, sharedMailbox, customerId: account.id, rights });
      return true;
    });
    if (pressed === 'away') return seeOther(c, href('frontDoor', { business: look.slug }, { stay: '1' }));
    if (pressed !== 'done') return await again(pressed, null);
  } catch (error) {
    const { code, field } = problemOf(error);
    return again(proofAfter(managing, given, code), { code, field });
  }
  return seeOther(c, href('people', { business: look.slug }, { told: 'invited' }));
}

/** What the form asks for after it was refused: a code that was right is spent, and the session fresh by it. */
export function proofAfter({ fresh }: Managing, given: Given, code: string): Proof {
  if (fresh) return 'fresh';
  if (code === 'code_wrong') return 'asked';
  return given.text('code') === '' ? 'ask' : 'fresh';
}
