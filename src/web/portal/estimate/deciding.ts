import { approvesAtMost, approvesUpTo, isWithin, needsCode, needsTwo } from '../../../core/authority.ts';
import { canonicalJson } from '../../../core/canonical.ts';
import { publicId } from '../../../core/ids.ts';
import { maskEmail } from '../../../core/text.ts';
import type { Presser } from '../../../domain/approvals/approval.ts';
import type { Absent, EstimateView } from '../../../domain/estimates/estimate.ts';
import { choosableQueryOf, estimateFactsQuery } from '../../../domain/estimates/estimates.ts';
import { besideEstimate } from '../../../domain/front/front.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import type { FormProblem } from '../../ui/form.tsx';
import { answerPage, seeOther } from '../answer.ts';
import type { Given } from '../given.ts';
import { elsewhere } from '../invoice/invoice.tsx';
import { linkCookie } from '../link-cookie.ts';
import { type DocumentVisit, localeFor, namesIn, type Visitor, visitDocument } from '../visit.ts';
import { estimatePage, pageDataOf } from './estimate.tsx';
import type { EstimatePageData } from './page-data.ts';

/** What a press on Approve comes to for the one who looks. */
export type Standing = 'approve' | 'first' | 'second' | 'recommend' | 'waits' | 'code' | 'named';

/** As it stands now; the press itself looks again (rule 37). `first` and `second` of two, `waits`: theirs was the first, to just this. */
export function standingFor(data: EstimatePageData, kind: Visitor['kind']): Standing {
  const { viewer, asks } = data.view;
  const { totals, choices } = data.choosing.made;
  const { totalMinor } = totals;
  if (viewer === null || viewer.sharedMailbox) return 'named';
  const customerKind = asks.commercial ? 'commercial' : 'residential';
  const limitMinor = viewer.approveLimitMinor;
  if (needsCode(kind, { customerKind, limitMinor, totalMinor, thresholdMinor: asks.codeThresholdMinor, twoFromMinor: asks.twoFromMinor })) return 'code';
  if (!isWithin(limitOf({ viewer, asks }), totalMinor) && insteadOf(data.view, totalMinor) === null) return 'recommend';
  if (!needsTwo(asks.twoFromMinor, totalMinor)) return 'approve';
  const { first } = data.extras;
  if (first === null || first.totalMinor !== totalMinor || canonicalJson(first.choices) !== canonicalJson(choices)) return 'first';
  return first.personId === viewer.personId ? 'waits' : 'second';
}

/** Up to what the one who looks may approve; null: without limit. */
export function limitOf({ viewer, asks }: Pick<EstimateView, 'viewer' | 'asks'>): bigint | null {
  if (viewer === null) return 0n;
  return approvesUpTo({ ...viewer, customerKind: asks.commercial ? 'commercial' : 'residential', limitMinor: viewer.approveLimitMinor });
}

/** In whose place the one who looks would approve this; null: in their own, or not at all. */
export function insteadOf({ viewer, asks }: Pick<EstimateView, 'viewer' | 'asks'>, totalMinor: bigint): Absent | null {
  if (viewer === null || isWithin(limitOf({ viewer, asks }), totalMinor)) return null;
  const customerKind = asks.commercial ? 'commercial' : 'residential';
  return viewer.absent.find(({ held, ...at }) => isWithin(approvesAtMost(held, { ...at, customerKind }), totalMinor)) ?? null;
}

export type OpenVisit = Extract<DocumentVisit, { kind: 'open' }>;

/** Reads the estimate as the one who will sign: whoever is signed in comes before the holder of a link. */
export function visitToDecide(c: WebContext, deps: Deps): Promise<DocumentVisit> {
  return visitDocument(c, deps, { page: estimateFactsQuery, besides: [besideEstimate, choosableQueryOf], sessionFirst: true });
}

/** Who presses, and how that is known: what the request itself says, and nothing that was typed but the name. */
export function presserOf(c: WebContext, visitor: Visitor, given: Given): Presser {
  return {
    personId: visitor.person,
    identifiedBy: visitor.kind,
    ...(visitor.sentTo === null ? {} : { identifiedAs: maskEmail(visitor.sentTo) }),
    typedName: given.text('typedName'),
    address: callerAddress(c),
    browser: c.req.header('user-agent') ?? '',
  };
}

/** The page itself in place of a form that came too late: the newer state, and that nothing was signed. */
export async function showNewer(c: WebContext, deps: Deps, problem: FormProblem): Promise<Response> {
  const visit = await visitToDecide(c, deps);
  if (visit.kind === 'moved') return toNewest(c, deps, visit);
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const data = { ...pageDataOf(visit, new URLSearchParams(), deps.now()), news: problem };
  return answerPage(c, deps, estimatePage(data, localeFor(c, visit.visitor.language), href('document', namesIn(c))), 409);
}

/** A newer version took its place while the form was open. */
function toNewest(c: WebContext, deps: Deps, { document: id, token }: Extract<DocumentVisit, { kind: 'moved' }>): Response {
  const at = { business: namesIn(c).business, document: publicId('estimate', id) };
  linkCookie.set(c, deps.config.secureCookies, { slug: at.business, document: at.document }, token);
  return seeOther(c, href('document', at, { newer: '1' }));
}

/** Refusals that say that the estimate stands otherwise now: the page shows how. */
export const newerCodes: ReadonlySet<string> = new Set([
  'already_decided',
  'estimate_replaced',
  'estimate_expired',
  'estimate_withdrawn',
  'estimate_not_approved',
  'estimate_not_sent',
  'undo_over',
]);
