import { Button, TextInput } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useState } from 'react';
import { todayIn } from '../../../src/core/calendar.ts';
import type { Customer } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';

import { Form, FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { saveFile } from '../../parts/save-file.ts';

/** Every line billed in a month with property, cost code and PO number: what the customer's accountant asks for. */
export function MonthLines({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const { timeZone } = useOffice().business;
  const [month, setMonth] = useState(todayIn(timeZone, Date.now()).slice(0, 7));
  const download = useAct('downloadCustomerMonth', {
    done: (bytes) => {
      saveFile(bytes as Blob, `${customer.name} ${month}.csv`);
      onDone();
    },
    failed: () => true,
  });
  return (
    <Form onSubmit={() => download.mutate({ params: { customerId: customer.id }, query: { month } })}>
      <p className="dim small">One row for each line, with property, cost code, PO number, net, tax and total. The rows add up to the bills of the month.</p>
      <TextInput type="month" label="Month" required value={month} onChange={(event) => setMonth(event.currentTarget.value)} />
      <FormProblem error={download.error} />
      <div className="form-foot">
        <Button type="submit" loading={download.isPending} disabled={month === ''} leftSection={<IconDownload size={16} aria-hidden />}>
          Download CSV
        </Button>
      </div>
    </Form>
  );
}
