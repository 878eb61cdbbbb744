import './installments.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Invoice, PlannedInstallment } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { InstallmentFields, planFrom, sharesOf } from '../../parts/installment-fields.tsx';
import { Money, useMoney } from '../../parts/money.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const stateWords = { paid: 'Paid', processing: 'Processing', overdue: 'Overdue', due: 'Due', later: 'Due later' } as const;

/** What the invoice is paid in, and where each stands; what is left may be planned anew. */
export function Installments({ invoice }: { invoice: Invoice }) {
  const money = useMoney();
  const [changing, setChanging] = useState(false);
  const rows = invoice.standing.installments ?? [];
  if (rows.length === 0 || invoice.canceled !== null || invoice.replacedBy !== null) return null;
  return (
    <Section
      title="Installments"
      id="installments"
      actions={
        invoice.acts.includes('installments') && (
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            Change what is left
          </Button>
        )
      }
    >
      <table className="list">
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
            <tr key={at}>
              <td>
                {at + 1} of {rows.length}
              </td>
              <td className="dim">
                due <Day day={row.dueOn} />
              </td>
              <td className={row.state === 'overdue' ? 'bad' : 'dim'}>
                {stateWords[row.state]}
                {row.openMinor > 0 && row.openMinor < row.amountMinor && `, ${money(row.openMinor, invoice.currency)} left`}
              </td>
              <td className="end">
                <Money minor={row.amountMinor} currency={invoice.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changing && <PlanInstallments invoice={invoice} onClose={() => setChanging(false)} />}
    </Section>
  );
}

/** What is open of them by day: the part of a plan that may be planned anew. */
function openRows({ standing }: Invoice): PlannedInstallment[] {
  const open = (standing.installments ?? []).filter(({ state }) => state !== 'paid');
  const movingMinor = open.reduce((sum, row) => sum + row.amountMinor, 0) - standing.balanceMinor;
  return open.map(({ dueOn, amountMinor }, at) => ({ dueOn, amountMinor: at === 0 ? Math.max(1, amountMinor - Math.max(0, movingMinor)) : amountMinor }));
}

export function PlanInstallments({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { today } = useOffice();
  const money = useMoney();
  const before = openRows(invoice);
  const closed = (invoice.standing.installments ?? []).filter(({ state }) => state === 'paid').length;
  const partly = before.length > 0 && (invoice.standing.installments ?? []).some(({ state }) => state === 'paid');
  const [rows, setRows] = useState<PlannedInstallment[]>(before.length > 0 ? before : planFrom(today, 'month', 3));
  const { balanceMinor } = invoice.standing;
  const act = useAct('planInstallments', {
    renew: ['invoices', 'home', 'customers', 'events', 'reports'],
    done: () => {
      onClose();
      toast(`${invoice.number} is paid in installments`);
    },
  });
  return (
    <SidePanel title={`Installments of ${invoice.number}`} onClose={onClose}>
      <Form onSubmit={() => act.mutate({ params: { invoiceId: invoice.id }, body: { installments: rows } })}>
        <p className="dim small">
          {money(balanceMinor, invoice.currency)} is left to pay. Your customer sees the new days and amounts at once and is reminded by them.
        </p>
        <InstallmentFields
          rows={rows}
          totalMinor={balanceMinor}
          currency={invoice.currency}
          minDay={invoice.issuedOn ?? today}
          fewest={partly ? 1 : 2}
          closed={closed}
          onRows={setRows}
        />
        <FormProblem error={act.error} />
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button type="submit" loading={act.isPending} disabled={sharesOf(rows, balanceMinor) === null}>
            Change installments
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}
