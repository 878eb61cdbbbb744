import { Menu } from '@mantine/core';
import type { Invoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useMoney } from '../../parts/money.tsx';
import { toast } from '../../parts/toast.ts';

const renew = ['invoices', 'home', 'customers', 'events', 'payments'];

/** What is left of a bill is given up. */
export function WriteOff({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const money = useMoney();
  const amount = money(invoice.standing.balanceMinor, invoice.currency);
  const act = useAct('closeInvoice', {
    renew,
    done: () => {
      onClose();
      toast(`${amount} of ${invoice.number} written off`);
    },
  });
  return (
    <Confirm
      title={`Write off ${amount}?`}
      act={`Write off ${amount}`}
      keep="Keep it open"
      danger
      busy={act.isPending}
      reason={{ label: 'Why', placeholder: 'Moved away without an address' }}
      onAct={(reason) => act.mutate({ params: { invoiceId: invoice.id }, body: { reason } })}
      onClose={onClose}
    >
      It leaves what you are owed and counts as bad debt. Your customer reads “Closed”, gets no reminders, and can still pay it. You can take it up again.
    </Confirm>
  );
}

export function ReopenItem({ invoice }: { invoice: Invoice }) {
  const act = useAct('reopenInvoice', { renew, done: () => toast(`${invoice.number} is open again`) });
  return <Menu.Item onClick={() => act.mutate({ params: { invoiceId: invoice.id } })}>Take up again</Menu.Item>;
}
