import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { importRowsQuery } from '../../api/queries.ts';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Note } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { ReadingFields } from './reading-fields.tsx';
import { kindWords, meaningWords } from './words.ts';

const kinds = Object.entries(kindWords).map(([value, label]) => ({ value, label }));

/** What the file is taken for: its kind, each column, how days and amounts are written. All of it can be said otherwise. */
export function Columns({ of }: { of: Import }) {
  const [open, setOpen] = useState(of.state === 'waiting');
  const used = of.columns.filter(({ meaning }) => meaning !== null).length;
  return (
    <Section
      title="Columns"
      id="columns"
      actions={
        of.state !== 'waiting' && (
          <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Close' : 'Change'}
          </Button>
        )
      }
    >
      {of.missing.length > 0 && (
        <Note tone="warn">
          Say which column holds: {of.missing.map((meaning) => meaningWords(meaning).toLowerCase()).join(', ')}. Then the file can be checked.
        </Note>
      )}
      {open ? <Mapping of={of} key={of.version} /> : <Summary of={of} used={used} />}
    </Section>
  );
}

function Summary({ of, used }: { of: Import; used: number }) {
  return (
    <>
      <p className="dim small">
        {used} of {of.columns.length} columns used.
      </p>
      <div className="columns">
        {of.columns.map(({ column, meaning }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <span key={at} className="column" data-unused={meaning === null || undefined}>
            {column || `Column ${at + 1}`}
            <span className="dim"> {meaning === null ? 'left out' : `→ ${meaningWords(meaning)}`}</span>
          </span>
        ))}
      </div>
    </>
  );
}

function Mapping({ of }: { of: Import }) {
  const [chosen, setChosen] = useState<readonly (string | null)[]>(of.columns.map(({ meaning }) => meaning));
  const change = useAct('changeImport', { renew: ['imports'] });
  const rows = useQuery(importRowsQuery(of.id, of.version));
  const say = (body: Parameters<typeof change.mutate>[0]['body']): void =>
    change.mutate({ params: { importId: of.id }, version: of.version, ...(body ? { body } : {}) });
  const choose = (at: number, meaning: string | null): void =>
    setChosen(chosen.map((before, place) => (place === at ? meaning : before === meaning ? null : before)));
  const choices = [{ value: '', label: 'Left out' }, ...of.meanings.map((meaning) => ({ value: meaning, label: meaningWords(meaning) }))];
  const changed = chosen.some((meaning, at) => meaning !== of.columns[at]?.meaning);
  return (
    <div className="stack">
      <div className="import-reading">
        <NativeSelect
          label="What is in this file"
          data={kinds}
          value={of.kind}
          disabled={change.isPending}
          onChange={(event) => say({ kind: event.currentTarget.value as Import['kind'] })}
        />
        <ReadingFields of={of} busy={change.isPending} onChange={(reading) => say({ reading })} />
      </div>
      <table className="list import-mapping">
        <thead>
          <tr>
            <th>Column of the file</th>
            <th className="only-desk">First rows</th>
            <th>Becomes</th>
          </tr>
        </thead>
        <tbody>
          {of.columns.map(({ column }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <tr key={at}>
              <td className="clip w30 strong">{column || `Column ${at + 1}`}</td>
              <td className="clip w30 dim only-desk">{samplesOf(rows.data?.items ?? [], at)}</td>
              <td>
                <NativeSelect
                  aria-label={`${column || `Column ${at + 1}`} becomes`}
                  size="xs"
                  data={choices}
                  value={chosen[at] ?? ''}
                  onChange={(event) => choose(at, event.currentTarget.value || null)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button loading={change.isPending} disabled={!changed} onClick={() => say({ columns: [...chosen] })}>
          Check with these columns
        </Button>
        <span className="dim small">Remembered for the next file with the same headings.</span>
      </div>
    </div>
  );
}

function samplesOf(rows: readonly { cells: readonly string[] }[], at: number): string {
  return [...new Set(rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== ''))].slice(0, 3).join(' · ');
}
