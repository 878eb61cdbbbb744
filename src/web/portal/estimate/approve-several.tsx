import type { ReactNode } from 'react';
import { publicId, readId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { approveEstimate } from '../../../domain/approvals/approvals.ts';
import { mostAtOnce, type OneOfSeveral, type Several, severalToApprove } from '../../../domain/approvals/several/several.ts';
import { noPage } from '../../../domain/front/front.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { AccountNav, visitAccount, Whose } from '../account/frame.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { lookAt } from '../look.ts';
import { actInSession } from '../visit.ts';
import { presserOf } from './deciding.ts';

const idsIn = (texts: readonly string[]): string[] =>
  [...new Set(texts.slice(0, mostAtOnce + 1).map((text) => readId('estimate', text)))].filter((id) => id !== null);

/** GET: what one press would approve, each and in all, and what it would leave to its own page. Nothing is written. */
export async function showApproveSeveral(c: WebContext, deps: Deps): Promise<Response> {
  return draw(c, deps, { ids: idsIn(c.req.queries('estimate') ?? []), typed: { typedName: '', poNumber: '' }, problem: null });
}

type Drawing = Readonly<{ ids: readonly string[]; typed: Readonly<{ typedName: string; poNumber: string }>; problem: FormProblem }>;

async function draw(c: WebContext, deps: Deps, { ids, typed, problem }: Drawing): Promise<Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const found = await actInSession(c, deps, null, (scope) => severalToApprove(scope, ids));
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  if (found === null || found.result.takes.length + found.result.leaves.length === 0) return seeOther(c, href('estimates', { business: look.slug }));
  const several = found.result;
  const shown = {
    reader: several.currency === '' ? reader : readerOf(reader.locale, several.currency, look.currency),
    slug: look.slug,
    several,
    typed,
    problem,
  };
  const { title } = reader.w.property.approveMany;
  const page = renderPage(
    {
      ...{ look, locale: reader.locale, title, path: href('approveSeveral', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="estimates" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <h1>{title}</h1>
      <FormAlert w={reader.w} problem={problem} />
      {several.takes.length === 0 ? <p className="lead">{reader.w.property.approveMany.none}</p> : <SignForm {...shown} />}
      <Left {...shown} />
    </>,
  );
  return answerPage(c, deps, page, problem === null ? 200 : 422);
}

type Shown = Readonly<{ reader: Reader; slug: string; several: Several; typed: Drawing['typed']; problem: FormProblem }>;

function SignForm({ reader, slug, several, typed, problem }: Shown) {
  const { w, money } = reader;
  const { approve } = w.estimate;
  return (
    <form method="post" action={href('approveSeveral', { business: slug })} className="narrow">
      <ul className="rows gap">
        {several.takes.map((one) => (
          <Row key={one.id} reader={reader} slug={slug} one={one}>
            <input type="hidden" name="estimate" value={`${publicId('estimate', one.id)}.${one.totalMinor}`} />
            {one.terms && (
              <details className="s">
                <summary>{w.property.approveMany.terms}</summary>
                <p className="ps">{one.terms}</p>
              </details>
            )}
          </Row>
        ))}
      </ul>
      <dl className="tot">
        <div className="t">
          <dt>{w.invoice.total}</dt>
          <dd className="n">{money(several.totalMinor)}</dd>
        </div>
      </dl>
      <div className="pick">
        <label htmlFor="acceptTerms">
          <input id="acceptTerms" type="checkbox" name="acceptTerms" value="1" required />
          <span>{w.property.approveMany.accept}</span>
        </label>
      </div>
      {several.takes.some(({ poRequired }) => poRequired) && (
        <Field
          {...{ label: approve.po, name: 'poNumber', hint: w.property.approveMany.poHint, required: true, maxLength: textLimits.poNumber, problem }}
          value={typed.poNumber}
        />
      )}
      <Field
        {...{ label: approve.name, name: 'typedName', hint: approve.nameHint, required: true, autoComplete: 'name', maxLength: textLimits.name, problem }}
        value={typed.typedName}
      />
      <button className="btn" type="submit">
        {approve.press(money(several.totalMinor))}
      </button>
    </form>
  );
}

function Row({ reader, slug, one, children }: Readonly<{ reader: Reader; slug: string; one: OneOfSeveral; children?: ReactNode }>) {
  return (
    <li>
      <a href={href('document', { business: slug, document: publicId('estimate', one.id) })}>{one.number}</a>
      <b className="n">{reader.money(one.totalMinor)}</b>
      <small>{one.place}</small>
      {children}
    </li>
  );
}

/** What this press does not decide, and why. */
function Left({ reader, slug, several }: Shown) {
  const { leftTitle, left } = reader.w.property.approveMany;
  if (several.leaves.length === 0) return null;
  return (
    <section>
      <h2>{leftTitle}</h2>
      <ul className="rows">
        {several.leaves.map((one) => (
          <Row key={one.id} reader={reader} slug={slug} one={one}>
            {one.left && <small>{left[one.left]}</small>}
          </Row>
        ))}
      </ul>
    </section>
  );
}

/** POST: each is approved as itself, with a record of its own, at the total that was shown; the same form again approves nothing more. */
export async function sendApproveSeveral(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const asked = given
    .all('estimate')
    .slice(0, mostAtOnce)
    .map((text) => text.split('.'));
  const ids = idsIn(asked.map(([id = '']) => id));
  const typed = { typedName: given.text('typedName').trim(), poNumber: given.text('poNumber').trim() };
  try {
    if (typed.typedName === '') throw new Refusal('name_needed', { field: 'typedName' });
    for (const [text = '', total = ''] of asked) await approveOne(c, deps, given, { text, total });
  } catch (error) {
    const { code, field } = problemOf(error);
    return draw(c, deps, { ids, typed, problem: { code, field } });
  }
  const found = await actInSession(c, deps, null, (scope) => severalToApprove(scope, ids));
  const approved = found === null ? 0 : found.result.approved;
  return seeOther(c, href('estimates', { business: c.req.param('business') ?? '' }, { approved: String(approved), of: String(ids.length) }));
}

/** What came too late or is no longer theirs to decide is left as it is; what the form itself lacks is said. */
async function approveOne(c: WebContext, deps: Deps, given: Given, { text, total }: Readonly<{ text: string; total: string }>): Promise<void> {
  const documentId = readId('estimate', text);
  if (documentId === null || !/^\d{1,11}$/.test(total)) throw new Refusal('invalid_input');
  await actInSession(c, deps, null, async (scope, visitor) => {
    const { takes } = await severalToApprove(scope, [documentId]);
    const [one] = takes;
    if (one === undefined || one.totalMinor !== BigInt(total)) return;
    await approveEstimate(scope, {
      ...presserOf(c, { ...visitor, person: one.personId }, given),
      ...{ documentId, totalMinor: one.totalMinor, acceptTerms: given.text('acceptTerms') === '1', poNumber: given.text('poNumber') },
    });
  });
}
