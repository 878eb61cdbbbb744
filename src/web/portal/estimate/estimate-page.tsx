import { todayIn } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import { href } from '../../../routes.ts';
import { FormAlert } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { momentText, type Reader } from '../../ui/reader.ts';
import { ShareRow } from '../../ui/share-row.tsx';
import { Note } from '../invoice/banner.tsx';
import { Attachments, DetailRows } from '../invoice/details.tsx';
import { History, Questions } from '../invoice/history.tsx';
import { SeeAll } from '../invoice/invoice-page.tsx';
import { EstimateBanner } from './banner.tsx';
import { Certificate } from './certificate.tsx';
import { isChoosable } from './choices.ts';
import { Amends, ChangeOrders, ContractFigures, NotStanding } from './contract.tsx';
import { EstimateLines } from './lines.tsx';
import type { EstimatePageData } from './page-data.ts';
import { EstimateTag, validityText } from './status.tsx';
import { EstimateTotals, Stages } from './totals.tsx';

type Shown = EstimatePageData & Readonly<{ reader: Reader }>;

const placeOf = ({ view }: Pick<Shown, 'view'>) => ({ business: view.facts.business.slug, document: publicId('estimate', view.facts.document.id) });

/** Whether it waits for an answer that can be given on this page. */
export function isOpen({ view, grant }: Pick<Shown, 'view' | 'grant'>): boolean {
  return view.standing.now === 'sent' && !grant.preview;
}

/** The estimate as its customer reads it: how much, until when, what may be chosen, and one thing to do; then all the rest. */
export function EstimateBody(shown: Shown) {
  const { reader, view, extras, choosing } = shown;
  const { facts } = view;
  const open = isOpen(shown) && isChoosable(facts.lines);
  return (
    <>
      <div data-live="head">
        <FormAlert w={reader.w} problem={shown.news ?? null} />
        <EstimateBanner reader={reader} view={view} extras={extras} />
        <NotStanding reader={reader} view={view} />
        <Approved {...shown} />
        <Sum {...shown} />
      </div>
      <QuietLinks {...shown} />
      <div className="cols">
        <div>
          <Text title={reader.w.invoice.messageFrom(facts.business.name)} text={facts.document.message} />
          <Text title={reader.w.estimate.scope} text={facts.document.scope} />
          <Offer {...shown} open={open} />
        </div>
        <div className="side" data-live="totals">
          <section>
            <h2>{choosing.given ? reader.w.estimate.totalChosen : reader.w.estimate.approve.totals}</h2>
            <EstimateTotals reader={reader} facts={facts} choosing={choosing} />
            <Stages reader={reader} choosing={choosing} />
          </section>
          <ContractFigures reader={reader} view={view} choosing={choosing} />
        </div>
        <div>
          <Text title={reader.w.estimate.exclusions} text={facts.document.exclusions} />
          <Text title={reader.w.invoice.terms} text={facts.document.terms} small />
        </div>
        <aside>
          <ChangeOrders reader={reader} view={view} grant={shown.grant} />
          <Certificate reader={reader} view={view} extras={extras} />
          <Details {...shown} />
          <Questions reader={reader} extras={extras} business={facts.business.name} />
          <History reader={reader} extras={extras} />
        </aside>
      </div>
      <SeeAll reader={reader} at={placeOf(shown)} grant={shown.grant} label={reader.w.estimate.seeAll} />
    </>
  );
}

/** What is offered; while it waits, with its choices in one form whose answer is this page with them in its address. */
function Offer({ reader, view, choosing, open, ...shown }: Shown & Readonly<{ open: boolean }>) {
  const lines = <EstimateLines reader={reader} facts={view.facts} choosing={choosing} open={open} />;
  if (!open) return <div data-live="lines">{lines}</div>;
  return (
    <choice-form>
      <form method="get" action={href('document', placeOf({ view, ...shown }))} id="choices">
        <div data-live="lines">{lines}</div>
        <button className="btn two noscript" type="submit">
          {reader.w.estimate.update}
        </button>
      </form>
    </choice-form>
  );
}

function Sum(shown: Shown) {
  const { reader, view, choosing, grant } = shown;
  const { facts, standing, today } = view;
  const { totalMinor, depositMinor } = { totalMinor: choosing.made.totals.totalMinor, depositMinor: choosing.made.depositMinor };
  const amount = reader.money(totalMinor);
  const over = standing.now === 'withdrawn' || standing.now === 'replaced';
  const rest = [
    validityText(reader, standing, today),
    standing.now === 'sent' && depositMinor > 0n && reader.w.estimate.depositDue(reader.money(depositMinor)),
  ];
  return (
    <div className="sum">
      <div>
        <h1>{reader.w.estimate.title(facts.document.word, facts.document.number, facts.document.revision)}</h1>
        <p className={['big', amount.length > 10 && 'long', over && 'off'].filter(Boolean).join(' ')}>{amount}</p>
        <p className="st">
          <EstimateTag reader={reader} standing={standing} personId={view.viewer?.personId ?? grant.person} />
          <span className="dim">{rest.filter(Boolean).join(' · ')}</span>
        </p>
        <Amends reader={reader} view={view} grant={grant} />
        <ForWhom reader={reader} view={view} />
      </div>
      <MainAct {...shown} />
    </div>
  );
}

