import './record-payment.css';
import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { announcementsQuery, customerQuery, spreadQuery } from '../../api/queries.ts';
import type { PaymentBody, Spread } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { DayField } from '../../parts/day-field.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useMoney } from '../../parts/money.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { ProblemNote } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { toast } from '../../parts/toast.ts';
import { CustomerPick } from '../editor/customer-pick.tsx';
import { offlineMethods } from './methods.ts';
import { SpreadTable } from './spread-table.tsx';

type Props = { customerId: string | undefined; invoiceId: string | undefined; announcementId: string | undefined; onDone: () => void };

/** A check, cash or a transfer, over one or several invoices. What it pays is shown before it is recorded. */
export function RecordPayment({ customerId: given, invoiceId, announcementId, onDone }: Props) {
  const [picked, setPicked] = useState<string | undefined>(given);
  if (picked === undefined) return <CustomerPick busy={false} onPick={({ id }) => setPicked(id)} />;
  return <RecordFor customerId={picked} invoiceId={invoiceId} announcementId={announcementId} onDone={onDone} />;
}

type Fields = { method: PaymentBody['method']; amountMinor: number | null; receivedOn: string; reference: string; note: string };

/** Starts from what the customer announced, else from the invoice one came from, else empty. */
function useStart(customerId: string, invoiceId: string | undefined, announcementId: string | undefined) {
  const { today } = useOffice();
  const [form, setForm] = useState<Fields>({ method: 'check', amountMinor: null, receivedOn: today, reference: '', note: '' });
  const announced = useQuery({
    ...announcementsQuery,
    enabled: announcementId !== undefined,
    select: (page) => page.items.find(({ id }) => id === announcementId),
  });
  // What is owed is asked with the smallest amount: the answer names every open invoice.
  const owed = useQuery({ ...spreadQuery({ customerId, amountMinor: 1 }), enabled: announcementId === undefined });
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    if (announced.data) {
      started.current = true;
      const method = offlineMethods.some(({ value }) => value === announced.data?.method) ? (announced.data.method as Fields['method']) : 'other';
      setForm((before) => ({ ...before, method, amountMinor: announced.data?.amountMinor ?? null }));
    } else if (invoiceId !== undefined && owed.data) {
      started.current = true;
      const share = owed.data.shares.find((each) => each.invoiceId === invoiceId);
      setForm((before) => ({ ...before, amountMinor: share && share.payableMinor > 0 ? share.payableMinor : null }));
    }
  }, [announced.data, owed.data, invoiceId]);
  const only = announced.data?.invoiceId ?? invoiceId;
  return { form, setForm, owed: owed.data, first: only } as const;
}

function RecordFor({ customerId, invoiceId, announcementId, onDone }: Props & { customerId: string }) {
  const money = useMoney();
  const customer = useQuery(customerQuery(customerId));
  const id = useRef(freshId('payment'));
  const { form, setForm, owed, first } = useStart(customerId, invoiceId, announcementId);
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [keepRest, setKeepRest] = useState(false);
  const [asked] = useDebouncedValue(form.amountMinor, 250);
  const ids = chosen ?? (first === undefined ? undefined : [first]);
  const spread = useQuery({
    ...spreadQuery({ customerId, amountMinor: asked ?? 1, ...(ids ? { invoiceIds: ids } : {}) }),
    enabled: asked !== null && asked > 0,
  });
  const record = useRecord(onDone);
  const problems = record.error instanceof ApiProblem ? record.error.fields : {};
  const set = (change: Partial<Fields>): void => setForm((before) => ({ ...before, ...change }));
  const shown: Spread | undefined = form.amountMinor === null ? owed : spread.data;
  const rest = form.amountMinor !== null && spread.data && asked === form.amountMinor ? spread.data.restMinor : 0;
  const ready = form.amountMinor !== null && form.amountMinor > 0 && asked === form.amountMinor && spread.data !== undefined && (rest === 0 || keepRest);
  const submit = (): void => {
    if (!ready || form.amountMinor === null || spread.data === undefined) return;
    record.mutate({
      body: {
        id: id.current,
        customerId,
        ...form,
        amountMinor: form.amountMinor,
        shares: sharesOf(spread.data),
        keepRestAsCredit: keepRest && rest > 0,
        announcementId: announcementId ?? null,
      },
      key: id.current,
    });
  };
  return (
    <Form onSubmit={() => submit()}>
      <p className="strong">{customer.data?.name ?? '…'}</p>
      <MoneyFields form={form} set={set} problems={problems} />
      {spread.isError ? (
        <ProblemNote error={spread.error} title="What it pays could not be worked out" />
      ) : (
        <SpreadTable spread={shown} preview={form.amountMinor !== null} chosen={ids} onChoose={setChosen} />
      )}
      {rest > 0 && (
        <Checkbox
          label={`Keep ${money(rest)} as credit`}
          description="It is more than is owed on what is chosen"
          checked={keepRest}
          onChange={(event) => setKeepRest(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label="Note"
        description="For the office only"
        autosize
        minRows={1}
        maxLength={4000}
        value={form.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <FormProblem error={record.error} />
      <div className="form-foot">
        <Button type="submit" loading={record.isPending} disabled={!ready}>
          {form.amountMinor === null ? 'Record payment' : `Record ${money(form.amountMinor)}`}
        </Button>
      </div>
    </Form>
  );
}

type FieldsProps = { form: Fields; set: (change: Partial<Fields>) => void; problems: Readonly<Record<string, string>> };

function MoneyFields({ form, set, problems }: FieldsProps) {
  const { today, business } = useOffice();
  return (
    <div className="fields">
      <MoneyField
        label="Amount"
        data-autofocus
        currency={business.currency}
        minor={form.amountMinor}
        error={problems['amountMinor']}
        onMinor={(amountMinor) => set({ amountMinor })}
      />
      <Select
        label="How"
        data={offlineMethods}
        value={form.method}
        allowDeselect={false}
        onChange={(value) => set({ method: (value ?? 'check') as Fields['method'] })}
      />
      <DayField
        label="Received on"
        day={form.receivedOn}
        maxDate={today}
        error={problems['receivedOn']}
        onDay={(day) => day !== null && set({ receivedOn: day })}
      />
      <TextInput
        label="Reference"
        placeholder={form.method === 'check' ? 'Check number' : ''}
        maxLength={120}
        value={form.reference}
        onChange={(event) => set({ reference: event.currentTarget.value })}
      />
    </div>
  );
}

const sharesOf = (spread: Spread): PaymentBody['shares'] =>
  spread.shares.flatMap(({ invoiceId, amountMinor }) => (amountMinor > 0 ? [{ invoiceId, amountMinor }] : []));

function useRecord(onDone: () => void) {
  const money = useMoney();
  return useAct('recordPayment', {
    renew: ['payments', 'invoices', 'home', 'customers', 'events'],
    done: (payment) => {
      toast(`${money(payment.amountMinor, payment.currency)} recorded${payment.receiptNumber ? `, receipt ${payment.receiptNumber}` : ''}`);
      onDone();
    },
    failed: () => true,
  });
}
