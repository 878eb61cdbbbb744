import { isDay } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { decimalText, exponentOf } from '../../../core/money.ts';
import { type AccountFilter, type AccountPage, accountOf, accountQueryOf, type Movement } from '../../../domain/front/account/account.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { csvFile } from '../../../outgoing/csv.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type PageLook, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage, portalHeaders } from '../answer.ts';
import { Note } from '../invoice/banner.tsx';
import { lookAt } from '../look.ts';
import { AccountNav, type SignedIn, visitAccount, Whose } from './frame.tsx';

/** More movements than this do not fit in one file for a customer. */
const mostInFile = 20_000;

/** Every charge, payment, credit and refund, newest first, with the balance after each. */
export async function showAccount(c: WebContext, deps: Deps): Promise<Response> {
  const filter = filterIn(c, limits.pageSize);
  const visit = await visitAccount(c, deps, (business) => accountQueryOf(business, filter));
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  const found = accountOf(visit.json, filter);
  return answerPage(
    c,
    deps,
    accountPage(look, readerOf(reader.locale, found.currency, found.home), { found, filter, visit, used: c.req.query('used') !== undefined }),
  );
}

function filterIn(c: WebContext, limit: number): AccountFilter {
  const day = (name: string): string | null => (isDay(c.req.query(name) ?? '') ? (c.req.query(name) ?? null) : null);
  const currency = c.req.query('currency') ?? '';
  return { currency: /^[A-Z]{3}$/.test(currency) ? currency : null, from: day('from'), to: day('to'), cursor: c.req.query('cursor') || null, limit };
}

const queryOf = ({ currency, from, to }: AccountFilter): Record<string, string | null> => ({ currency, from, to });

type Drawn = Readonly<{ found: AccountPage; filter: AccountFilter; visit: SignedIn; used: boolean }>;

function accountPage(look: PageLook, reader: Reader, { found, filter, visit, used }: Drawn) {
  const { w } = reader;
  const { slug } = look;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: w.account.title, path: href('account', { business: slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="payments" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      {used && <Note icon="check">{w.account.creditWasUsed}</Note>}
      <h1>{w.account.title}</h1>
      <p className="big">{reader.money(found.balanceMinor)}</p>
      <p className="st dim">{balanceText(reader, found)}</p>
      <Period reader={reader} slug={slug} filter={filter} found={found} />
      {found.rows.length === 0 ? <p className="lead sec">{w.account.empty}</p> : <Movements reader={reader} slug={slug} found={found} filter={filter} />}
      {found.next && (
        <p className="gap">
          <a className="btn two more" href={href('account', { business: slug }, { ...queryOf(filter), cursor: found.next })}>
            {w.common.nextPage}
          </a>
        </p>
      )}
      <p className="quiet noprint">
        <a href={href('accountCsv', { business: slug }, queryOf(filter))}>
          <Icon name="download" />
          {w.account.download}
        </a>
        <a href={href('payments', { business: slug })}>{w.payments.receipts}</a>
      </p>
    </>,
  );
}

function balanceText({ w, money }: Reader, found: AccountPage): string {
  if (!found.whole) return w.account.ofYourProperties;
  return found.creditMinor > 0n ? w.account.withCredit(money(found.creditMinor)) : w.home.balance;
}

function Period({ reader, slug, filter, found }: Readonly<{ reader: Reader; slug: string; filter: AccountFilter; found: AccountPage }>) {
  const { w } = reader;
  return (
    <form method="get" action={href('account', { business: slug })} className="noprint">
      {filter.currency && <input type="hidden" name="currency" value={filter.currency} />}
      <div className="two-up">
        <Field label={w.invoices.from} name="from" type="date" value={filter.from ?? ''} />
        <Field label={w.invoices.to} name="to" type="date" value={filter.to ?? ''} />
      </div>
      <button className="btn two" type="submit">
        {w.invoices.apply}
      </button>
      {found.currencies.length > 1 && (
        <p className="quiet">
          {found.currencies.map((currency) => (
            <a
              key={currency}
              href={href('account', { business: slug }, { ...queryOf(filter), currency })}
              aria-current={currency === found.currency || undefined}
            >
              {currency}
            </a>
          ))}
        </p>
      )}
    </form>
  );
}

type Listed = Readonly<{ reader: Reader; slug: string; found: AccountPage; filter: AccountFilter }>;

function Movements({ reader, slug, found, filter }: Listed) {
  const { w, money, day } = reader;
  return (
    <ul className="rows sec">
      {found.rows.map((row) => (
        <li key={row.id}>
          <Named reader={reader} slug={slug} row={row} />
          <b className="n">{money(row.changeMinor)}</b>
          <small>{[day(row.day), row.sort === 'payment' && methodOf(reader, row), savedIn(reader, row)].filter(Boolean).join(' · ')}</small>
          <span className="n s dim">{w.account.balanceAfter(money(row.balanceMinor))}</span>
        </li>
      ))}
      {filter.from !== null && found.next === null && (
        <li>
          <span>{w.account.before(day(filter.from))}</span>
          <b className="n">{money(found.openingMinor)}</b>
        </li>
      )}
    </ul>
  );
}

const methodOf = ({ w }: Reader, row: Movement): string => row.methodLabel || (row.method === null ? '' : w.pay[row.method]);

/** A bill is paid in full where a bank payment saved something: what was charged is that much less. */
const savedIn = ({ w, money }: Reader, { savedMinor }: Movement): string => (savedMinor ? w.fees.savedOfIt(money(savedMinor)) : '');

/** What happened, and the way to its paper. */
function Named({ reader, slug, row }: Readonly<{ reader: Reader; slug: string; row: Movement }>) {
  const text = wordsOf(reader, row);
  const to =
    row.documentId !== null && row.number !== null
      ? href('document', { business: slug, document: publicId('invoice', row.documentId) })
      : row.paymentId === null
        ? null
        : href('payment', { business: slug, payment: publicId('payment', row.paymentId) });
  if (to === null) return <span>{text}</span>;
  return (
    <a className="row" href={to}>
      {text}
    </a>
  );
}

function wordsOf({ w }: Reader, row: Movement): string {
  const paper = row.number === null ? '' : row.whole ? paperTitle(w, { purpose: row.purpose, number: row.number }) : w.part.title(row.number);
  const sort = row.sort === 'charge' && row.changeMinor < 0n ? 'credit' : row.sort;
  if (sort === 'charge') return paper || w.account.sorts.opening;
  return [w.account.sorts[sort], paper].filter(Boolean).join(' · ');
}

/** The same as a file, oldest last: days, words and plain amounts. */
export async function sendAccountCsv(c: WebContext, deps: Deps): Promise<Response> {
  const filter = { ...filterIn(c, mostInFile), cursor: null };
  const visit = await visitAccount(c, deps, (business) => accountQueryOf(business, filter));
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  const found = accountOf(visit.json, filter);
  const { w } = reader;
  const plain = (minor: bigint): string => decimalText(minor, exponentOf(found.currency));
  const head = [w.payments.date, w.account.what, w.payments.method, w.payments.amount, w.home.balance, w.account.currency];
  const rows = found.rows.map((row) => [row.day, wordsOf(reader, row), methodOf(reader, row), plain(row.changeMinor), plain(row.balanceMinor), row.currency]);
  let text = '';
  for await (const piece of csvFile(head, rows)) text += piece;
  portalHeaders(c);
  c.header('Content-Type', 'text/csv; charset=UTF-8');
  c.header('Content-Disposition', `attachment; filename="${look.slug}-account.csv"`);
  return c.body(text);
}
