import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MarkPaid as Body, BulkResult } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Form } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { offlineMethods } from '../payments/methods.ts';

/** One payment of the whole balance for each invoice chosen. */
export function MarkPaid({
  ids,
  renew,
  onDone,
  onClose,
}: {
  ids: string[];
  renew: readonly string[];
  onDone: (result: BulkResult) => void;
  onClose: () => void;
}) {
  const { today } = useOffice();
  const [form, setForm] = useState<Omit<Body, 'ids'>>({ method: 'check', receivedOn: today, reference: '' });
  const mark = useAct('markPaid', { renew, done: onDone });
  return (
    <Modal opened onClose={onClose} title={`Mark ${ids.length === 1 ? '1 invoice' : `${ids.length} invoices`} paid`} size="md">
      <Form onSubmit={() => mark.mutate({ body: { ...form, ids } })}>
        <p className="dim">Records one payment of the whole balance for each. It can be taken back one by one under Payments.</p>
        <div className="fields">
          <Select
            label="How"
            data={offlineMethods}
            value={form.method}
            allowDeselect={false}
            onChange={(value) => setForm({ ...form, method: (value ?? 'check') as Body['method'] })}
          />
          <DayField label="Received on" day={form.receivedOn} maxDate={today} onDay={(day) => day && setForm({ ...form, receivedOn: day })} />
          <TextInput
            className="full"
            label="Reference"
            placeholder="Check number"
            value={form.reference ?? ''}
            onChange={(event) => setForm({ ...form, reference: event.currentTarget.value })}
          />
        </div>
        <div className="row">
          <Button type="submit" loading={mark.isPending} disabled={ids.length === 0}>
            Mark paid
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
