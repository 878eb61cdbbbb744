import { isDay } from '../../../core/calendar.ts';
import { publicId, readId } from '../../../core/ids.ts';
import { isLocale } from '../../../core/locale.ts';
import { placesQueryOf } from '../../../domain/front/front.ts';
import { type PortalFilter, type PortalPage, portalInvoicesOf, portalInvoicesQuery } from '../../../domain/invoices/invoices.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Field } from '../../ui/form.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { localeFor } from '../visit.ts';
import { AccountNav, type Framed, visitAccount, Whose } from './frame.tsx';
import { InvoiceRow } from './invoice-row.tsx';

const tabs = ['open', 'overdue', 'paid', 'all'] as const;

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

function filterIn(c: WebContext): PortalFilter {
  const text = (name: string): string => (c.req.query(name) ?? '').trim();
  const day = (name: string): string | undefined => (isDay(text(name)) ? text(name) : undefined);
  return {
    tab: tabs.find((tab) => tab === text('tab')) ?? 'open',
    propertyId: readId('property', text('property')) ?? undefined,
    search: text('q') || undefined,
    from: day('from'),
    to: day('to'),
    cursor: text('cursor') || undefined,
  };
}

type Place = Readonly<{ id: string; title: string }>;
type Around = Readonly<{ locale: string; visit: Framed; places: readonly Place[]; canPay: boolean }>;

function invoicesPage(found: PortalPage, filter: PortalFilter, around: Around): Page {
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
    </>,
  );
}

type Listed = Readonly<{ reader: Reader; slug: string; found: PortalPage; canPay: boolean }>;

/** The rows; where something can be paid, each of these can be ticked and the ticked ones paid at once. */
function Rows({ reader, slug, found, canPay }: Listed) {
  const rows = (
    <ul className="rows">
      {found.rows.map((row) => (
        <InvoiceRow key={row.id} reader={reader} slug={slug} row={row} home={found.currency} pick={canPay} />
      ))}
    </ul>
  );
  if (!canPay) return rows;
  return (
    <form method="get" action={href('payMany', { business: slug })}>
      {rows}
      <div className="act stick gap noprint both">
        <button className="btn" type="submit">
          {reader.w.pay.paySelected}
        </button>
        <a className="btn two" href={href('payMany', { business: slug })}>
          {reader.w.pay.payAllDue}
        </a>
      </div>
    </form>
  );
}

function queryOf({ tab, search, from, to, propertyId }: PortalFilter): Record<string, string | undefined> {
  return { tab, q: search, property: propertyId === undefined ? undefined : publicId('property', propertyId), from, to };
}

function Tabs({ reader, slug, filter }: Readonly<{ reader: Reader; slug: string; filter: PortalFilter }>) {
  const { invoices } = reader.w;
  return (
    <nav className="nav tabs" aria-label={reader.w.common.filter}>
      {tabs.map((tab) => (
        <a key={tab} href={href('invoices', { business: slug }, { ...queryOf(filter), tab })} aria-current={filter.tab === tab ? 'page' : undefined}>
          {invoices.tabs[tab]}
        </a>
      ))}
    </nav>
  );
}

type Finding = Readonly<{ reader: Reader; slug: string; filter: PortalFilter; places: readonly Place[] }>;

function Search({ reader, slug, filter, places }: Finding) {
  const { invoices, common } = reader.w;
  return (
    <form method="get" action={href('invoices', { business: slug })} className="search noprint">
      <input type="hidden" name="tab" value={filter.tab ?? 'open'} />
      {places.length > 1 && <Places reader={reader} filter={filter} places={places} />}
      <Field label={invoices.searchLabel} name="q" type="search" maxLength={100} value={filter.search ?? ''} />
      <button className="btn two" type="submit">
        {common.search}
      </button>
    </form>
  );
}

/** Everything, or one property. */
function Places({ reader, filter, places }: Readonly<{ reader: Reader; filter: PortalFilter; places: readonly Place[] }>) {
  const { invoices } = reader.w;
  return (
    <div className="field">
      <label htmlFor="property">
        <b>{invoices.property}</b>
      </label>
      <select id="property" name="property" defaultValue={filter.propertyId === undefined ? '' : publicId('property', filter.propertyId)}>
        <option value="">{invoices.allProperties}</option>
        {places.map((place) => (
          <option key={place.id} value={publicId('property', place.id)}>
            {place.title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** An empty list says what that means and what to do. */
function Empty({ reader, slug, filter }: Readonly<{ reader: Reader; slug: string; filter: PortalFilter }>) {
  const { invoices } = reader.w;
  const searched = filter.search !== undefined || filter.propertyId !== undefined || filter.from !== undefined || filter.to !== undefined;
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
