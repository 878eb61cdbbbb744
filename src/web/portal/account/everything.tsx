import { isLocale, type Locale } from '../../../core/locale.ts';
import { readPage } from '../../../db/read.ts';
import { noPage, openBySession, type SessionGrant } from '../../../domain/front/front.ts';
import { type PortalHome, portalHomeOf, portalHomeQuery } from '../../../domain/invoices/invoices.ts';
import { accountsOf } from '../../../domain/people/sign-in.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { portalCookie } from '../../cookies.ts';
import { renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { lookAt } from '../look.ts';
import { AccountNav, visitAccount, Whose } from './frame.tsx';

/** One account of the person at one business, and what is due on it. */
type Due = Readonly<{ slug: string; business: string; account: string; currency: string; dueNowMinor: bigint; overdueMinor: bigint; balanceMinor: bigint }>;

const most = 50;
const atOnce = 4;

/**
 * What one person owes everywhere: each business is asked on its own, as that person and by this very session, so that no row of one is ever beside
 * one of another in the database, and nothing of it is known to anybody else (rule 13).
 */
export async function showEverything(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const token = portalCookie.read(c, deps.config.secureCookies) ?? '';
  const places = (await accountsOf(deps.database, visit.grant.identity ?? '')).slice(0, most);
  const dues: Due[] = [];
  for (let from = 0; from < places.length; from += atOnce) {
    const found = await Promise.all(places.slice(from, from + atOnce).map((place) => duesAt(deps, token, place, reader.locale)));
    dues.push(...found.flat());
  }
  const { everything } = reader.w;
  const page = renderPage(
    {
      ...{ look, locale: reader.locale, title: everything.title, path: href('everything', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="home" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <div className="narrow">
        <h1>{everything.title}</h1>
        <p className="lead">{everything.lead}</p>
        <Totals locale={reader.locale} dues={dues} />
        <ul className="rows sec">
          {dues.map((due) => (
            <Row key={`${due.slug} ${due.account}`} reader={readerOf(reader.locale, due.currency)} due={due} />
          ))}
        </ul>
      </div>
    </>,
  );
  return answerPage(c, deps, page);
}

/** What is due at one business, account by account; nothing where the person has no access any more. */
async function duesAt(
  deps: Deps,
  token: string,
  { business, slug, name }: Readonly<{ business: string; slug: string; name: string }>,
  locale: Locale,
): Promise<Due[]> {
  const read = async (customer: string | null): Promise<PortalHome | null> => {
    const { grant, json } = await readPage<SessionGrant>(deps.database, openBySession(slug, token), portalHomeQuery(business, customer));
    return grant.state === 'open' ? portalHomeOf(json, isLocale(locale) ? locale : 'en') : null;
  };
  const due = (home: PortalHome, account: string): Due => {
    const { dueNowMinor, overdueMinor, balanceMinor } = home.figures;
    return { slug, business: name, account, currency: home.currency, dueNowMinor, overdueMinor, balanceMinor };
  };
  const all = await read(null);
  if (all === null || all.accounts.length === 0) return [];
  const [only, ...more] = all.accounts;
  if (only !== undefined && more.length === 0) return [due(all, only.company || only.name)];
  const each: Due[] = [];
  for (const { id, name: of, company } of all.accounts) {
    const home = await read(id);
    if (home !== null) each.push(due(home, company || of));
  }
  return each;
}

/** One sum for each currency: different money is never added up. */
function Totals({ locale, dues }: Readonly<{ locale: Locale; dues: readonly Due[] }>) {
  const sums = new Map<string, { due: bigint; overdue: bigint }>();
  for (const { currency, dueNowMinor, overdueMinor } of dues) {
    const sum = sums.get(currency) ?? { due: 0n, overdue: 0n };
    sums.set(currency, { due: sum.due + dueNowMinor, overdue: sum.overdue + overdueMinor });
  }
  return [...sums].map(([currency, { due, overdue }]) => {
    const { w, money } = readerOf(locale, currency);
    return (
      <div key={currency} className="sec">
        <p className="big">{money(due)}</p>
        <p className="st dim">
          {w.home.dueNow}
          {overdue > 0n && ` · ${w.home.overdueOf(money(overdue))}`}
        </p>
      </div>
    );
  });
}

function Row({ reader, due }: Readonly<{ reader: Reader; due: Due }>) {
  const { w, money } = reader;
  return (
    <li>
      <a className="row" href={href('home', { business: due.slug })}>
        {due.business}
      </a>
      <b className="n">{money(due.dueNowMinor)}</b>
      <small>
        {[
          w.common.whoseAccount(due.account),
          due.overdueMinor > 0n && w.home.overdueOf(money(due.overdueMinor)),
          due.balanceMinor !== due.dueNowMinor && `${w.home.balance} ${money(due.balanceMinor)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </li>
  );
}
