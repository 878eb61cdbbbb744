import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { openingsQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Day } from '../../parts/days.tsx';
import { Money } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

/** What a customer owed, or had to their credit, when the business began here. */
export function OpeningBalance({ customerId }: { customerId: string }) {
  const query = useQuery(openingsQuery(customerId));
  const [adding, setAdding] = useState(false);
  if (query.data === undefined) return null;
  return (
    <Section
      title="Opening balance"
      id="opening-balance"
      actions={
        <Button size="xs" variant="default" onClick={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      {query.data.items.length === 0 ? (
        <p className="dim small">Nothing was owed, and no credit was open, before you began here.</p>
      ) : (
        <table className="list">
          <tbody>
            {query.data.items.map((opening) => (
              <tr key={`${opening.importId} ${opening.kind}`}>
                <td>
                  {opening.invoiceId === null ? (
                    'Credit'
                  ) : (
                    <Link to="/invoices/$invoiceId" params={{ invoiceId: opening.invoiceId }} className="link num">
                      {opening.number}
                    </Link>
                  )}
                  <span className="second">
                    as of <Day day={opening.asOf} />
                  </span>
                </td>
                <td className="end">
                  <Money minor={opening.amountMinor} currency={opening.currency} />
                </td>
                <td className="end" style={{ width: '1%' }}>
                  <Link to="/import/$importId" params={{ importId: opening.importId }} className="link small">
                    Undo
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && (
        <SidePanel title="Opening balance" onClose={() => setAdding(false)}>
          <OpeningForm customerId={customerId} onDone={() => setAdding(false)} />
        </SidePanel>
      )}
    </Section>
  );
}

function OpeningForm({ customerId, onDone }: { customerId: string; onDone: () => void }) {
  const { today, business } = useOffice();
  const [asOf, setAsOf] = useState<string | null>(today);
  const [dueOn, setDueOn] = useState<string | null>(null);
  const [owedMinor, setOwed] = useState<number | null>(0);
  const [creditMinor, setCredit] = useState<number | null>(0);
  const [note, setNote] = useState('');
  const add = useAct('addOpening', {
    renew: ['customers', 'invoices', 'imports', 'home'],
    done: () => {
      toast('Opening balance added. It is hidden from the customer until you show or send it.');
      onDone();
    },
  });
  const ready = asOf !== null && owedMinor !== null && creditMinor !== null && owedMinor + creditMinor > 0;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) add.mutate({ params: { customerId }, body: { asOf, dueOn, owedMinor, creditMinor, note } });
      }}
    >
      <p className="dim small">What stood open when you began here. An amount owed becomes an invoice of one line; a credit can be used on any invoice.</p>
      <MoneyField label="Owed" minor={owedMinor} currency={business.currency} onMinor={setOwed} />
      <MoneyField label="Credit" minor={creditMinor} currency={business.currency} onMinor={setCredit} />
      <DayField label="As of" day={asOf} onDay={setAsOf} maxDate={today} />
      <DayField label="Due" description="Empty: on that day." day={dueOn} onDay={setDueOn} clearable />
      <TextInput label="Note" description="Stands on the invoice." value={note} maxLength={200} onChange={(event) => setNote(event.currentTarget.value)} />
      <div className="row">
        <Button type="submit" loading={add.isPending} disabled={!ready}>
          Add opening balance
        </Button>
      </div>
    </form>
  );
}
