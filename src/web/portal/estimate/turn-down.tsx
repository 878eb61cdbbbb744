import { publicId } from '../../../core/ids.ts';
import { textLimits } from '../../../core/limits.ts';
import { newId } from '../../../db/fresh.ts';
import { once } from '../../../domain/acts/acts.ts';
import { askForChanges, declineEstimate, undoApproval } from '../../../domain/approvals/approvals.ts';
import { readEstimate } from '../../../domain/estimates/estimates.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { elsewhere, noteSeen } from '../invoice/invoice.tsx';
import { actOnDocument, documentIn, localeFor, namesIn } from '../visit.ts';
import { newerCodes, presserOf, showNewer, visitToDecide } from './deciding.ts';
import { canUndo, isMineFirst, pageDataOf } from './estimate.tsx';
import type { EstimatePageData } from './page-data.ts';
import { estimateReader } from './speaker.ts';

/** What is said no to: the estimate, how it is written, or one's own approval. */
type What = 'decline' | 'askForChanges' | 'undoApproval';
type Drawing = Readonly<{ what: What; given: Given | null; act: string; problem: FormProblem }>;
type Answer = (c: WebContext, deps: Deps) => Promise<Response>;

const show =
  (what: What): Answer =>
  (c, deps) =>
    draw(c, deps, { what, given: null, act: newId(), problem: null });

export const showDecline = show('decline');
export const showChanges = show('askForChanges');
export const showUndo = show('undoApproval');

async function draw(c: WebContext, deps: Deps, drawing: Drawing): Promise<Response> {
  const visit = await visitToDecide(c, deps);
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const data = pageDataOf(visit, new URLSearchParams(), deps.now());
  const may = drawing.what === 'undoApproval' ? canUndo(data) : data.view.standing.now === 'sent';
  if (!may) return seeOther(c, href('document', namesIn(c)));
  return answerPage(c, deps, turnDownPage(data, drawing, localeFor(c, visit.visitor.language)), drawing.problem === null ? 200 : 422);
}

const send =
  (what: What): Answer =>
  async (c, deps) => {
    const given = await givenForm(c);
    try {
      const done = await act(c, deps, what, given);
      if (done === null) return await showNewer(c, deps, null);
      await noteSeen(deps, done.result.business, documentIn(c), done.visitor);
    } catch (error) {
      const { code, field } = problemOf(error);
      if (newerCodes.has(code)) return showNewer(c, deps, { code, field: undefined });
      return draw(c, deps, { what, given, act: newId(), problem: { code, field } });
    }
    return seeOther(c, href('document', namesIn(c), { done: '1' }));
  };

export const sendDecline = send('decline');
export const sendChanges = send('askForChanges');
export const sendUndo = send('undoApproval');

function act(c: WebContext, deps: Deps, what: What, given: Given) {
  const documentId = documentIn(c);
  return actOnDocument(
    c,
    deps,
    async (scope, visitor) => {
      const presser = presserOf(c, visitor, given);
      await once(scope, { caller: visitor.caller, id: given.act || newId(), route: what, body: given.raw }, async () => {
        const reason = given.text('reason');
        if (what === 'undoApproval') return { id: (await undoApproval(scope, { ...presser, documentId, reason })).approvalId };
        const { facts } = await readEstimate(scope, documentId);
        const lineReasons = facts.lines.flatMap(({ id }, at) => {
          const said = given.text(`r${at}`).trim();
          return said === '' ? [] : [{ lineId: id, reason: said }];
        });
        const verb = what === 'decline' ? declineEstimate : askForChanges;
        return { id: (await verb(scope, { ...presser, documentId, reason, lineReasons })).approvalId };
      });
      return { business: scope.business };
    },
    { sessionFirst: true },
  );
}

function turnDownPage(data: EstimatePageData, { what, given, act: id, problem }: Drawing, locale: 'en' | 'es' | 'fr'): Page {
  const { facts } = data.view;
  const { word, number, revision } = facts.document;
  const reader = estimateReader(locale, facts.document);
  const { estimate } = reader.w;
  const at = { business: facts.business.slug, document: publicId('estimate', facts.document.id) };
  const { authority } = reader.w;
  const first = isMineFirst(data) ? { title: authority.takeBackTitle, lead: authority.takeBackLead, press: authority.takeBackPress } : estimate.undo;
  const text = what === 'decline' ? estimate.decline : what === 'askForChanges' ? estimate.changes : first;
  const { totalMinor } = data.extras.first ?? data.choosing.made.totals;
  const press = what === 'undoApproval' ? first.press(reader.money(totalMinor)) : (text as { press: string }).press;
  const reason = what === 'askForChanges' ? estimate.changes.reason : estimate.decline.reason;
  return renderPage(
    { look: facts.business, locale, title: text.title, path: href(what, at) },
    <div className="narrow">
      <h1>{text.title}</h1>
      <p className="lead">{estimate.title(word, number, revision)}</p>
      <p className="gap">{text.lead}</p>
      <form method="post" action={href(what, at)}>
        <ActId id={id} />
        <FormAlert w={reader.w} problem={problem} />
        <Field label={reason} name="reason" rows={4} maxLength={textLimits.reason} value={given?.text('reason') ?? ''} problem={problem} />
        {what === 'askForChanges' && facts.lines.length > 0 && (
          <details className="gap" open={facts.lines.some((_, line) => given?.text(`r${line}`))}>
            <summary>{estimate.decline.perLine}</summary>
            {facts.lines.map((line, place) => (
              <Field key={line.id} label={line.name} name={`r${place}`} maxLength={textLimits.reason} value={given?.text(`r${place}`) ?? ''} />
            ))}
          </details>
        )}
        <button className="btn" type="submit">
          {press}
        </button>
      </form>
      <p className="gap">
        <a href={href('document', at)}>{reader.w.common.notNow}</a>
      </p>
    </div>,
  );
}
