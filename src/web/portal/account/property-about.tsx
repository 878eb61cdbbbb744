import type { ReactNode } from 'react';
import type { Shown } from './property.tsx';

/** What both sides wrote down of the place. */
export function About({ reader, view }: Shown) {
  const { w, money } = reader;
  const { code, owner, costCode, accessNotes, nteMinor, poRequired } = view.property;
  const rows: readonly [string, ReactNode][] = [
    [w.property.code, code],
    [w.property.owner, owner],
    [w.property.costCode, costCode],
    [w.property.access, accessNotes && <span className="ps">{accessNotes}</span>],
    [w.property.onSite, nteMinor !== null && money(nteMinor)],
    [w.invoices.poNumber, poRequired !== null && (poRequired ? w.property.poAsked : w.property.poNotAsked)],
  ];
  const told = rows.filter(([, value]) => value);
  if (told.length === 0) return null;
  return (
    <section>
      <h2>{w.property.about}</h2>
      <dl className="kv">
        {told.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Who else sees it, as far as the reader may know: none but themselves, and the list is no list. */
export function Readers({ reader, view }: Shown) {
  const { w, money } = reader;
  if (view.readers.length < 2) return null;
  return (
    <section>
      <h2>{w.property.people}</h2>
      <ul className="rows">
        {view.readers.map((person) => (
          <li key={person.name}>
            <span>{person.name}</span>
            <span className="n s dim">{person.whole ? w.property.peopleWhole : w.property.peopleHere}</span>
            <small>
              {[
                person.pays && w.property.pays,
                person.approvesMinor > 0n && w.property.approvesTo(money(person.approvesMinor)),
                person.manages && w.property.manages,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
