import { publicId } from '../../../core/ids.ts';
import { type Allocation, type Bill, type Bills, leftOutOf, mostBills, type OneAccount, seenOf, waysFor } from '../../../domain/payments/payments.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { href } from '../../../routes.ts';
import { ActId, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { type Page, type PageLook, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { AccountNav, type Framed, Whose } from '../account/frame.tsx';
import { Note } from '../invoice/banner.tsx';
import { Row } from '../invoice/lines.tsx';
import { type Asked, pairsOf } from './choice.ts';
import { Change } from './many-change.tsx';
import { ContinueButton, MethodChoices } from './method-choices.tsx';
import { processorName } from './pay-page.tsx';

export type ManyPage = Readonly<{
  look: PageLook;
  home: string;
  reader: Reader;
  found: Bills;
  asked: Asked;
  method: 'card' | 'bank';
  /** null: it cannot be paid so, and `problem` says why. */
  allocation: Allocation | null;
  /** The most that was chosen takes now, and the same by account and currency. */
  fullMinor: bigint;
  apart: readonly OneAccount[];
  act: string;
  problem: FormProblem;
  /** By how much the amount is above what the bills take, when it may be kept as credit. */
  overMinor: bigint;
  before: string | null;
  visit: Framed;
}>;

/** What a payment over several bills pays, how to change it, and one button that says exactly what will happen. */
export function manyPage(page: ManyPage): Page {
  const { look, reader, allocation, visit } = page;
  const { w } = reader;
  const slug = look.slug;
  return renderPage(
    {
      ...{ look, locale: reader.locale, title: w.pay.manyTitle, path: href('payMany', { business: slug }), wide: true, stick: allocation !== null },
      nav: <AccountNav reader={reader} visit={visit} at="invoices" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <p>
        <a href={href('invoices', { business: slug })}>{w.pay.backToInvoices}</a>
      </p>
      <h1 className="gap">{w.pay.manyTitle}</h1>
      {page.before && (
        <Note icon="alert" hot>
          {page.before}
        </Note>
      )}
      {page.problem && page.problem.code !== 'one_payment_one_account' && page.overMinor === 0n && <FormAlert w={w} problem={page.problem} />}
      {page.asked.property !== '' && <p className="lead">{w.property.payOnlyHere}</p>}
      {page.found.more && <Note icon="paper">{w.pay.oldestOnly(mostBills)}</Note>}
      <Body page={page} />
    </>,
  );
}

function Body({ page }: Readonly<{ page: ManyPage }>) {
  const { allocation, found } = page;
  if (page.problem?.code === 'one_payment_one_account') return <EachOnItsOwn page={page} />;
  if (allocation === null) return found.bills.some((bill) => bill.mayPay) ? <Change page={page} open /> : null;
  const reader = readerOf(page.reader.locale, allocation.currency, page.home);
  const amount = reader.money(allocation.chargedMinor);
  return (
    <>
      <p className={amount.length > 10 ? 'big long' : 'big'}>{amount}</p>
      <div className="cols">
        <div>
          <Credit page={page} reader={reader} allocation={allocation} />
          <WhatItPays reader={reader} allocation={allocation} />
          <Change page={page} open={false} />
        </div>
        <PayForm page={page} allocation={allocation} />
      </div>
    </>
  );
}

export function titleOf(reader: Reader, bill: Bill): string {
  if (bill.only !== null) return `${paperTitle(reader.w, bill)} · ${bill.only}`;
  return bill.whole ? paperTitle(reader.w, bill) : reader.w.part.title(bill.number);
}

function WhatItPays({ reader, allocation }: Readonly<{ reader: Reader; allocation: Allocation }>) {
  const { w, money, day } = reader;
  return (
    <section>
      <h2>{w.pay.whatItPays}</h2>
      <ul className="rows">
        {allocation.lines.map(({ bill, amountMinor, leftMinor, savedMinor, shares }) => (
          <li key={bill.documentId}>
            <b>{titleOf(reader, bill)}</b>
            <b className="n">{money(amountMinor)}</b>
            <small>
              {[
                w.invoice.dueOn(day(bill.dueOn)),
                leftMinor > 0n ? w.pay.leftOnIt(money(leftMinor)) : w.pay.nothingLeft,
                savedMinor > 0n && w.pay.youSave(money(savedMinor)),
                bill.processingMinor > 0n && w.pay.alreadyOnItsWay(money(bill.processingMinor)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {shares.length > 1 && <Sections reader={reader} bill={bill} shares={shares} />}
          </li>
        ))}
        {allocation.without.map((bill) => (
          <li key={bill.documentId}>
            <span>{titleOf(reader, bill)}</span>
            <span className="n">{money(0n)}</span>
            <small>{whyNothing(reader, bill)}</small>
          </li>
        ))}
      </ul>
      <dl className="tot">
        {allocation.usedMinor > 0n && <Row label={w.invoice.total} value={money(allocation.amountMinor)} />}
        {allocation.usedMinor > 0n && <Row label={w.pay.creditUsed} value={reader.less(allocation.usedMinor)} />}
        {allocation.creditMinor > 0n && <Row label={w.paper.keptAsCredit} value={money(allocation.creditMinor)} />}
        <Row label={allocation.usedMinor > 0n ? w.pay.toPayNow : w.invoice.total} value={money(allocation.chargedMinor)} strong />
      </dl>
    </section>
  );
}

/** Credit of the account, to be used or left: a link that changes the page, so that it works as fast as it reads. */
function Credit({ page, reader, allocation }: Readonly<{ page: ManyPage; reader: Reader; allocation: Allocation }>) {
  const { asked, look } = page;
  const { pay } = reader.w;
  if (allocation.availableMinor === 0n || asked.keep) return null;
  const mostMinor = allocation.availableMinor < allocation.amountMinor ? allocation.availableMinor : allocation.amountMinor;
  const to = new URLSearchParams(pairsOf({ ...asked, credit: !asked.credit })).toString();
  const there = `${href('payMany', { business: look.slug })}${to === '' ? '' : `?${to}`}`;
  return (
    <Note icon="receipt">
      <b>{asked.credit ? pay.creditIsUsed(reader.money(allocation.usedMinor)) : pay.creditWaits(reader.money(allocation.availableMinor))}</b>
      <a href={there}>{asked.credit ? pay.keepForLater : pay.payWithCredit(reader.money(mostMinor))}</a>
    </Note>
  );
}

/** How the amount of a bill over several properties goes on each of them (rule 31). */
function Sections({ reader, bill, shares }: Readonly<{ reader: Reader; bill: Bill; shares: Allocation['lines'][number]['shares'] }>) {
  return (
    <details className="s">
      <summary>{reader.w.part.paysFor}</summary>
      <dl className="tot">
        {shares.map((share) => (
          <Row
            key={share.partId}
            label={bill.parts.find((part) => part.partId === share.partId)?.title || reader.w.invoice.notTiedToProperty}
            value={reader.money(share.amountMinor)}
          />
        ))}
      </dl>
    </details>
  );
}

function whyNothing({ w, money }: Reader, bill: Bill): string {
  if (bill.checking) return w.pay.checkingTitle;
  if (bill.processingMinor > 0n && bill.payableMinor <= 0n) return w.pay.alreadyOnItsWay(money(bill.processingMinor));
  const names = { question: w.home.inQuestion, announced: w.home.onItsWay, later: w.home.dueLater } as const;
  return leftOutOf(bill)
    .map(({ what, amountMinor }) => `${names[what]} ${money(amountMinor)}`)
    .join(' · ');
}

export function Hidden({ pairs }: Readonly<{ pairs: readonly (readonly [string, string])[] }>) {
  return pairs.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />);
}

function PayForm({ page, allocation }: Readonly<{ page: ManyPage; allocation: Allocation }>) {
  const { asked, look, found } = page;
  const reader = readerOf(page.reader.locale, allocation.currency, page.home);
  const { pay } = reader.w;
  const ways = waysFor(found.house.ways, allocation.chargedMinor);
  const rule = allocation.lines[0]?.bill.wayRule ?? null;
  const costs = { rule, amountMinor: allocation.chargedMinor, keepCreditMinor: allocation.creditMinor };
  return (
    <form method="post" action={href('payMany', { business: look.slug })}>
      <ActId id={page.act} />
      <Hidden pairs={pairsOf(asked)} />
      <input type="hidden" name="seen" value={seenOf(allocation)} />
      {asked.amount !== '' && <input type="hidden" name="amountMinor" value={String(allocation.amountMinor)} />}
      {allocation.chargedMinor > 0n && <MethodChoices reader={reader} costs={costs} ways={ways} chosen={page.method} />}
      {allocation.chargedMinor > 0n ? (
        <ContinueButton reader={reader} costs={costs} ways={ways} />
      ) : (
        <div className="act stick gap">
          <button className="btn" type="submit">
            {pay.payWithCredit(reader.money(allocation.usedMinor))}
          </button>
        </div>
      )}
      {allocation.chargedMinor > 0n && <p className="lead s">{pay.securePage(processorName(found.house.gateway))}</p>}
    </form>
  );
}

/** Accounts and currencies are never mixed in one payment: each has its own way on. */
function EachOnItsOwn({ page }: Readonly<{ page: ManyPage }>) {
  const { found, look, reader } = page;
  const { w } = reader;
  return (
    <section>
      <h2>{w.pay.eachOnItsOwn}</h2>
      <p className="lead">{w.pay.eachOnItsOwnLead}</p>
      <ul className="rows">
        {page.apart.map(({ customerId, currency, documentIds, fullMinor }) => {
          const there: [string, string][] = page.asked.property === '' ? [] : [['property', page.asked.property]];
          const query = new URLSearchParams([...documentIds.map((id): [string, string] => ['invoice', publicId('invoice', id)]), ...there]);
          return (
            <li key={`${customerId} ${currency}`}>
              <a className="row" href={`${href('payMany', { business: look.slug })}?${query.toString()}`}>
                {found.accounts.find((account) => account.id === customerId)?.name ?? w.invoices.title}
              </a>
              <b className="n">{readerOf(reader.locale, currency, page.home).money(fullMinor)}</b>
              <small>{w.invoices.count(documentIds.length)}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
