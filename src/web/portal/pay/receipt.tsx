import type { ReactNode } from 'react';
import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { receiptFactsQuery, receiptOf } from '../../../domain/payments/payments.ts';
import { besideLines } from '../../../outgoing/beside-lines.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import type { ReceiptFacts } from '../../../outgoing/receipt-facts.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { portalScriptPath } from '../../ui/script.ts';
import { ShareRow } from '../../ui/share-row.tsx';
import { answerPage } from '../answer.ts';
import { elsewhere } from '../invoice/invoice.tsx';
import { Row } from '../invoice/lines.tsx';
import { localeFor, visitDocument } from '../visit.ts';

/** The receipt of one payment: what was paid, and what is left. */
export async function showReceipt(c: WebContext, deps: Deps): Promise<Response> {
  const payment = readId('payment', c.req.param('payment') ?? '');
  if (payment === null) throw new Refusal('not_found');
  const visit = await visitDocument(c, deps, { page: (business) => receiptFactsQuery(business, payment) });
  if (visit.kind !== 'open') return elsewhere(c, deps, visit);
  const facts = receiptOf(visit.json);
  const at = { business: facts.business.slug, document: publicId('invoice', visit.document) };
  const page = receiptPage(facts, {
    ...{ locale: localeFor(c, visit.visitor.language), path: c.req.path, pdf: href('receiptPdf', { ...at, payment: c.req.param('payment') ?? '' }) },
    back: href('document', at),
    all: href('documentConfirm', at),
  });
  return answerPage(c, deps, page);
}

type Around = Readonly<{ locale: Reader['locale']; path: string; pdf: string; back: string | null; all: string; nav?: ReactNode; whose?: ReactNode }>;

export function receiptPage(facts: ReceiptFacts, around: Around): Page {
  const reader = readerOf(around.locale, facts.currency, facts.homeCurrency);
  const text = reader.w.receipt;
  return renderPage(
    { look: facts.business, locale: around.locale, title: text.receipt, path: around.path, script: portalScriptPath, nav: around.nav },
    <>
      {around.whose}
      <ReceiptHead reader={reader} facts={facts} />
      <PaidFor reader={reader} facts={facts} />
      <Facts reader={reader} facts={facts} />
      <ReceiptLinks reader={reader} facts={facts} around={around} />
      <p className="sec noprint">
        <a className="btn more" href={around.all}>
          {text.seeAll}
        </a>
      </p>
    </>,
  );
}

function ReceiptHead({ reader, facts }: Readonly<{ reader: Reader; facts: ReceiptFacts }>) {
  const { w, money, day } = reader;
  const text = w.receipt;
  const pending = facts.state === 'pending';
  return (
    <div className="sum">
      <div>
        <h1>{pending ? text.titleProcessing(money(facts.amountMinor)) : text.receipt}</h1>
        <p className="big">{money(facts.amountMinor)}</p>
        <p className="st">
          <span className={facts.state === 'returned' ? 'tag hot' : 'tag'}>
            <Icon name={pending ? 'moving' : facts.state === 'cleared' ? 'check' : 'back'} />
            {w.status.payment[facts.state]}
          </span>
          <span className="dim">
            {pending ? text.processingLead(day(facts.day)) : text.lead(day(facts.day), w.pay[facts.method].toLocaleLowerCase(reader.locale))}
          </span>
        </p>
        {facts.stateOn && facts.state === 'returned' && <p className="lead">{text.returned(day(facts.stateOn))}</p>}
        {facts.stateOn && facts.state === 'reversed' && <p className="lead">{text.reversed(day(facts.stateOn))}</p>}
      </div>
    </div>
  );
}

function ReceiptLinks({ reader, facts, around }: Readonly<{ reader: Reader; facts: ReceiptFacts; around: Around }>) {
  const { w } = reader;
  const text = w.receipt;
  const pending = facts.state === 'pending';
  return (
    <nav className="quiet" aria-label={text.receipt}>
      {!pending && (
        <a href={around.pdf}>
          <Icon name="download" />
          {text.download}
        </a>
      )}
      {!pending && <ShareRow w={w} pdf={around.pdf} name={`${facts.number || 'receipt'}.pdf`} />}
      {around.back && <a href={around.back}>{text.backToInvoice}</a>}
    </nav>
  );
}

function PaidFor({ reader, facts }: Readonly<{ reader: Reader; facts: ReceiptFacts }>) {
  const { w, money } = reader;
  return (
    <section>
      <h2>{w.receipt.paidFor}</h2>
      <dl className="tot">
        {facts.paidFor.map((each) => (
          <Row
            key={each.documentId}
            label={
              <>
                {paperTitle(w, each)}
                {facts.paidFor.length > 1 && <small>{`${w.receipt.leftToPay}: ${money(each.leftMinor)}`}</small>}
              </>
            }
            value={money(each.amountMinor)}
          />
        ))}
        {besideLines(facts, reader.locale).map(({ label, amountMinor }) => (
          <Row key={label} label={label} value={money(amountMinor)} />
        ))}
        {(facts.refundedMinor ?? 0n) > 0n && <Row label={w.status.payment.refunded} value={`−${money(facts.refundedMinor ?? 0n)}`} />}
        {facts.creditMinor > 0n && <Row label={w.paper.keptAsCredit} value={money(facts.creditMinor)} />}
        <Row label={w.receipt.leftToPay} value={money(facts.leftMinor)} strong />
      </dl>
    </section>
  );
}

function Facts({ reader, facts }: Readonly<{ reader: Reader; facts: ReceiptFacts }>) {
  const { w, day } = reader;
  const rows: readonly [string, string | null][] = [
    [w.receipt.number, facts.number],
    [w.receipt.date, day(facts.day)],
    [w.receipt.method, [w.pay[facts.method], facts.reference].filter(Boolean).join(' · ')],
    [w.receipt.paidBy, facts.paidBy],
  ];
  return (
    <dl className="kv s sec">
      {rows
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
