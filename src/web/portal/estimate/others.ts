import { readPage } from '../../../db/read.ts';
import type { EstimateView } from '../../../domain/estimates/estimate.ts';
import { changeOrdersBeside, changeOrdersQuery } from '../../../domain/estimates/estimates.ts';
import { openBySession, type SessionGrant } from '../../../domain/front/front.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie } from '../../cookies.ts';
import type { DocumentVisit } from '../visit.ts';

/** The change orders beside an estimate: a link opens its one paper alone, whoever is signed in sees those of the account. */
export async function changeOrdersFor(
  c: WebContext,
  deps: Deps,
  { business, document, visitor }: Extract<DocumentVisit, { kind: 'open' }>,
  view: EstimateView,
): Promise<EstimateView['changeOrders']> {
  const session = visitor.kind === 'session' ? portalCookie.read(c, deps.config.secureCookies) : null;
  if (session === null || view.contract === null) return view.changeOrders;
  const open = openBySession(c.req.param('business') ?? '', session);
  const { grant, json } = await readPage<SessionGrant>(deps.database, open, changeOrdersQuery(business, document));
  return grant.state === 'open' ? changeOrdersBeside(json, view.today) : view.changeOrders;
}
