import { Button } from '@mantine/core';
import { useState } from 'react';
import { addDays } from '../../../src/core/calendar.ts';
import type { Invoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { dayText } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const usualDays = 14;

/** What was held back becomes due on a day of its own, all of it or a part. */
export function ReleaseRetainage({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { today } = useOffice();
  const money = useMoney();
  const heldMinor = invoice.standing.heldBackMinor;
  const [amountMinor, setAmount] = useState<number | null>(heldMinor);
  const [day, setDay] = useState<string | null>(addDays(today, usualDays));
  const release = useAct('releaseRetainage', {
    renew: ['invoices', 'estimates', 'home', 'events'],
    done: () => {
      onClose();
      toast(`${money(amountMinor ?? 0, invoice.currency)} is due on ${dayText(day ?? today)}`);
    },
    failed: () => true,
  });
  const ready = amountMinor !== null && amountMinor > 0 && day !== null;
  return (
    <SidePanel title={`Release retainage of ${invoice.number}`} onClose={onClose}>
      <Form onSubmit={() => ready && release.mutate({ params: { invoiceId: invoice.id }, body: { amountMinor, dueOn: day } })}>
        <p className="dim small">{money(heldMinor, invoice.currency)} is held back. What you release is due on the day below; your customer sees it at once.</p>
        <MoneyField label="Release" currency={invoice.currency} minor={amountMinor} onMinor={setAmount} data-autofocus />
        <DayField label="Due on" day={day} minDate={today} onDay={setDay} popoverProps={{ withinPortal: false }} />
        <FormProblem error={release.error} />
        <div className="row">
          <Button type="submit" loading={release.isPending} disabled={!ready}>
            {ready ? `Release ${money(amountMinor, invoice.currency)}` : 'Release'}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}
