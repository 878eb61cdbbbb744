import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { spreadQuery } from '../../api/queries.ts';
import type { Payment } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';
import { refundRenews } from './refund.tsx';

/** What the payment pays, invoice by invoice, to be put elsewhere; what is left over is the customer's credit. */
export function Move({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const money = useMoney();
  // What is owed is asked with the smallest amount: the answer names every open invoice.
  const owed = useQuery(spreadQuery({ customerId: payment.customer.id, amountMinor: 1 })).data?.shares ?? [];
  const [amounts, setAmounts] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(payment.shares.map((share) => [share.invoiceId, share.amountMinor])),
  );
  const act = useAct('movePayment', {
    renew: refundRenews,
    done: () => {
      onClose();
      toast('The payment is moved');
    },
    failed: () => true,
  });
  const here = payment.shares.map((share) => ({ invoiceId: share.invoiceId, number: share.number, mostMinor: share.amountMinor + share.balanceMinor }));
  const others = owed.filter((each) => each.payableMinor > 0 && !here.some(({ invoiceId }) => invoiceId === each.invoiceId));
  const rows = [...here, ...others.map((each) => ({ invoiceId: each.invoiceId, number: each.number, mostMinor: each.payableMinor }))];
  const restMinor = payment.amountMinor - payment.refundedMinor - payment.refundWaitingMinor - Object.values(amounts).reduce((sum, each) => sum + each, 0);
  const shares = rows.flatMap(({ invoiceId }) => ((amounts[invoiceId] ?? 0) > 0 ? [{ invoiceId, amountMinor: amounts[invoiceId] ?? 0 }] : []));
  const moved = rows.some(({ invoiceId }) => (amounts[invoiceId] ?? 0) !== (payment.shares.find((share) => share.invoiceId === invoiceId)?.amountMinor ?? 0));
  return (
    <SidePanel title="Move this payment" onClose={onClose}>
      <Form onSubmit={() => restMinor >= 0 && act.mutate({ params: { paymentId: payment.id }, body: { shares } })}>
        {payment.keptAsCreditMinor > 0 && owed.some((each) => each.payableMinor > 0) && (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate({ params: { paymentId: payment.id }, body: { shares: null } })}>
            Use {money(payment.keptAsCreditMinor, payment.currency)} credit, oldest first
          </Button>
        )}
        {rows.map((row) => (
          <MoneyField
            key={row.invoiceId}
            label={`Invoice ${row.number}`}
            description={`Takes up to ${money(row.mostMinor, payment.currency)}`}
            currency={payment.currency}
            minor={amounts[row.invoiceId] ?? 0}
            onMinor={(minor) => setAmounts((before) => ({ ...before, [row.invoiceId]: minor ?? 0 }))}
          />
        ))}
        <p className={restMinor < 0 ? 'strong' : ''} role="status">
          {restMinor < 0
            ? `That is ${money(-restMinor, payment.currency)} more than the payment.`
            : `${money(restMinor, payment.currency)} stays as the customer’s credit.`}
        </p>
        <FormProblem error={act.error} />
        <div className="row">
          <Button type="submit" disabled={restMinor < 0 || !moved} loading={act.isPending}>
            Move payment
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}
