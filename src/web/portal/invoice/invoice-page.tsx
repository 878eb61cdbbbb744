import type { ReactNode } from 'react';
import { publicId } from '../../../core/ids.ts';
import { maskEmail } from '../../../core/text.ts';
import type { Change, PartFigures } from '../../../domain/invoices/invoice.ts';
import type { InvoiceFacts, PartsFacts } from '../../../outgoing/invoice-facts.ts';
import { href } from '../../../routes.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { Banner } from './banner.tsx';
import { Details, HowToPay, Words } from './details.tsx';
import { History, Payments, Questions } from './history.tsx';
import { Lines, Totals } from './lines.tsx';
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
    return { label: reader.w.pay.payAmount(reader.money(standing.payableMinor)), href: href('pay', at), icon: null };
  }
  if (standing.status !== 'paid') return null;
  const receipt = facts.payments.findLast((payment) => payment.receiptNumber !== null && payment.state === 'cleared');
  if (receipt) return { label: text.downloadReceipt, href: href('receiptPdf', { ...at, payment: publicId('payment', receipt.id) }), icon: 'download' };
  return { label: text.downloadPdf, href: href('documentPdf', at), icon: 'download' };
}

/** The invoice as its customer reads it: whose, how much, by when, and one thing to do; then all the rest. */
export function InvoiceBody(props: InvoicePageProps) {
  const { reader, facts, extras, grant } = props;
  const { business, document } = facts;
  const at = { business: business.slug, document: publicId('invoice', document.id) };
  const receiptOf = (id: string): string => href('receipt', { ...at, payment: publicId('payment', id) });
  return (
    <>
      <div data-live="head">
        <Banner reader={reader} facts={facts} changes={props.changes} />
        <Sum {...props} />
      </div>
      <QuietLinks reader={reader} facts={facts} grant={grant} />
      <div className="cols">
        <div>
          <Words reader={reader} facts={facts} />
          <Lines reader={reader} facts={facts} sectioned={facts.parts.length > 1} />
          <div data-live="totals">
            <Totals reader={reader} facts={facts} />
          </div>
          {facts.standing.payableMinor > 0n && <HowToPay reader={reader} facts={facts} />}
          {document.terms && (
            <section>
              <h2>{reader.w.invoice.terms}</h2>
              <p className="ps s lead">{document.terms}</p>
            </section>
          )}
        </div>
        <aside>
          <Details reader={reader} facts={facts} />
          <Payments reader={reader} payments={facts.payments} receiptOf={receiptOf} />
          <Questions reader={reader} extras={extras} business={business.name} />
          <History reader={reader} extras={extras} />
        </aside>
      </div>
      <SeeAll reader={reader} slug={business.slug} />
    </>
  );
}

