import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ReminderReach } from '../../api/types.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { counted } from '../../parts/reminder-words.ts';

type Props = {
  title: string;
  act: string;
  reach: ReminderReach['own'];
  busy: boolean;
  onAct: (lateToo: boolean) => void;
  onClose: () => void;
};

/** Tells how many it is about before anything can leave, and asks about those that are late already. */
export function SwitchOn({ title, act, reach, busy, onAct, onClose }: Props) {
  const [lateToo, setLateToo] = useState(false);
  return (
    <Confirm title={title} act={act} busy={busy} onAct={() => onAct(lateToo)} onClose={onClose}>
      <p>
        This is about {counted(reach.invoices, 'open invoice')} of {counted(reach.customers, 'customer')}. The first mails leave at the next hour you chose.
      </p>
      {reach.lateInvoices > 0 && (
        <Checkbox
          mt="sm"
          label={`Remind of the ${counted(reach.lateInvoices, 'invoice')} late already, too`}
          description={`${counted(reach.lateCustomers, 'customer')} would get a mail about them; else only days from today on count`}
          checked={lateToo}
          onChange={(event) => setLateToo(event.currentTarget.checked)}
        />
      )}
    </Confirm>
  );
}
