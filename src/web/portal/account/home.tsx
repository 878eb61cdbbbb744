import { publicId } from '../../../core/ids.ts';
import { isLocale } from '../../../core/locale.ts';
import { type EstimatesAtHand, estimatesAtHandOf, estimatesAtHandQuery } from '../../../domain/estimates/estimates.ts';
import { type PortalHome, portalHomeOf, portalHomeQuery } from '../../../domain/invoices/invoices.ts';
import { type VisitsAtHand, visitsAtHandOf, visitsAtHandQuery } from '../../../domain/jobs/portal/portal.ts';
import { type ExpiringMethod, expiringMethodsOf, expiringMethodsQuery } from '../../../domain/payments/payments.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { type Page, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { Note } from '../invoice/banner.tsx';
import { localeFor } from '../visit.ts';
import { VisitRows } from '../visits/visits.tsx';
import { EstimateRows } from './estimates.tsx';
import { AccountNav, type Framed, visitAccount, Whose } from './frame.tsx';
import { InvoiceRow } from './invoice-row.tsx';

/** What needs the customer, what is owed in six figures, and one thing to do. */
export async function showHome(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitAccount(c, deps, (business) => portalHomeQuery(business, null), expiringMethodsQuery, estimatesAtHandQuery, visitsAtHandQuery);
  if (visit instanceof Response) return visit;
  const locale = localeFor(c, visit.grant.language);
  const home = portalHomeOf(visit.json, locale);
  return answerPage(
    c,
    deps,
    homePage(home, {
      locale,
      visit,
      estimates: estimatesAtHandOf(visit.besides[1] ?? null),
      visits: visitsAtHandOf(visit.besides[2] ?? null),
      canPay: visit.grant.canPay === true,
      expiring: expiringMethodsOf(visit.besides[0] ?? null),
    }),
  );
}

type Around = Readonly<{
  locale: string;
  visit: Framed;
  estimates: EstimatesAtHand;
  visits: VisitsAtHand;
  canPay: boolean;
  expiring: readonly ExpiringMethod[];
}>;

function homePage(home: PortalHome, around: Around): Page {
  const locale = isLocale(around.locale) ? around.locale : 'en';
  const reader = readerOf(locale, home.currency);
  const { w } = reader;
  const slug = home.business.slug;
  const first = around.canPay && home.figures.dueNowMinor > 0n ? home.rows.find((row) => row.standing.payableMinor > 0n) : undefined;
  return renderPage(
    {
      ...{ look: home.business, locale, title: w.home.title, path: href('home', { business: slug }), wide: true, stick: first !== undefined },
      nav: <AccountNav reader={reader} visit={around.visit} at="home" />,
    },
    <>
      <Whose reader={reader} visit={around.visit} />
      <Owed reader={reader} home={home} name={around.visit.name} first={first} />
      <div className="cols">
        <section>
          <h2>{w.home.needsYou}</h2>
          {around.expiring.map((card) => (
            <Note key={card.id} icon="alert">
              {w.autopay.expiresSoon(card.label, reader.day(card.expiresOn))} <a href={href('methods', { business: slug })}>{w.autopay.mail.expiring.button}</a>
            </Note>
          ))}
          {around.estimates.waiting.length > 0 && (
            <EstimateRows reader={reader} slug={slug} home={home.currency} rows={around.estimates.waiting} of={around.estimates} />
          )}
          {home.rows.length === 0 ? <p className="lead">{w.home.allPaid}</p> : <Rows reader={reader} home={home} />}
          <p className="gap">
            <a href={href('invoices', { business: slug }, { tab: 'all' })}>{w.home.allInvoices}</a>
          </p>
        </section>
        <aside>
          <SixFigures reader={reader} home={home} />
          <Work reader={reader} slug={slug} visits={around.visits} />
          <p className="gap">
            <a href={href('payments', { business: slug })}>{w.home.allPayments}</a>
            <br />
            <a href={href('account', { business: slug })}>{w.account.open}</a>
          </p>
          <p>
            <a href={href('methods', { business: slug })}>{w.autopay.title}</a>
          </p>
        </aside>
      </div>
    </>,
  );
}

type Owing = Readonly<{ reader: Reader; home: PortalHome; name: string; first: PortalHome['rows'][number] | undefined }>;

/** Hello, how much is due, and pay: the one bill there is, or all that is due. */
function Owed({ reader, home, name, first }: Owing) {
  const { w, money } = reader;
  const { figures } = home;
  return (
    <div className="sum">
      <div>
        <h1>{w.home.greeting(name)}</h1>
        <p className="big">{money(figures.dueNowMinor)}</p>
        <p className="st dim">
          {w.home.dueNow}
          {figures.overdueMinor > 0n && ` · ${w.home.overdueOf(money(figures.overdueMinor))}`}
        </p>
      </div>
      {first && (
        <div className="act stick">
          {figures.count === 1 ? (
            <a className="btn" href={href('document', { business: home.business.slug, document: publicId('invoice', first.id) })}>
              {w.home.payDueNow(money(first.standing.payableMinor))}
            </a>
          ) : (
            <a className="btn" href={href('payMany', { business: home.business.slug })}>
              {w.home.payDueNow(money(figures.dueNowMinor))}
            </a>
          )}
        </div>
      )}
    </div>
  );
}

function Rows({ reader, home }: Readonly<{ reader: Reader; home: PortalHome }>) {
  return (
    <ul className="rows">
      {home.rows.map((row) => (
        <InvoiceRow key={row.id} reader={reader} slug={home.business.slug} row={row} home={home.currency} />
      ))}
    </ul>
  );
}

/** Who comes next, and what was done lately. */
function Work({ reader, slug, visits }: Readonly<{ reader: Reader; slug: string; visits: VisitsAtHand }>) {
  const { home } = reader.w.visits;
  const { next, recent, today } = visits;
  if (next.length === 0 && recent.length === 0) return null;
  return (
    <section>
      {next.length > 0 && <h2>{home.next}</h2>}
      {next.length > 0 && <VisitRows reader={reader} slug={slug} rows={next.slice(0, 1)} today={today} />}
      {recent.length > 0 && <h2>{home.recent}</h2>}
      {recent.length > 0 && <VisitRows reader={reader} slug={slug} rows={recent} today={today} />}
      <p className="gap">
        <a href={href('visits', { business: slug })}>{reader.w.visits.all}</a>
      </p>
    </section>
  );
}

/** Every cent of the balance is in exactly one of them (rule 17). */
function SixFigures({ reader, home }: Readonly<{ reader: Reader; home: PortalHome }>) {
  const { w, money } = reader;
  const { figures, creditMinor } = home;
  const rows: readonly [string, bigint, boolean][] = [
    [w.home.balance, figures.balanceMinor, true],
    [w.home.dueNow, figures.dueNowMinor, true],
    [w.home.dueLater, figures.dueLaterMinor, false],
    [w.home.onItsWay, figures.onItsWayMinor, true],
    [w.home.inQuestion, figures.inQuestionMinor, true],
    [w.home.heldBack, figures.heldBackMinor, false],
    [w.home.creditAvailable, creditMinor, false],
  ];
  return (
    <section>
      <h2>{w.home.youOwe}</h2>
      <dl className="kv figures">
        {rows
          .filter(([, minor, always]) => always || minor !== 0n)
          .map(([label, minor]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="n">{money(minor)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
