import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Moment } from '../../parts/days.tsx';
import { Note } from '../../parts/notes.tsx';
import { toast } from '../../parts/toast.ts';
import type { SectionProps } from './settings.tsx';

/** Imported invoices are hidden from customers until the office says so (rule 2). The count is told first. */
export function PastInvoices({ settings }: SectionProps) {
  const { hiddenInvoices, shownAt } = settings.history;
  const [asking, setAsking] = useState(false);
  const show = useAct('showHistory', {
    renew: ['settings', 'invoices'],
    done: () => {
      setAsking(false);
      toast('Customers can see their past invoices now');
    },
  });
  const count = hiddenInvoices.toLocaleString('en-US');
  return (
    <div className="settings-form stack">
      {shownAt !== null && (
        <Note tone="good">
          Past invoices are shown to customers since <Moment at={shownAt} />.
        </Note>
      )}
      {hiddenInvoices > 0 && (
        <>
          <p>
            <span className="strong num">{count}</span> imported {hiddenInvoices === 1 ? 'invoice is' : 'invoices are'} hidden from customers. Nothing was sent
            for them.
          </p>
          <p className="dim small">
            Showing them mails nobody. Reminders are a switch of their own, for each customer or for all:{' '}
            <Link to="/settings/$section" params={{ section: 'reminders' }} className="link">
              Reminders
            </Link>
            .
          </p>
          <div>
            <Button onClick={() => setAsking(true)}>Show past invoices to customers</Button>
          </div>
        </>
      )}
      {asking && (
        <Confirm
          title={`Show ${count} past invoices?`}
          act={`Show ${count} past invoices`}
          busy={show.isPending}
          onAct={() => show.mutate({})}
          onClose={() => setAsking(false)}
        >
          Customers who sign in see them with their old numbers. Nothing is mailed. What a customer was once shown is not taken away again.
        </Confirm>
      )}
    </div>
  );
}
