import { formatMonth } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import {
  type ListedProperty,
  monthsUntil,
  type PropertyFilter,
  type PropertyPage,
  type PropertySort,
  propertiesOf,
  propertiesQueryOf,
} from '../../../domain/front/properties/properties.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { lookAt } from '../look.ts';
import { AccountNav, visitAccount, Whose } from './frame.tsx';

const sorts: readonly PropertySort[] = ['due', 'code'];

/** Every property of the account: what is owed and what waits at each. */
export async function showProperties(c: WebContext, deps: Deps): Promise<Response> {
  const filter: PropertyFilter = {
    sort: sorts.find((sort) => sort === c.req.query('sort')) ?? 'due',
    search: (c.req.query('q') ?? '').trim(),
    cursor: c.req.query('cursor') || null,
  };
  const visit = await visitAccount(c, deps, (business) => propertiesQueryOf(business, filter));
  if (visit instanceof Response) return visit;
  const found = propertiesOf(visit.json, visit.business, filter);
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  const { w } = reader;
  const page = renderPage(
    {
      ...{ look, locale: reader.locale, title: w.property.title, path: href('properties', { business: look.slug }), wide: true },
      nav: <AccountNav reader={reader} visit={visit} at="properties" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      <h1>{w.property.title}</h1>
      <Finding reader={reader} slug={look.slug} filter={filter} found={found} />
      <Found reader={reader} slug={look.slug} filter={filter} found={found} />
      <Download reader={reader} slug={look.slug} today={found.today} />
    </>,
  );
  return answerPage(c, deps, page);
}

type Listed = Readonly<{ reader: Reader; slug: string; filter: PropertyFilter; found: PropertyPage }>;

const queryOf = ({ sort, search }: PropertyFilter): Record<string, string> => ({ sort: sort === 'due' ? '' : sort, q: search });

function Finding({ reader, slug, filter, found }: Listed) {
  const { w } = reader;
  if (found.count < 2 && filter.search === '') return null;
  return (
    <>
      <nav className="nav tabs" aria-label={w.property.sortLabel}>
        {sorts.map((sort) => (
          <a key={sort} href={href('properties', { business: slug }, queryOf({ ...filter, sort }))} aria-current={sort === filter.sort ? 'page' : undefined}>
            {w.property.sort[sort]}
          </a>
        ))}
      </nav>
      <form method="get" action={href('properties', { business: slug })} className="search noprint">
        {filter.sort !== 'due' && <input type="hidden" name="sort" value={filter.sort} />}
        <Field label={w.property.searchLabel} name="q" type="search" maxLength={100} value={filter.search} />
        <button className="btn two" type="submit">
          {w.common.search}
        </button>
      </form>
    </>
  );
}

function Found({ reader, slug, filter, found }: Listed) {
  const { w, money } = reader;
  if (found.rows.length === 0) return <p className="lead sec">{filter.search === '' ? w.property.none : w.property.noneFound}</p>;
  return (
    <>
      <p className="gap dim">{w.property.count(found.count)}</p>
      <ul className="rows">
        {found.rows.map((row) => (
          <PropertyRow key={row.id} reader={reader} slug={slug} row={row} />
        ))}
        {found.next === null && filter.search === '' && found.untiedMinor > 0n && (
          <li>
            <span>{w.property.untied}</span>
            <b className="n">{money(found.untiedMinor)}</b>
          </li>
        )}
      </ul>
      {found.next && (
        <p className="gap">
          <a className="btn two more" href={href('properties', { business: slug }, { ...queryOf(filter), cursor: found.next })}>
            {w.common.nextPage}
          </a>
        </p>
      )}
    </>
  );
}

/** A month for the accountant: lines with property, cost code and PO number, and the papers. */
function Download({ reader, slug, today }: Readonly<{ reader: Reader; slug: string; today: string }>) {
  const { w } = reader;
  return (
    <section className="noprint">
      <h2>{w.property.monthTitle}</h2>
      <p className="lead">{w.property.monthLead}</p>
      <form method="get" action={href('linesZip', { business: slug })} className="narrow">
        <div className="field">
          <label htmlFor="month">
            <b>{w.property.month}</b>
          </label>
          <select id="month" name="month" defaultValue={today.slice(0, 7)}>
            {monthsUntil(today)
              .toReversed()
              .map((month) => (
                <option key={month} value={month}>
                  {formatMonth(month, reader.locale)}
                </option>
              ))}
          </select>
        </div>
        <div className="act both gap">
          <button className="btn two" type="submit">
            {w.property.monthZip}
          </button>
          <button className="btn two" type="submit" formAction={href('linesCsv', { business: slug })}>
            {w.property.monthCsv}
          </button>
        </div>
      </form>
    </section>
  );
}

/** Code and name, what is owed, and what of it presses. */
function PropertyRow({ reader, slug, row }: Readonly<{ reader: Reader; slug: string; row: ListedProperty }>) {
  const { w, money } = reader;
  return (
    <li>
      <a className="row" href={href('property', { business: slug, property: publicId('property', row.id) })}>
        {titleOf(row)}
      </a>
      <b className="n">{money(row.balanceMinor)}</b>
      <small>{[row.addressLines[0], row.owner].filter(Boolean).join(' · ')}</small>
      <span className="n s dim">{stateOf(reader, row) || (row.balanceMinor === 0n ? w.property.nothingDue : '')}</span>
      {row.waiting > 0 && (
        <small>
          <Icon name="offer" /> {w.property.waiting(row.waiting)}
        </small>
      )}
    </li>
  );
}

function stateOf({ w, money }: Reader, { dueNowMinor, overdueMinor }: ListedProperty): string {
  if (overdueMinor > 0n) return w.property.overdue(money(overdueMinor));
  return dueNowMinor > 0n ? w.property.due(money(dueNowMinor)) : '';
}

/** LK-07 · Larkspur House · 2B, or the street of one that has no name. */
export function titleOf({ code, name, unit, addressLines }: Pick<ListedProperty, 'code' | 'name' | 'unit' | 'addressLines'>): string {
  return [code, name, unit].filter(Boolean).join(' · ') || (addressLines[0] ?? '');
}
