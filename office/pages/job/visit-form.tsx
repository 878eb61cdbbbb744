import { Button, Checkbox, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatHour } from '../../../src/core/visit-words.ts';
import { staffQuery } from '../../api/queries.ts';
import type { VisitRow } from '../../api/types.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';

export type VisitFields = Readonly<{
  day: string;
  from: string | null;
  until: string | null;
  crewIds: string[];
  title: string;
  customerNote: string;
  shown: boolean;
}>;

/** Every half hour from early to late, and what a visit says already. */
function hours(...also: readonly (string | null)[]): { value: string; label: string }[] {
  const usual = Array.from({ length: 31 }, (_, at) => `${String(6 + Math.floor(at / 2)).padStart(2, '0')}:${at % 2 === 0 ? '00' : '30'}`);
  return [...new Set([...usual, ...also.filter((each) => each !== null)])].sort().map((value) => ({ value, label: formatHour(value, 'en') }));
}

export const fieldsOf = (visit: VisitRow): VisitFields => ({
  ...{ day: visit.day, from: visit.from, until: visit.until, title: visit.title, customerNote: visit.customerNote, shown: visit.shown },
  crewIds: visit.crew.map(({ id }) => id),
});

type Props = { start: VisitFields; act: string; busy: boolean; error: unknown; onAct: (fields: VisitFields) => void; onClose: () => void };

/** When somebody comes, who, and what the customer is told of it. */
export function VisitForm({ start, act, busy, error, onAct, onClose }: Props) {
  const [fields, setFields] = useState(start);
  const set = (change: Partial<VisitFields>): void => setFields((before) => ({ ...before, ...change }));
  const staff = useQuery(staffQuery);
  const people = (staff.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const [anyTime, setAnyTime] = useState(start.from === null);
  const send = (): void => onAct(anyTime ? { ...fields, from: null, until: null } : fields);
  return (
    <Form onSubmit={send}>
      <DayField label="Day" day={fields.day} onDay={(day) => day !== null && set({ day })} data-autofocus popoverProps={{ withinPortal: false }} />
      <Checkbox label="Any time of the day" checked={anyTime} onChange={(event) => setAnyTime(event.currentTarget.checked)} />
      {!anyTime && (
        <div className="row" style={{ alignItems: 'start' }}>
          <Select label="Arrives from" data={hours(start.from)} value={fields.from} searchable onChange={(from) => set({ from })} />
          <Select label="until" data={hours(start.until)} value={fields.until} searchable onChange={(until) => set({ until })} />
        </div>
      )}
      <MultiSelect
        label="Who"
        placeholder={fields.crewIds.length === 0 ? 'Nobody yet' : ''}
        data={people}
        value={fields.crewIds}
        searchable
        clearable
        onChange={(crewIds) => set({ crewIds })}
      />
      <TextInput label="What for" maxLength={120} value={fields.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <Textarea
        label="Note for the customer"
        autosize
        minRows={2}
        maxLength={4000}
        value={fields.customerNote}
        onChange={(event) => set({ customerNote: event.currentTarget.value })}
      />
      <Checkbox label="Show it to the customer in the portal" checked={fields.shown} onChange={(event) => set({ shown: event.currentTarget.checked })} />
      <FormProblem error={error} />
      <div className="row">
        <Button type="submit" loading={busy} disabled={!anyTime && (fields.from === null || fields.until === null)}>
          {act}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Form>
  );
}
