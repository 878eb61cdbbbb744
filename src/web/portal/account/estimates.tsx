import { wordOf } from '../../../core/contract.ts';
import { publicId } from '../../../core/ids.ts';
import { type PortalEstimate, type PortalEstimates, portalEstimatesOf, portalEstimatesQuery } from '../../../domain/estimates/estimates.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { EstimateTag, validityText } from '../estimate/status.tsx';
import { Note } from '../invoice/banner.tsx';
import { lookAt } from '../look.ts';
import { AccountNav, visitAccount, Whose } from './frame.tsx';

/** All estimates of the account: what waits first, the one that ends first before the others. */
export async function showEstimates(c: WebContext, deps: Deps): Promise<Response> {
  const cursor = c.req.query('cursor');
  const visit = await visitAccount(c, deps, (business) => portalEstimatesQuery(business, cursor));
  if (visit instanceof Response) return visit;
  const found = portalEstimatesOf(visit.json, visit.business);
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const { w } = reader;
  const page = renderPage(
    {
      ...{ look, locale: reader.locale, title: w.estimate.list.title, path: href('estimates', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="estimates" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <h1>{w.estimate.list.title}</h1>
      <Done c={c} reader={reader} />
      <Found reader={reader} slug={look.slug} home={look.currency} found={found} first={cursor === undefined} />
    </>,
  );
  return answerPage(c, deps, page);
}

/** After several were approved in one press: how many are. */
function Done({ c, reader }: Readonly<{ c: WebContext; reader: Reader }>) {
  const [approved, of] = [c.req.query('approved') ?? '', c.req.query('of') ?? ''];
  if (!/^\d{1,2}$/.test(approved) || !/^\d{1,2}$/.test(of)) return null;
  return <Note icon="check">{reader.w.property.approveMany.done(Number(approved), Number(of))}</Note>;
}

type Listed = Readonly<{ reader: Reader; slug: string; home: string; found: PortalEstimates; first: boolean }>;

function Found({ reader, slug, home, found, first }: Listed) {
  const { list } = reader.w.estimate;
  const { waiting, earlier, next } = found;
  if (waiting.length === 0 && earlier.length === 0) return <p className="lead sec">{list.none}</p>;
  const rows = (of: readonly PortalEstimate[]) => <EstimateRows reader={reader} slug={slug} home={home} rows={of} of={found} />;
  return (
    <>
      {first && waiting.length > 0 && (
        <section>
          <h2>{list.waiting}</h2>
          {waiting.length < 2 ? (
            rows(waiting)
          ) : (
            <form method="get" action={href('approveSeveral', { business: slug })}>
              <EstimateRows reader={reader} slug={slug} home={home} rows={waiting} of={found} pick />
              <div className="act gap noprint">
                <button className="btn two" type="submit">
                  {reader.w.property.approveMany.selected}
                </button>
              </div>
            </form>
          )}
        </section>
      )}
      {earlier.length > 0 && (
        <section>
          <h2>{list.earlier}</h2>
          {rows(earlier)}
        </section>
      )}
      {next && (
        <p className="gap">
          <a className="btn two more" href={href('estimates', { business: slug }, { cursor: next })}>
            {reader.w.common.nextPage}
          </a>
        </p>
      )}
    </>
  );
}

type Rows = Readonly<{
  reader: Reader;
  slug: string;
  home: string;
  rows: readonly PortalEstimate[];
  of: Readonly<{ people: readonly string[]; word: string; today: string }>;
  /** Each can be ticked. */
  pick?: boolean;
}>;

/** Number and place, what it comes to, its one status word, and until when. */
export function EstimateRows({ reader, slug, home, rows, of, pick }: Rows) {
  return (
    <ul className="rows">
      {rows.map((row) => {
        const mine = row.waitingFor !== null && of.people.includes(row.waitingFor.id);
        const money = row.currency === home ? reader.money : readerOf(reader.locale, row.currency, home).money;
        return (
          <li key={row.id} className={pick ? 'picks' : undefined}>
            {pick && (
              <label className="tick">
                <input type="checkbox" name="estimate" value={publicId('estimate', row.id)} aria-label={reader.w.pay.select(row.number)} />
              </label>
            )}
            <a className="row" href={href('document', { business: slug, document: publicId('estimate', row.id) })}>
              {reader.w.estimate.title(wordOf(row.number, of.word), row.number, row.revision)}
            </a>
            <b className="n">{money(row.totalMinor)}</b>
            <small>
              {[row.property, row.poNumber && `${reader.w.invoices.poNumber} ${row.poNumber}`, validityText(reader, row, of.today) || reader.day(row.listedOn)]
                .filter(Boolean)
                .join(' · ')}
            </small>
            <span className="n">
              <EstimateTag reader={reader} standing={row} personId={mine ? (row.waitingFor?.id ?? null) : null} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
