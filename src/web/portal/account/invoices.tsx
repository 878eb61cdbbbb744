import { isLocale } from '../../../core/locale.ts';
import { placesQueryOf } from '../../../domain/front/front.ts';
import { isNarrowed, type PortalPage, portalInvoicesOf, portalInvoicesQuery } from '../../../domain/invoices/invoices.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { localeFor } from '../visit.ts';
import { AccountNav, type Framed, visitAccount, Whose } from './frame.tsx';
import { mostPapers } from './invoice-files.ts';
import { filterIn, type ListAsked, queryOf } from './invoice-filter.ts';
import { InvoiceRow } from './invoice-row.tsx';
import { type Place, Search, Tabs } from './invoice-search.tsx';

/** All invoices of the account: what is to be paid first, searched and filtered, 25 a page. */
export async function showInvoices(c: WebContext, deps: Deps): Promise<Response> {
  const filter = filterIn(c);
  const visit = await visitAccount(c, deps, (business) => portalInvoicesQuery(business, filter), placesQueryOf);
  if (visit instanceof Response) return visit;
  const locale = localeFor(c, visit.grant.language);
  const found = portalInvoicesOf(visit.json, visit.business, filter, locale);
  const places = JSON.parse(visit.besides[0] ?? '[]') as Place[];
  return answerPage(
    c,
    deps,
    invoicesPage(found, filter, {
      locale,
      visit,
      places,
      canPay: visit.grant.canPay === true,
    }),
  );
}

type Around = Readonly<{ locale: string; visit: Framed; places: readonly Place[]; canPay: boolean }>;

function invoicesPage(found: PortalPage, filter: ListAsked, around: Around): Page {
  const locale = isLocale(around.locale) ? around.locale : 'en';
  const reader = readerOf(locale, found.currency);
  const { w } = reader;
  const slug = found.business.slug;
  const canPay = around.canPay && found.rows.some((row) => row.standing.payableMinor > 0n);
  return renderPage(
    {
      ...{ look: found.business, locale, title: w.invoices.title, path: href('invoices', { business: slug }), wide: true, stick: canPay },
      nav: <AccountNav reader={reader} visit={around.visit} at="invoices" />,
    },
    <>
      <Whose reader={reader} visit={around.visit} />
      <h1>{w.invoices.title}</h1>
      <Tabs reader={reader} slug={slug} filter={filter} />
      <Search reader={reader} slug={slug} filter={filter} places={around.places} />
      {found.rows.length === 0 ? <Empty reader={reader} slug={slug} filter={filter} /> : <Rows reader={reader} slug={slug} found={found} canPay={canPay} />}
      {found.next && (
        <p className="gap">
          <a className="btn two more" href={href('invoices', { business: slug }, { ...queryOf(filter), cursor: found.next })}>
            {w.common.nextPage}
          </a>
        </p>
      )}
      {found.rows.length > 0 && <Files reader={reader} slug={slug} filter={filter} />}
    </>,
  );
}

/** All that fit, not only those of this page. */
function Files({ reader, slug, filter }: Readonly<{ reader: Reader; slug: string; filter: ListAsked }>) {
  const { w } = reader;
  return (
    <p className="quiet noprint">
      <a href={href('invoiceFiles', { business: slug }, queryOf(filter))}>
        <Icon name="paper" />
        {w.invoices.downloadAll(String(mostPapers))}
      </a>
      <a href={href('invoicesCsv', { business: slug }, queryOf(filter))}>
        <Icon name="download" />
        {w.account.download}
      </a>
    </p>
  );
}

type Listed = Readonly<{ reader: Reader; slug: string; found: PortalPage; canPay: boolean }>;

/** The rows, each to be ticked: the ticked ones are paid at once, where something can be paid, or their papers come together. */
function Rows({ reader, slug, found, canPay }: Listed) {
  const { w } = reader;
  return (
    <form method="get" action={href(canPay ? 'payMany' : 'invoiceFiles', { business: slug })}>
      <ul className="rows">
        {found.rows.map((row) => (
          <InvoiceRow key={row.id} reader={reader} slug={slug} row={row} home={found.currency} pick />
        ))}
      </ul>
      <div className={canPay ? 'act stick gap noprint both' : 'act gap noprint both'}>
        {canPay && (
          <>
            <button className="btn" type="submit">
              {w.pay.paySelected}
            </button>
            <a className="btn two" href={href('payMany', { business: slug })}>
              {w.pay.payAllDue}
            </a>
          </>
        )}
        <button className="btn two" type="submit" formAction={href('invoiceFiles', { business: slug })}>
          {w.invoices.downloadSelected}
        </button>
      </div>
    </form>
  );
}

/** An empty list says what that means and what to do. */
function Empty({ reader, slug, filter }: Readonly<{ reader: Reader; slug: string; filter: ListAsked }>) {
  const { invoices } = reader.w;
  const searched = isNarrowed(filter);
  const text = searched ? invoices.noneFound : filter.tab === 'all' ? invoices.empty : invoices.nonePayable;
  return (
    <p className="lead sec">
      {filter.tab === 'paid' && !searched ? invoices.noneFound : text}{' '}
      {(searched || filter.tab !== 'all') && (
        <a href={href('invoices', { business: slug }, { tab: 'all' })}>{searched ? invoices.clearFilters : reader.w.home.allInvoices}</a>
      )}
    </p>
  );
}
