import { publicId } from '../../../core/ids.ts';
import { periodNames, spanOf } from '../../../core/periods.ts';
import type { Movement } from '../../../domain/statements/statements.ts';
import type { StatementFacts } from '../../../outgoing/statement-facts.ts';
import { ageingRows, balanceDay, movementNotes, movementText, periodText } from '../../../outgoing/statement-words.ts';
import { href } from '../../../routes.ts';
import { Field } from '../../ui/form.tsx';
import type { Reader } from '../../ui/reader.ts';
import { queryOf, untiedChoice } from './statement-asked.ts';

type Shown = Readonly<{ reader: Reader; facts: StatementFacts }>;

/** The periods people ask for, one press each; and the currencies, where there are several. */
export function Periods({ reader, facts }: Shown) {
  const { w } = reader;
  const { statement, asked, business } = facts;
  return (
    <>
      <nav className="nav tabs noprint" aria-label={w.common.filter}>
        {periodNames.map((name) => {
          const span = spanOf(name, statement.today);
          const here = (asked.from ?? null) === span.from && (asked.to ?? null) === span.to;
          return (
            <a
              key={name}
              href={href('account', { business: business.slug }, { ...queryOf(asked), ...span, asof: null })}
              aria-current={here ? 'page' : undefined}
            >
              {w.statement.periods[name]}
            </a>
          );
        })}
      </nav>
      {statement.currencies.length > 1 && (
        <p className="quiet noprint">
          {statement.currencies.map((currency) => (
            <a
              key={currency}
              href={href('account', { business: business.slug }, { ...queryOf(asked), currency })}
              aria-current={currency === statement.currency || undefined}
            >
              {currency}
            </a>
          ))}
        </p>
      )}
    </>
  );
}

/** Other days, an earlier state of the books, some properties: folded away until they are asked for. */
export function Narrow({ reader, facts }: Shown) {
  const { w } = reader;
  const { statement, asked, business } = facts;
  return (
    <details className="noprint gap" open={facts.places !== null || undefined}>
      <summary>{w.statement.other}</summary>
      <form method="get" action={href('account', { business: business.slug })}>
        {asked.currency && <input type="hidden" name="currency" value={asked.currency} />}
        <div className="two-up">
          <Field label={w.invoices.from} name="from" type="date" value={asked.from ?? ''} />
          <Field label={w.invoices.to} name="to" type="date" value={asked.to ?? ''} />
        </div>
        <Field label={w.statement.asOf} name="asof" type="date" max={statement.today} value={asked.asOf ?? ''} />
        {statement.places.length > 1 && <Places reader={reader} facts={facts} />}
        <button className="btn two" type="submit">
          {w.statement.show}
        </button>
      </form>
    </details>
  );
}

function Places({ reader, facts }: Shown) {
  const { w } = reader;
  const { statement, asked } = facts;
  const rows = statement.places.map(({ id, title }) => ({ value: publicId('property', id), title, chosen: asked.propertyIds?.includes(id) === true }));
  const untied = { value: untiedChoice, title: w.invoice.notTiedToProperty, chosen: asked.untied === true };
  return (
    <fieldset className="field">
      <legend>
        <b>{w.statement.properties}</b>
      </legend>
      <div className="picks-in">
        {[...rows, ...(statement.whole ? [untied] : [])].map(({ value, title, chosen }) => (
          <label key={value}>
            <input type="checkbox" name="property" value={value} defaultChecked={chosen} />
            {title}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Before, what came and went, after; and how late what is open is. */
export function Figures({ reader, facts }: Shown) {
  const { w, money, day } = reader;
  const { statement, asked } = facts;
  const aged = ageingRows(reader, statement.ageing);
  return (
    <div className="cols">
      <section>
        <h2>{periodText(reader, facts)}</h2>
        <dl className="kv figures">
          {asked.from && <Figure label={w.statement.opening(day(asked.from))} value={money(statement.openingMinor)} />}
          <Figure label={w.statement.charged} value={money(statement.chargedMinor)} />
          <Figure label={w.statement.settled} value={money(-statement.settledMinor)} />
          <Figure label={w.statement.balanceOn(day(balanceDay(facts)))} value={money(statement.balanceMinor)} />
        </dl>
      </section>
      {aged.length > 0 && (
        <section>
          <h2>{w.statement.ageing}</h2>
          <dl className="kv figures">
            {aged.map(({ label, amountMinor }) => (
              <Figure key={label} label={label} value={money(amountMinor)} />
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

const Figure = ({ label, value }: Readonly<{ label: string; value: string }>) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

/** Newest first, each with the balance after it; last of all what was owed before. */
export function Movements({ reader, facts }: Shown) {
  const { w, money, day } = reader;
  const { statement, asked, business } = facts;
  const { slug } = business;
  if (statement.rows.length === 0) return <p className="lead sec">{w.account.empty}</p>;
  return (
    <>
      <ul className="rows sec">
        {statement.rows.map((row) => (
          <li key={row.id}>
            <Named reader={reader} slug={slug} row={row} />
            <b className="n">{money(row.changeMinor)}</b>
            <small>{[day(row.day), ...movementNotes(reader, row, asked)].join(' · ')}</small>
            <span className="n s dim">{w.account.balanceAfter(money(row.balanceMinor))}</span>
          </li>
        ))}
        {asked.from && statement.next === null && (
          <li>
            <span>{w.statement.opening(day(asked.from))}</span>
            <b className="n">{money(statement.openingMinor)}</b>
          </li>
        )}
      </ul>
      {statement.next && (
        <p className="gap">
          <a className="btn two more" href={href('account', { business: slug }, { ...queryOf(asked), cursor: statement.next })}>
            {w.common.nextPage}
          </a>
        </p>
      )}
    </>
  );
}

/** What came later: named, and in no figure. */
export function Late({ reader, facts }: Shown) {
  const { w, money, day } = reader;
  const { statement, asked, business } = facts;
  if (!asked.asOf || statement.late.length === 0) return null;
  return (
    <section className="sec">
      <h2>{w.statement.lateTitle(day(asked.asOf))}</h2>
      <p>{w.statement.lateLead}</p>
      <ul className="rows">
        {statement.late.map((row) => (
          <li key={row.id}>
            <Named reader={reader} slug={business.slug} row={row} />
            <b className="n">{money(row.changeMinor)}</b>
            <small>{[day(row.day), w.statement.entered(day(row.enteredOn))].join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What happened, and the way to its paper. */
function Named({ reader, slug, row }: Readonly<{ reader: Reader; slug: string; row: Movement }>) {
  const text = movementText(reader.w, row);
  const to =
    row.documentId !== null && row.number !== null
      ? href('document', { business: slug, document: publicId('invoice', row.documentId) })
      : row.paymentId === null
        ? null
        : href('payment', { business: slug, payment: publicId('payment', row.paymentId) });
  if (to === null) return <span>{text}</span>;
  return (
    <a className="row" href={to}>
      {text}
    </a>
  );
}
