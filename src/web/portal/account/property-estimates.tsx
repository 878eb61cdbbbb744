import { publicId } from '../../../core/ids.ts';
import type { PropertyEstimate } from '../../../domain/front/properties/properties.ts';
import { href } from '../../../routes.ts';
import { readerOf } from '../../ui/reader.ts';
import { EstimateTag, validityText } from '../estimate/status.tsx';
import type { Shown } from './property.tsx';

/** What waits for an answer here, and what was decided. */
export function PropertyEstimates(shown: Shown) {
  const { reader, view } = shown;
  const { w, day } = reader;
  return (
    <>
      {view.waiting.length > 0 && (
        <section>
          <h2>{w.property.waitingHere}</h2>
          <Rows {...shown} rows={view.waiting} under={(row) => validityText(reader, row, view.today)} />
        </section>
      )}
      {view.decided.length > 0 && (
        <section>
          <h2>{w.property.decidedHere}</h2>
          <Rows
            {...shown}
            rows={view.decided}
            under={({ decidedBy, decidedOn }) => (decidedOn === null ? '' : w.property.decidedBy(decidedBy, day(decidedOn)))}
          />
        </section>
      )}
    </>
  );
}

function Rows({ reader, slug, view, rows, under }: Shown & Readonly<{ rows: readonly PropertyEstimate[]; under: (row: PropertyEstimate) => string }>) {
  return (
    <ul className="rows">
      {rows.map((row) => {
        const mine = row.waitingFor !== null && view.people.includes(row.waitingFor.id);
        const money = row.currency === view.currency ? reader.money : readerOf(reader.locale, row.currency, view.currency).money;
        return (
          <li key={row.id}>
            <a className="row" href={href('document', { business: slug, document: publicId('estimate', row.id) })}>
              {reader.w.estimate.title(view.word, row.number, row.revision)}
            </a>
            <b className="n">{money(row.totalMinor)}</b>
            <small>{[row.poNumber && `${reader.w.invoices.poNumber} ${row.poNumber}`, under(row)].filter(Boolean).join(' · ')}</small>
            <span className="n">
              <EstimateTag reader={reader} standing={{ ...row, recommendedAt: null }} personId={mine ? (row.waitingFor?.id ?? null) : null} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