/** The one thing to do: approve what waits, ask for a new one of what has expired, pay the deposit of what is approved. */
function MainAct(shown: Shown) {
  const { reader, view, choosing, grant } = shown;
  const { estimate } = reader.w;
  const at = placeOf(shown);
  const { now } = view.standing;
  if (now === 'expired' && grant.canAsk && !grant.preview) return <Act href={href('ask', at, { renew: '1' })} label={estimate.renew} />;
  if (now === 'approved' && depositPlace(shown) !== null) return <Act href={depositPlace(shown) ?? ''} label={estimate.payDeposit} />;
  if (now !== 'sent' || grant.sharedBy) return null;
  // Theirs was the first of two yes, to just this: nothing is left to do here.
  const { first } = shown.extras;
  if (first !== null && !choosing.given && [view.viewer?.personId, grant.person].includes(first.personId)) return null;
  return (
    <div className="act stick">
      <p className="now">
        <span>{reader.w.invoice.total}</span>
        <span>{reader.money(choosing.made.totals.totalMinor)}</span>
      </p>
      {grant.preview ? (
        <span className="btn" aria-disabled="true">
          {estimate.review}
        </span>
      ) : isChoosable(view.facts.lines) ? (
        <button className="btn" type="submit" form="choices" formAction={href('approve', at)}>
          {estimate.review}
        </button>
      ) : (
        <a className="btn" href={href('approve', at)}>
          {estimate.review}
        </a>
      )}
    </div>
  );
}

function Act({ href: to, label }: Readonly<{ href: string; label: string }>) {
  return (
    <div className="act stick">
      <a className="btn" href={to}>
        {label}
      </a>
    </div>
  );
}

/** Where the bill for the deposit is while something is left to pay on it; whoever came by a link proves first who they are. */
function depositPlace({ view, extras, grant, ...shown }: Shown): string | null {
  const { deposit } = extras;
  if (deposit === null || deposit.canceled || deposit.balanceMinor === 0n || grant.preview || !grant.canPay || grant.sharedBy) return null;
  const document = publicId('invoice', deposit.id);
  const at = placeOf({ view, ...shown });
  return grant.sentTo === null ? href('document', { ...at, document }) : href('documentConfirm', at, { to: document });
}

/** That it is approved, what is left of the deposit, and until when it can be taken back. */
function Approved(shown: Shown) {
  const { reader, view, extras, undoUntil } = shown;
  const { estimate } = reader.w;
  const { standing } = view;
  if (standing.now !== 'approved') return null;
  const day = standing.decidedAt === null ? '' : reader.day(todayIn(extras.zone, standing.decidedAt));
  const { deposit } = extras;
  const open = deposit !== null && !deposit.canceled && deposit.balanceMinor !== 0n;
  return (
    <Note icon="check">
      <b>{estimate.banner.approvedTitle(standing.decidedBy, day)}</b>
      {open && <p>{estimate.depositOpen(reader.money(deposit.balanceMinor ?? standing.depositMinor ?? 0n))}</p>}
      {deposit !== null && !deposit.canceled && deposit.balanceMinor === 0n && <p>{estimate.depositPaid}</p>}
      {undoUntil && !shown.grant.sharedBy && (
        <p>
          {estimate.undo.until(momentText(undoUntil, extras.zone, reader.locale))} <a href={href('undoApproval', placeOf(shown))}>{estimate.undo.open}</a>
        </p>
      )}
      {undoUntil === null && shown.grant.canAsk && !shown.grant.preview && (
        <p>
          <a href={href('ask', placeOf(shown), { withdraw: '1' })}>{estimate.undo.ask}</a>
        </p>
      )}
    </Note>
  );
}

/** For whom and where: the name, and the property when there is one. */
function ForWhom({ reader, view: { facts } }: Pick<Shown, 'reader' | 'view'>) {
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

function QuietLinks({ reader, view, grant, ...shown }: Shown) {
  if (grant.preview) return null;
  const { w } = reader;
  const at = placeOf({ view, ...shown });
  const pdf = href('documentPdf', at);
  const { word, number, revision } = view.facts.document;
  return (
    <nav className="quiet" aria-label={w.estimate.title(word, number, revision)}>
      <a href={pdf}>
        <Icon name="download" />
        {w.invoice.downloadPdf}
      </a>
      <ShareRow w={w} pdf={pdf} name={`${number}.pdf`} />
      {grant.canAsk && (
        <a href={href('ask', at)}>
          <Icon name="chat" />
          {w.invoice.askQuestion}
        </a>
      )}
      {grant.person !== null && (
        <a href={href('documentShare', at)}>
          <Icon name="people" />
          {w.sharing.open}
        </a>
      )}
      {grant.canAsk && view.standing.now === 'sent' && (
        <>
          <a href={href('askForChanges', at)}>{w.estimate.approve.changes}</a>
          <a href={href('decline', at)}>{w.estimate.approve.decline}</a>
        </>
      )}
    </nav>
  );
}

function Text({ title, text, small }: Readonly<{ title: string; text: string | null; small?: boolean }>) {
  if (!text) return null;
  return (
    <section>
      <h2>{title}</h2>
      <p className={small ? 'ps s lead' : 'ps lead'}>{text}</p>
    </section>
  );
}

function Details({ reader, view: { facts, standing } }: Pick<Shown, 'reader' | 'view'>) {
  const { w, day } = reader;
  const { document, billTo } = facts;
  return (
    <section>
      <h2>{w.estimate.name(document.word)}</h2>
      <DetailRows
        rows={[
          [w.estimate.number, document.number],
          [w.changeOrder.changesWhat, document.amends],
          [w.estimate.issuedOn, day(document.issuedOn)],
          [w.estimate.validUntil, day(standing.validUntil ?? document.validUntil)],
          [w.invoice.poNumber, document.poNumber],
          [w.invoice.billTo, [billTo.company, billTo.name, ...billTo.addressLines].filter((line, at, all) => line && all.indexOf(line) === at).join('\n')],
        ]}
      />
      <Attachments reader={reader} attachments={document.attachments} at={{ business: facts.business.slug, document: publicId('estimate', document.id) }} />
    </section>
  );
}
