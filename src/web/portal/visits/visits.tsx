import { publicId, readId } from '../../../core/ids.ts';
import { formatTimes } from '../../../core/visit-words.ts';
import { type PortalVisitRow, type PortalVisits, portalVisitsOf, portalVisitsQuery } from '../../../domain/jobs/portal/portal.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { AccountNav, visitAccount, Whose } from '../account/frame.tsx';
import { answerPage } from '../answer.ts';
import { lookAt } from '../look.ts';

/** All visits of the account: what is coming up first, then what was, by property where one asks for one. */
export async function showVisits(c: WebContext, deps: Deps): Promise<Response> {
  const cursor = c.req.query('cursor');
  const property = readId('property', c.req.query('property') ?? '');
  const visit = await visitAccount(c, deps, (business) => portalVisitsQuery(business, { property, cursor }));
  if (visit instanceof Response) return visit;
  const found = portalVisitsOf(visit.json, visit.business, property);
  const { look, reader } = await lookAt(c, deps, visit.grant.language ?? null);
  const { visits } = reader.w;
  const page = renderPage(
    {
      ...{ look, locale: reader.locale, title: visits.title, path: href('visits', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="visits" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <h1>{visits.title}</h1>
      <Places reader={reader} slug={look.slug} places={found.places} property={property} />
      <Found reader={reader} slug={look.slug} found={found} property={property} first={cursor === undefined} />
    </>,
  );
  return answerPage(c, deps, page);
}

/** Which property, where there are several: a form that works by itself. */
function Places({ reader, slug, places, property }: Readonly<{ reader: Reader; slug: string; places: PortalVisits['places']; property: string | null }>) {
  if (places.length < 2) return null;
  const { visits } = reader.w;
  return (
    <form className="row2 noprint" method="get" action={href('visits', { business: slug })}>
      <label htmlFor="property">
        <span className="v">{visits.place}</span>
        <select id="property" name="property" defaultValue={property === null ? '' : publicId('property', property)}>
          <option value="">{visits.anyPlace}</option>
          {places.map((place) => (
            <option key={place.id} value={publicId('property', place.id)}>
              {place.title}
            </option>
          ))}
        </select>
      </label>
      <button className="btn two more" type="submit">
        {visits.show}
      </button>
    </form>
  );
}

type Listed = Readonly<{ reader: Reader; slug: string; found: PortalVisits; property: string | null; first: boolean }>;

function Found({ reader, slug, found, property, first }: Listed) {
  const { visits, common } = reader.w;
  const { ahead, past, next, today } = found;
  if (ahead.length === 0 && past.length === 0) return <p className="lead sec">{visits.none}</p>;
  return (
    <>
      {first && (
        <section>
          <h2>{visits.next}</h2>
          {ahead.length === 0 ? <p className="lead">{visits.noneAhead}</p> : <VisitRows reader={reader} slug={slug} rows={ahead} today={today} />}
        </section>
      )}
      {past.length > 0 && (
        <section>
          <h2>{visits.past}</h2>
          <VisitRows reader={reader} slug={slug} rows={past} today={today} />
        </section>
      )}
      {next && (
        <p className="gap">
          <a className="btn two more" href={href('visits', { business: slug }, { cursor: next, property: property && publicId('property', property) })}>
            {common.nextPage}
          </a>
        </p>
      )}
    </>
  );
}

/** Days and hours of each, what for and where, and how it stands. */
export function VisitRows({ reader, slug, rows, today }: Readonly<{ reader: Reader; slug: string; rows: readonly PortalVisitRow[]; today: string }>) {
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.id}>
          <a className="row" href={href('visit', { business: slug, visit: publicId('visit', row.id) })}>
            {reader.day(row.day)}
          </a>
          <span className="n">
            <VisitTag reader={reader} visit={row} today={today} />
          </span>
          <small>{[row.title, row.place, windowOf(reader, row)].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ul>
  );
}

const icons: Readonly<Record<PortalVisitRow['state'], IconName>> = {
  planned: 'calendar',
  on_the_way: 'moving',
  started: 'half',
  done: 'check',
  skipped: 'cross',
  canceled: 'cross',
};

/** How it stands, in a word with its sign. What was planned for a day that is over, and nobody told of, says so. */
export function VisitTag({ reader, visit, today }: Readonly<{ reader: Reader; visit: Pick<PortalVisitRow, 'state' | 'day'>; today: string }>) {
  const { visits } = reader.w;
  const late = visit.state === 'planned' && visit.day < today;
  return (
    <span className="tag">
      <Icon name={late ? 'clock' : icons[visit.state]} />
      {late ? visits.overdue : visits.state[visit.state]}
    </span>
  );
}

/** 8:00 – 10:00 AM; of any time, nothing. */
export function windowOf(reader: Reader, { from, until }: Pick<PortalVisitRow, 'from' | 'until'>): string {
  return from === null || until === null ? '' : formatTimes(from, until, reader.locale);
}
