import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerRemindersQuery } from '../../api/queries.ts';
import type { Customer, CustomerReminders } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Moment } from '../../parts/days.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { toast } from '../../parts/toast.ts';
import { SwitchOn } from '../settings/reminder-switch.tsx';

/** Reminders of one customer, on or off; and who of their people asked for none. */
export function CustomerRemindersPart({ customer }: { customer: Customer }) {
  const { rights } = useOffice();
  const query = useQuery(customerRemindersQuery(customer.id));
  const [asking, setAsking] = useState(false);
  const params = { customerId: customer.id };
  const choose = useAct('chooseCustomerReminders', { renew: ['reminders', 'customers'] });
  if (query.data === undefined) return null;
  const { on, history, reach, stopped } = query.data;
  const set = (next: boolean, lateToo: boolean): void =>
    choose.mutate(
      { params, body: { on: next, lateToo } },
      {
        onSuccess: () => {
          setAsking(false);
          toast(next ? `${customer.name} gets reminders` : `${customer.name} gets no reminders`);
        },
      },
    );
  return (
    <Section title="Reminders" id="reminders">
      <Switch
        label="Remind this customer of unpaid invoices"
        {...(on && !history && reach.history.invoices > 0 ? { description: 'Imported invoices are left out' } : {})}
        disabled={!rights.includes('customers:write')}
        checked={on}
        onChange={() => (on ? set(false, false) : setAsking(true))}
      />
      <Stopped stopped={stopped} />
      {asking && (
        <SwitchOn
          title={`Remind ${customer.name}`}
          act="Turn reminders on"
          reach={{
            invoices: reach.own.invoices + reach.history.invoices,
            customers: 1,
            lateInvoices: reach.own.lateInvoices + reach.history.lateInvoices,
            lateCustomers: 1,
          }}
          busy={choose.isPending}
          onAct={(lateToo) => set(true, lateToo)}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}

function Stopped({ stopped }: Pick<CustomerReminders, 'stopped'>) {
  const resume = useAct('setPersonStop', { renew: ['reminders'], done: () => toast('They get reminders again') });
  if (stopped.length === 0) return null;
  return (
    <ul className="small stopped">
      {stopped.map(({ personId, since, name }) => (
        <li key={personId}>
          {name} asked for no more reminders, <Moment at={since} />.{' '}
          <button type="button" className="link" onClick={() => resume.mutate({ params: { personId }, body: { reminders: true } })}>
            They asked for them again
          </button>
        </li>
      ))}
    </ul>
  );
}
