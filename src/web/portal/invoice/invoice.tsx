import { publicId } from '../../../core/ids.ts';
import { isLocale } from '../../../core/locale.ts';
import { inTransaction } from '../../../db/scope.ts';
import { besideInvoice } from '../../../domain/front/front.ts';
import { invoiceFactsQuery, invoiceViewOf } from '../../../domain/invoices/invoices.ts';
import { markSeen, markUsed } from '../../../domain/links/links.ts';
import { readByOpening } from '../../../domain/messages/portal/portal.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { parseFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { type Page, renderPage } from '../../ui/page.tsx';
import { readerOf } from '../../ui/reader.ts';
import { portalScriptPath } from '../../ui/script.ts';
import { answerPage, seeOther } from '../answer.ts';
import { showEnded } from '../door/link.tsx';
import { linkCookie } from '../link-cookie.ts';
import { actOnDocument, actorOf, type DocumentVisit, documentIn, isStaffBrowser, kindIn, localeFor, type Visitor, visitDocument } from '../visit.ts';
import { InvoiceBody, mainActOf, OpenedFrom } from './invoice-page.tsx';
import type { InvoicePageData, PageExtras } from './page-data.ts';
import { PartBody } from './part-page.tsx';

/** The invoice page: one round trip, and then nothing but drawing. */
export async function showInvoice(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitDocument(c, deps, { page: invoiceFactsQuery, besides: [besideInvoice] });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const view = invoiceViewOf(visit.json);
  const extras = parseFacts<PageExtras>(visit.besides[0] ?? '{}');
  const { person, name, sentTo, canPay, canAsk, sharedBy } = visit.visitor;
  const locale = localeFor(c, visit.visitor.language);
  return answerPage(c, deps, invoicePage({ view, extras, grant: { person, name, sentTo, canPay, canAsk, sharedBy, preview: false } }, locale, c.req.path));
}

/** Where a visit that did not open the document goes instead: the new document, or the way back. */
export async function elsewhere(c: WebContext, deps: Deps, visit: Exclude<DocumentVisit, { kind: 'open' }>): Promise<Response> {
  if (visit.kind === 'moved') {
    const slug = c.req.param('business') ?? '';
    const document = publicId(kindIn(c), visit.document);
    linkCookie.set(c, deps.config.secureCookies, { slug, document }, visit.token);
    return seeOther(c, href('document', { business: slug, document }));
  }
  return showEnded(c, deps, visit.kind === 'ended' ? visit.grant : null, c.req.query('sent') === '1');
}

/** The page of an invoice, or of the reader's part of it. Also what the office sees as preview. */
export function invoicePage({ view, extras, grant }: InvoicePageData, chosen: string, path: string): Page {
  const { facts } = view;
  const locale = isLocale(chosen) ? chosen : 'en';
  const { currency, homeCurrency, number, id } = facts.document;
  const reader = readerOf(locale, currency, homeCurrency);
  const at = { business: facts.business.slug, document: publicId('invoice', id) };
  const act = view.whole ? mainActOf({ reader, facts: view.facts, extras, grant }) : null;
  const closeForm = (
    <form method="post" action={href('documentClose', at)}>
      <button className="q" type="submit">
        {reader.w.invoice.closeHere}
      </button>
    </form>
  );
  const announced = view.whole ? announcedIn(view.facts.payments) : null;
  const shown = { reader, extras: { ...extras, announced }, grant, parts: view.parts };
  return renderPage(
    {
      look: { ...facts.business, closingOn: extras.closingOn ?? null },
      locale,
      path,
      title: view.whole ? paperTitle(reader.w, facts.document) : reader.w.part.title(number),
      wide: true,
      stick: act !== null || !view.whole,
      script: grant.preview ? null : portalScriptPath,
      foot: grant.preview ? null : <OpenedFrom reader={reader} at={at} grant={grant} closeForm={closeForm} />,
    },
    <>
      {view.whole ? <InvoiceBody {...shown} facts={view.facts} changes={view.changes} /> : <PartBody {...shown} facts={view.facts} />}
      {!grant.preview && <seen-mark data-to={href('documentSeen', at)} />}
      {!grant.preview && <live-status data-feed={href('documentEvents', at, { after: String(extras.seq) })} />}
    </>,
  );
}

function announcedIn(payments: readonly { state: string; amountMinor: bigint; day: string; method: string }[]): PageExtras['announced'] {
  const told = payments.find((payment) => payment.state === 'announced');
  return told ? { amountMinor: told.amountMinor, expectedOn: told.day, method: told.method } : null;
}

/** The page was visible for three seconds: a sign of a person. Says nothing back. */
export async function tellSeen(c: WebContext, deps: Deps): Promise<Response> {
  if (isStaffBrowser(c, deps)) return c.body(null, 204);
  const seen = await actOnDocument(c, deps, async (scope) => scope.business);
  if (seen !== null) await noteSeen(deps, seen.result, documentIn(c), seen.visitor);
  return c.body(null, 204);
}

/** Keeps a sign of a person on a document. The portal may not touch standings, so the system writes it in the person's name. */
export async function noteSeen(deps: Deps, business: string, document: string, visitor: Visitor): Promise<void> {
  await inTransaction(deps.database, { role: 'system', business, actor: actorOf(visitor) }, async (scope) => {
    await readByOpening(scope, document);
    await markSeen(scope, document);
    // Whoever sent it on sees each use, not only the first press on the link.
    if (visitor.sharedBy !== null && visitor.link !== null) await markUsed(scope, [visitor.link]);
  });
}

/** "Not you?": closes the document in this browser and nowhere else. */
export async function closeDocument(c: WebContext, deps: Deps): Promise<Response> {
  const slug = c.req.param('business') ?? '';
  linkCookie.clear(c, deps.config.secureCookies, { slug, document: publicId(kindIn(c), documentIn(c)) });
  return seeOther(c, href('frontDoor', { business: slug }));
}
