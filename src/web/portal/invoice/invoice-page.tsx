import type { ReactNode } from 'react';
import { publicId } from '../../../core/ids.ts';
import { payRest } from '../../../core/settlement.ts';
import { maskEmail } from '../../../core/text.ts';
import type { Change, PartFigures } from '../../../domain/invoices/invoice.ts';
import { agreementsOf, paperTitle } from '../../../outgoing/charge-words.ts';
import type { InvoiceFacts, PartsFacts } from '../../../outgoing/invoice-facts.ts';
import { href, type Params } from '../../../routes.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { ShareRow } from '../../ui/share-row.tsx';
import { Banner, Note } from './banner.tsx';
import { CreditNotes } from './credit-notes.tsx';
import { Details, HowToPay, Words } from './details.tsx';
import { History, Payments, Questions } from './history.tsx';
import { InQuestion } from './in-question.tsx';
import { Installments, installmentLine } from './installments.tsx';
import { Lines, Totals, visitsAt } from './lines.tsx';
import type { PageExtras, ReaderGrant } from './page-data.ts';
import { StatusTag, statusRest } from './standing.tsx';

export type InvoicePageProps = Readonly<{
  reader: Reader;
  facts: InvoiceFacts;
  parts: readonly PartFigures[];
  changes: readonly Change[] | null;
  extras: PageExtras;
  grant: ReaderGrant;
}>;

/** What can be pressed first on an invoice. */
export type MainAct = Readonly<{ label: string; href: string; icon: 'download' | null }> | null;

/** The one thing to do: pay, learn how to pay, or take the receipt. */
export function mainActOf({ reader, facts, extras, grant }: Pick<InvoicePageProps, 'reader' | 'facts' | 'extras' | 'grant'>): MainAct {
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  const { standing } = facts;
  const text = reader.w.invoice;
  if (standing.payableMinor > 0n && grant.canPay) {
    if (!extras.online) return facts.business.howToPay ? { label: text.howToPay, href: '#how-to-pay', icon: null } : null;
    const amountMinor = standing.nextMinor ?? standing.early?.payMinor ?? payRest(standing).restMinor;
    return { label: reader.w.pay.payAmount(reader.money(amountMinor)), href: href('pay', at), icon: null };
  }
  if (standing.status !== 'paid') return null;
  const receipt = facts.payments.findLast((payment) => payment.receiptNumber !== null && payment.state === 'cleared');
  if (receipt) return { label: text.downloadReceipt, href: href('receiptPdf', { ...at, payment: publicId('payment', receipt.id) }), icon: 'download' };
  return { label: text.downloadPdf, href: href('documentPdf', at), icon: 'download' };
}

/** The invoice as its customer reads it: whose, how much, by when, and one thing to do; then all the rest. */
export function InvoiceBody(given: InvoicePageProps) {
  const props = { ...given, facts: dueNext(given.facts) };
  const { reader, facts, extras, grant } = props;
  const { business, document } = facts;
  const at = { business: business.slug, document: publicId('invoice', document.id) };
  const receiptOf = (id: string): string => href('receipt', { ...at, payment: publicId('payment', id) });
  return (
    <>
      <div data-live="head">
        <Banner reader={reader} facts={facts} changes={props.changes} />
        {extras.autopay && facts.standing.dueNowMinor > 0n && (
          <Note icon="moving">{reader.w.autopay.onInvoice(reader.money(extras.autopay.amountMinor), reader.day(extras.autopay.day))}</Note>
        )}
        <Sum {...props} />
      </div>
      <QuietLinks reader={reader} facts={facts} grant={grant} payable={facts.standing.payableMinor > 0n} questionable={isQuestionable(facts)} />
      <div className="cols">
        <div>
          <Words reader={reader} facts={facts} />
          <Lines
            reader={reader}
            facts={facts}
            sectioned={facts.parts.length > 1}
            asked={extras.asked}
            visitOf={grant.preview ? undefined : visitsAt(at, extras.visits)}
          />
          <div data-live="totals">
            <Totals reader={reader} facts={facts} />
            <Installments reader={reader} facts={facts} at={at} payable={grant.canPay && extras.online && !grant.preview} />
          </div>
          {facts.standing.payableMinor > 0n && <HowToPay reader={reader} facts={facts} />}
          <CreditNotes reader={reader} extras={extras} slug={facts.business.slug} documentId={document.id} />
          <Terms reader={reader} document={document} />
        </div>
        <aside>
          <Details reader={reader} facts={facts} />
          <Payments reader={reader} payments={facts.payments} receiptOf={receiptOf} />
          <InQuestion reader={reader} extras={extras} grant={grant} at={at} number={document.number} />
          <Questions reader={reader} extras={extras} business={business.name} />
          <History reader={reader} extras={extras} />
        </aside>
      </div>
      <SeeAll reader={reader} at={at} grant={grant} />
    </>
  );
}

