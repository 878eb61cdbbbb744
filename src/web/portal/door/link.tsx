import { publicId } from '../../../core/ids.ts';
import { maskEmail } from '../../../core/text.ts';
import { readPage } from '../../../db/read.ts';
import { inTransaction } from '../../../db/scope.ts';
import { kindQueryOf, type LinkGrant, noPage, openByLink } from '../../../domain/front/front.ts';
import { askForNewLink } from '../../../domain/links/links.ts';
import { countKnock } from '../../../domain/people/sign-in.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import { answerPage, seeOther } from '../answer.ts';
import { linkCookie } from '../link-cookie.ts';
import { lookAt } from '../look.ts';
import type { UsedLinks } from '../used-links.ts';
import { businessIn, documentIn, isStaffBrowser, namesIn } from '../visit.ts';
import { ClosedPage, endedPage } from './ended.tsx';

/**
 * The mailed address: puts its token in a cookie of the document's own path and sends the browser there, so that the token stays in no
 * address bar, history or log. Nothing is signed in, used up or counted as opened: mail scanners come here too.
 */
export async function openLink(c: WebContext, deps: Deps, used: UsedLinks): Promise<Response> {
  const business = await businessIn(c, deps);
  const slug = c.req.param('business') ?? '';
  const token = c.req.param('token') ?? '';
  const { grant, json: kind } = await readPage<LinkGrant>(deps.database, openByLink(slug, token, null), kindQueryOf(business));
  if (grant.state === 'open' && grant.document) {
    if (c.req.method === 'GET' && grant.link && !isStaffBrowser(c, deps)) used.add(business, grant.link);
    const document = publicId(kind === 'estimate' ? 'estimate' : 'invoice', grant.document);
    linkCookie.set(c, deps.config.secureCookies, { slug, document }, token);
    return seeOther(c, href('document', { business: slug, document }));
  }
  return showEnded(c, deps, grant, c.req.query('sent') === '1');
}

/** "Send me a new link" on the page of an ended one. */
export async function renewFromLink(c: WebContext, deps: Deps): Promise<Response> {
  const business = await businessIn(c, deps);
  const slug = c.req.param('business') ?? '';
  const token = c.req.param('token') ?? '';
  await countKnock(deps.database, callerAddress(c));
  const { grant } = await readPage<LinkGrant>(deps.database, openByLink(slug, token, null), noPage);
  await askAgain(deps, business, grant, null);
  return seeOther(c, href('link', { business: slug, token }, { sent: '1' }));
}

/** The same from a document's own address: by the ended link this browser still holds, or by the document alone. */
export async function renewFromDocument(c: WebContext, deps: Deps): Promise<Response> {
  const business = await businessIn(c, deps);
  const slug = c.req.param('business') ?? '';
  const document = documentIn(c);
  await countKnock(deps.database, callerAddress(c));
  const token = linkCookie.read(c, deps.config.secureCookies);
  const grant = token === null ? null : (await readPage<LinkGrant>(deps.database, openByLink(slug, token, document), noPage)).grant;
  await askAgain(deps, business, grant, grant?.state === 'ended' ? null : document);
  return seeOther(c, href('document', namesIn(c), { sent: '1' }));
}

/** Asks the task to mail a new link: for an ended link to its own person, for a page without its cookie to whoever got that document. */
export async function askAgain(deps: Deps, business: string, grant: LinkGrant | null, document: string | null): Promise<void> {
  const of = grant?.state === 'ended' && grant.link && !grant.removed ? { linkId: grant.link } : document === null ? null : { documentId: document };
  if (of === null) return;
  const nobody = { kind: 'person', id: null, name: '' } as const;
  await inTransaction(deps.database, { role: 'portal', business, actor: nobody }, (scope) => askForNewLink(scope, of));
}

/** An ended link, or none: names the business and offers the way back, and shows nothing of the document. */
export async function showEnded(c: WebContext, deps: Deps, grant: LinkGrant | null, sent: boolean): Promise<Response> {
  const { look, reader } = await lookAt(c, deps, grant?.language ?? null);
  const { locale } = reader;
  const ended = grant?.state === 'ended';
  const masked = ended && grant.address ? maskEmail(grant.address) : null;
  const document = c.req.param('document');
  const action = document === undefined ? undefined : href('documentRenew', { business: look.slug, document });
  const shown = { look, locale, ended, masked, sent, action, renew: !ended || grant.removed !== true };
  // The page of a link names its own address by nothing: no token stands in any page, not even its own.
  const page = endedPage({ look, locale, path: document === undefined ? '' : c.req.path }, <ClosedPage {...shown} />);
  return answerPage(c, deps, page, ended ? 410 : 404);
}
