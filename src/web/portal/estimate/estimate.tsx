import { publicId } from '../../../core/ids.ts';
import { isLocale } from '../../../core/locale.ts';
import type { EstimateView } from '../../../domain/estimates/estimate.ts';
import { choosableQueryOf, chosenOf, estimateFactsQuery, estimateViewOf } from '../../../domain/estimates/estimates.ts';
import { besideEstimate } from '../../../domain/front/front.ts';
import { parseFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { type Page, renderPage } from '../../ui/page.tsx';
import { portalScriptPath } from '../../ui/script.ts';
import { answerPage } from '../answer.ts';
import { elsewhere } from '../invoice/invoice.tsx';
import { OpenedFrom } from '../invoice/invoice-page.tsx';
import { type DocumentVisit, localeFor, visitDocument } from '../visit.ts';
import { type Choosing, choosingOf, fieldsOf } from './choices.ts';
import { EstimateBody } from './estimate-page.tsx';
import { changeOrdersFor } from './others.ts';
import type { EstimateExtras, EstimatePageData } from './page-data.ts';
import { estimateReader } from './speaker.ts';

/** The estimate's page: one round trip for what it says and for what the choices in the address come to. */
export async function showEstimate(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: estimateFactsQuery, besides: [besideEstimate, choosableQueryOf] });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const asked = new URL(c.req.url).searchParams;
  const late = asked.get('newer') === '1' ? ({ code: 'estimate_replaced', field: undefined } as const) : null;
  const found = pageDataOf(visit, asked, deps.now());
  const view = { ...found.view, changeOrders: await changeOrdersFor(c, deps, visit, found.view) };
  const data = { ...found, view, news: late };
  const page = estimatePage(data, localeFor(c, visit.visitor.language), c.req.path);
  return answerPage(c, deps, page, data.choosing.problem === null ? 200 : 422);
}

/** What a visit found, with the choices of an address or a form; once it is approved, with those that were. */
export function pageDataOf(visit: Extract<DocumentVisit, { kind: 'open' }>, fields: URLSearchParams, now: Temporal.Instant): EstimatePageData {
  const view = estimateViewOf(visit.json);
  const extras = parseFacts<EstimateExtras>(visit.besides[0] ?? '{}');
  const { person, name, sentTo, canPay, canAsk, sharedBy } = visit.visitor;
  const grant = { person, name, sentTo, canPay, canAsk, sharedBy, preview: false };
  const { now: state } = view.standing;
  const choosing = choosingFor(
    visit.besides[1] ?? null,
    { decision: state === 'approved' ? extras.decision : null, first: extras.first },
    view.facts.lines,
    fields,
  );
  return { view, extras, choosing, grant, undoUntil: undoEnds(view, extras, person, now) };
}

/** The reader's own first yes of two, which they may take back while it waits. */
export function isMineFirst({ view, extras, grant }: Pick<EstimatePageData, 'view' | 'extras' | 'grant'>): boolean {
  const { first } = extras;
  return view.standing.now === 'sent' && first !== null && (first.personId === view.viewer?.personId || first.personId === grant.person);
}

/** Until when the reader may take back what they approved; the press itself looks again. */
function undoEnds(
  { standing, asks, viewer }: EstimateView,
  { decision, workStarted }: EstimateExtras,
  person: string | null,
  now: Temporal.Instant,
): string | null {
  if (workStarted || standing.now !== 'approved' || standing.invoiceId !== null || decision?.kind !== 'approved' || asks.undoHours === 0) return null;
  const mine = [decision.personId, decision.further.first?.personId].some((id) => id && (id === person || id === viewer?.personId));
  const until = Temporal.Instant.from(decision.at).add({ hours: asks.undoHours });
  return mine && Temporal.Instant.compare(now, until) <= 0 ? until.toString() : null;
}

export function canUndo(data: EstimatePageData): boolean {
  return data.undoUntil !== null || isMineFirst(data);
}

/** As it was approved; else as the address says; else as whoever approved first of two chose; else as suggested. */
function choosingFor(
  json: string | null,
  { decision, first }: Pick<EstimateExtras, 'decision' | 'first'>,
  lines: Parameters<typeof choosingOf>[1],
  fields: URLSearchParams,
): Choosing {
  if (decision?.kind === 'approved') return { made: chosenOf(json, decision.choices), problem: null, given: false, fields: [] };
  const asked = choosingOf(json, lines, fields);
  if (first === null || asked.given) return asked;
  const made = chosenOf(json, first.choices);
  return { made, problem: null, given: false, fields: fieldsOf(made.choices, lines) };
}

/** The page of an estimate; also what the office sees as preview. */
export function estimatePage(data: EstimatePageData, chosen: string, path: string): Page {
  const { view, extras, grant } = data;
  const { facts } = view;
  const locale = isLocale(chosen) ? chosen : 'en';
  const { word, number, revision, id } = facts.document;
  const reader = estimateReader(locale, facts.document);
  const at = { business: facts.business.slug, document: publicId('estimate', id) };
  const closeForm = (
    <form method="post" action={href('documentClose', at)}>
      <button className="q" type="submit">
        {reader.w.invoice.closeHere}
      </button>
    </form>
  );
  return renderPage(
    {
      look: { ...facts.business, closingOn: extras.closingOn },
      locale,
      path,
      query: data.choosing.fields,
      title: reader.w.estimate.title(word, number, revision),
      wide: true,
      stick: ['sent', 'expired', 'approved'].includes(view.standing.now),
      script: grant.preview ? null : portalScriptPath,
      foot: grant.preview ? null : <OpenedFrom reader={reader} at={at} grant={grant} closeForm={closeForm} lead={reader.w.estimate.notYouLead} />,
    },
    <>
      <EstimateBody {...data} reader={reader} />
      {!grant.preview && <seen-mark data-to={href('documentSeen', at)} />}
      {!grant.preview && <live-status data-feed={href('documentEvents', at, { after: String(extras.seq) })} />}
    </>,
  );
}
