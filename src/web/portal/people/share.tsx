import { publicId } from '../../../core/ids.ts';
import { limits, textLimits } from '../../../core/limits.ts';
import { isLocale, type Locale, locales } from '../../../core/locale.ts';
import { words } from '../../../core/words/words.ts';
import { firstText } from '../../../db/compile.ts';
import { newId } from '../../../db/fresh.ts';
import { inTransaction } from '../../../db/scope.ts';
import { once } from '../../../domain/acts/acts.ts';
import { type NamedPaper, paperQueryOf } from '../../../domain/front/front.ts';
import { invoiceFactsQuery } from '../../../domain/invoices/invoices.ts';
import { shareDocument } from '../../../domain/links/links.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Choice, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { givenForm, problemOf } from '../given.ts';
import { elsewhere } from '../invoice/invoice.tsx';
import { lookAt } from '../look.ts';
import { actOnDocument, actorOf, documentIn, kindIn, namesIn, type Visitor, visitDocument } from '../visit.ts';

type Typed = Readonly<{ name: string; email: string; language: Locale | null; mayPay: boolean; days: string; note: string }>;
type Drawing = Readonly<{ typed: Typed; act: string; problem: FormProblem }>;
type Opened = Readonly<{ visitor: Visitor; business: string; paper: NamedPaper }>;

/** Whoever reads the document under a name, and what it is called; null: nobody who may send it on. */
async function open(c: WebContext, deps: Deps): Promise<Opened | null> {
  const found = await actOnDocument(c, deps, async (scope) => ({
    business: scope.business,
    paper: JSON.parse((await firstText(scope, paperQueryOf(scope.business, documentIn(c)))) ?? 'null') as NamedPaper | null,
  }));
  if (found === null || found.visitor.person === null || found.result.paper === null) return null;
  return { visitor: found.visitor, business: found.result.business, paper: found.result.paper };
}

const away = async (c: WebContext, deps: Deps): Promise<Response> => {
  const visit = await visitDocument(c, deps, { page: invoiceFactsQuery });
  return visit.kind === 'open' ? seeOther(c, href('document', namesIn(c))) : elsewhere(c, deps, visit);
};

/** GET: to whom, for what and how long. */
export async function showShare(c: WebContext, deps: Deps): Promise<Response> {
  const opened = await open(c, deps);
  if (opened === null) return away(c, deps);
  const typed = { name: '', email: '', language: null, mayPay: false, days: '30', note: '' };
  return draw(c, deps, opened, { typed, act: newId(), problem: null });
}

async function draw(c: WebContext, deps: Deps, { visitor, paper }: Opened, { typed, act, problem }: Drawing): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, visitor.language);
  const { sharing, invoice, estimate, common } = reader.w;
  const title = sharing.title(paper.word === null ? invoice.title(paper.number) : estimate.title(paper.word, paper.number, 1));
  const at = namesIn(c);
  const body = (
    <div className="narrow">
      <h1>{title}</h1>
      <p className="lead">{sharing.lead}</p>
      <form method="post" action={href('documentShare', at)}>
        <ActId id={act} />
        <FormAlert w={reader.w} problem={problem} />
        <Field label={sharing.name} name="name" required maxLength={textLimits.name} autoComplete="off" value={typed.name} problem={problem} />
        <Field label={sharing.email} name="email" type="email" inputMode="email" required autoComplete="off" value={typed.email} problem={problem} />
        <Language reader={reader} chosen={typed.language ?? reader.locale} />
        {visitor.canPay && kindIn(c) === 'invoice' && (
          <fieldset className="pick">
            <legend>{sharing.may}</legend>
            <Choice name="mayPay" value="0" checked={!typed.mayPay}>
              <span>{sharing.viewOnly}</span>
            </Choice>
            <Choice name="mayPay" value="1" checked={typed.mayPay}>
              <span>{sharing.mayPay}</span>
            </Choice>
          </fieldset>
        )}
        <Field label={sharing.days} name="days" inputMode="numeric" maxLength={2} required value={typed.days} hint={sharing.daysHint} problem={problem} />
        <Field label={sharing.note} name="note" rows={3} maxLength={textLimits.reason} value={typed.note} problem={problem} />
        <button className="btn" type="submit">
          {sharing.send}
        </button>
      </form>
      <p className="gap">
        <a href={href('document', at)}>{common.notNow}</a>
      </p>
    </div>
  );
  return answerPage(c, deps, renderPage({ look, locale: reader.locale, title, path: c.req.path }, body), problem === null ? 200 : 422);
}

function Language({ reader, chosen }: Readonly<{ reader: Reader; chosen: Locale }>) {
  return (
    <div className="field">
      <label htmlFor="language">
        <b>{reader.w.sharing.language}</b>
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

/** POST: makes the link and mails it, once. */
export async function sendShare(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const opened = await open(c, deps);
  if (opened === null) return away(c, deps);
  const { text } = given;
  const language = text('language');
  const typed = {
    ...{ name: text('name'), email: text('email').trim(), language: isLocale(language) ? language : ('en' as const) },
    ...{ mayPay: text('mayPay') === '1', days: text('days').trim(), note: text('note') },
  };
  const { visitor, business } = opened;
  const days = /^\d{1,3}$/.test(typed.days) ? Number(typed.days) : limits.shareDays + 1;
  try {
    await inTransaction(deps.database, { role: 'system', business, actor: actorOf(visitor) }, (scope) =>
      once(scope, { caller: visitor.caller, id: given.act || newId(), route: 'share', body: given.raw }, async () => {
        const sharing = { ...typed, documentId: documentIn(c), byLink: visitor.link, days };
        const { linkId } = await shareDocument({ ...scope, requestId: c.get('requestId') ?? '' }, deps.keys, sharing);
        return publicId('link', linkId);
      }),
    );
  } catch (error) {
    const { code, field } = problemOf(error);
    return draw(c, deps, opened, { typed, act: newId(), problem: { code, field } });
  }
  return seeOther(c, href('documentPeople', namesIn(c), { told: 'sent' }));
}
