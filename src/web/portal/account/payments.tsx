import { publicId, readId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type PageOf, type PortalPayment, portalPayments, portalPaymentsOf, receiptFactsQuery, receiptOf } from '../../../domain/payments/payments.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { type PageLook, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { drawReceipt } from '../invoice/papers.ts';
import { lookAt } from '../look.ts';
import { receiptPage } from '../pay/receipt.tsx';
import { localeFor } from '../visit.ts';
import { AccountNav, type SignedIn, visitAccount, Whose } from './frame.tsx';

/** All payments of the account, newest first, each with its receipt. */
export async function showPayments(c: WebContext, deps: Deps): Promise<Response> {
  const cursor = c.req.query('cursor') ?? null;
  const visit = await visitAccount(c, deps, (business) => portalPayments(business, { cursor, limit: limits.pageSize }));
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  return answerPage(c, deps, paymentsPage(look, reader, portalPaymentsOf(visit.json, limits.pageSize), visit));
}

function paymentsPage(look: PageLook & { currency: string }, reader: Reader, found: PageOf<PortalPayment>, visit: SignedIn) {
  const { w } = reader;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: w.payments.title, path: href('payments', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="payments" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <h1>{w.payments.receipts}</h1>
      <p className="lead">
        <a href={href('account', { business: look.slug })}>{w.account.open}</a>
      </p>
      {found.rows.length === 0 ? <p className="lead sec">{w.payments.empty}</p> : <Rows reader={reader} look={look} rows={found.rows} />}
      {found.next && (
        <p className="gap">
          <a className="btn two more" href={href('payments', { business: look.slug }, { cursor: found.next })}>
            {w.common.nextPage}
          </a>
        </p>
      )}
    </>,
  );
}

function Rows({ reader, look, rows }: Readonly<{ reader: Reader; look: PageLook & { currency: string }; rows: readonly PortalPayment[] }>) {
  const { w, day } = reader;
  const states: Readonly<Record<string, string>> = w.status.payment;
  return (
    <ul className="rows sec">
      {rows.map((row) => (
        <li key={row.id}>
          <a className="row" href={href('payment', { business: look.slug, payment: publicId('payment', row.id) })}>
            {row.paidFor.map((each) => paperTitle(w, each)).join(', ') || w.receipt.receipt}
          </a>
          <b className="n">{readerOf(reader.locale, row.currency, look.currency).money(row.amountMinor)}</b>
          <small>{[day(row.day), row.methodLabel || w.pay[row.method], states[row.state] ?? row.state].join(' · ')}</small>
        </li>
      ))}
    </ul>
  );
}

/** One receipt under the session. */
export async function showPayment(c: WebContext, deps: Deps): Promise<Response> {
  const payment = paymentIn(c);
  const visit = await visitAccount(c, deps, (business) => receiptFactsQuery(business, payment));
  if (visit instanceof Response) return visit;
  const facts = receiptOf(visit.json);
  const locale = localeFor(c, visit.grant.language);
  const reader = readerOf(locale, facts.currency, facts.homeCurrency);
  const at = { business: visit.slug, payment: publicId('payment', payment) };
  const nav = <AccountNav reader={reader} visit={visit} at="payments" />;
  return answerPage(
    c,
    deps,
    receiptPage(facts, {
      locale,
      path: c.req.path,
      pdf: href('paymentPdf', at),
      back: null,
      all: href('home', { business: visit.slug }),
      nav,
      whose: <Whose reader={reader} visit={visit} />,
    }),
  );
}

export async function sendPaymentPdf(c: WebContext, deps: Deps): Promise<Response> {
  const payment = paymentIn(c);
  const visit = await visitAccount(c, deps, (business) => receiptFactsQuery(business, payment));
  return visit instanceof Response ? visit : drawReceipt(c, deps, visit.business, visit.json);
}

function paymentIn(c: WebContext): string {
  const payment = readId('payment', c.req.param('payment') ?? '');
  if (payment === null) throw new Refusal('not_found');
  return payment;
}