/** In installments it is due on the day of the one that is next. */
function dueNext(facts: InvoiceFacts): InvoiceFacts {
  const { installments, dueOn } = facts.standing;
  return installments === null || dueOn === null ? facts : { ...facts, document: { ...facts.document, dueOn } };
}

/** Something is owed, or was paid: sixty days after, the question's own page says that it is over. */
function isQuestionable({ standing, document, paidMinor }: InvoiceFacts): boolean {
  if (document.canceled !== null || document.replacedBy !== null || standing.status === 'closed') return false;
  return standing.balanceMinor > 0n || paidMinor > 0n;
}

function Sum(props: InvoicePageProps) {
  const { reader, facts, extras } = props;
  const { standing, totalMinor } = facts;
  const act = mainActOf(props);
  const left = standing.balanceMinor > 0n ? standing.balanceMinor : standing.status === 'closed' ? standing.payableMinor : totalMinor;
  const amount = reader.money(standing.nextMinor ?? left);
  const rest = statusRest(reader, { standing, dueOn: facts.document.dueOn, totalMinor, paidMinor: facts.paidMinor, announced: extras.announced });
  const inInstallments = installmentLine(reader, standing);
  const dueLabel = standing.status === 'due' ? reader.w.invoice.dueOn(reader.day(facts.document.dueOn)) : undefined;
  return (
    <div className="sum">
      <div>
        <h1>{paperTitle(reader.w, facts.document)}</h1>
        <p className={bigClass(amount, facts.document.canceled !== null)}>{amount}</p>
        <p className="st">
          <StatusTag reader={reader} standing={standing} replacedBy={facts.document.replacedBy?.number ?? null} {...(dueLabel ? { label: dueLabel } : {})} />
          {rest && <span className="dim">{rest}</span>}
        </p>
        {inInstallments && <p className="st">{inInstallments}</p>}
        <Offer facts={facts} reader={reader} />
        <ForWhom facts={facts} reader={reader} />
      </div>
      {act && !props.grant.preview && <Act act={act} />}
      {act && props.grant.preview && (
        <div className="act stick">
          <span className="btn" aria-disabled="true">
            {act.label}
          </span>
        </div>
      )}
    </div>
  );
}

function bigClass(amount: string, over: boolean): string {
  return ['big', amount.length > 10 && 'long', over && 'off'].filter(Boolean).join(' ');
}

export function Act({ act }: Readonly<{ act: NonNullable<MainAct> }>) {
  return (
    <div className="act stick">
      <a className="btn" href={act.href}>
        {act.icon && <Icon name={act.icon} />}
        {act.label}
      </a>
    </div>
  );
}

/** "Pay $196.00 by Dec 4 instead of $200.00", while it is so. */
function Offer({ facts, reader }: Readonly<{ facts: InvoiceFacts; reader: Reader }>) {
  const { early, balanceMinor } = facts.standing;
  if (early === null) return null;
  return <p className="st strong">{reader.w.charges.earlyOffer(reader.money(early.payMinor), reader.day(early.untilOn), reader.money(balanceMinor))}</p>;
}

