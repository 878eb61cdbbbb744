import { publicId, readId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import type { EstimateView } from '../../../domain/estimates/estimate.ts';
import { estimateFactsQuery, estimateViewOf } from '../../../domain/estimates/estimates.ts';
import type { InvoiceView } from '../../../domain/invoices/invoice.ts';
import { invoiceFactsQuery, invoiceViewOf } from '../../../domain/invoices/invoices.ts';
import { askQuestion } from '../../../domain/messages/messages.ts';
import { href, type Params } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import { readerOf } from '../../ui/reader.ts';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { elsewhere, noteSeen } from '../invoice/invoice.tsx';
import { actOnDocument, documentIn, kindIn, localeFor, namesIn, visitDocument } from '../visit.ts';

/** `text` null: nothing was written yet. */
type Filled = Readonly<{ text: string | null; line: string; act: string; problem: FormProblem }>;

/** The question form: about the whole invoice or one of its lines. */
export async function showAsk(c: WebContext, deps: Deps): Promise<Response> {
  return drawAsk(c, deps, { text: null, line: c.req.query('line') ?? '', act: newId(), problem: null }, 200);
}

async function drawAsk(c: WebContext, deps: Deps, filled: Filled, status: 200 | 422): Promise<Response> {
  const estimate = kindIn(c) === 'estimate';
  const visit = await visitDocument(c, deps, { page: estimate ? estimateFactsQuery : invoiceFactsQuery });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const { facts } = estimate ? estimateViewOf(visit.json) : invoiceViewOf(visit.json);
  const { w } = readerOf(localeFor(c, visit.visitor.language), facts.document.currency);
  const withdraw = estimate && c.req.query('withdraw') === '1';
  const text = filled.text ?? (withdraw ? `${w.estimate.undo.askText} ` : estimate && c.req.query('renew') === '1' ? w.estimate.renewText : '');
  return answerPage(c, deps, askPage(facts, { ...filled, text, withdraw, at: namesIn(c) }, localeFor(c, visit.visitor.language)), status);
}

type Asked = EstimateView['facts'] | InvoiceView['facts'];

function askPage(facts: Asked, filled: Filled & { text: string; withdraw: boolean; at: Params<'document'> }, locale: 'en' | 'es' | 'fr'): Page {
  const { document } = facts;
  const reader = readerOf(locale, document.currency, document.homeCurrency);
  const { common, estimate } = reader.w;
  const { at, withdraw } = filled;
  const question = withdraw ? { ...reader.w.question, title: estimate.undo.ask, lead: estimate.undo.askLead } : reader.w.question;
  const title = 'revision' in document ? reader.w.estimate.title(document.word, document.number, document.revision) : reader.w.invoice.title(document.number);
  return renderPage(
    { look: facts.business, locale, title: question.title, path: href('ask', at) },
    <div className="narrow">
      <h1>{question.title}</h1>
      <p className="lead">{question.lead}</p>
      <form method="post" action={href('ask', at, { withdraw: withdraw ? '1' : null })}>
        <ActId id={filled.act} />
        <FormAlert w={reader.w} problem={filled.problem} />
        <div className="field">
          <label htmlFor="line">
            <b>{question.aboutLabel}</b>
          </label>
          <select id="line" name="line" defaultValue={filled.line}>
            <option value="">{title}</option>
            {facts.lines.map((line) => (
              <option key={line.id} value={publicId('line', line.id)}>
                {`${line.name} · ${reader.money(line.netMinor)}`}
              </option>
            ))}
          </select>
        </div>
        <Field label={question.label} name="text" rows={6} maxLength={textLimits.question} required value={filled.text} problem={filled.problem} />
        <button className="btn" type="submit">
          {question.send}
        </button>
      </form>
      {facts.business.phone && <p className="lead gap">{question.callInstead(facts.business.phone)}</p>}
      <p className="gap">
        <a href={href('document', at)}>{common.notNow}</a>
      </p>
    </div>,
  );
}

/** Sends the question once, however often the form comes, and shows it on the invoice. */
export async function sendAsk(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  try {
    const asked = await ask(c, deps, given);
    if (asked === null) return elsewhere(c, deps, (await visitDocument(c, deps, { page: invoiceFactsQuery })) as Parameters<typeof elsewhere>[2]);
    await noteSeen(deps, asked.result.business, documentIn(c), asked.visitor);
  } catch (error) {
    const problem = problemOf(error);
    return drawAsk(
      c,
      deps,
      { text: given.text('text'), line: given.text('line'), act: newId(), problem: { code: problem.code, field: problem.field ?? 'text' } },
      422,
    );
  }
  const at = { business: c.req.param('business') ?? '', document: c.req.param('document') ?? '' };
  return seeOther(c, `${href('document', at, { asked: '1' })}#questions`);
}

function ask(c: WebContext, deps: Deps, given: Given) {
  const documentId = documentIn(c);
  const lineId = given.text('line') === '' ? null : readId('line', given.text('line'));
  if (lineId === null && given.text('line') !== '') throw new Refusal('wrong_choice');
  return actOnDocument(c, deps, async (scope, visitor) => {
    const act = { caller: visitor.caller, id: given.act || newId(), route: 'ask', body: given.raw };
    if (!visitor.canAsk) throw new Refusal('not_allowed');
    await once(scope, act, async () => askQuestion(scope, { documentId, lineId, text: given.text('text') }));
    return { business: scope.business };
  });
}
