import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { customerPickQuery, customerQuery, propertyQuery } from '../../api/queries.ts';
import type { Property } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { toast } from '../../parts/toast.ts';

/** A property changes hands: to whom, and what stays where it is. */
export function MoveProperty({ property, onDone }: { property: Property; onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [q] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery(customerPickQuery(q));
  const rows = (found.data?.items ?? []).filter((row) => row.id !== property.customerId);
  const move = useAct('moveProperty', {
    renew: ['customers', 'events'],
    done: () => {
      toast(`${property.title} is moved to ${rows.find(({ id }) => id === customerId)?.name ?? 'the other customer'}`);
      onDone();
    },
    failed: () => true,
  });
  return (
    <Form onSubmit={() => customerId !== null && move.mutate({ params: { propertyId: property.id }, body: { customerId, version: property.version } })}>
      <p className="dim small">
        Invoices, estimates, visits and messages stay with the customer who has them, and so do their people. The other customer gets the property with its
        address and your access notes; cost code, limit and PO rule begin anew.
      </p>
      <Select
        label="Move to"
        placeholder="Name, phone, e-mail or address"
        searchable
        filter={({ options }) => options}
        searchValue={typed}
        onSearchChange={setTyped}
        nothingFoundMessage={found.isPending ? 'Searching…' : 'No other customer fits.'}
        data={rows.map((row) => ({ value: row.id, label: row.name }))}
        value={customerId}
        onChange={setCustomerId}
      />
      <FormProblem error={move.error} />
      <div className="form-foot">
        <Button type="submit" loading={move.isPending} disabled={customerId === null}>
          Move {property.title}
        </Button>
      </div>
    </Form>
  );
}

/** The way back to whom it belonged to, with all that was billed then. */
export function CameFrom({ property }: { property: Property }) {
  const before = useQuery({ ...propertyQuery(property.movedFromId ?? ''), enabled: property.movedFromId !== null });
  const customerId = before.data?.customerId;
  const customer = useQuery({ ...customerQuery(customerId ?? ''), enabled: customerId !== undefined });
  if (customerId === undefined || customer.data === undefined) return null;
  return (
    <p className="dim small">
      Moved here from{' '}
      <Link to="/customers/$customerId" params={{ customerId }} className="link">
        {customer.data.name}
      </Link>
      , who has everything from before.
    </p>
  );
}