/** The business's own terms, and what was agreed for paying late or early. */
function Terms({ reader, document }: Readonly<{ reader: Reader; document: InvoiceFacts['document'] }>) {
  const agreed = agreementsOf(document, reader);
  if (!document.terms && agreed.length === 0) return null;
  return (
    <section>
      <h2>{reader.w.invoice.terms}</h2>
      {agreed.map((sentence) => (
        <p key={sentence} className="s lead">
          {sentence}
        </p>
      ))}
      {document.terms && <p className="ps s lead">{document.terms}</p>}
    </section>
  );
}

/** For whom and where: the name, and the property when there is one. */
function ForWhom({ facts, reader }: Readonly<{ facts: InvoiceFacts; reader: Reader }>) {
  const [only] = facts.parts;
  const where = facts.parts.length > 1 ? reader.w.invoice.properties(facts.parts.length) : only?.address || only?.title || '';
  return (
    <p className="who">
      {reader.w.invoice.forWhom(facts.billTo.company ?? facts.billTo.name)}
      {where && (
        <>
          <br />
          <span className="dim">{where}</span>
        </>
      )}
    </p>
  );
}

type Quiet = Readonly<{ reader: Reader; facts: InvoiceFacts | PartsFacts; grant: ReaderGrant; payable: boolean; questionable: boolean }>;

export function QuietLinks({ reader, facts, grant, payable, questionable }: Quiet) {
  if (grant.preview) return null;
  const { w } = reader;
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  const pdf = href('documentPdf', at);
  return (
    <nav className="quiet" aria-label={paperTitle(w, facts.document)}>
      <a href={pdf}>
        <Icon name="download" />
        {w.invoice.downloadPdf}
      </a>
      <ShareRow w={w} pdf={pdf} name={`${facts.document.number}.pdf`} />
      {grant.sentTo === null && grant.person !== null && facts.parts.length > 1 && (
        <a href={href('linesCsv', { business: at.business }, { invoice: at.document })}>
          <Icon name="download" />
          {w.property.ofBill}
        </a>
      )}
      {grant.canAsk && (
        <a href={href('ask', at)}>
          <Icon name="chat" />
          {w.invoice.askQuestion}
        </a>
      )}
      {grant.canAsk && questionable && (
        <a href={href('questionCharge', at)}>
          <Icon name="alert" />
          {w.questioned.title}
        </a>
      )}
      {grant.person !== null && (
        <a href={href('documentShare', at)}>
          <Icon name="people" />
          {w.sharing.open}
        </a>
      )}
      {payable && grant.canPay && !grant.sharedBy && (
        <a href={href('announce', at)}>
          <Icon name="check" />
          {w.invoice.iAlreadyPaid}
        </a>
      )}
    </nav>
  );
}

/** Who came by a link made for them proves that they are that person; who is signed in is there already. */
export function SeeAll({ reader, at, grant, label }: Readonly<{ reader: Reader; at: Params<'document'>; grant: ReaderGrant; label?: string }>) {
  if (grant.sharedBy) return null;
  const place = grant.person && grant.sentTo ? href('documentConfirm', at) : href('home', at);
  return (
    <p className="sec noprint">
      <a href={place}>{label ?? reader.w.invoice.seeAll}</a>
    </p>
  );
}

type Opened = Readonly<{ reader: Reader; at: Params<'document'>; grant: ReaderGrant; closeForm: ReactNode; lead?: string }>;

/** For whom this page was opened, who else can open it, and the way out for someone it was not meant for. */
export function OpenedFrom({ reader, at, grant, closeForm, lead }: Opened) {
  const { invoice, sharing } = reader.w;
  if (grant.sharedBy)
    return (
      <div className="noprint">
        <p>{sharing.openedFor(grant.sharedBy)}</p>
        {closeForm}
      </div>
    );
  return (
    <>
      {grant.sentTo && (
        <details className="noprint">
          <summary>
            {invoice.openedFrom(maskEmail(grant.sentTo))} {invoice.notYou}
          </summary>
          <p className="lead">{lead ?? invoice.notYouLead}</p>
          {closeForm}
        </details>
      )}
      <p className="noprint">
        <a href={href('documentPeople', at)}>{invoice.whoCanOpen}</a>
      </p>
    </>
  );
}
