import { useQuery } from '@tanstack/react-query';
import { fieldTodayQuery } from '../../api/queries.ts';
import type { CrewPlace, CrewStop } from '../../api/types.ts';
import { addressText } from '../../parts/address-fields.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { Empty, SkeletonRows } from '../../parts/notes.tsx';
import { FieldPage, FieldProblem } from './parts.tsx';
import { VisitStop } from './visits.tsx';
import { useFieldWords } from './words.ts';

/** Whom the crew works for today, how to get there and in, and the way to their invoice. */
export default function Today() {
  const words = useFieldWords();
  const query = useQuery(fieldTodayQuery);
  return (
    <FieldPage title={words.today}>
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <FieldProblem error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && query.data.stops.length + query.data.visits.length === 0 && <Empty title={words.nobody}>{words.nobodyMore}</Empty>}
      {query.data?.visits.map((visit) => (
        <VisitStop key={visit.id} visit={visit} />
      ))}
      {query.data?.stops.map((stop) => (
        <Stop key={`${stop.customerId} ${stop.onDay ?? ''}`} stop={stop} />
      ))}
    </FieldPage>
  );
}

function Stop({ stop }: { stop: CrewStop }) {
  const words = useFieldWords();
  return (
    <article className="card field-stop">
      <h2>{stop.name}</h2>
      {stop.onDay === null && <p className="dim small">{words.all}</p>}
      {stop.note !== '' && <p className="field-note">{stop.note}</p>}
      {stop.places.map((place) => (
        <Place key={place.id ?? 'own'} place={place} />
      ))}
      <div className="field-acts">
        {stop.phone !== '' && (
          <a className="field-act" href={`tel:${stop.phone.replace(/[^+\d]/g, '')}`}>
            {words.call} <span className="dim">{stop.contact}</span>
          </a>
        )}
        <ButtonLink size="lg" to="/field/new" search={{ customer: stop.customerId }}>
          {words.newInvoice}
        </ButtonLink>
      </div>
    </article>
  );
}

function Place({ place }: { place: CrewPlace }) {
  const words = useFieldWords();
  const address = addressText(place.address);
  const name = [place.code, place.name].filter((part) => part !== '').join(' · ');
  return (
    <section className="field-place">
      {name !== '' && <p className="strong">{name}</p>}
      {address !== '' && (
        <p>
          {address} ·{' '}
          <a className="link" href={`https://maps.apple.com/?q=${encodeURIComponent(address)}`} target="_blank" rel="noreferrer">
            {words.way}
          </a>
        </p>
      )}
      {place.accessNotes !== '' && (
        <p className="field-note">
          <span className="strong">{words.access}:</span> {place.accessNotes}
        </p>
      )}
    </section>
  );
}
