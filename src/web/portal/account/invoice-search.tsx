import { publicId } from '../../../core/ids.ts';
import { type PortalState, portalStates } from '../../../domain/invoices/invoices.ts';
import { href } from '../../../routes.ts';
import { Field } from '../../ui/form.tsx';
import type { Reader } from '../../ui/reader.ts';
import { type ListAsked, queryOf, tabs } from './invoice-filter.ts';

export type Place = Readonly<{ id: string; title: string }>;

type Finding = Readonly<{ reader: Reader; slug: string; filter: ListAsked; places: readonly Place[] }>;

export function Tabs({ reader, slug, filter }: Omit<Finding, 'places'>) {
  const { invoices } = reader.w;
  return (
    <nav className="nav tabs" aria-label={reader.w.common.filter}>
      {tabs.map((tab) => (
        <a key={tab} href={href('invoices', { business: slug }, { ...queryOf(filter), tab })} aria-current={filter.tab === tab ? 'page' : undefined}>
          {invoices.tabs[tab]}
        </a>
      ))}
    </nav>
  );
}

/** Words and property at hand; days, PO number, amount and state folded away until they are used. */
export function Search({ reader, slug, filter, places }: Finding) {
  const { invoices, common } = reader.w;
  const more = [filter.poNumber, filter.state, filter.from, filter.to, filter.typed.min, filter.typed.max].some(Boolean);
  return (
    <form method="get" action={href('invoices', { business: slug })} className="noprint">
      <input type="hidden" name="tab" value={filter.tab ?? 'open'} />
      <div className="search">
        {places.length > 1 && <Places reader={reader} filter={filter} places={places} />}
        <Field label={invoices.searchLabel} name="q" type="search" maxLength={100} value={filter.search ?? ''} />
        <button className="btn two" type="submit">
          {common.search}
        </button>
      </div>
      <details className="gap" open={more || undefined}>
        <summary>{invoices.moreFilters}</summary>
        <div className="two-up">
          <Field label={invoices.from} name="from" type="date" value={filter.from ?? ''} />
          <Field label={invoices.to} name="to" type="date" value={filter.to ?? ''} />
        </div>
        <div className="two-up">
          <Field label={invoices.atLeast} name="min" inputMode="decimal" maxLength={20} value={filter.typed.min} />
          <Field label={invoices.atMost} name="max" inputMode="decimal" maxLength={20} value={filter.typed.max} />
        </div>
        <div className="two-up">
          <Field label={invoices.poNumber} name="po" maxLength={60} value={filter.poNumber ?? ''} />
          <States reader={reader} filter={filter} />
        </div>
        <button className="btn two" type="submit">
          {invoices.apply}
        </button>
      </details>
    </form>
  );
}

function States({ reader, filter }: Pick<Finding, 'reader' | 'filter'>) {
  const { invoices, status, home } = reader.w;
  const said: Readonly<Record<PortalState, string>> = {
    partly_paid: status.word.partly_paid,
    processing: home.onItsWay,
    in_question: home.inQuestion,
    returned: status.word.returned,
    canceled: status.word.canceled,
  };
  return (
    <div className="field">
      <label htmlFor="state">
        <b>{invoices.status}</b>
      </label>
      <select id="state" name="state" defaultValue={filter.state ?? ''}>
        <option value="">{invoices.anyStatus}</option>
        {portalStates.map((state) => (
          <option key={state} value={state}>
            {said[state]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Everything, or one property. */
function Places({ reader, filter, places }: Pick<Finding, 'reader' | 'filter' | 'places'>) {
  const { invoices } = reader.w;
  return (
    <div className="field">
      <label htmlFor="property">
        <b>{invoices.property}</b>
      </label>
      <select id="property" name="property" defaultValue={filter.propertyId === undefined ? '' : publicId('property', filter.propertyId)}>
        <option value="">{invoices.allProperties}</option>
        {places.map((place) => (
          <option key={place.id} value={publicId('property', place.id)}>
            {place.title}
          </option>
        ))}
      </select>
    </div>
  );
}
