import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Invoice, ScheduledInvoice } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { dayText, hourText } from '../../parts/days.tsx';
import { FormProblem } from '../../parts/form.tsx';
import { Note } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourText(hour) }));

/** Lets a draft leave by itself. It gets its number then, and waits in Needs you if it cannot. */
export function Later({ invoice, schedule, personIds, note }: { invoice: Invoice; schedule: ScheduledInvoice | null; personIds: string[]; note: string }) {
  const { today } = useOffice();
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState<string | null>(schedule?.sendOn ?? null);
  const [hour, setHour] = useState(schedule?.sendHour ?? 8);
  const save = useAct('scheduleInvoice', {
    renew: ['invoices', 'home'],
    done: (now) => {
      setOpen(false);
      toast(`Leaves ${dayText(now.sendOn)} at ${hourText(now.sendHour)}`);
    },
    failed: () => true,
  });
  if (!open) {
    return (
      <Button variant="subtle" size="sm" onClick={() => setOpen(true)}>
        {schedule === null ? 'Send later' : 'Move to another time'}
      </Button>
    );
  }
  return (
    <form
      className="card pad stack send-later"
      onSubmit={(event) => {
        event.preventDefault();
        if (day !== null) save.mutate({ params: { invoiceId: invoice.id }, body: { sendOn: day, sendHour: hour, personIds, note } });
      }}
    >
      <div className="row wrap">
        <DayField label="On" w={180} minDate={today} day={day} onDay={setDay} required />
        <NativeSelect label="At" data={hours} value={String(hour)} onChange={(event) => setHour(Number(event.currentTarget.value))} />
      </div>
      <FormProblem error={save.error} />
      <div className="row">
        <Button type="submit" size="sm" loading={save.isPending} disabled={day === null || personIds.length === 0}>
          {personIds.length === 0 ? 'Choose who gets it' : day === null ? 'Choose a day' : `Send ${dayText(day)} at ${hourText(hour)}`}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={() => setOpen(false)}>
          Not now
        </Button>
      </div>
    </form>
  );
}

/** When a draft leaves, or why it could not. */
export function ScheduleNote({ schedule }: { schedule: ScheduledInvoice }) {
  const stop = useAct('unscheduleInvoice', { renew: ['invoices', 'home'], done: () => toast('It stays a draft') });
  return (
    <Note tone={schedule.failure === null ? 'neutral' : 'bad'}>
      <p>
        {schedule.failure === null
          ? `Leaves by itself on ${dayText(schedule.sendOn)} at ${hourText(schedule.sendHour)}. It gets its number then.`
          : `It could not leave on ${dayText(schedule.sendOn)}: ${schedule.failure.detail} No number was used.`}
      </p>
      <Button size="xs" variant="default" mt="xs" loading={stop.isPending} onClick={() => stop.mutate({ params: { invoiceId: schedule.invoiceId } })}>
        Do not send it by itself
      </Button>
    </Note>
  );
}
