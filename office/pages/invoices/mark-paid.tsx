import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BatchBody } from '../../api/types.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Form } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { offlineMethods } from '../payments/methods.ts';

type How = Required<Pick<BatchBody, 'method' | 'receivedOn' | 'reference'>>;

/** One payment of the whole balance for each invoice chosen. */
export default function MarkPaid({ count, busy, onPay, onClose }: { count: number; busy: boolean; onPay: (how: How) => void; onClose: () => void }) {
  const { today } = useOffice();
  const [how, setHow] = useState<How>({ method: 'check', receivedOn: today, reference: '' });
  return (
    <Modal opened onClose={onClose} title={`Mark ${count === 1 ? '1 invoice' : `${count} invoices`} paid`} size="md">
      <Form onSubmit={() => onPay(how)}>
        <p className="dim">Records one payment of the whole balance for each. You can take all of them back together within a day.</p>
        <div className="fields">
          <Select
            label="How"
            data={offlineMethods}
            value={how.method}
            allowDeselect={false}
            onChange={(value) => setHow({ ...how, method: (value ?? 'check') as How['method'] })}
          />
          <DayField label="Received on" day={how.receivedOn} maxDate={today} onDay={(day) => day && setHow({ ...how, receivedOn: day })} />
          <TextInput
            className="full"
            label="Reference"
            placeholder="Check number"
            maxLength={120}
            value={how.reference}
            onChange={(event) => setHow({ ...how, reference: event.currentTarget.value })}
          />
        </div>
        <div className="row">
          <Button type="submit" loading={busy}>
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
