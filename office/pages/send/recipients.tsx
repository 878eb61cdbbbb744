import { Button, Checkbox } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { customerQuery } from '../../api/queries.ts';
import type { Recipients as List } from '../../api/types.ts';
import { Moment } from '../../parts/days.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { languages } from '../customers/kinds.ts';
import { PersonForm } from '../customers/person-form.tsx';

type Recipient = List['items'][number];
export type Ticked = { ids: string[]; has: (id: string) => boolean; toggle: (id: string) => void };

const mailable = (person: Recipient): boolean => person.email !== '' && !person.bounced;

/** Those who receive invoices are ticked from the start; what was ticked or unticked by hand stays so. */
export function useTicked(people: readonly Recipient[], wished: readonly string[]): Ticked {
  const [byHand, setByHand] = useState<Readonly<Record<string, boolean>>>({});
  const usual = (person: Recipient): boolean => (wished.length > 0 ? wished.includes(person.personId) : person.bills);
  const has = (id: string): boolean => {
    const person = people.find(({ personId }) => personId === id);
    return person !== undefined && mailable(person) && (byHand[id] ?? usual(person));
  };
  return {
    ids: people.map(({ personId }) => personId).filter(has),
    has,
    toggle: (id) => setByHand((before) => ({ ...before, [id]: !has(id) })),
  };
}

export function Recipients({ customerId, query, ticked }: { customerId: string | null; query: UseQueryResult<List>; ticked: Ticked }) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const customer = useQuery({ ...customerQuery(customerId ?? ''), enabled: adding && customerId !== null });
  const people = query.data?.items ?? [];
  return (
    <section aria-labelledby="to-whom">
      <div className="section-head">
        <h2 id="to-whom">To whom</h2>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          Add person
        </Button>
      </div>
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : people.length === 0 ? (
        <p className="dim small">Nobody can get it by mail yet. Add a person, or hand over a link below.</p>
      ) : (
        <div className="recipients">
          {people.map((person) => (
            <RecipientRow key={person.personId} person={person} ticked={ticked.has(person.personId)} onToggle={() => ticked.toggle(person.personId)} />
          ))}
        </div>
      )}
      {adding && customer.data && (
        <SidePanel title="Add person" onClose={() => setAdding(false)}>
          <PersonForm
            customer={customer.data}
            person={null}
            onDone={() => {
              setAdding(false);
              void client.invalidateQueries({ queryKey: ['people'] });
            }}
          />
        </SidePanel>
      )}
    </section>
  );
}

function RecipientRow({ person, ticked, onToggle }: { person: Recipient; ticked: boolean; onToggle: () => void }) {
  const able = mailable(person);
  const language = languages.find(({ value }) => value === person.language)?.label;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
    <label className="recipient" data-off={!able || undefined}>
      <Checkbox checked={ticked} disabled={!able} onChange={onToggle} aria-label={`Send to ${person.name}`} />
      <span className="grow">
        <span className="strong">{person.name}</span>
        {person.language !== 'en' && <span className="dim small"> · in {language}</span>}
        {!person.seesAll && <span className="dim small"> · sees some properties only</span>}
        <span className="dim small clip" style={{ display: 'block' }}>
          {person.email || 'No e-mail address'}
        </span>
      </span>
      {person.bounced ? (
        <Mark tone="bad">Mail comes back</Mark>
      ) : (
        person.lastSentAt && (
          <span className="dim small">
            sent <Moment at={person.lastSentAt} />
          </span>
        )
      )}
    </label>
  );
}
