import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { invoiceRemindersQuery } from '../../api/queries.ts';
import type { Invoice, InvoiceReminders } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Day, Moment } from '../../parts/days.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { reasonWords } from '../../parts/reminder-words.ts';
import { toast } from '../../parts/toast.ts';

/** The next reminder of this invoice, those before it, and what can be done about it. */
export function InvoiceRemindersPart({ invoice }: { invoice: Invoice }) {
  const { rights } = useOffice();
  const open = invoice.standing.balanceMinor > 0 && !invoice.canceled;
  const query = useQuery({ ...invoiceRemindersQuery(invoice.id), enabled: open });
  if (!open || query.data === undefined) return null;
  const { off, pausedUntil, next, past } = query.data;
  return (
    <Section title="Reminders" id="reminders" actions={rights.includes('invoices:write') && <Acts invoiceId={invoice.id} of={query.data} />}>
      <p className="small">
        {off ? (
          'Off for this invoice.'
        ) : pausedUntil !== null ? (
          <>
            Paused until <Day day={pausedUntil} />.
          </>
        ) : next === null ? (
          'Nothing is planned.'
        ) : (
          <>
            Next on <Day day={next.day} />
            {next.reason === null ? ` to ${next.receivers.map(({ name }) => name).join(', ')}` : `, but not sent: ${reasonWords[next.reason]}`}.
          </>
        )}
      </p>
      {past.length > 0 && (
        <ul className="reminders-past small dim">
          {past.slice(0, 5).map((one) => (
            <li key={one.at + one.stepId}>
              <Moment at={one.at} /> · {one.outcome === 'skipped' ? 'left out' : one.outcome === 'dropped' ? 'not sent after all' : one.outcome}
              {one.by !== 'System' && ` by ${one.by}`}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Acts({ invoiceId, of }: { invoiceId: string; of: InvoiceReminders }) {
  const { today } = useOffice();
  const params = { invoiceId };
  const renew = ['reminders', 'invoices', 'mails'];
  const [pausing, setPausing] = useState(false);
  const [until, setUntil] = useState<string | null>(null);
  const send = useAct('sendReminder', { renew, done: ({ mails }) => toast(mails === 1 ? 'A reminder is on its way' : `${mails} reminders are on their way`) });
  const skip = useAct('skipReminder', { renew, done: () => toast('The next reminder is left out') });
  const choose = useAct('chooseInvoiceReminders', { renew });
  const set = (off: boolean, pausedUntil: string | null, words: string): void =>
    choose.mutate(
      { params, body: { off, pausedUntil } },
      { onSuccess: () => toast(words, { undo: () => choose.mutate({ params, body: { off: of.off, pausedUntil: of.pausedUntil } }) }) },
    );
  return (
    <>
      <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate({ params })}>
        Remind now
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="subtle" aria-label="More about reminders of this invoice">
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {of.next !== null && <Menu.Item onClick={() => skip.mutate({ params })}>Leave the next one out</Menu.Item>}
          <Menu.Item onClick={() => setPausing(true)}>Pause until a day</Menu.Item>
          {of.off || of.pausedUntil !== null ? (
            <Menu.Item onClick={() => set(false, null, 'Reminders of this invoice are on')}>Turn on again</Menu.Item>
          ) : (
            <Menu.Item onClick={() => set(true, null, 'Reminders of this invoice are off')}>Turn off for this invoice</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {pausing && (
        <Confirm
          title="Pause reminders of this invoice"
          act="Pause reminders"
          onAct={() => {
            if (until !== null) set(false, until, 'Reminders of this invoice are paused');
            setPausing(false);
          }}
          onClose={() => setPausing(false)}
        >
          <DayField label="Until" minDate={today} day={until} onDay={setUntil} />
        </Confirm>
      )}
    </>
  );
}
