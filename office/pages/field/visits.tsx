import { Button, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { formatTimes } from '../../../src/core/visit-words.ts';
import type { CrewVisit } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { addressText } from '../../parts/address-fields.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { useFieldWords } from './words.ts';

const renew = ['field'];

/** A visit of today: when, where, how to get in, and saying how it goes. */
export function VisitStop({ visit }: { visit: CrewVisit }) {
  const words = useFieldWords();
  const address = addressText(visit.address);
  const { from, until, contact } = visit;
  return (
    <article className="card field-stop">
      <p className="spread">
        <span className="strong num">{from === null || until === null ? words.anyTime : formatTimes(from, until, words.locale)}</span>
        <span className="dim small">{words.visitStates[visit.state]}</span>
      </p>
      <h2>{visit.customer.name}</h2>
      <p>{visit.title}</p>
      <section className="field-place">
        {visit.place !== '' && <p className="strong">{visit.place}</p>}
        {address !== '' && (
          <p>
            {address} ·{' '}
            <a className="link" href={`https://maps.apple.com/?q=${encodeURIComponent(address)}`} target="_blank" rel="noreferrer">
              {words.way}
            </a>
          </p>
        )}
        {visit.accessNotes !== '' && (
          <p className="field-note">
            <span className="strong">{words.access}:</span> {visit.accessNotes}
          </p>
        )}
        {visit.crewNotes !== '' && <p className="field-note">{visit.crewNotes}</p>}
        {visit.doneNote !== '' && <p className="field-note">{visit.doneNote}</p>}
      </section>
      <Acts visit={visit} />
      <div className="field-acts">
        {contact.phone !== '' && (
          <a className="field-act" href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>
            {words.call} <span className="dim">{contact.name}</span>
          </a>
        )}
        <ButtonLink size="lg" variant={visit.state === 'done' ? 'filled' : 'default'} to="/field/new" search={{ customer: visit.customer.id }}>
          {words.newInvoice}
        </ButtonLink>
      </div>
    </article>
  );
}

function Acts({ visit }: { visit: CrewVisit }) {
  const words = useFieldWords();
  const params = { visitId: visit.id };
  const start = useAct('fieldStartVisit', { renew });
  const [finishing, setFinishing] = useState(false);
  const may = (act: CrewVisit['acts'][number]): boolean => visit.acts.includes(act);
  if (!may('finish') && visit.files.length === 0) return null;
  return (
    <div className="stack">
      {finishing ? (
        <Finishing visit={visit} onDone={() => setFinishing(false)} />
      ) : (
        <div className="field-acts">
          {may('start') && (
            <Button size="lg" loading={start.isPending} onClick={() => start.mutate({ params })}>
              {words.start}
            </Button>
          )}
          {may('finish') && (
            <Button size="lg" variant={may('start') ? 'default' : 'filled'} onClick={() => setFinishing(true)}>
              {words.finish}
            </Button>
          )}
        </div>
      )}
      <Photos visit={visit} />
    </div>
  );
}

function Finishing({ visit, onDone }: { visit: CrewVisit; onDone: () => void }) {
  const words = useFieldWords();
  const [note, setNote] = useState('');
  const finish = useAct('fieldFinishVisit', { renew, done: onDone });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        finish.mutate({ params: { visitId: visit.id }, body: { note } });
      }}
    >
      <Textarea
        size="md"
        label={words.whatDone}
        description={words.customerReads}
        autosize
        minRows={3}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button size="lg" type="submit" loading={finish.isPending}>
        {words.finish}
      </Button>
    </form>
  );
}

function Photos({ visit }: { visit: CrewVisit }) {
  const words = useFieldWords();
  const input = useRef<HTMLInputElement>(null);
  const add = useAct('fieldVisitPhoto', { renew });
  return (
    <>
      {visit.files.length > 0 && (
        <ul className="field-list">
          {visit.files.map((photo) => (
            <li key={photo.id}>{photo.name}</li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) add.mutate({ params: { visitId: visit.id }, query: { name: file.name.slice(0, 120) }, body: file });
          event.currentTarget.value = '';
        }}
      />
      <Button size="lg" variant="default" fullWidth loading={add.isPending} onClick={() => input.current?.click()}>
        {words.addPhoto}
      </Button>
    </>
  );
}
