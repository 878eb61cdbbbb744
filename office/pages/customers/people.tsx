import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery, propertiesQuery } from '../../api/queries.ts';
import type { Customer, Person } from '../../api/types.ts';
import { useMoney } from '../../parts/money.tsx';
import { ProblemNote, SkeletonRows } from '../../parts/notes.tsx';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { PersonForm } from './person-form.tsx';
import { StandIns } from './stand-ins.tsx';

/** Who may see, ask, pay and approve for this customer. */
export function People({ customer }: { customer: Customer }) {
  const query = useQuery(peopleQuery(customer.id));
  const [open, setOpen] = useState<Person | 'new' | null>(null);
  const rows = query.data?.items ?? [];
  return (
    <Section
      title="People and access"
      id="people"
      actions={
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>
          Add person
        </Button>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={2} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className="dim small">Nobody yet. Add a person with an e-mail address to send invoices to.</p>
      ) : (
        rows.map((person) => <PersonRow key={person.id} person={person} customerId={customer.id} onOpen={() => setOpen(person)} />)
      )}
      {rows.length > 1 && <StandIns customer={customer} people={rows} />}
      {open !== null && (
        <SidePanel title={open === 'new' ? 'Add person' : open.name} onClose={() => setOpen(null)}>
          <PersonForm customer={customer} person={open === 'new' ? null : open} onDone={() => setOpen(null)} />
        </SidePanel>
      )}
    </Section>
  );
}

function PersonRow({ person, customerId, onOpen }: { person: Person; customerId: string; onOpen: () => void }) {
  const money = useMoney();
  const properties = useQuery({ ...propertiesQuery(customerId), enabled: person.rights.propertyIds !== null });
  const { rights } = person;
  const named =
    rights.propertyIds?.map((id) => properties.data?.items.find((property) => property.id === id)).filter((property) => property !== undefined) ?? [];
  const may = [
    rights.bills && 'gets invoices',
    rights.canPay && 'pays',
    rights.canAsk && 'asks',
    rights.approveLimitMinor > 0 && `approves to ${money(rights.approveLimitMinor)}`,
    rights.canManage && 'manages people',
    rights.propertyIds !== null &&
      (named.length > 0 && named.length <= 3
        ? `only ${named.map((property) => property.code || property.title).join(', ')}`
        : `${rights.propertyIds.length} properties only`),
  ].filter((word) => typeof word === 'string');
  return (
    <div className="person">
      <div className="grow">
        <button type="button" className="text-row" onClick={onOpen}>
          {person.name}
        </button>
        {person.sharedMailbox && <span className="dim small"> · shared mailbox</span>}
        <div className="dim clip">{[person.email, person.phone].filter((part) => part !== '').join(' · ')}</div>
        <div className="person-rights">
          {may.map((word) => (
            <span key={word}>{word}</span>
          ))}
        </div>
      </div>
      {person.bouncedAt !== null ? <Mark tone="bad">Mail comes back</Mark> : person.verified ? <Mark tone="good">Verified</Mark> : null}
    </div>
  );
}