function Sum(props: InvoicePageProps) {
  const { reader, facts, extras } = props;
  const { standing, totalMinor } = facts;
  const act = mainActOf(props);
  const amount = reader.money(standing.balanceMinor > 0n ? standing.balanceMinor : standing.status === 'closed' ? standing.payableMinor : totalMinor);
  const rest = statusRest(reader, { standing, dueOn: facts.document.dueOn, totalMinor, paidMinor: facts.paidMinor, announced: extras.announced });
  const dueLabel = standing.status === 'due' ? reader.w.invoice.dueOn(reader.day(facts.document.dueOn)) : undefined;
  return (
    <div className="sum">
      <div>
        <h1>{reader.w.invoice.title(facts.document.number)}</h1>
        <p className={amount.length > 10 ? 'big long' : 'big'}>{amount}</p>
        <p className="st">
          <StatusTag reader={reader} standing={standing} replacedBy={facts.document.replacedBy?.number ?? null} {...(dueLabel ? { label: dueLabel } : {})} />
          {rest && <span className="dim">{rest}</span>}
        </p>
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

function QuietLinks({ reader, facts, grant }: Readonly<{ reader: Reader; facts: InvoiceFacts | PartsFacts; grant: ReaderGrant }>) {
  if (grant.preview) return null;
  const { w } = reader;
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  const pdf = href('documentPdf', at);
  const payable = 'standing' in facts && facts.standing.payableMinor > 0n;
  return (
    <nav className="quiet" aria-label={w.invoice.title(facts.document.number)}>
      <a href={pdf}>
        <Icon name="download" />
        {w.invoice.downloadPdf}
      </a>
      <share-row data-pdf={pdf} data-name={`${facts.document.number}.pdf`} data-print={w.common.print} data-share={w.common.share} />
      {grant.canAsk && (
        <a href={href('ask', at)}>
          <Icon name="chat" />
          {w.invoice.askQuestion}
        </a>
      )}
      {payable && grant.canPay && <a href={href('announce', at)}>{w.invoice.iAlreadyPaid}</a>}
    </nav>
  );
}

function SeeAll({ reader, slug }: Readonly<{ reader: Reader; slug: string }>) {
  return (
    <p className="sec noprint">
      <a href={href('home', { business: slug })}>{reader.w.invoice.seeAll}</a>
    </p>
  );
}

/** For whom this page was opened, who else can open it, and the way out for someone it was not meant for. */
export function OpenedFrom({
  reader,
  facts,
  grant,
  closeForm,
}: Readonly<{ reader: Reader; facts: InvoiceFacts | PartsFacts; grant: ReaderGrant; closeForm: ReactNode }>) {
  const { invoice } = reader.w;
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  return (
    <>
      {grant.sentTo && (
        <details className="noprint">
          <summary>
            {invoice.openedFrom(maskEmail(grant.sentTo))} {invoice.notYou}
          </summary>
          <p className="lead">{invoice.notYouLead}</p>
          {closeForm}
        </details>
      )}
      <p className="noprint">
        <a href={href('documentPeople', at)}>{invoice.whoCanOpen}</a>
      </p>
    </>
  );
}

/** For a person of some of the properties: their sections and subtotals, nothing of the others (rule 29). */
export function PartBody({
  reader,
  facts,
  parts,
  extras,
  grant,
}: Readonly<{ reader: Reader; facts: PartsFacts; parts: readonly PartFigures[]; extras: PageExtras; grant: ReaderGrant }>) {
  const { w } = reader;
  const at = { business: facts.business.slug, document: publicId('invoice', facts.document.id) };
  const [only] = parts.length === 1 ? parts : [];
  const amountMinor = only?.balanceMinor ?? null;
  const canPay = grant.canPay && extras.online && extras.partPayment && parts.some((part) => part.openMinor > 0n);
  return (
    <>
      <div className="sum" data-live="head">
        <div>
          <h1>{w.part.title(facts.document.number)}</h1>
          {amountMinor !== null && <p className="big">{reader.money(amountMinor)}</p>}
          <p className="st dim">{w.invoice.dueOn(reader.day(facts.document.dueOn))}</p>
          <p className="who dim">{w.part.lead}</p>
        </div>
        {canPay && <Act act={{ label: only ? w.part.pay(reader.money(only.openMinor)) : w.part.chooseProperties, href: href('pay', at), icon: null }} />}
      </div>
      <QuietLinks reader={reader} facts={facts} grant={grant} />
      <div className="cols">
        <div>
          <Lines reader={reader} facts={facts} sectioned />
          <section data-live="totals">
            {facts.parts.map((part) => (
              <PartFigure key={part.id} reader={reader} title={part.title} figures={parts.find((one) => one.id === part.id)} />
            ))}
          </section>
        </div>
        <aside>
          <Details reader={reader} facts={facts} />
          <Questions reader={reader} extras={extras} business={facts.business.name} />
        </aside>
      </div>
      <SeeAll reader={reader} slug={facts.business.slug} />
    </>
  );
}

function PartFigure({ reader, title, figures }: Readonly<{ reader: Reader; title: string; figures: PartFigures | undefined }>) {
  if (figures === undefined) return null;
  const { w, money, less } = reader;
  return (
    <div className="tot">
      <h3>{title}</h3>
      <p className="sub">
        <span>{w.part.total}</span>
        <span className="n">{money(figures.totalMinor)}</span>
      </p>
      {figures.paidMinor !== 0n && (
        <p className="sub">
          <span>{w.part.paid}</span>
          <span className="n">{less(figures.paidMinor)}</span>
        </p>
      )}
      <p className="sub">
        <span>{w.part.balance}</span>
        <span className="n">{money(figures.balanceMinor)}</span>
      </p>
    </div>
  );
}
