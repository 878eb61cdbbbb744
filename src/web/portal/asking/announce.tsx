import { addDays, isDay } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { parseMoney } from '../../../core/money-parse.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { announcePayment, type Method, type PayFacts, payFactsOf, payFactsQuery, readPayFacts } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Choice, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { elsewhere, noteSeen } from '../invoice/invoice.tsx';
import { lookAt } from '../look.ts';
import { actOnDocument, documentIn, localeFor, visitDocument } from '../visit.ts';

const methods = ['check', 'transfer', 'cash', 'other'] as const satisfies readonly Method[];
type Filled = Readonly<{ method: string; amount: string; day: string; note: string; act: string; problem: FormProblem }>;

/** "I already paid" or "a payment is on its way": it warns, and lowers nothing until the money is here (rule 18). */
export async function showAnnounce(c: WebContext, deps: Deps): Promise<Response> {
  return drawAnnounce(c, deps, null, 200);
}

async function drawAnnounce(c: WebContext, deps: Deps, filled: Filled | null, status: 200 | 422): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: payFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const facts = payFactsOf(visit.json);
  const { look, reader } = await lookAt(c, deps, visit.visitor.language);
  const money = readerOf(reader.locale, facts.currency, facts.homeCurrency);
  const blank = {
    method: 'check',
    amount: decimalText(facts.payableMinor, exponentOf(facts.currency)),
    day: addDays(facts.today, 3),
    note: '',
    act: newId(),
    problem: null,
  };
  const at = { business: look.slug, document: publicId('invoice', visit.document) };
  const page = c.req.query('done') === '1' ? donePage(look, money, facts, at) : formPage(look, money, at, filled ?? blank);
  return answerPage(c, deps, page, status);
}

type At = Readonly<{ business: string; document: string }>;

function formPage(look: PageLook, reader: Reader, at: At, filled: Filled): Page {
  const { announce, pay, common } = reader.w;
  return renderPage(
    { look, locale: reader.locale, title: announce.title, path: href('announce', at) },
    <div className="narrow">
      <h1>{announce.title}</h1>
      <p className="lead">{announce.lead}</p>
      <form method="post" action={href('announce', at)}>
        <ActId id={filled.act} />
        <FormAlert w={reader.w} problem={filled.problem} />
        <fieldset className="pick">
          <legend>{announce.method}</legend>
          {methods.map((method) => (
            <Choice key={method} name="method" value={method} checked={filled.method === method}>
              <span>{pay[method]}</span>
            </Choice>
          ))}
        </fieldset>
        <Field label={announce.amount} name="amount" inputMode="decimal" maxLength={20} required value={filled.amount} problem={filled.problem} />
        <Field label={announce.arrivesOn} name="day" type="date" required value={filled.day} problem={filled.problem} />
        <Field label={announce.note} name="note" maxLength={textLimits.reason} value={filled.note} hint={announce.reference} problem={filled.problem} />
        <button className="btn" type="submit">
          {announce.send}
        </button>
      </form>
      <p className="gap">
        <a href={href('document', at)}>{common.notNow}</a>
      </p>
    </div>,
  );
}

function donePage(look: PageLook, reader: Reader, facts: PayFacts, at: At): Page {
  const { announce, question } = reader.w;
  const told = facts.announced.at(-1);
  return renderPage(
    { look, locale: reader.locale, title: announce.doneTitle, path: href('announce', at) },
    <div className="narrow">
      <h1>{announce.doneTitle}</h1>
      {told && <p className="lead">{announce.done(reader.money(told.amountMinor), reader.day(told.expectedOn))}</p>}
      <p className="sec">
        <a href={href('document', at)}>{question.backToInvoice}</a>
      </p>
    </div>,
  );
}

/** Writes the announcement; its id is the form's, so the same form twice is one. */
export async function sendAnnounce(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const filled = { method: given.text('method'), amount: given.text('amount'), day: given.text('day'), note: given.text('note') };
  try {
    const told = await announce(c, deps, given);
    if (told === null) return elsewhere(c, deps, (await visitDocument(c, deps, { page: payFactsQuery })) as Parameters<typeof elsewhere>[2]);
    await noteSeen(deps, told.result, documentIn(c), told.visitor);
  } catch (error) {
    const { code, field } = problemOf(error);
    return drawAnnounce(c, deps, { ...filled, act: newId(), problem: { code, field: fieldNames[field ?? ''] ?? field ?? 'amount' } }, 422);
  }
  return seeOther(c, href('announce', { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' }, { done: '1' }));
}

const fieldNames: Readonly<Record<string, string>> = { amountMinor: 'amount', expectedOn: 'day' };

function announce(c: WebContext, deps: Deps, given: Given) {
  const documentId = documentIn(c);
  const method = methods.find((each) => each === given.text('method'));
  const expectedOn = given.text('day');
  if (method === undefined) throw new Refusal('wrong_choice', { field: 'method' });
  if (!isDay(expectedOn)) throw new Refusal('date_invalid', { field: 'day' });
  return actOnDocument(c, deps, async (scope, visitor) => {
    if (!visitor.canPay) throw new Refusal('not_allowed');
    const facts = await readPayFacts(scope, documentId);
    const amountMinor = parseMoney(given.text('amount'), facts.currency, localeFor(c, visitor.language));
    const alreadyPaid = expectedOn <= facts.today;
    const input = { id: given.act || newId(), documentId, method, alreadyPaid, amountMinor, expectedOn, note: given.text('note'), personId: visitor.person };
    await announcePayment(scope, input);
    return scope.business;
  });
}
