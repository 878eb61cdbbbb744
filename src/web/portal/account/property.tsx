import { publicId, readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { openAsManager } from '../../../domain/front/access/access.ts';
import { type PropertyBill, type PropertyView, propertyOf, propertyQueryOf } from '../../../domain/front/properties/properties.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { Photo } from '../invoice/details.tsx';
import { lookAt } from '../look.ts';
import { AccountNav, visitOpened, Whose } from './frame.tsx';
import { titleOf } from './properties.tsx';
import { About, Readers } from './property-about.tsx';
import { PropertyEstimates } from './property-estimates.tsx';
import { Spend } from './spend.tsx';

/** One property: what is owed there, what waits, its papers and photos, who sees it, and what it cost. */
export async function showProperty(c: WebContext, deps: Deps): Promise<Response> {
  const property = readId('property', c.req.param('property') ?? '');
  if (property === null) throw new Refusal('not_found');
  const visit = await visitOpened(c, deps, openAsManager, (business) => propertyQueryOf(business, property));
  if (visit instanceof Response) return visit;
  const view = propertyOf(visit.json);
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  const shown = { reader, slug: look.slug, view };
  const page = renderPage(
    {
      ...{ look, locale: reader.locale, title: titleOf(view.property), path: c.req.path, wide: true, stick: payable(view) },
      nav: <AccountNav reader={reader} visit={visit} at="properties" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <p className="noprint">
        <a href={href('properties', { business: look.slug })}>{reader.w.property.all}</a>
      </p>
      <Owed {...shown} />
      <div className="cols">
        <div>
          <OpenBills {...shown} />
          <PropertyEstimates {...shown} />
          <Files {...shown} />
          <Spend {...shown} />
        </div>
        <aside>
          <Figures {...shown} />
          <About {...shown} />
          <Readers {...shown} />
        </aside>
      </div>
    </>,
  );
  return answerPage(c, deps, page);
}

export type Shown = Readonly<{ reader: Reader; slug: string; view: PropertyView }>;

const payable = ({ mayPay, figures }: PropertyView): boolean => mayPay && figures.payMinor > 0n;

/** Where it is, what is owed there, and pay it. */
function Owed({ reader, slug, view }: Shown) {
  const { w, money } = reader;
  const { property, figures } = view;
  return (
    <div className="sum gap">
      <div>
        <h1>{titleOf(property)}</h1>
        <p className="big">{money(figures.balanceMinor)}</p>
        <p className="st dim">
          {figures.dueNowMinor > 0n ? `${w.home.dueNow} ${money(figures.dueNowMinor)}` : w.property.nothingDue}
          {figures.overdueMinor > 0n && ` · ${w.home.overdueOf(money(figures.overdueMinor))}`}
        </p>
        <p className="who dim">{property.addressLines.join(', ')}</p>
      </div>
      {payable(view) && (
        <div className="act stick">
          <a className="btn" href={href('payMany', { business: slug }, { property: publicId('property', property.id) })}>
            {w.property.payHere(money(figures.payMinor))}
          </a>
        </div>
      )}
    </div>
  );
}

function OpenBills({ reader, slug, view }: Shown) {
  const { w } = reader;
  return (
    <section>
      <h2>{w.property.openBills}</h2>
      {view.open.length === 0 ? (
        <p className="lead">{w.property.noBills}</p>
      ) : (
        <ul className="rows">
          {view.open.map((bill) => (
            <Bill key={bill.id} reader={reader} slug={slug} view={view} bill={bill} />
          ))}
        </ul>
      )}
      <p className="gap">
        <a href={href('invoices', { business: slug }, { tab: 'all', property: publicId('property', view.property.id) })}>{w.property.allBills}</a>
      </p>
      <p>
        <a href={href('visits', { business: slug }, { property: publicId('property', view.property.id) })}>{w.visits.here}</a>
      </p>
    </section>
  );
}

/** A bill and what of it is for this property. */
function Bill({ reader, slug, view, bill }: Shown & Readonly<{ bill: PropertyBill }>) {
  const { w, day } = reader;
  const money = bill.currency === view.currency ? reader.money : readerOf(reader.locale, bill.currency, view.currency).money;
  return (
    <li>
      <a className="row" href={href('document', { business: slug, document: publicId('invoice', bill.id) })}>
        {bill.whole ? paperTitle(w, bill) : w.part.title(bill.number)}
      </a>
      <b className="n">{money(bill.balanceMinor)}</b>
      <small>{[w.invoice.dueOn(day(bill.dueOn)), bill.part && bill.whole && w.property.partOfBill].filter(Boolean).join(' · ')}</small>
      {bill.dueOn < view.today && <span className="n s">{w.status.word.overdue}</span>}
    </li>
  );
}

/** Every cent of the balance is in exactly one of them (rule 17). */
function Figures({ reader, view }: Shown) {
  const { w, money } = reader;
  const { figures } = view;
  const rows: readonly [string, bigint][] = [
    [w.home.balance, figures.balanceMinor],
    [w.home.dueNow, figures.dueNowMinor],
    [w.home.dueLater, figures.dueLaterMinor],
    [w.home.onItsWay, figures.onItsWayMinor],
    [w.home.inQuestion, figures.inQuestionMinor],
    [w.home.heldBack, figures.heldBackMinor],
  ];
  return (
    <section>
      <h2>{w.home.youOwe}</h2>
      <dl className="kv figures">
        {rows
          .filter(([, minor], at) => at < 2 || minor !== 0n)
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

/** Photos of the work here, and papers that came with bills and estimates. */
function Files({ reader, slug, view }: Shown) {
  const { w } = reader;
  const at = (file: PropertyView['papers'][number]) => ({ business: slug, document: publicId(file.kind, file.documentId) });
  return (
    <>
      {view.photos.length > 0 && (
        <section>
          <h2>{w.property.photos}</h2>
          <ul className="pics">
            {view.photos.map((file) => (
              <Photo key={file.id} at={at(file)} file={file} />
            ))}
          </ul>
        </section>
      )}
      {view.papers.length > 0 && (
        <section>
          <h2>{w.property.papers}</h2>
          <ul className="rows">
            {view.papers.map((file) => (
              <li key={file.id}>
                <a className="row" href={href('documentFile', { ...at(file), file: publicId('file', file.id) })}>
                  {file.name}
                </a>
                <span className="n s dim">{file.number}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
